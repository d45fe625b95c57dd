/** A user is erased: no row is left, whatever made it, and other users keep theirs. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { putAccount, readAccount } from '../../lib/app/accounts.ts';
import { eraseUser } from '../../lib/app/erase.ts';
import { addDevicePassword } from '../../lib/app/passwords.ts';
import type { SearchableStore } from '../../lib/store/port/port.ts';
import { TABLES } from '../../lib/store/rows/schema.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { startServer, type TestServer } from '../kit/server.ts';

/** Two whose names begin like the first one's, as keys do. */
const USERS = ['anna', 'anna#2', 'an'];

interface Searched {
  readonly server: TestServer;
  readonly store: SearchableStore;
}

/** Each user has a phone, a tablet, a record of the CRM, and an item that was deleted. */
async function withUsers(store: SearchableStore = sqliteStore({ file: ':memory:' })): Promise<Searched> {
  const server = await startServer({ store, users: USERS });
  server.time = Date.now();
  for (const user of USERS) {
    await addDevicePassword(store, { login: user, label: 'spare' });
    const phone = new Device(server, { user });
    for (const name of ['Ada', 'Berta']) phone.add(vcard(`${name} of ${user}`));
    await phone.sync();
    phone.delete(phone.find('FN:Ada'));
    await phone.sync();
    await new Device(server, { user, device: 'tablet' }).sync();
    const record = { user, datastore: 'contacts', record: '1', type: 'text/vcard', body: vcard('Cora') };
    await server.crm({ ...record, op: 'upsert' });
  }
  return { server, store };
}

async function keysIn(store: SearchableStore): Promise<string[]> {
  const found: string[] = [];
  for (const table of TABLES)
    for (const { pk, sk } of (await store.searchKeys(table)).keys) found.push(`${table} ${pk} ${sk}`);
  return found.sort();
}

const ofAnna = /^\S+ (anna[# ]|tenant#default U#anna$)/;

describe('erasing a user', () => {
  it('leaves no row of this user, and all of the others', async () => {
    const { store } = await withUsers();
    const before = await keysIn(store);
    for (const table of TABLES)
      expect(before.some((key) => key.startsWith(table) && ofAnna.test(key))).toBe(true);
    const tables = await eraseUser(store, 'anna');
    const after = await keysIn(store);
    expect(after).toEqual(before.filter((key) => !ofAnna.test(key)));
    const sum = (counts: readonly number[]) => counts.reduce((one, other) => one + other, 0);
    expect(sum(tables.map(({ deleted }) => deleted))).toBe(before.length - after.length);
    expect(sum(tables.map(({ searched }) => searched))).toBe(after.length);
  });

  it('lets no device in from its beginning on, and goes on where it broke off', async () => {
    const { server, store } = await withUsers();
    const whole = await keysIn(store);
    let calls = 0;
    let rounds = 0;
    // Each attempt gets a little farther: it disables the login, and deletes the rows of one partition.
    const breaking: SearchableStore = {
      ...store,
      transact: (writes) => {
        calls += 1;
        return calls > 2 ? Promise.reject(new Error('broken off')) : store.transact(writes);
      },
    };
    for (let isDone = false; !isDone; rounds += 1) {
      calls = 0;
      isDone = await eraseUser(breaking, 'anna').then(
        () => true,
        () => false,
      );
      if (!isDone && rounds > 0) await expect(new Device(server).sync()).rejects.toThrow();
    }
    expect(rounds).toBeGreaterThan(5);
    expect(await keysIn(store)).toEqual(whole.filter((key) => !ofAnna.test(key)));
  });

  it('takes all logins that open the same data, whichever is named', async () => {
    const { store } = await withUsers();
    await putAccount(store, { login: 'boss', password: 'x', user: 'anna' });
    await eraseUser(store, 'boss');
    expect([await readAccount(store, 'anna'), await readAccount(store, 'boss')]).toEqual([
      undefined,
      undefined,
    ]);
    expect((await keysIn(store)).filter((key) => ofAnna.test(key))).toEqual([]);
  });

  it('finds rows of a user whose logins are gone, and says so where there are none', async () => {
    const { server, store } = await withUsers();
    await store.transact([
      { op: 'delete', key: { table: 'accounts', pk: 'anna', sk: 'account' }, condition: 'exists' },
      { op: 'delete', key: { table: 'accounts', pk: 'tenant#default', sk: 'U#anna' }, condition: 'exists' },
    ]);
    await eraseUser(store, 'anna');
    expect((await keysIn(store)).filter((key) => ofAnna.test(key))).toEqual([]);
    await expect(eraseUser(store, 'anna')).rejects.toThrow('There is no login "anna"');
    expect(server.log.some(({ event }) => event === 'error')).toBe(false);
  });

  it('leaves nothing in the bytes of a SQLite file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'syncml-erase-'));
    const running = sqliteStore({ file: join(folder, 'syncml.sqlite') });
    await withUsers(running);
    const store = sqliteStore({ file: join(folder, 'syncml.sqlite'), create: false });
    // The name of the other user begins alike.
    const traces = () =>
      readdirSync(folder).flatMap(
        (name) => readFileSync(join(folder, name), 'latin1').match(/anna(?!%23|#2)/g) ?? [],
      );
    expect(traces().length).toBeGreaterThan(20);
    await eraseUser(store, 'anna');
    expect(traces()).toEqual([]);
    await Promise.all([store.close(), running.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
});
