/** Events and tasks of days, as devices without dates write them, and the flags by which they say so. */

import { describe, expect, it } from 'vitest';
import { withTrueFlagsIn } from '../../../../lib/pim/time/all-day-flags.ts';
import { writeObject } from '../../../../lib/pim/vobject/write.ts';
import { readItem, treeOf, writeItem } from '../../../kit/items.ts';
import { E, event, linesOf, stored } from '../sif/sif.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const NEW = { type: 'text/calendar', version: '2.0' };
const lines = (...all: readonly string[]) => [...all, ''].join('\r\n');
const item = (...own: readonly string[]) =>
  readItem(NEW.type, lines('BEGIN:VCALENDAR', 'VERSION:2.0', ...own, 'END:VCALENDAR'));
const BERLIN = ['TZ:+0100', 'DAYLIGHT:TRUE;+0200;20260329T020000;20261025T030000;CET;CEST'];
const NEW_YORK = ['TZ:-0500', 'DAYLIGHT:TRUE;-0400;20260308T020000;20261101T020000;EST;EDT'];

/** What is stored of an event of an old device: its start and end, or all of it. */
const fromOld = (head: readonly string[], ...own: readonly string[]) => {
  const part = ['BEGIN:VEVENT', ...own, 'END:VEVENT'];
  return linesOf(
    readItem(OLD.type, lines('BEGIN:VCALENDAR', 'VERSION:1.0', ...head, ...part, 'END:VCALENDAR')).body,
  );
};
const times = (all: readonly string[]) => all.flatMap((line) => /^DT(?:START|END)(.*)/.exec(line)?.[1] ?? []);
const timesFromOld = (head: readonly string[], start: string, end: string, ...own: readonly string[]) =>
  times(fromOld(head, `DTSTART:${start}`, ...(end === '' ? [] : [`DTEND:${end}`]), ...own));

const FIRST = [';VALUE=DATE:20260301', ';VALUE=DATE:20260302'];
const ANNIVERSARY = 'X-EPOCAGENDAENTRYTYPE:ANNIVERSARY';
const MEMO = 'X-EPOCAGENDAENTRYTYPE:EVENT';
const MEETING = 'X-EPOCAGENDAENTRYTYPE:APPOINTMENT';
const NO = 'X-MICROSOFT-CDO-ALLDAYEVENT:FALSE';
const FLAG = 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE';

describe('an event of an old device is a day', () => {
  it.each<[string, readonly string[], string, string, readonly string[]]>([
    ['an anniversary at midnight of UTC', [], '20260301T000000Z', '20260301T000000Z', [ANNIVERSARY]],
    ['which never shifts', BERLIN, '20260301T000000Z', '20260301T000000Z', [ANNIVERSARY]],
    ['nor to the west', NEW_YORK, '20260301T000000Z', '20260301T000000Z', [ANNIVERSARY]],
    ['at midnight of its zone', BERLIN, '20260228T230000Z', '20260228T230000Z', [ANNIVERSARY]],
    ['on no clock', [], '20260301T000000', '', [ANNIVERSARY]],
    ['a memo', [], '20260301T000000Z', '20260302T000000Z', [MEMO]],
    ['a memo of another zone', BERLIN, '20260301T000000Z', '20260302T000000Z', [MEMO]],
    ['a memo that ends as it begins', [], '20260301T000000', '20260301T000000', [MEMO]],
    ['between midnights of UTC, without a zone', [], '20260301T000000Z', '20260302T000000Z', []],
    ['to the last minute of it', [], '20260301T000000Z', '20260301T235900Z', []],
    ['between midnights of its zone', BERLIN, '20260228T230000Z', '20260301T230000Z', []],
    ['to the last minute of the day there', BERLIN, '20260228T230000Z', '20260301T225900Z', []],
    ['to the 24th hour, whatever the zone', NEW_YORK, '20260301T000000Z', '20260301T240000Z', []],
    ['without a time at its end', [], '20260301T000000', '20260302', []],
    ['without a time at its start', [], '20260301', '20260302', ['X-FUNAMBOL-ALLDAY:0']],
    ['also a meeting', BERLIN, '20260228T230000Z', '20260301T225900Z', [MEETING]],
    ['without an end', [], '20260301T000000', '', []],
    ['with no other end', [], '20260301T000000', '20260301T000000', []],
    ['by a flag, at midnight of its zone', BERLIN, '20260228T230000Z', '20260301T230000Z', [FLAG]],
    ['by a flag, in the west', NEW_YORK, '20260301T050000Z', '20260302T050000Z', [FLAG]],
    ['by a flag, at midnight of UTC', NEW_YORK, '20260301T000000Z', '20260302T000000Z', [FLAG]],
    [
      'by a flag, at midnight of a zone that it does not say',
      [],
      '20260228T230000Z',
      '20260301T230000Z',
      [FLAG],
    ],
    ['to its last minute', [], '20260228T230000Z', '20260301T225900Z', [FLAG]],
    ['by a flag, by no midnight', [], '20260301T150000Z', '20260301T153000Z', [FLAG]],
    ['a memo at midnight of a zone that it does not say', [], '20260228T230000Z', '20260301T230000Z', [MEMO]],
    ['with the marks of ISO 8601', [], '2026-03-01', '20260302', [FLAG]],
  ])('%s', (_, head, start, end, own) =>
    expect(timesFromOld(head, start, end, ...own)).toEqual(end === '' ? FIRST.slice(0, 1) : FIRST),
  );

  it('over a change of the clocks that nobody names', () =>
    expect(timesFromOld([], '20260327T230000Z', '20260329T220000Z', FLAG)).toEqual([
      ';VALUE=DATE:20260328',
      ';VALUE=DATE:20260330',
    ]));

  it.each<[string, readonly string[], string, string, readonly string[]]>([
    ['a flag says no', [], '20260301T000000', '20260302T000000', ['X-FUNAMBOL-ALLDAY:0']],
    ['a meeting that does not last', [], '20260301T000000', '20260301T000000', [MEETING]],
    ['a meeting in UTC', [], '20260301T000000Z', '20260302T000000Z', [MEETING]],
    ['a night of its zone', NEW_YORK, '20260302T000000Z', '20260303T000000Z', []],
    ['less than a day', [], '20260301T000000Z', '20260301T120000Z', []],
    ['a memo with a flag that says no', [], '20260228T230000Z', '20260301T230000Z', [MEMO, NO]],
    ['an anniversary with a time', [], '20260301T100000Z', '20260301T110000Z', [ANNIVERSARY]],
    ['a moment at midnight of UTC', [], '20260301T000000Z', '20260301T000000Z', []],
  ])('but not: %s', (_, head, start, end, own) =>
    expect(timesFromOld(head, start, end, ...own)).toEqual([`:${start}`, `:${end}`]),
  );

  it('its rule and its exceptions too, and its alarm is as far from it', () => {
    const own = ['DTSTART:20260228T230000Z', 'DTEND:20260301T230000Z', 'DALARM:20260301T080000Z;;;Up'];
    const rest = fromOld(BERLIN, 'RRULE:W1 SU 20260531T220000Z', 'EXDATE:20260307T230000Z', ...own, FLAG);
    expect(rest).toEqual(
      expect.arrayContaining([
        'RRULE:FREQ=WEEKLY;UNTIL=20260601;BYDAY=SU',
        'EXDATE;VALUE=DATE:20260308',
        'TRIGGER:PT9H',
      ]),
    );
  });
});

