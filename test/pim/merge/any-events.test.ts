/** Random appointments on random devices: an edit of the title changes the title, whatever else others did meanwhile. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL, type DeviceCapabilities } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { calendar, linesOf, merge } from './merging.ts';

/** A start, an end an hour or a day later, a later occurrence. */
const TIMES: readonly (readonly [start: string, end: string, later: string])[] = [
  [':20260302T100000Z', ':20260302T110000Z', ':20260316T100000Z'],
  [
    ';TZID=Europe/Berlin:20260302T100000',
    ';TZID=Europe/Berlin:20260302T110000',
    ';TZID=Europe/Berlin:20260316T100000',
  ],
  [
    ';TZID=America/New_York:20260302T220000',
    ';TZID=America/New_York:20260302T230000',
    ';TZID=America/New_York:20260316T220000',
  ],
  [
    ';TZID=Asia/Kathmandu:20260302T010000',
    ';TZID=Asia/Kathmandu:20260302T020000',
    ';TZID=Asia/Kathmandu:20260316T010000',
  ],
  [':20260302T100000', ':20260302T110000', ':20260316T100000'],
  [';VALUE=DATE:20260302', ';VALUE=DATE:20260303', ';VALUE=DATE:20260316'],
];
const RULES = [
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;BYDAY=MO',
  'FREQ=DAILY;INTERVAL=14',
  'FREQ=MONTHLY;COUNT=5;BYDAY=1MO',
  'FREQ=YEARLY;BYMONTH=3',
  // These two formats cannot say, or only in other words.
  'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
  'FREQ=MONTHLY;UNTIL=20261231;BYMONTHDAY=-2,2',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU',
  'FREQ=YEARLY;BYDAY=10MO,20MO,-1FR',
  'FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=-1',
];
const FORMATS: readonly Format[] = [
  { type: 'text/x-vcalendar', version: '1.0' },
  { type: 'text/calendar', version: '2.0' },
  { type: 'text/x-s4j-sife' },
];
const more = fc.subarray([
  ...['LOCATION:Zürich', 'DESCRIPTION:one\\ntwo', 'CATEGORIES:a,b', 'CLASS:PRIVATE', 'PRIORITY:1', 'X-OWN:1'],
  ...[
    'ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:bob@example.com',
    'TRANSP:TRANSPARENT',
    'GEO:48.1;11.5',
  ],
]);
const alarms = fc.subarray(['-PT15M', '-P1D', 'PT0S']);
const capabilities = fc.record({
  utc: fc.boolean(),
  listed: fc.option(
    fc.subarray(['LOCATION', 'DESCRIPTION', 'CATEGORIES', 'RRULE', 'EXDATE', 'RDATE', 'DALARM', 'VALARM']),
  ),
});
const world = fc.record({
  times: fc.constantFrom(...TIMES),
  rule: fc.option(fc.constantFrom(...RULES)),
  exdate: fc.boolean(),
  exception: fc.constantFrom('none', 'moved', 'in place'),
  more,
  others: more,
  alarms,
  theirAlarms: fc.option(alarms),
  capabilities,
  format: fc.constantFrom(...FORMATS),
});

const alarmLines = (triggers: readonly string[]): string[] =>
  triggers.flatMap((one) => [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `TRIGGER:${one}`,
    'DESCRIPTION:s',
    'END:VALARM',
  ]);

/** Of a line of such a name, where it tells an hour. */
const anHourEarlier =
  (names: RegExp) =>
  (line: string): string =>
    names.test(line)
      ? line.replace(
          /(\d{8}T)(\d\d)/,
          (_, day: string, hour: string) => day + String(Number(hour) - 1).padStart(2, '0'),
        )
      : line;

it('no field that nobody changed changes; sent back it is no change; twice is once; moved, it keeps its clocks', () => {
  fc.assert(
    fc.property(world, ({ times: [start, end, later], rule, exdate, exception, format, ...one }) => {
      const repeats = rule === null ? [] : [`RRULE:${rule}`, ...(exdate ? [`EXDATE${later}`] : [])];
      const of = (lines: readonly string[], triggers: readonly string[]) =>
        calendar(
          [
            ...['UID:u-1', `DTSTART${start}`, `DTEND${end}`, 'SUMMARY:s', ...repeats, ...lines],
            ...alarmLines(triggers),
          ],
          ...(rule === null || exception === 'none'
            ? []
            : [['UID:u-1', `RECURRENCE-ID${later}`, `DTSTART${exception === 'moved' ? start : later}`]]),
        );
      const base = of(one.more, one.alarms);
      const current = of(one.others, one.theirAlarms ?? one.alarms);
      const { utc, listed } = one.capabilities;
      const names = listed && ['DTSTART', 'DTEND', 'SUMMARY', 'UID', ...listed];
      const device: DeviceCapabilities = {
        ...ALL,
        utc,
        datesUntil: '20270228',
        oneEvent: true,
        ...(names && { properties: new Map(names.map((name) => [name, { values: [] }])) }),
      };
      const view = (item: TextItem) => readItem(format.type, writeItem(item, format, device).body);
      const shown = writeItem(base, format, device).body;
      const renamed = readItem(format.type, shown.replace(/(SUMMARY:|<Subject>)s/, '$1t'));

      expect(merge(base, current, readItem(format.type, shown), { view }).item).toEqual(current);
      const { item, clashes } = merge(base, current, renamed, { view });
      expect(linesOf(item)).toEqual(
        linesOf(current).map((line) => (line === 'SUMMARY:s' ? 'SUMMARY:t' : line)),
      );
      expect(clashes).toBe(0);
      expect(merge(base, item, renamed, { view }).item).toEqual(item);

      if (exception !== 'none') return;
      const moved = {
        ...view(base),
        body: view(base)
          .body.split('\r\n')
          .map(anHourEarlier(/^DT(START|END)/))
          .join('\r\n'),
      };
      // The dates that are left out of a series go with it.
      const expected = linesOf(current).map(anHourEarlier(/^(DT(START|END)|EXDATE)/));
      expect(linesOf(merge(base, current, moved, { view }).item)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});
