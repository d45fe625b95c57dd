/** The text of a contact with a photo: rows that are written before the transaction, and races between two devices. */
import { describe, expect, it } from 'vitest';
import { guid, peerOfDevice } from '../../../lib/engine/model/ids.ts';
import { BODY_IN_ROW, VERSION_SECONDS } from '../../../lib/engine/model/limits.ts';
import type { ItemVersion } from '../../../lib/engine/model/records.ts';
import { readItem } from '../../../lib/pim/read-item.ts';
import type { Store, Write } from '../../../lib/store/port/port.ts';
import { writtenKey } from '../../../lib/store/port/rules.ts';
import { inventoryRanges } from '../../../lib/store/rows/keys.ts';
import { queryAll } from '../../../lib/store/step-io/reader.ts';
import { toWrites } from '../../../lib/store/step-io/writer.ts';
import { begin, bodiesOf, codesByLuid, confirm, upload, watchedServer } from '../../engine/steps.ts';
import { Device } from '../../kit/device.ts';
import { add, remove, replace, vcard } from '../../kit/drafts.ts';
import { withPhoto } from '../../kit/photos.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';

const DAY = 24 * 3600;
const [OLD, NEW] = [withPhoto('Ada', 6_000), withPhoto('Ada', 6_000, 'TEL:1')];

const isPart = (write: Write): boolean => writtenKey(write).sk.startsWith('B#');
const kinds = (writes: readonly Write[]): string => writes.map((write) => writtenKey(write).sk[0]).join('');

/** Part rows of the user: how many there are, and how many of them expire. */
async function parts(server: TestServer): Promise<{ all: number; expiring: number }> {
  const ranges = inventoryRanges({ user: USER, datastore: 'contacts' });
  const rows = ranges.map((range) => queryAll(server.store, { ...range, from: 'B#', to: 'B#~' }));
  const found = (await Promise.all(rows)).flat();
  return { all: found.length, expiring: found.filter(({ expires }) => expires !== undefined).length };
}

/** A phone that holds Ada as `1`, and what its next session says. */
async function phoneWith(server: TestServer, body: string) {
  const first = await begin(server, { next: 'n1', wire: 'wbxml' });
  await upload(first.session, [add('1', body)]);
  await confirm(first.session);
  return async (...changes: readonly Draft[]) => {
    const next = { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: false, wire: 'wbxml' } as const;
    const { session } = await begin(server, next);
    const reply = await upload(session, changes);
    await confirm(session);
    return codesByLuid(reply);
  };
}

/** Calls `act` once, after the next part row that is written by itself. Says whether there was one. */
function afterPart(store: Store, act: () => Promise<unknown>): () => boolean {
  const { transact } = store;
  store.transact = async (writes) => {
    const done = await transact.call(store, writes);
    const [first] = writes;
    if (writes.length > 1 || first === undefined || !isPart(first)) return done;
    store.transact = transact;
    await act();
    return done;
  };
  return () => store.transact === transact;
}

describe('the text of a contact with a photo', () => {
  it('is written by itself before the transaction of its item', async () => {
    const { server, transactions } = await watchedServer();
    await phoneWith(server, OLD);
    const at = transactions.findIndex((writes) => writes.some(isPart));
    expect(transactions[at]).toMatchObject([{ op: 'put', row: { attributes: { f: 1 } }, condition: 'any' }]);
    expect(transactions[at]?.[0]).not.toHaveProperty('row.expires');
    expect(kinds(transactions[at + 1] ?? [])).toContain('I');
  });

  it('gets its expiry in the transaction in which the item gets another one', async () => {
    const { server, transactions } = await watchedServer();
    const say = await phoneWith(server, OLD);
    transactions.length = 0;
    await say(replace('1', NEW));
    const own = transactions.filter((writes) => writes.some(isPart));
    expect(own.map((writes) => writes.filter(isPart).map(({ op }) => op))).toEqual([['put'], ['set']]);
    expect(kinds(own[1] ?? [])).toMatch(/V.*I|I.*V/);
  });

  it('lies in the row if it is small when packed, however long it is', async () => {
    const server = await startServer();
    await phoneWith(server, vcard('Ada', `NOTE:${'x'.repeat(BODY_IN_ROW * 20)}`));
    expect((await parts(server)).all).toBe(0);
  });

  it.each([
    ['replaced', [replace('1', NEW)], { all: 2, expiring: 1 }, { all: 1, expiring: 0 }],
    ['deleted', [remove('1')], { all: 1, expiring: 1 }, { all: 0, expiring: 0 }],
    [
      'replaced and brought back',
      [replace('1', NEW), replace('1', OLD)],
      { all: 2, expiring: 1 },
      { all: 1, expiring: 0 },
    ],
  ] as const)('that is %s goes with its version', async (_, changes, then, later) => {
    const server = await startServer();
    const say = await phoneWith(server, OLD);
    await say(...changes);
    expect(await parts(server)).toEqual(then);
    server.time += (VERSION_SECONDS + DAY) * 1_000;
    expect(await parts(server)).toEqual(later);
    expect((await bodiesOf(server)).every((body) => body.includes('PHOTO'))).toBe(true);
  });
});

