/** Series with times in any zones, by rules of their own day or of one beside: a new subject changes nothing else. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL, type DeviceCapabilities } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { DAY, localOf, WEEKDAYS } from '../../../lib/pim/time/zones/zones.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { event, merge } from './merging.ts';

const LISTED = ['BEGIN', 'UID', 'SUMMARY', 'DTSTART', 'DTEND', 'RRULE', 'EXDATE', 'RDATE'];
const withoutZones: DeviceCapabilities = {
  ...ALL,
  properties: new Map(
    LISTED.map((name) => [name, { values: name === 'BEGIN' ? ['VCALENDAR', 'VEVENT'] : [] }]),
  ),
};
const DEVICES: readonly (readonly [Format, DeviceCapabilities])[] = [
  [{ type: 'text/x-vcalendar', version: '1.0' }, ALL],
  [{ type: 'text/x-s4j-sife' }, ALL],
  [{ type: 'text/calendar', version: '2.0' }, ALL],
  [{ type: 'text/calendar', version: '2.0' }, withoutZones],
];

const zone = fc.constantFrom(
  ...['', '', '', 'UTC', 'Europe/Berlin', 'America/New_York', 'America/Los_Angeles', 'Asia/Tokyo'],
);
const at = fc.integer({ min: 0, max: 800 * 48 }).map((half) => Date.UTC(2026, 0, 1) + (half * DAY) / 48);
const rule = fc.constantFrom(
  ...['FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=?', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=?'],
  ...['FREQ=MONTHLY;BYMONTHDAY=#', 'FREQ=MONTHLY;BYDAY=@?', 'FREQ=YEARLY;BYMONTH=%;BYMONTHDAY=#'],
);
const end = fc.constantFrom('', ';COUNT=5', ';UNTIL=20300101T033000Z');

interface Series {
  readonly start: number;
  readonly zones: readonly string[];
  readonly beside: number;
  readonly by: string;
  readonly last: string;
}
const series: fc.Arbitrary<Series> = fc.record({
  ...{ start: at, zones: fc.array(zone, { minLength: 4, maxLength: 4 }), by: rule, last: end },
  beside: fc.constantFrom(-1, 0, 0, 1),
});

function itemOf({ start, zones, beside, by, last }: Series): TextItem {
  const day = new Date(start + beside * DAY);
  const text = by
    .replace('?', WEEKDAYS[day.getUTCDay()] ?? '')
    .replace('#', String(day.getUTCDate()))
    .replace('%', String(day.getUTCMonth() + 1))
    .replace('@', String(Math.ceil(day.getUTCDate() / 7)));
  const [time, ...others] = [start, start + DAY / 24, start + 7 * DAY, start + 10 * DAY].map((one, n) =>
    zones[n] === '' ? `:${localOf(one)}Z` : `;TZID=${zones[n]}:${localOf(one)}`,
  );
  const names = ['DTEND', 'EXDATE', 'RDATE'];
  return event(
    ...['UID:u', 'SUMMARY:s', `DTSTART${time}`, `RRULE:${text}${last}`],
    ...others.map((one, n) => `${names[n]}${one}`),
  );
}

it.each(
  DEVICES.flatMap(([format, capabilities]) =>
    [true, false].map((utc) => [format, { ...capabilities, utc }] as const),
  ),
)('told as %j', (format, capabilities) => {
  const view = (one: TextItem) => readItem(format.type, writeItem(one, format, capabilities).body);
  fc.assert(
    fc.property(series, fc.boolean(), (one, isForgetful) => {
      const item = itemOf(one);
      const written = writeItem(item, format, capabilities).body;
      const forgotten = written
        .replace(/^(TZ|DAYLIGHT):.*\r\n/gm, '')
        .replace(/<Timezone>[\s\S]*<\/Timezone>/, '');
      const text = (isForgetful ? forgotten : written).replace(/(SUMMARY:|<Subject>)s/, '$1t');
      const merged = merge(item, item, readItem(format.type, text), { view }).item;
      expect(merged.body).toBe(item.body.replace('SUMMARY:s', 'SUMMARY:t'));
    }),
    { numRuns: 150, seed: 17 },
  );
});
