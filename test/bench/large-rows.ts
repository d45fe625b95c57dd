/** Items that no usual device sends: what the largest of them cost. Tests hold that it does not grow with their square. */

import { summerTimeOf, zoneFromVcalendar } from '../../lib/pim/formats/vcalendar/zones.ts';
import { decideMatch } from '../../lib/pim/match/decide.ts';
import { property } from '../../lib/pim/vobject/model.ts';
import { prepare, readItem, writeItem } from '../kit/items.ts';
import { figure, type Row } from './table.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const object = (name: string, version: string, ...lines: readonly string[]): string =>
  [`BEGIN:${name}`, `VERSION:${version}`, ...lines, `END:${name}`, ''].join('\r\n');
const event = (...lines: readonly string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];

export function largeRows(): Row[] {
  const series = readItem('text/calendar', object('VCALENDAR', '2.0', ...manySeries()));
  const attendee = object('VCALENDAR', '1.0', ...event(`ATTENDEE:a${' '.repeat(200_000)}b`));
  const [one, other] = [170, 171].map((area) => prepare(readItem('text/vcard', manyNumbers(area))));
  return [
    spent('3,000 series with an exception each, written for an old device', () => writeItem(series, OLD)),
    spent('an attendee of 200,000 characters, read', () => readItem(OLD.type, attendee)),
    spent("every place's clocks, written and read as TZ and DAYLIGHT", allZones),
    spent('two contacts of 10,000 numbers and addresses, compared', () => {
      if (one !== undefined && other !== undefined) decideMatch(one, [{ at: 0, prepared: other }]);
    }),
  ];
}

/** CPU time of the first run: such an item is alone. */
function spent(what: string, run: () => unknown): Row {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return { what, measured: `${figure((user + system) / 1000)} ms` };
}

const manySeries = (): string[] =>
  Array.from({ length: 3_000 }, (_, n) => [
    ...event(`UID:${n}`, 'DTSTART:20260302T090000Z', 'RRULE:FREQ=WEEKLY'),
    ...event(`UID:${n}`, 'RECURRENCE-ID:20260309T090000Z', 'DTSTART:20260309T100000Z'),
  ]).flat();

function manyNumbers(area: number): string {
  const numbers = Array.from({ length: 5_000 }, (_, n) => [
    `TEL:+49 ${area} ${1_000_000 + n}`,
    `EMAIL:${area}.${n}@mail.example`,
  ]);
  return object('VCARD', '3.0', 'N:Müller;Hans;;;', ...numbers.flat());
}

function allZones(): void {
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const { tz, daylight = 'FALSE' } = summerTimeOf(zone, Date.UTC(2025, 2, 1));
    const properties = [property('TZ', tz), property('DAYLIGHT', daylight)];
    zoneFromVcalendar({ name: 'VCALENDAR', properties, components: [] });
  }
}
