/** A user's data go into files and back, to another user, and away, by `export`, `import` and `erase`, on any store. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runAdmin } from '../../../functions/cli/admin/program.ts';
import { putAccount } from '../../../lib/app/accounts.ts';
import { readChanges } from '../../../lib/app/changes.ts';
import { exportUser } from '../../../lib/app/export.ts';
import type { Store } from '../../../lib/store/port/port.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';

const event = (summary: string): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x', 'BEGIN:VEVENT', `UID:${summary}@example.com`],
    ...[
      `SUMMARY:${summary}`,
      'DTSTART:20300105T090000Z',
      'DTEND:20300105T100000Z',
      'RRULE:FREQ=WEEKLY;COUNT=5',
    ],
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
const task = (summary: string): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VTODO',
    `SUMMARY:${summary}`,
    'END:VTODO',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
/** Its text lies in rows of its own. */
const withPhoto = (name: string): string =>
  vcard(name).replace('END:VCARD', `NOTE:${'Lorem ipsum 0123456789 '.repeat(30_000)}\r\nEND:VCARD`);

const DATASTORES: readonly (readonly [datastore: string, type: string, items: readonly string[]])[] = [
  [
    ...(['contacts', 'text/vcard'] as const),
    [
      vcard('Ada'),
      vcard('李小龍'),
      vcard('Twin'),
      vcard('Twin'),
      withPhoto('Large'),
      'BEGIN:VCARD\r\nno card',
    ],
  ],
  ['calendar', 'text/calendar', [event('Meeting'), event('Lunch')]],
  ['tasks', 'text/calendar', [task('Write')]],
  ['notes', 'text/plain', ['Buy milk\r\nand bread', '']],
];

async function fillFrom(server: TestServer, user: string): Promise<void> {
  for (const [datastore, type, items] of DATASTORES) {
    const phone = new Device(server, { user, datastore, type, device: `phone-${datastore}` });
    for (const item of items) phone.add(item);
    await phone.sync();
  }
}

/** The texts of the user's items, and the names of the datastores. */
async function textsOf(store: Store, login: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { value, file } of exportUser(store, login))
    if (file !== undefined) texts.push(`${(value as { datastore: string }).datastore} ${file.text}`);
  return texts.sort();
}

/** `target`: the options that name the store. */
export async function tellTransfer(store: Store, target: readonly string[]): Promise<void> {
  const server = await startServer({ store });
  await putAccount(store, { login: 'bo', password: 'secret' });
  server.time = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'syncml-transfer-'));
  const dir = join(folder, 'anna');
  const admin = async (...words: string[]): Promise<string> => {
    const printed: string[] = [];
    await runAdmin([...words, ...target], { print: (text) => printed.push(text) });
    return printed.join('\n');
  };
  await fillFrom(server, 'anna');
  await tellExport(admin, dir);
  const before = await readChanges(store, 'anna');
  expect(await admin('import', 'anna', dir)).toMatch(/^0 added, 0 got what they lacked, 11 were/);
  expect(await readChanges(store, 'anna')).toEqual(before);

  expect(await admin('import', 'bo', dir)).toMatch(/^11 added/);
  expect(await textsOf(store, 'bo')).toEqual(await textsOf(store, 'anna'));
  expect(await admin('import', 'bo', dir)).toMatch(/^0 added, 0 got what they lacked, 11 were/);
  const phone = new Device(server, { user: 'bo' });
  await phone.sync();
  expect(phone.items.size).toBe(6);

  writeFileSync(join(dir, 'contacts', 'wrong.vcf'), 'nothing');
  await expect(admin('import', 'bo', dir)).rejects.toThrow('1 of 12 files were not taken');
  await expect(admin('erase', 'anna')).rejects.toThrow('Say --yes');
  expect(await admin('erase', 'anna', '--yes')).toMatch(/anna is erased[\s\S]*none belongs to anna/);
  await expect(admin('export', 'anna', join(folder, 'again'))).rejects.toThrow('There is no login');
  expect(existsSync(join(folder, 'again'))).toBe(false);
  expect((await textsOf(store, 'bo')).length).toBe(11);
  rmSync(folder, { recursive: true, force: true });
}

async function tellExport(admin: (...words: string[]) => Promise<string>, dir: string): Promise<void> {
  expect(await admin('export', 'anna', dir)).toMatch(/items +11/);
  const counts = Object.fromEntries(
    DATASTORES.map(([name, , items]) => [name, readdirSync(join(dir, name)).length - items.length]),
  );
  expect(counts).toEqual({ contacts: 0, calendar: 0, tasks: 0, notes: 0 });
  expect(statSync(join(dir, 'user.json')).mode & 0o077).toBe(0);
  const text = readFileSync(join(dir, 'user.json'), 'utf8');
  const user = JSON.parse(text);
  expect(Object.keys(user)).toEqual(expect.arrayContaining(['logins', 'peers', 'items', 'log', 'heads']));
  expect(text).not.toMatch(/verifier|nonce/);
  await expect(admin('export', 'anna', dir)).rejects.toThrow('is not empty');
}
