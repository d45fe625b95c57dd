/** Series whose rule goes by local days beside times in UTC: in every dialect, read and written back. */

import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { ALL, type DeviceCapabilities } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { movedByDay } from '../../../lib/pim/time/moved-rule.ts';
import { parseRule, printRule } from '../../../lib/pim/time/rule.ts';
import { localOf, utcOf, utcText } from '../../../lib/pim/time/zones/zones.ts';
import { paidBy, WorkBudget } from '../../../lib/pim/work/budget.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { linesOf, merge } from '../merge/merging.ts';

const OLD: Format = { type: 'text/x-vcalendar', version: '1.0' };
const NEW: Format = { type: 'text/calendar', version: '2.0' };
const OUTLOOK: Format = { type: 'text/x-s4j-sife' };
const HOUR = 3_600_000;

/** An item as a device tells it. */
interface Told {
  readonly format: Format;
  readonly text: string;
}
const old = (...lines: readonly string[]): Told => ({
  format: OLD,
  text: ['BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join(
    '\r\n',
  ),
});
const modern = (...lines: readonly string[]): Told => ({
  format: NEW,
  text: [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'],
    ...['END:VCALENDAR', ''],
  ].join('\r\n'),
});
const outlook = (fields: { readonly [name: string]: string | number }): Told => ({
  format: OUTLOOK,
  text: `<appointment>${Object.entries({
    ...{ AllDayEvent: 0, IsRecurring: 1, Interval: 1, NoEndDate: 0 },
    ...fields,
  })
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</appointment>`,
});
const read = ({ format, text }: Told): TextItem => readItem(format.type, text);

/** The first instants of the series, as ical.js has them; zones are registered from the definitions in the text. */
function instants({ body }: { readonly body: string }, count = 8): string[] {
  const calendar = new ICAL.Component(ICAL.parse(body));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const iterator = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? calendar).iterator();
  const found: string[] = [];
  for (let next = iterator.next(); next && found.length < count; next = iterator.next())
    found.push(localOf(next.toJSDate().getTime()).slice(0, 11));
  return found;
}
const days = (item: TextItem, count?: number): string[] =>
  instants(writeItem(item, NEW), count).map((one) => one.slice(4, 11).replace('T', ' '));

/** The lines, or fields, of times and rules that the item is written with. */
const schedule = (item: TextItem, format: Format, capabilities: DeviceCapabilities = ALL): string[] =>
  writeItem(item, format, capabilities)
    .body.replace(/></g, '>\n<')
    .split(/\r?\n/)
    .filter((line) => /^(TZ|DAYLIGHT|DTSTART|RRULE|EXDATE|<(Start|Day|PatternStart|Timezone))/.test(line));

describe('a series of the evening, by its local weekday', () => {
  const monday = {
    ...{ Start: '20261020T010000Z', End: '20261020T020000Z', RecurrenceType: 1, DayOfWeekMask: 2 },
    ...{ Occurrences: 4, PatternStartDate: '20261019T000000' },
  };
  const told: readonly [string, Told][] = [
    ['vCalendar', old('DTSTART:20261020T010000Z', 'DTEND:20261020T020000Z', 'RRULE:W1 MO #4')],
    ['SIF', outlook(monday)],
    ['SIF without a day of the pattern', outlook({ ...monday, PatternStartDate: '' })],
    ['iCalendar', modern('DTSTART:20261020T010000Z', 'RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO')],
    ['iCalendar with a rule of vCalendar', modern('DTSTART:20261020T010000Z', 'RRULE:W1 MO #4')],
  ];
  it.each(told)('is on the evening of each of these days (%s)', (_, one) => {
    expect(days(read(one))).toEqual(['1020 01', '1027 01', '1103 01', '1110 01']);
  });
  it.each(told)('goes back as it came, and to iCalendar without zones by the days in UTC (%s)', (_, one) => {
    const item = read(one);
    for (const utc of [true, false]) {
      expect(schedule(item, OLD, { ...ALL, utc })).toEqual(['DTSTART:20261020T010000Z', 'RRULE:W1 MO #4']);
      expect(schedule(item, OUTLOOK, { ...ALL, utc })).toEqual([
        ...['<Start>20261020T010000Z</Start>', '<DayOfWeekMask>2</DayOfWeekMask>'],
        ...['<DayOfMonth>0</DayOfMonth>', '<PatternStartDate>20261019T000000</PatternStartDate>'],
      ]);
      const properties = new Map(
        ['BEGIN', 'UID', 'DTSTART', 'RRULE'].map((name) => [
          name,
          { values: name === 'BEGIN' ? ['VCALENDAR', 'VEVENT'] : [] },
        ]),
      );
      expect(schedule(item, NEW, { ...ALL, utc, properties })).toEqual([
        'DTSTART:20261020T010000Z',
        'RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU',
      ]);
    }
  });
  it.each(told)('stays what it is when it is read again (%s)', (_, one) => {
    const item = read(one);
    for (const format of [OLD, OUTLOOK, NEW]) {
      const again = readItem(format.type, writeItem(item, format).body);
      expect(schedule(again, NEW)).toEqual(schedule(item, NEW));
    }
  });
});

