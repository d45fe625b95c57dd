/** Devices that know less of tasks than others: what they cannot hold stays, and their habits are no edits. */
import { describe, expect, it } from 'vitest';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { startServer } from '../../kit/server.ts';

const task = (...lines: readonly string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VTODO',
    'SUMMARY:Tax',
    ...lines,
    'END:VTODO',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

/** A desktop and another device with the same task, as the desktop wrote it. */
async function pairWith(lines: readonly string[], options: DeviceOptions) {
  const server = await startServer();
  const common = { datastore: 'tasks', type: 'text/calendar' };
  const desktop = new Device(server, { ...common, device: 'desktop' });
  const phone = new Device(server, { ...common, device: 'phone', ...options });
  desktop.add(task(...lines));
  await desktop.sync();
  await phone.sync();
  return { desktop, phone };
}

const LISTED = ['BEGIN', 'END', 'VERSION', 'SUMMARY', 'DUE', 'STATUS', 'DESCRIPTION'];
const LIMITED: DeviceOptions = { type: 'text/x-vcalendar', properties: LISTED };

const edit = (device: Device, change: (text: string) => string): void => {
  const luid = device.find('Tax');
  device.replace(luid, change(device.items.get(luid) ?? ''));
};

it('a start goes to no device that does not list it, and stays', async () => {
  const { desktop, phone } = await pairWith(
    ['DTSTART;VALUE=DATE:20300304', 'DUE;VALUE=DATE:20300308'],
    LIMITED,
  );
  expect(phone.contents.join()).not.toContain('DTSTART');
  edit(phone, (text) => text.replace('END:VTODO', 'DESCRIPTION:n\r\nEND:VTODO'));
  await phone.sync();
  await desktop.sync();
  expect(desktop.contents.join()).toMatch(/DTSTART;VALUE=DATE:20300304[\s\S]*DESCRIPTION:n/);
});

it.each([200, 201])('a start that a device lists and drops stays, in a sync %i', async (code) => {
  const { desktop, phone } = await pairWith(['DTSTART;VALUE=DATE:20300304', 'DUE;VALUE=DATE:20300308'], {
    properties: [...LISTED, 'DTSTART'],
    keeps: (text) => text.replace(/DTSTART[^\r]*\r\n/, ''),
  });
  if (code === 200) edit(phone, (text) => text.replace('END:VTODO', 'DESCRIPTION:n\r\nEND:VTODO'));
  await phone.sync(code);
  await desktop.sync();
  expect(desktop.contents.join()).toContain('DTSTART;VALUE=DATE:20300304');
});

describe('the day alone of a time at which it is due', () => {
  const day = (text: string): string => text.replace(/DUE[^\r]*:(\d{8})T[^\r]*/, 'DUE;VALUE=DATE:$1');

  it.each([200, 201])('is no change by a device that never sent a time, in a sync %i', async (code) => {
    const { desktop, phone } = await pairWith(['DUE:20300308T100000Z'], { keeps: day });
    if (code === 200) edit(phone, (text) => text.replace('END:VTODO', 'PRIORITY:1\r\nEND:VTODO'));
    await phone.sync(code);
    await desktop.sync();
    expect(desktop.contents.join()).toContain('DUE:20300308T100000Z');
  });

  it('is an edit by a device that sends times', async () => {
    const { desktop, phone } = await pairWith(['DUE:20300308T100000Z'], {});
    phone.add(task('DUE:20300309T100000Z').replace('Tax', 'Rent'));
    await phone.sync();
    edit(phone, day);
    await phone.sync();
    await desktop.sync();
    expect(desktop.contents.join()).toContain('DUE;VALUE=DATE:20300308');
  });
});

it.each([
  ['PRIORITY:5', 'PRIORITY:9'],
  ['CLASS:PUBLIC', 'CLASS:PRIVATE'],
  ['PERCENT-COMPLETE:0', 'PERCENT-COMPLETE:40'],
])('%s, which a program writes by habit, does not stand against %s', async (usual, typed) => {
  const { desktop, phone } = await pairWith(['DUE;VALUE=DATE:20300308'], {});
  edit(desktop, (text) => text.replace('END:VTODO', `${typed}\r\nEND:VTODO`));
  edit(phone, (text) => text.replace('END:VTODO', `${usual}\r\nDESCRIPTION:n\r\nEND:VTODO`));
  await phone.sync();
  await desktop.sync();
  await phone.sync();
  for (const device of [desktop, phone]) {
    expect(device.contents.join()).toContain(typed);
    expect(device.contents.join()).toContain('DESCRIPTION:n');
  }
});

it('what a program writes by habit is not sent back', async () => {
  const { desktop, phone } = await pairWith(['DUE;VALUE=DATE:20300308'], {});
  edit(phone, (text) => text.replace('END:VTODO', 'PRIORITY:5\r\nDESCRIPTION:n\r\nEND:VTODO'));
  expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  expect((await desktop.sync()).received).toEqual({ Add: 0, Replace: 1, Delete: 0 });
});
