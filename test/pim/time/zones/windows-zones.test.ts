/** Outlook's names of time zones, against a library that is too large for a Lambda function. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { offsetsOf, offsetText } from '../../../../lib/pim/time/zones/search.ts';
import { WINDOWS_ZONES, zoneShownAs } from '../../../../lib/pim/time/zones/windows.ts';
import { isZone } from '../../../../lib/pim/time/zones/zones.ts';
import { readItem } from '../../../kit/items.ts';

it('every name that Windows has is a zone that the runtime knows', () => {
  const names = WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001');
  expect([...WINDOWS_ZONES.keys()].sort()).toEqual(
    names.map(({ windowsName }) => windowsName.toLowerCase()).sort(),
  );
  for (const { windowsName, iana } of names)
    expect(iana).toContain(WINDOWS_ZONES.get(windowsName.toLowerCase()));
  for (const zone of WINDOWS_ZONES.values()) expect(isZone(zone), zone).toBe(true);
});

it('an appointment in such a zone is stored by the IANA name, with and without a definition', () => {
  const event = (...lines: string[]) =>
    ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
  const plain = ['BEGIN:VEVENT', 'DTSTART;TZID="Tokyo Standard Time":20300101T090000', 'END:VEVENT'];
  expect(readItem('text/calendar', event(...plain)).body).toContain(
    'DTSTART;TZID=Asia/Tokyo:20300101T090000',
  );
  const zone = ['BEGIN:VTIMEZONE', 'TZID:Tokyo Standard Time', 'END:VTIMEZONE'];
  expect(readItem('text/calendar', event(...zone, ...plain)).body).toContain('TZID=Asia/Tokyo:');
});

const event = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const zoneOf = (tzid: string, ...zone: readonly string[]): string | undefined => {
  const start = `DTSTART;TZID="${tzid}":20300701T090000`;
  const { body } = readItem('text/calendar', event(...zone, 'BEGIN:VEVENT', start, 'END:VEVENT'));
  return /^DTSTART;TZID=(.*):20300701T090000/m.exec(body.replace(/\r\n /g, ''))?.[1]?.replaceAll('"', '');
};

it.each([
  ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', 'Europe/Berlin'],
  ['(UTC-05:00) Eastern Time (US & Canada)', 'America/New_York'],
  ['(GMT-05:00) Eastern Time (US and Canada)', 'America/New_York'],
  ['Eastern Time (US & Canada)', 'America/New_York'],
  ['(UTC-05:00) Indiana (East)', 'America/Indianapolis'],
  ['(UTC) Coordinated Universal Time', 'Etc/UTC'],
  ['(UTC-11:00) Coordinated Universal Time-11', 'Etc/GMT+11'],
  ['(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi', 'Asia/Calcutta'],
  ["(UTC+13:00) Nuku'alofa", 'Pacific/Tongatapu'],
  // Of two places of that name the one at this offset.
  ['(UTC-07:00) Chihuahua, La Paz, Mazatlan', 'America/Chihuahua'],
  ['(UTC-04:00) Georgetown, La Paz, Manaus, San Juan', 'America/La_Paz'],
  ['(GMT-04:00) La Paz', 'America/La_Paz'],
  // Of older versions of Windows, and of Exchange.
  ['(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London', 'Europe/London'],
  ['(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', 'Europe/Berlin'],
  ['(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna', 'Europe/Berlin'],
  ['(GMT-06:00) Guadalajara, Mexico City, Monterrey - New', 'America/Mexico_City'],
  ['(GMT+03:00) Moscow, St. Petersburg, Volgograd', 'Europe/Moscow'],
  ['(UTC+02:00) Istanbul', 'Europe/Istanbul'],
  ['Lima', 'America/Bogota'],
  // In other languages.
  ['(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien', 'Europe/Berlin'],
  ['(UTC+01:00) Br\u00fcssel, Kopenhagen, Madrid, Paris', 'Europe/Paris'],
])('the text %s that Windows shows is a zone', (tzid, zone) => expect(zoneOf(tzid)).toBe(zone));

it.each([
  ['is none that Windows shows', '(UTC+01:00) Our Town'],
  ['is a day away: Samoa has crossed the date line', '(GMT-11:00) Midway Island, Samoa'],
  ['has several places and no offset', 'Lima, Springfield'],
])('a text that %s stays a name', (_, tzid) => expect(zoneOf(tzid)).toBe(tzid));

/** The text in the table. */
const TABLE = readFileSync(join(import.meta.dirname, '../../../../lib/pim/time/zones/windows.ts'), 'utf8');
const textOf = (zone: string): string =>
  TABLE.split('\n').flatMap((line) => (line.split('=')[1] === zone ? (line.split('=')[2] ?? '') : []))[0] ??
  '';

it('every zone of Windows is found by its text, with its offset and without', () => {
  for (const zone of new Set(WINDOWS_ZONES.values())) {
    const text = textOf(zone);
    expect(text, zone).toMatch(/^\S.*\S$/);
    const [offset = 0] = offsetsOf(zone);
    expect(zoneShownAs(`(UTC${offsetText(offset).replace(/(\d\d)$/, ':$1')}) ${text}`)).toBe(zone);
    expect(zoneShownAs(text)).toBe(zone);
  }
});

it('a definition goes before the text, and an empty one does not count', () => {
  const text = '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna';
  const tokyo = ['BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0900', 'TZOFFSETTO:+0900'];
  const zone = (...clocks: readonly string[]) => [
    ...['BEGIN:VTIMEZONE', `TZID:${text.replaceAll(',', '\\,')}`, ...clocks, 'END:VTIMEZONE'],
  ];
  expect(zoneOf(text, ...zone(...tokyo, 'END:STANDARD'))).toBe('Asia/Tokyo');
  expect(zoneOf(text, ...zone())).toBe('Europe/Berlin');
});