/** The first instants of an item that starts in UTC, and what is written of its rule for the device. */
const ofRule = (start: string, rule: string, ...lines: readonly string[]) => {
  const item = read(old(`DTSTART:${start}`, `DTEND:${start}`, `RRULE:${rule}`, ...lines));
  return { days: days(item, 4), back: schedule(item, OLD).slice(0, 2) };
};

it.each([
  ['west', '20261020T010000Z', 'W1 MO #0', ['1020 01', '1027 01', '1103 01', '1110 01']],
  ['west, from Sunday to Monday', '20261019T030000Z', 'W1 SU #0', ['1019 03', '1026 03', '1102 03']],
  ['west, late', '20261020T080000Z', 'W1 MO #0', ['1020 08', '1027 08', '1103 08']],
  ['Hawaii', '20261020T093000Z', 'W1 MO #0', ['1020 09', '1027 09']],
  ['east', '20261018T220000Z', 'W1 MO #0', ['1018 22', '1025 22', '1101 22']],
  ['east, from Monday to Sunday', '20261017T220000Z', 'W1 SU #0', ['1017 22', '1024 22']],
  ['New Zealand', '20261018T113000Z', 'W1 MO #0', ['1018 11', '1025 11']],
  ['several days', '20261020T010000Z', 'W1 MO WE FR #0', ['1020 01', '1022 01', '1024 01', '1027 01']],
  [
    'two days, the second first',
    '20261018T010000Z',
    'W1 FR SA #0',
    ['1018 01', '1024 01', '1025 01', '1031 01'],
  ],
  ['every other week', '20261020T010000Z', 'W2 MO SU #0', ['1020 01', '1026 01', '1103 01', '1109 01']],
  ['a weekday of the month', '20261020T010000Z', 'MP1 3+ MO #0', ['1020 01', '1117 01', '1222 01']],
  ['the last of the month', '20260901T010000Z', 'MP1 1- MO #0', ['0901 01', '0929 01', '1027 01']],
  ['a place of a weekday that the start implies', '20260901T010000Z', 'MP1 1- #0', ['0901 01', '0929 01']],
  ['a date', '20261020T010000Z', 'MD1 19+ #0', ['1020 01', '1120 01', '1220 01']],
  ['the end of the month', '20261101T010000Z', 'MD1 31+ #0', ['1101 01', '0101 01', '0201 01', '0401 01']],
  ['the last day', '20261101T010000Z', 'MD1 1- #0', ['1101 01', '1201 01', '0101 01', '0201 01']],
  ['the first, east', '20260930T220000Z', 'MD1 1+ #0', ['0930 22', '1031 22', '1130 22']],
  ['a month of the year', '20261101T010000Z', 'YM1 10 #0', ['1101 01', '1101 01']],
  ['the turn of the year', '20270101T010000Z', 'YM1 12 #0', ['0101 01', '0101 01']],
  ['a day of the year', '20261020T010000Z', 'YD1 292 #0', ['1020 01', '1020 01', '1019 01']],
  ['until a local day', '20261020T010000Z', 'W1 MO 20261102T000000', ['1020 01', '1027 01', '1103 01']],
  ['until an instant', '20261020T010000Z', 'W1 MO 20261103T010000Z', ['1020 01', '1027 01', '1103 01']],
] as const)('%s: %s %s', (_, start, rule, expected) => {
  const found = ofRule(start, rule);
  expect(found.days.slice(0, expected.length)).toEqual(expected);
  const isEnded = rule.includes('2026') || rule.includes('MP1 1- #');
  if (!isEnded) expect(found.back).toEqual([`DTSTART:${start}`, `RRULE:${rule}`]);
});

