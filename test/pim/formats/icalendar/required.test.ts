/** What iCalendar 2.0 requires and forbids, of items that came in formats which do not. */
import { describe, expect, it } from 'vitest';
import { Content } from '../../../../lib/pim/content.ts';
import { ALL, type DeviceCapabilities } from '../../../../lib/pim/device/capabilities.ts';
import { seenOf, writeItem } from '../../../../lib/pim/device/format-item.ts';
import { shownOf } from '../../../../lib/pim/merge/shown.ts';
import { contentOf, mergeEdit, readItem, type TextItem, textItem } from '../../../kit/items.ts';
import { E, event, linesOf, T, xml } from '../sif/sif.ts';

const NEW = { type: 'text/calendar', version: '2.0' };
const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const calendar = (version: string, ...own: readonly string[]) =>
  ['BEGIN:VCALENDAR', `VERSION:${version}`, ...own, 'END:VCALENDAR', ''].join('\r\n');
const TIMES = ['DTSTART:20300101T100000Z', 'DTEND:20300101T110000Z'];
const fromOld = (...own: readonly string[]) => readItem(OLD.type, calendar('1.0', ...own));
const fromNew = (...own: readonly string[]) => readItem(NEW.type, calendar('2.0', ...own));
const alarm = (...own: readonly string[]) => ['BEGIN:VALARM', 'TRIGGER:-PT15M', ...own, 'END:VALARM'];
const written = (item: TextItem, able: DeviceCapabilities = ALL) =>
  linesOf(writeItem(contentOf(item), NEW, able, 'guid-1').body);
const alarmIn = (lines: readonly string[]) =>
  lines.slice(lines.indexOf('BEGIN:VALARM') + 1, lines.indexOf('END:VALARM'));

const MEETING = { Subject: 'x', Start: '20260401T080000Z', End: '20260401T090000Z', AllDayEvent: '0' };

describe('an item without it has', () => {
  it('an id, a time of writing and a writer', () => {
    for (const item of [readItem(E, xml('appointment', MEETING)), fromOld(...event(...TIMES, 'SUMMARY:x'))]) {
      expect(written(item)).toEqual(expect.arrayContaining(['UID:guid-1', 'DTSTAMP:19700101T000000Z']));
      expect(written(item).filter((line) => line.startsWith('PRODID:'))).toHaveLength(1);
    }
    const task = written(readItem(T, xml('task', { Subject: 'x' })));
    expect(task).toEqual(expect.arrayContaining(['UID:guid-1', 'DTSTAMP:19700101T000000Z']));
  });

  it('its own, where it has one', () => {
    const own = ['UID:u-1', 'DTSTAMP:20200101T000000Z', 'SUMMARY:x'];
    const lines = written(fromNew('PRODID:-//T//EN', ...event(...TIMES, ...own)));
    expect(lines).toEqual(['PRODID:-//T//EN', ...event(...TIMES, ...own)]);
    const changed = fromOld(...event(...TIMES, 'UID:u-2', 'LAST-MODIFIED:20210101T000000Z'));
    expect(written(changed)).toEqual(expect.arrayContaining(['UID:u-2', 'DTSTAMP:20210101T000000Z']));
  });

  it('the id of the series in its exceptions', () => {
    const rule = event(...TIMES, 'RRULE:FREQ=DAILY');
    const lines = written(fromNew(...rule, ...event(...TIMES, 'RECURRENCE-ID:20300102T100000Z')));
    expect(lines.filter((line) => line === 'UID:guid-1')).toHaveLength(2);
  });

  it('the same on a device that does not list these', () => {
    const properties = new Map(['SUMMARY', 'DTSTART', 'DTEND'].map((name) => [name, { values: [] }]));
    const lines = written(readItem(E, xml('appointment', MEETING)), { ...ALL, properties });
    expect(lines).toEqual(expect.arrayContaining(['UID:guid-1', 'DTSTAMP:19700101T000000Z']));
    expect(lines.join()).toContain('PRODID:');
  });

  it('an id of its content where nobody gives one', () => {
    const [one, other] = ['x', 'y'].map((Subject) => {
      const item = contentOf(readItem(E, xml('appointment', { ...MEETING, Subject })));
      return linesOf(writeItem(item, NEW).body).find((line) => line.startsWith('UID:'));
    });
    expect(one).toMatch(/^UID:.{8,}/);
    expect(one).not.toBe(other);
  });
});