describe('a text that was written early by a message that loses its race', () => {
  it('does not harm the other change, and is there for the own one', async () => {
    const server = await startServer();
    const say = await phoneWith(server, OLD);
    const laptop = new Device(server, { device: 'laptop', wire: 'wbxml' });
    await laptop.sync();
    laptop.replace(laptop.find('Ada'), withPhoto('Ada', 6_000, 'TITLE:t'));
    const came = afterPart(server.store, () => laptop.sync());
    expect(await say(replace('1', NEW))).toEqual({ 1: 207 });
    expect(came()).toBe(true);
    server.time += (VERSION_SECONDS + DAY) * 1_000;
    const [body] = await bodiesOf(server);
    expect([body?.includes('TEL:1'), body?.includes('TITLE:t'), body?.includes('PHOTO')]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('stays when the others go from it to another text, and the message brings it back', async () => {
    const server = await startServer();
    const say = await phoneWith(server, OLD);
    await say(replace('1', NEW));
    const laptop = new Device(server, { device: 'laptop', wire: 'wbxml' });
    await laptop.sync();
    // The phone brings OLD back. After its row is written the laptop makes the item OLD, then NEW again.
    const came = afterPart(server.store, async () => {
      for (const body of [OLD, NEW]) {
        laptop.replace(laptop.find('Ada'), body);
        await laptop.sync();
      }
    });
    const next = { sessionId: '3', code: 200, last: 'n2', next: 'n3', info: false, wire: 'wbxml' } as const;
    const { session } = await begin(server, next);
    await upload(session, [replace('1', OLD)]);
    await confirm(session);
    expect(came()).toBe(true);
    const current = await bodiesOf(server);
    server.time += (VERSION_SECONDS + DAY) * 1_000;
    expect(await bodiesOf(server)).toEqual(current);
    expect(current[0]).toContain('PHOTO');
  });
});

describe('the part rows of a version', () => {
  const content = readItem('text/vcard', OLD).content;
  const scope = { user: USER, peer: peerOfDevice('phone'), sessionId: '1', now: 1_000 };
  const version: ItemVersion = {
    ...{ guid: guid('g'), rev: 1, content, origin: scope.peer, sequence: 1, at: 1 },
    ...{ reason: 'refused', by: scope.peer, byAt: 1 },
  };
  const put = { put: 'version', datastore: 'contacts', version } as const;

  it('expire with it, and never take the place of rows of the item before the transaction', () => {
    const { early, together } = toWrites(scope, [put]);
    expect(early).toEqual([]);
    expect(together).toMatchObject([
      { row: { expires: 1 + VERSION_SECONDS } },
      { row: { sk: expect.stringMatching(/^B#/), expires: 1 + VERSION_SECONDS } },
    ]);
  });

  it('do not expire where the item has the same text', () => {
    const { early, together } = toWrites(scope, [{ ...put, live: true }]);
    expect(early.map((write) => 'row' in write && write.row.expires)).toEqual([undefined]);
    expect(kinds(together)).toBe('V');
  });
});