describe('days that are left out of it', () => {
  it.each([
    ['an instant', 'EXDATE:20261027T010000Z'],
    ['a local day', 'EXDATE:20261026'],
    ['a local midnight', 'EXDATE:20261026T000000'],
  ])('%s', (_, line) => {
    const item = read(old('DTSTART:20261020T010000Z', 'RRULE:W1 MO #4', line));
    expect(days(item)).toEqual(['1020 01', '1103 01', '1110 01']);
    expect(schedule(item, OLD)).toContain('EXDATE:20261027T010000Z');
  });
  it('a local day, in iCalendar and SIF', () => {
    const [ical, sif] = [
      modern('DTSTART:20261020T010000Z', 'RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO', 'EXDATE;VALUE=DATE:20261026'),
      outlook({
        ...{ Start: '20261020T010000Z', RecurrenceType: 1, DayOfWeekMask: 2, Occurrences: 4 },
        Exceptions: '<ExcludeDate>2026-10-26</ExcludeDate>',
      }),
    ];
    for (const one of [ical, sif]) expect(days(read(one))).toEqual(['1020 01', '1103 01', '1110 01']);
  });
  it('an exception, which is in the clock of its series', () => {
    const both = [
      ...['DTSTART:20261020T010000Z', 'RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO', 'END:VEVENT', 'BEGIN:VEVENT'],
      ...['UID:u', 'RECURRENCE-ID:20261027T010000Z', 'DTSTART:20261028T010000Z'],
    ];
    const item = read(modern(...both));
    expect(linesOf(item)).toContain('RECURRENCE-ID;TZID=UTC-0601:20261026T185900');
    expect(schedule(item, OLD)).toContain('EXDATE:20261027T010000Z');
  });
  it('but not those of another event of the calendar', () => {
    const series = ['DTSTART:20261020T010000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO', 'END:VEVENT', 'BEGIN:VEVENT'];
    for (const uid of [['UID:other'], []]) {
      const { format, text } = modern(...series, ...uid, 'DTSTART:20261028T010000Z');
      const told = { format, text: uid.length > 0 ? text : text.replace('UID:u\r\n', '') };
      expect(linesOf(read(told))).toContain('DTSTART:20261028T010000Z');
    }
  });
});

describe('the patterns of SIF', () => {
  const start = { Start: '20261020T010000Z', Occurrences: 3 };
  it.each([
    ['weekly', { RecurrenceType: 1, DayOfWeekMask: 2 }, ['1020 01', '1027 01', '1103 01']],
    ['a date of the month', { RecurrenceType: 2, DayOfMonth: 19 }, ['1020 01', '1120 01', '1220 01']],
    [
      'a weekday of the month',
      { RecurrenceType: 3, DayOfWeekMask: 2, Instance: 3 },
      ['1020 01', '1117 01', '1222 01'],
    ],
    ['a date', { RecurrenceType: 5, DayOfMonth: 19, MonthOfYear: 10 }, ['1020 01', '1020 01', '1020 01']],
    [
      'a weekday of a month',
      { RecurrenceType: 6, DayOfWeekMask: 2, Instance: 3, MonthOfYear: 10 },
      ['1020 01', '1019 01', '1017 01'],
    ],
  ])('%s', (_, fields, expected) => {
    const found = days(read(outlook({ ...start, ...fields })));
    expect(found[0]).toBe(expected[0]);
    if (fields.RecurrenceType < 5) expect(found).toEqual(expected);
    else expect(new Set(found.map((day) => day.slice(0, 2)))).toEqual(new Set(['10']));
  });
  it('on a local day that the pattern begins on, where both days are in it', () => {
    const both = outlook({
      ...{ ...start, RecurrenceType: 1, DayOfWeekMask: 6, Occurrences: 4 },
      PatternStartDate: '20261019T000000',
    });
    expect(days(read(both))).toEqual(['1020 01', '1021 01', '1027 01', '1028 01']);
  });
  it('that end on a local day', () => {
    const daily = outlook({
      ...{ Start: '20261020T010000Z', RecurrenceType: 0 },
      ...{ PatternStartDate: '20261019T000000', PatternEndDate: '20261021T000000' },
    });
    expect(days(read(daily))).toEqual(['1020 01', '1021 01', '1022 01']);
  });
});