describe('an appointment of Outlook that says a whole day', () => {
  const day = (Start: string, End: string) =>
    times(stored(E, 'appointment', { AllDayEvent: '1', Start, End }));
  it('at midnight of a zone that it does not say', () => {
    expect(day('20260228T230000Z', '20260301T230000Z')).toEqual(FIRST);
    expect(day('20260228T230000Z', '20260301T225900Z')).toEqual(FIRST);
    expect(day('20260301T050000Z', '20260302T050000Z')).toEqual(FIRST);
  });
  it('at midnight of its zone', () => {
    const zone = '<BasicOffset>+1300</BasicOffset>';
    const fields = { AllDayEvent: '1', Start: '20260228T110000Z', End: '20260301T110000Z', Timezone: zone };
    expect(times(stored(E, 'appointment', fields))).toEqual(FIRST);
  });
});

describe('a task', () => {
  const task = (...own: string[]) => {
    const text = lines('BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VTODO', ...own, 'END:VTODO', 'END:VCALENDAR');
    return linesOf(readItem(OLD.type, text).body).slice(1, -1);
  };
  it('at midnight of no clock is due on that day', () => {
    expect(task('DUE:20260520T000000')).toEqual(['DUE;VALUE=DATE:20260520']);
    expect(task('DUE:2026-05-20')).toEqual(['DUE;VALUE=DATE:20260520']);
    const due = item('BEGIN:VTODO', 'DUE;VALUE=DATE:20260520', 'END:VTODO');
    expect(readItem(OLD.type, writeItem(due, OLD).body)).toEqual(due);
  });
  it('at a time is not', () => {
    expect(task('DUE:20260520T000000Z')).toEqual(['DUE:20260520T000000Z']);
    const mixed = ['DTSTART:20260519T090000', 'DUE:20260520T000000'];
    expect(task(...mixed)).toEqual(mixed);
  });
});

describe('a flag', () => {
  const flagged = (start: string, end: string, ...flags: string[]) =>
    item('BEGIN:VEVENT', `DTSTART${start}`, `DTEND${end}`, ...flags, 'END:VEVENT');
  const [day, time] = [FIRST, [':20260301T100000Z', ':20260301T110000Z']] as [
    [string, string],
    [string, string],
  ];
  const FLAGS = ['X-FUNAMBOL-ALLDAY:1', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'];
  const NONE = ['X-FUNAMBOL-ALLDAY:0', 'X-MICROSOFT-CDO-ALLDAYEVENT:FALSE'];
  it('says what the times say, read and written', () => {
    for (const flags of [FLAGS, NONE]) {
      expect(linesOf(flagged(...day, ...flags).body)).toEqual(
        event(`DTSTART${day[0]}`, `DTEND${day[1]}`, ...FLAGS),
      );
      expect(linesOf(flagged(...time, ...flags).body)).toEqual(
        event(`DTSTART${time[0]}`, `DTEND${time[1]}`, ...NONE),
      );
    }
  });
  it('that a merge left behind is put right on the way out', () => {
    const [was, is] = [flagged(...day, ...FLAGS).body, flagged(...time, ...FLAGS)];
    const stale = { ...is, body: is.body.replace(NONE.join('\r\n'), FLAGS.join('\r\n')) };
    const tree = treeOf(stale);
    expect(tree && linesOf(writeObject(withTrueFlagsIn(tree), 'icalendar-2.0'))).toEqual(linesOf(is.body));
    for (const format of [OLD, NEW]) {
      expect(writeItem({ ...stale, body: was }, format).body).toContain(FLAGS.join('\r\n'));
      expect(writeItem(stale, format).body).toContain(NONE.join('\r\n'));
    }
  });
});
