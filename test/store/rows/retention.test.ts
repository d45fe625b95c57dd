/** How long rows are kept, and what is answered when rows that belong together are not all there. */
import { describe, expect, it } from 'vitest';
import { BODY_PART, LOG_SECONDS, VERSION_SECONDS } from '../../../lib/engine/model/limits.ts';
import type { Row } from '../../../lib/store/port/port.ts';
import { inventoryRanges } from '../../../lib/store/rows/keys.ts';
import { queryAll } from '../../../lib/store/step-io/reader.ts';
import { addCodes, chunks, large } from '../../engine/receive/large.ts';
import {
  begin,
  bodiesOf,
  codesByLuid,
  confirm,
  liveItems,
  upload,
  watchedServer,
  wholeSync,
} from '../../engine/steps.ts';
import { Device } from '../../kit/device.ts';
import { add, remove, replace, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';

const DAY = 24 * 3600;
/** Of two part rows. */
const big = (name: string) => vcard(name, `NOTE:${'x'.repeat(BODY_PART)}`);
const [OLD, NEW] = [big('Ada'), big('Ada Jones')];

/** Rows of the items of a user whose sort key begins so. */
async function rowsOf(server: TestServer, prefix: 'I#' | 'B#' | 'V#'): Promise<Row[]> {
  const ranges = inventoryRanges({ user: USER, datastore: 'contacts' });
  const rows = ranges.map((range) => queryAll(server.store, { ...range, from: prefix, to: `${prefix}~` }));
  return (await Promise.all(rows)).flat();
}
const count = async (server: TestServer, prefix: 'I#' | 'B#' | 'V#') => (await rowsOf(server, prefix)).length;
const later = (server: TestServer, seconds: number) => {
  server.time += seconds * 1_000;
};

/** Name and size of a contact. */
const inShort = (body: string) => `${/FN:(.*)/.exec(body)?.[1]?.trim()}, ${body.length}`;

/** What a device gets that comes anew. */
async function seen(server: TestServer, name = 'newcomer') {
  const device = new Device(server, { device: name, wire: 'wbxml' });
  await device.sync();
  return device.contents.map(inShort);
}

/** A phone that holds Ada as `1` after a session with Next `n1`. */
async function phone(body: string, policy?: 'server-wins') {
  const server = await startServer(policy ? { policies: { contacts: policy } } : {});
  await wholeSync(server, { next: 'n1', wire: 'wbxml' }, [add('1', body)]);
  return server;
}
async function again(server: TestServer, ...changes: readonly Draft[]) {
  const start = { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: false, wire: 'wbxml' } as const;
  const { session } = await begin(server, start);
  const reply = await upload(session, changes);
  await confirm(session);
  return codesByLuid(reply);
}

describe('the row of an item', () => {
  it('stays as long as the item, and half a year when it is deleted', async () => {
    const server = await phone(vcard('Ada'));
    later(server, 2 * LOG_SECONDS);
    expect(await count(server, 'I#')).toBe(1);
    await again(server, remove('1'));
    expect(await bodiesOf(server)).toEqual([]);
    later(server, LOG_SECONDS - DAY);
    expect(await count(server, 'I#')).toBe(1);
    later(server, 2 * DAY);
    expect(await count(server, 'I#')).toBe(0);
  });

  it('stays again when the item is brought back', async () => {
    const server = await phone(vcard('Ada'));
    await again(server, remove('1'), add('1', vcard('Ada')));
    later(server, LOG_SECONDS + DAY);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });
});

describe('the part rows of a large body', () => {
  it.each([
    ['replaced by a small one', replace('1', vcard('Ada')), [vcard('Ada')]],
    ['replaced by a large one', replace('1', NEW), [NEW]],
    ['deleted', remove('1'), []],
  ])('that is %s stay with its version, and go with it', async (_, change, contents) => {
    const server = await phone(OLD);
    expect((await rowsOf(server, 'B#')).map(({ expires }) => expires)).toEqual([undefined, undefined]);
    await again(server, change);
    const rest = contents[0] === NEW ? 2 : 0;
    later(server, VERSION_SECONDS - DAY);
    expect([await count(server, 'V#'), await count(server, 'B#')]).toEqual([1, 2 + rest]);
    later(server, 2 * DAY);
    expect([await count(server, 'V#'), await count(server, 'B#')]).toEqual([0, rest]);
    expect(await seen(server)).toEqual(contents.map(inShort));
  });

  it('that was refused go with that version', async () => {
    const server = await phone(vcard('Ada', 'NOTE:0'), 'server-wins');
    const laptop = new Device(server, { device: 'laptop' });
    await laptop.sync();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'NOTE:1'));
    await laptop.sync();
    expect(await again(server, replace('1', OLD))).toEqual({ 1: 419 });
    expect(await count(server, 'B#')).toBe(2);
    later(server, VERSION_SECONDS + DAY);
    expect(await count(server, 'B#')).toBe(0);
  });

  it('stay when the body comes back, in another message or in the same', async () => {
    const ways = [[[replace('1', NEW)], [replace('1', OLD)]], [[replace('1', NEW), replace('1', OLD)]]];
    for (const messages of ways) {
      const server = await phone(OLD);
      for (const changes of messages) await again(server, ...changes);
      later(server, VERSION_SECONDS + DAY);
      expect(await seen(server)).toEqual([inShort(OLD)]);
      expect(await count(server, 'B#')).toBe(2);
    }
  });

  it('stay when the item was deleted and a device that still has it brings it back', async () => {
    const server = await phone(OLD);
    const laptop = new Device(server, { device: 'laptop', wire: 'wbxml' });
    await laptop.sync();
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    await again(server, replace('1', OLD));
    later(server, VERSION_SECONDS + DAY);
    expect(await seen(server)).toEqual([inShort(OLD)]);
  });

  it('stay when the CRM saves what a device made of its record', async () => {
    const server = await startServer();
    const save = (body: string) =>
      server.crm({ user: USER, datastore: 'contacts', record: 'r', op: 'upsert', body });
    await save(vcard('Ada'));
    const laptop = new Device(server, { device: 'laptop', wire: 'wbxml' });
    await laptop.sync();
    laptop.replace(laptop.find('Ada'), OLD);
    await laptop.sync();
    await save(OLD);
    later(server, VERSION_SECONDS + DAY);
    expect(await seen(server)).toEqual([inShort(OLD)]);
  });
});

