/** Outlook's names of time zones, against a library that is too large for a Lambda function. */

import { expect, it } from 'vitest';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { WINDOWS_ZONES } from '../../../../lib/pim/time/zones/windows.ts';
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