describe('a series that is right already stays as it is', () => {
  it.each([
    ['in UTC', 'DTSTART:20261020T010000Z', 'FREQ=WEEKLY;COUNT=4;BYDAY=TU'],
    ['of no weekday', 'DTSTART:20261020T010000Z', 'FREQ=WEEKLY;COUNT=4'],
    ['of both days', 'DTSTART:20261020T010000Z', 'FREQ=WEEKLY;COUNT=4;BYDAY=MO,TU'],
    ['of a day that is no neighbour', 'DTSTART:20261020T010000Z', 'FREQ=WEEKLY;COUNT=4;BYDAY=TH'],
    ['at noon of a day beside', 'DTSTART:20261020T120000Z', 'FREQ=WEEKLY;COUNT=4;BYDAY=MO'],
    ['in the morning of the day before', 'DTSTART:20261020T060000Z', 'FREQ=WEEKLY;COUNT=4;BYDAY=WE'],
    ['in a zone', 'DTSTART;TZID=Europe/Berlin:20261020T010000', 'FREQ=WEEKLY;COUNT=4;BYDAY=MO'],
    ['without a zone', 'DTSTART:20261020T010000', 'FREQ=WEEKLY;COUNT=4;BYDAY=MO'],
    ['of days', 'DTSTART;VALUE=DATE:20261020', 'FREQ=WEEKLY;COUNT=4;BYDAY=MO'],
    ['of a rule that cannot be counted', 'DTSTART:20261020T010000Z', 'FREQ=YEARLY;BYDAY=MO;BYWEEKNO=43'],
    ['by the hour', 'DTSTART:20261020T010000Z', 'FREQ=HOURLY;BYDAY=MO'],
  ])('%s', (_, start, rule) => {
    expect(linesOf(read(modern(start, `RRULE:${rule}`)))).toEqual(['UID:u', start, `RRULE:${rule}`]);
  });
  it.each([
    ['UTC', 'DTSTART;TZID=UTC:20261020T010000'],
    ['none', 'DTSTART:20261020T010000Z'],
  ])('but not if its zone is %s and its rule another', (_, start) => {
    expect(linesOf(read(modern(start, 'RRULE:FREQ=WEEKLY;BYDAY=MO')))).toContain(
      'DTSTART;TZID=UTC-0601:20261019T185900',
    );
  });
  it('in the zone that the device tells', () => {
    const lines = ['TZ:-0500', 'DAYLIGHT:FALSE', 'DTSTART:20261020T010000Z', 'RRULE:W1 MO #4'];
    const item = read(old(...lines));
    expect(days(item)).toEqual(['1020 01', '1027 01', '1103 01', '1110 01']);
    expect(schedule(item, OLD)).toEqual(lines);
  });
});