describe('an alarm', () => {
  const of = (...own: readonly string[]) => alarmIn(written(fromNew(...event(...TIMES, ...own))));
  it.each([
    ['that is shown has the title as its text', ['ACTION:DISPLAY'], ['ACTION:DISPLAY', 'DESCRIPTION:Lunch']],
    ['that does nothing known is shown', [], ['ACTION:DISPLAY', 'DESCRIPTION:Lunch']],
    ['keeps its text', ['ACTION:DISPLAY', 'DESCRIPTION:Go'], ['ACTION:DISPLAY', 'DESCRIPTION:Go']],
    ['that is heard needs none', ['ACTION:AUDIO'], ['ACTION:AUDIO']],
    [
      'that sends a mail has a title, too',
      ['ACTION:EMAIL', 'ATTENDEE:mailto:a@x.example', 'DESCRIPTION:Go'],
      ['ACTION:EMAIL', 'ATTENDEE:mailto:a@x.example', 'DESCRIPTION:Go', 'SUMMARY:Lunch'],
    ],
    [
      'that sends a mail to nobody is shown',
      ['ACTION:EMAIL', 'SUMMARY:Go'],
      ['SUMMARY:Go', 'ACTION:DISPLAY', 'DESCRIPTION:Lunch'],
    ],
  ])('%s', (_, own, lines) => {
    expect(of('SUMMARY:Lunch', ...alarm(...own))).toEqual(['TRIGGER:-PT15M', ...lines]);
  });

  it('of an item without a title has a text', () => {
    expect(of(...alarm('ACTION:DISPLAY'))).toContain('DESCRIPTION:Reminder');
  });

  it('of Outlook, and of an old phone', () => {
    const outlook = { ...MEETING, ReminderSet: '1', ReminderMinutesBeforeStart: '15' };
    const old = event(...TIMES, 'SUMMARY:x', 'DALARM:20300101T094500Z');
    for (const item of [readItem(E, xml('appointment', outlook)), fromOld(...old)])
      expect(alarmIn(written(item))).toEqual(['ACTION:DISPLAY', 'TRIGGER:-PT15M', 'DESCRIPTION:x']);
  });
});

describe('a state', () => {
  it.each([
    ['VEVENT', 'NEEDS-ACTION', 'X-STATUS'],
    ['VEVENT', 'COMPLETED', 'X-STATUS'],
    ['VEVENT', 'CONFIRMED', 'STATUS'],
    ['VTODO', 'CONFIRMED', 'X-STATUS'],
    ['VTODO', 'IN-PROCESS', 'STATUS'],
    ['VJOURNAL', 'FINAL', 'STATUS'],
  ])('of a %s: %s is %s', (kind, state, name) => {
    const item = fromNew(
      `BEGIN:${kind}`,
      'SUMMARY:x',
      'DTSTART:20300101T100000Z',
      `STATUS:${state}`,
      `END:${kind}`,
    );
    expect(written(item)).toContain(`${name}:${state}`);
    const again = readItem(NEW.type, writeItem(contentOf(item), NEW).body);
    expect(linesOf(again.body)).toContain(`STATUS:${state}`);
  });

  it.each([[[]], [['STATUS:CONFIRMED']]])('of another program stays as it is, beside %j', (states) => {
    const lines = event(...TIMES, ...states, 'X-STATUS:mine');
    expect(linesOf(fromNew(...lines).body)).toEqual(lines);
  });

  it('that the device sets takes the place of one that it was not shown', () => {
    const item = fromNew(...event(...TIMES, 'X-STATUS:NEEDS-ACTION', 'STATUS:TENTATIVE'));
    expect(linesOf(item.body)).toEqual(event(...TIMES, 'STATUS:TENTATIVE'));
  });
});

describe('the fields of Outlook alone', () => {
  const item = readItem(E, xml('appointment', { ...MEETING, Mileage: '12' }));
  it.each([NEW, OLD])('are not for $type', (format) => {
    expect(item.body).toContain('X-SIF-MILEAGE');
    expect(writeItem(contentOf(item), format).body).not.toContain('X-SIF');
    expect(writeItem(contentOf(item), { type: E }).body).toContain('<Mileage>12</Mileage>');
  });
});

describe('what is made for a device', () => {
  const item = readItem(
    E,
    xml('appointment', { ...MEETING, Mileage: '1', ReminderSet: '1', ReminderMinutesBeforeStart: '15' }),
  );
  const seen = seenOf(contentOf(item), NEW, ALL, 'guid-1');
  const merged = (sent: string) => {
    const edit = { current: item, sent: readItem(NEW.type, sent), held: 'all', winner: 'client' } as const;
    return mergeEdit({ ...edit, base: { item, seen: textItem(seen) }, unseen: new Set() });
  };
  const body = writeItem(contentOf(item), NEW, ALL, 'guid-1').body;

  it('is no change when it comes back', () => {
    expect(merged(body)).toEqual({ item, clashes: 0 });
    expect(merged(body.replace('SUMMARY:x', 'SUMMARY:y')).item.body).toBe(
      item.body.replace('SUMMARY:x', 'SUMMARY:y'),
    );
  });

  it('is no change when it is left out, and the device is not told again', () => {
    const sent = body.replace(/(UID|DTSTAMP|PRODID|DESCRIPTION):.*\r\n/g, '');
    expect(sent).not.toContain('DESCRIPTION');
    expect(merged(sent)).toEqual({ item, clashes: 0 });
    const sight = { item: contentOf(item), seen, sent: Content.ofText('text/calendar', sent) };
    expect(shownOf({ ...sight, before: seen, held: 'all' }).shown).toBe(true);
  });
});