describe('rows of a large object that are gone', () => {
  it.each([0, 1])(
    'chunk %i of one that a client sends: 412, nothing is stored, it may come again',
    async (at) => {
      const { server, writes } = await watchedServer();
      const { session } = await begin(server);
      const body = large('Ada', 9_000);
      const drafts = chunks('1', body, 3);
      for (const draft of drafts.slice(0, 2)) await upload(session, [draft], { final: false });
      const rows = writes.flatMap((write) =>
        'row' in write && write.row.sk.startsWith('K#') ? [write.row] : [],
      );
      const gone = rows[at] as Row;
      await server.store.transact([{ op: 'delete', key: gone, condition: 'any' }]);
      const last = await upload(session, drafts.slice(2), { final: false });
      expect(addCodes([last])).toEqual([412]);
      expect(await bodiesOf(server)).toEqual([]);
      const replies = [];
      for (const draft of drafts) replies.push(await upload(session, [draft], { final: false }));
      expect(addCodes(replies)).toEqual([213, 213, 201]);
      expect(await bodiesOf(server)).toEqual([body]);
    },
  );

  it.each([0, 1])('part %i of one that is stored: the item is not sent, the others are', async (at) => {
    const server = await phone(OLD);
    const laptop = new Device(server, { device: 'laptop' });
    laptop.add(vcard('Berta'));
    await laptop.sync();
    const gone = (await rowsOf(server, 'B#'))[at] as Row;
    await server.store.transact([{ op: 'delete', key: gone, condition: 'any' }]);
    expect(await seen(server)).toEqual([inShort(vcard('Berta'))]);
    // Its row says that it is there; nothing of it is taken for the whole.
    expect(await liveItems(server)).toHaveLength(2);
  });
});