describe('what the object says of its zone comes first', () => {
  const inNewYork = ['1020 01', '1027 01', '1103 02', '1110 02'];
  const rule = 'RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO';
  const zone = read(modern('DTSTART;TZID=America/New_York:20261019T210000', rule));
  const definition = /BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE\r\n/.exec(writeItem(zone, NEW).body)?.[0] ?? '';
  const inObject = (line: string): Told => {
    const { format, text } = modern('DTSTART:20261020T010000Z', rule);
    return { format, text: text.replace('BEGIN:VEVENT', `${line.trim()}\r\nBEGIN:VEVENT`) };
  };
  it.each([
    [
      'of another time',
      modern('DTSTART:20261020T010000Z', 'DTEND;TZID=America/New_York:20261019T220000', rule),
    ],
    [
      'of another time in vCalendar',
      old('DTSTART:20261020T010000Z', 'DTEND;TZID=US/Eastern:20261019T220000', 'RRULE:W1 MO #4'),
    ],
    ['of the calendar', inObject('X-WR-TIMEZONE:America/New_York')],
    ['that is defined', inObject(definition)],
  ])('the zone %s', (_, told) => {
    expect(days(read(told))).toEqual(inNewYork);
  });
  it.each(['X-WR-TIMEZONE:Asia/Tokyo', 'X-WR-TIMEZONE:UTC', 'X-WR-TIMEZONE:Nowhere'])(
    'but not one in which it is another day (%s)',
    (line) => expect(days(read(inObject(line)))).toEqual(['1020 01', '1027 01', '1103 01', '1110 01']),
  );
  it('and one that a time names comes before those that are only defined, however many', () => {
    const others = Array.from({ length: 80 }, (_, n) =>
      definition.replace(/TZID:.*/, `TZID:Zone ${n}`).replaceAll('-0', '+0'),
    );
    const ended = modern('DTSTART:20261020T010000Z', 'DTEND;TZID=America/New_York:20261019T220000', rule);
    const text = ended.text.replace('BEGIN:VEVENT', `${[...others, definition].join('')}BEGIN:VEVENT`);
    expect(days(read({ ...ended, text }))).toEqual(inNewYork);
  });
  it('each zone that is tried for a series is paid for', () => {
    const paid = (told: Told): number => {
      const budget = new WorkBudget(1_000_000);
      paidBy(budget, () => read(told));
      return 1_000_000 - budget.left;
    };
    const [named, unnamed] = [
      inObject(['Asia/Tokyo', 'Asia/Seoul'].map((one) => `X-WR-TIMEZONE:${one}`).join('\r\n')),
      inObject('X-WR-A:Asia/Tokyo\r\nX-WR-B:Asia/Seoul'),
    ];
    expect(paid(named) - paid(unnamed)).toBeGreaterThan(25);
  });
  it('nor UTC, which some phones tell as theirs', () => {
    const told = old('TZ:+0000', 'DAYLIGHT:FALSE', 'DTSTART:20261020T010000Z', 'RRULE:W1 MO #4');
    expect(days(read(told))).toEqual(['1020 01', '1027 01', '1103 01', '1110 01']);
  });
});

describe('an all-day series, whose midnights are told in UTC', () => {
  it.each([
    [
      'vCalendar',
      old('DTSTART:20261018T110000Z', 'DTEND:20261019T110000Z', 'X-FUNAMBOL-ALLDAY:1', 'RRULE:W1 MO #2'),
    ],
    [
      'SIF',
      outlook({
        ...{ AllDayEvent: 1, Start: '20261018T110000Z', End: '20261019T110000Z' },
        ...{ RecurrenceType: 1, DayOfWeekMask: 2, Occurrences: 2 },
      }),
    ],
  ])('in Auckland is on its weekday (%s)', (_, told) => {
    expect(linesOf(read(told))).toEqual(
      expect.arrayContaining(['DTSTART;VALUE=DATE:20261019', 'DTEND;VALUE=DATE:20261020']),
    );
  });
  it.each(['20261018T220000Z', '20261019T000000Z', '20261019T070000Z'])(
    'at %s is on the nearest day',
    (start) => {
      const told = old(`DTSTART:${start}`, `DTEND:${start}`, 'X-FUNAMBOL-ALLDAY:1', 'RRULE:W1 MO #2');
      expect(linesOf(read(told))).toContain('DTSTART;VALUE=DATE:20261019');
    },
  );
});

