/** Zones that an item defines with any number of transitions: the work for them does not multiply. */
import { describe, expect, it } from 'vitest';
import { withClockNames, withClocksDefined } from '../../../../lib/pim/time/zones/clocks-in-item.ts';
import { clockName, clockNamed, type Onset } from '../../../../lib/pim/time/zones/own-clock.ts';
import { readItem, type TextItem, treeOf } from '../../../kit/items.ts';
import { growth } from '../../../kit/work.ts';
import { merge } from '../../merge/merging.ts';

const DAY = 86_400_000;
const textOf = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+Z$/g, '');
/** Local times, a day apart. */
const days = (size: number, from: number): string[] =>
  Array.from({ length: size }, (_, n) => textOf(Date.UTC(from, 0, 1, 9) + n * DAY));

/** A zone of no place, with as many transitions. Those of a usual clock are one. */
const zone = (name: string, transitions: number): string[] => [
  ...['BEGIN:VTIMEZONE', `TZID:${name}`, 'BEGIN:STANDARD', 'DTSTART:19700101T020000'],
  ...['TZOFFSETFROM:+0217', 'TZOFFSETTO:+0317'],
  ...days(transitions - 1, 1980).map((day) => `RDATE:${day}`),
  ...['END:STANDARD', 'END:VTIMEZONE'],
];
const item = (zones: readonly string[], ...lines: readonly string[]): TextItem =>
  readItem(
    'text/calendar',
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Laptop//EN', ...zones, 'BEGIN:VEVENT', 'UID:u'],
      ...['DTSTAMP:20300101T000000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR'],
    ].join('\r\n'),
  );

describe('the work for a zone that an item defines', () => {
  it('grows with its transitions', () => {
    const work = growth(1_000, (size) => () => {
      const read = item(zone('Nowhere', size), 'DTSTART;TZID=Nowhere:20300715T100000');
      expect(read.body).toContain('BEGIN:VTIMEZONE');
    });
    expect(work).toBeLessThan(6);
  });

  it.each([1, 50, 1_000])('grows with the times in it, where it has %i transitions', (transitions) => {
    const work = growth(100, (size) => {
      const dates = days(size, 2030).map((day) => `EXDATE;TZID=Nowhere:${day}`);
      const rest = ['DTSTART;TZID=Nowhere:20300101T090000', 'RRULE:FREQ=DAILY', ...dates];
      const read = item(zone('Nowhere', transitions), 'SUMMARY:a', ...rest);
      const sent = { ...read, body: read.body.replace('SUMMARY:a', 'SUMMARY:b') };
      return () => expect(merge(read, read, sent).item.body).toContain('SUMMARY:b');
    });
    expect(work).toBeLessThan(6);
  });
});

it('the work for a zone does not grow with its transitions multiplied by the times in it', () => {
  const work = growth(510, (size) => {
    const dates = days(size, 2030).map((day) => `EXDATE;TZID=Nowhere:${day}`);
    const rest = ['DTSTART;TZID=Nowhere:20300101T090000', 'RRULE:FREQ=DAILY', ...dates];
    const read = item(zone('Nowhere', size), 'SUMMARY:a', ...rest);
    const sent = { ...read, body: read.body.replace('SUMMARY:a', 'SUMMARY:b') };
    return () => expect(merge(read, read, sent).item.body).toContain('SUMMARY:b');
  });
  expect(work).toBeLessThan(6);
});

it('a clock is counted once, however many times are named for its definition', () => {
  const work = growth(100, (size) => {
    const dates = days(size, 2030).map((day) => `EXDATE;TZID=Nowhere:${day}`);
    const tree = treeOf(item(zone('Nowhere', size), 'DTSTART;TZID=Nowhere:20300101T090000', ...dates));
    if (tree === undefined) throw new Error('it is read');
    const named = withClockNames(tree);
    // As properties that a merge made.
    const made = structuredClone(named);
    return () => {
      expect(withClocksDefined(named, tree)).toEqual(tree);
      expect(withClocksDefined(made, tree)).toEqual(tree);
    };
  });
  expect(work).toBeLessThan(6);
});

describe('the work for series in UTC that go by the days of a zone, beside as many definitions', () => {
  // A Tuesday in UTC.
  const parts = ['DTSTART:20261020T010000Z', 'SUMMARY:a'];

  it('grows with their number in iCalendar', () => {
    const work = growth(60, (size) => {
      const zones = Array.from({ length: size }, (_, n) => zone(`Nowhere ${n}`, 1)).flat();
      const series = Array.from({ length: size }, (_, n) => [
        ...['BEGIN:VEVENT', `UID:s${n}`, ...parts, 'RRULE:FREQ=WEEKLY;BYDAY=MO', 'END:VEVENT'],
      ]).flat();
      const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...zones, ...series, 'END:VCALENDAR', ''];
      return () => {
        const { body } = readItem('text/calendar', lines.join('\r\n'));
        expect(body).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO');
        expect(body).not.toContain('DTSTART:20261020T010000Z');
      };
    });
    expect(work).toBeLessThan(6);
  });

  it('grows with their number in vCalendar', () => {
    const work = growth(60, (size) => {
      const zones = Array.from({ length: size }, (_, n) => zone(`Nowhere ${n}`, 1)).flat();
      const series = Array.from({ length: size }, () => [
        ...['BEGIN:VEVENT', ...parts, 'RRULE:W1 MO #0', 'END:VEVENT'],
      ]).flat();
      const lines = ['BEGIN:VCALENDAR', 'VERSION:1.0', ...zones, ...series, 'END:VCALENDAR', ''];
      return () => {
        const { body } = readItem('text/x-vcalendar', lines.join('\r\n'));
        expect(body).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO');
        expect(body).not.toContain('DTSTART:20261020T010000Z');
      };
    });
    expect(work).toBeLessThan(6);
  });
});

it('an abbreviation is compared with the offsets of its definition once', () => {
  const work = growth(100, (size) => () => {
    const dates = days(size, 2030).map((day) => `EXDATE;TZID=EST:${day}`);
    const read = item(zone('EST', size), 'DTSTART;TZID=EST:20300101T090000', ...dates);
    expect(read.body).toContain('BEGIN:VTIMEZONE');
  });
  expect(work).toBeLessThan(7);
});

it('a clock looks at few of the transitions that have no rule', () => {
  const work = growth(100, (size) => {
    const onsets = Array.from({ length: size }, (_, n) => ({ start: n * DAY, before: 0, after: n }));
    const clock = clockNamed(clockName(onsets.reverse()));
    return () => {
      for (let n = 0; n < size; n += size / 100) expect(clock?.(n * DAY + 1)).toBe(n);
    };
  });
  expect(work).toBeLessThan(2);
});

it('of transitions at one instant a clock takes the last, be it of a rule or not', () => {
  const [start, before] = [Date.UTC(1970, 2, 1), 0];
  const single = { start, before, after: 1 };
  const yearly = { start, before, after: 2, rule: { month: 2, weekday: -1, dates: [1], nth: 1 } };
  const after = (...all: Onset[]) => clockNamed(clockName(all))?.(start);
  expect(after(single, yearly)).toBe(2);
  expect(after(yearly, single)).toBe(1);
  expect(after(single, { ...single, after: 3 })).toBe(3);
});

it('a name with more transitions than a clock may have is no clock', () => {
  const named = (count: number) =>
    clockNamed(clockName(Array.from({ length: count }, (_, n) => ({ start: n * DAY, before: 0, after: 7 }))));
  expect(named(500)?.(DAY)).toBe(7);
  expect(named(501)).toBeUndefined();
});
