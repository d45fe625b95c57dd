import { expect, test } from 'vitest';
import type { Key, Range } from '../../../lib/store/port/port.ts';
import {
  bindingsKey,
  listedDeviceKey,
  listedDevices,
  syncKey,
  syncsBefore,
} from '../../../lib/store/rows/keys.ts';

const lies = ({ pk, sk }: Key, range: Range): boolean =>
  pk === range.pk &&
  Buffer.compare(Buffer.from(sk), Buffer.from(range.from)) >= 0 &&
  Buffer.compare(Buffer.from(sk), Buffer.from(range.to)) <= 0;

test('the list of devices holds each device, whatever its id, and nothing else', () => {
  for (const device of ['IMEI:1', '~', '#', 'ü', '\u{1F4F1}', 'x'.repeat(2000)])
    expect(lies(listedDeviceKey('u', device), listedDevices('u'))).toBe(true);
  expect(lies(bindingsKey('u'), listedDevices('u'))).toBe(false);
  expect(lies(listedDeviceKey('u2', 'IMEI:1'), listedDevices('u'))).toBe(false);
});

test('records lie in the order of their time, and those before a time are a range', () => {
  expect(lies(syncKey('u', 999, 'z'), syncsBefore('u', 1000))).toBe(true);
  expect(lies(syncKey('u', 1000, 'a'), syncsBefore('u', 1000))).toBe(false);
  expect(syncKey('u', 999, 'z').sk < syncKey('u', 1000, 'a').sk).toBe(true);
});