describe('the rule for the days beside', () => {
  const moved = (text: string, n: number) => {
    const rule = movedByDay(parseRule(text) ?? new Map(), n);
    return rule && printRule(rule);
  };
  it.each([
    ['FREQ=DAILY;COUNT=3', 1, 'FREQ=DAILY;COUNT=3'],
    ['FREQ=WEEKLY;BYDAY=SA,SU', 1, 'FREQ=WEEKLY;BYDAY=SU,MO'],
    ['FREQ=WEEKLY;BYDAY=SU,MO', -1, 'FREQ=WEEKLY;BYDAY=SA,SU'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU', 1, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,MO;WKST=TU'],
    ['FREQ=WEEKLY;UNTIL=20261031;BYDAY=MO', 1, 'FREQ=WEEKLY;UNTIL=20261101;BYDAY=TU'],
    ['FREQ=WEEKLY;UNTIL=20261031T010000Z;BYDAY=MO', 1, 'FREQ=WEEKLY;UNTIL=20261031T010000Z;BYDAY=TU'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,27', 1, 'FREQ=MONTHLY;BYMONTHDAY=2,28'],
    ['FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=19', -1, 'FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=18'],
    ['FREQ=MONTHLY;BYMONTHDAY=28', 1, undefined],
    ['FREQ=MONTHLY;BYMONTHDAY=1', -1, undefined],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 1, undefined],
    ['FREQ=MONTHLY;BYDAY=3MO', 1, undefined],
    ['FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1', 1, undefined],
  ] as const)('%s by %d', (text, n, expected) => {
    expect(moved(text, n)).toBe(expected);
  });
});

it.each([...[-11, -10, -8, -7, -5, -4, -3], ...[3, 5.5, 7, 8, 9, 10, 12, 13, 13.75]])(
  'any series of local days, %d hours east of UTC, is at its instants',
  (offset) => {
    const [zone, clock] = [offset * HOUR, fc.integer({ min: 0, max: 47 }).map((half) => (half * HOUR) / 2)];
    const date = fc.integer({ min: 0, max: 800 }).map((n) => Date.UTC(2026, 0, 1) + n * 24 * HOUR);
    const rule = fc.constantFrom(
      ...['FREQ=WEEKLY;BYDAY=?', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=?', 'FREQ=MONTHLY;BYMONTHDAY=#'],
      ...['FREQ=MONTHLY;BYDAY=@?', 'FREQ=YEARLY;BYMONTH=%;BYMONTHDAY=#', 'FREQ=YEARLY;BYMONTH=%;BYDAY=@?'],
    );
    fc.assert(
      fc.property(date, clock, rule, (day, time, kind) => {
        const local = new Date(day + time);
        const text = kind
          .replace('?', ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][local.getUTCDay()] ?? '')
          .replace('#', String(local.getUTCDate()))
          .replace('%', String(local.getUTCMonth() + 1))
          .replace('@', String(Math.ceil(local.getUTCDate() / 7)));
        const utc = modern(`DTSTART:${localOf(day + time)}Z`, `RRULE:${text}`);
        const truth = instants({ body: utc.text }).map((one) =>
          localOf((utcOf(`${one}0000`) ?? 0) + ((day + time) % HOUR) - zone).slice(0, 11),
        );
        const item = read(modern(`DTSTART:${utcText(day + time - zone)}`, `RRULE:${text}`));
        expect(instants(writeItem(item, NEW))).toEqual(truth);
      }),
      { numRuns: 60, seed: 17 },
    );
  },
);

describe('an edit of a series of the evening', () => {
  const phone = old(
    'UID:u',
    'SUMMARY:s',
    'DTSTART:20261020T010000Z',
    'DTEND:20261020T020000Z',
    'RRULE:W1 MO #4',
  );
  const edited = (
    item: TextItem,
    format: Format,
    edit: (text: string) => string,
    capabilities: DeviceCapabilities = ALL,
  ): TextItem => {
    const view = (one: TextItem) => readItem(format.type, writeItem(one, format, capabilities).body);
    const text = edit(writeItem(item, format, capabilities).body);
    return merge(item, item, readItem(format.type, text), { view }).item;
  };
  const WITHOUT_ZONES: DeviceCapabilities = {
    ...ALL,
    properties: new Map(
      ['BEGIN', 'UID', 'DTSTART', 'DTEND', 'RRULE', 'SUMMARY'].map((name) => [
        name,
        { values: name === 'BEGIN' ? ['VCALENDAR', 'VEVENT'] : [] },
      ]),
    ),
  };
  it.each([
    ['vCalendar', OLD, ALL],
    ['vCalendar in local times', OLD, { ...ALL, utc: false }],
    ['SIF', OUTLOOK, ALL],
    ['SIF in local times', OUTLOOK, { ...ALL, utc: false }],
    ['iCalendar', NEW, ALL],
    ['iCalendar without zones', NEW, WITHOUT_ZONES],
  ])('of its subject (%s)', (_, format, capabilities) => {
    const item = read(phone);
    const after = edited(item, format, (text) => text.replace(/(SUMMARY:|<Subject>)s/, '$1t'), capabilities);
    expect(linesOf(after)).toEqual(linesOf(item).map((line) => line.replace('SUMMARY:s', 'SUMMARY:t')));
  });
  it('of its time by a device without zones, which has its days in UTC, moves it in its clock', () => {
    const later = (text: string) => text.replace(/20261020T0([12])0000Z/g, '20261020T0$13000Z');
    const after = edited(read(phone), NEW, later, WITHOUT_ZONES);
    expect(instants(writeItem(after, NEW), 2)).toEqual(['20261020T01', '20261027T01']);
    expect(schedule(after, OLD)).toEqual(['DTSTART:20261020T013000Z', 'RRULE:W1 MO #4']);
    const other = (text: string) => text.replace('BYDAY=TU', 'BYDAY=TU,TH');
    const more = edited(read(phone), NEW, other, WITHOUT_ZONES);
    expect(days(more)).toEqual(['1020 01', '1022 01', '1027 01', '1029 01']);
    expect(schedule(more, OLD)).toEqual(['DTSTART:20261020T010000Z', 'RRULE:W1 MO WE #4']);
    const monthly = edited(
      read(phone),
      NEW,
      (text) => text.replace(/FREQ=WEEKLY.*TU/, 'FREQ=MONTHLY;BYDAY=3TU'),
      WITHOUT_ZONES,
    );
    expect(days(monthly, 3)).toEqual(['1020 01', '1117 01', '1215 01']);
  });
  it('to a time at which both days are one leaves it in its clock', () => {
    const after = edited(read(phone), OLD, (text) =>
      text.replace(/20261020T0[12]0000Z/g, '20261019T200000Z'),
    );
    expect(days(after)).toEqual(['1019 20', '1026 20', '1102 20', '1109 20']);
    expect(schedule(after, OLD)).toEqual(['DTSTART:20261019T200000Z', 'RRULE:W1 MO #4']);
  });
  it('to another weekday', () => {
    const after = edited(read(phone), OLD, (text) =>
      text.replace('W1 MO', 'W1 WE').replace(/20261020T/g, '20261022T'),
    );
    expect(days(after, 2)).toEqual(['1022 01', '1029 01']);
  });
  it('by a device whose rules go by UTC', () => {
    const after = edited(read(phone), OLD, (text) => text.replace('W1 MO', 'W1 TU'));
    expect(days(after, 2)).toEqual(['1020 01', '1027 01']);
    expect(schedule(after, OLD)).toEqual(['DTSTART:20261020T010000Z', 'RRULE:W1 TU #4']);
  });
  it('by a device that knows the zone gives it one, and the phone takes it away no more', () => {
    const inNewYork = (text: string) =>
      text.replace(/DTSTART;[^\r]*/, 'DTSTART;TZID=America/New_York:20261019T210000');
    const known = edited(read(phone), NEW, inNewYork);
    expect(linesOf(known)).toContain('DTSTART;TZID=America/New_York:20261019T210000');
    const zone = /^(TZ|DAYLIGHT):.*\r\n/gm;
    const later = edited(known, OLD, (text) =>
      text
        .replace(zone, '')
        .replace('SUMMARY:s', 'SUMMARY:t')
        .replace('DTSTART:20261020T01', 'DTSTART:20261020T02'),
    );
    expect(linesOf(later)).toContain('DTSTART;TZID=America/New_York:20261019T220000');
    expect(days(later)).toEqual(['1020 02', '1027 02', '1103 03', '1110 03']);
  });
});
