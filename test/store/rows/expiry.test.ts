/** Which rows go by themselves, and after how many days: the rest stays until somebody deletes it. */
import { describe, expect, it } from 'vitest';
import type { Write } from '../../../lib/store/port/port.ts';
import { chunks, large } from '../../engine/receive/large.ts';
import { begin, confirm, upload, watchedServer, wholeSync } from '../../engine/steps.ts';
import { Device } from '../../kit/device.ts';
import { add, alert, remove, replace, vcard } from '../../kit/drafts.ts';
import { type TestServer, USER } from '../../kit/server.ts';
import { Session } from '../../kit/session.ts';

/** Days after which the rows of a kind go, in the order in which they were written: `items V`, `anchors D`; a review lies apart. */
function daysOf(writes: readonly Write[], kind: string, now: number): (number | undefined)[] {
  const found = writes.filter((write) => {
    const { table, pk, sk } = 'row' in write ? write.row : write.key;
    const letter = pk.endsWith('#review') ? 'review' : sk.split('#')[0];
    return `${table} ${table === 'crm-changes' ? write.op : letter}` === kind;
  });
  const days = found.map((write) => {
    const expires = write.op === 'put' ? write.row.expires : write.op === 'set' ? write.expires : undefined;
    return expires === undefined ? undefined : Math.round((expires - now / 1_000) / (24 * 3600));
  });
  return [...new Set(days)];
}

/** What a laptop and the CRM have, then what the step writes. */
async function written(step: (server: TestServer) => Promise<unknown>): Promise<readonly Write[]> {
  const { server, writes } = await watchedServer();
  await wholeSync(server, { device: 'laptop', next: 'l1' }, [
    add('a', vcard('Hans Müller', 'TEL;TYPE=CELL:0171 1111111', 'EMAIL:a@a.example')),
    add('b', vcard('Hans Müller', 'TEL;TYPE=CELL:0172 2222222', 'EMAIL:b@b.example')),
  ]);
  writes.length = 0;
  await step(server);
  return writes;
}
const NOW = Date.UTC(2030, 0, 1);
const laptop = { device: 'laptop', sessionId: '2', code: 200, last: 'l1', next: 'l2', info: false } as const;

const firstSync = (server: TestServer) =>
  wholeSync(server, { device: 'phone', next: 'n1' }, [add('1', vcard('Hans Müller'))]);
const many = (server: TestServer) =>
  wholeSync(
    server,
    { device: 'phone', next: 'n1' },
    Array.from({ length: 150 }, (_, n) => add(`${n}`, vcard(`Eve${n}`, `TEL:${n}`, `EMAIL:${n}@x.example`))),
  );
const edits = async (server: TestServer) => {
  const { session } = await begin(server, laptop);
  await upload(session, [replace('a', vcard('Hans Müller', 'TEL:1')), remove('b')]);
  await confirm(session);
};
const unfinished = (version: '1.1' | '1.2') => async (server: TestServer) => {
  const { session } = await begin(server, { ...laptop, version });
  await upload(session, chunks('c', large('Eve', 3_000), 3).slice(0, 1), { final: false });
};
const crm = (server: TestServer) =>
  server.crm({ user: USER, datastore: 'contacts', record: 'r', op: 'upsert', body: vcard('Eve') });
const unknownDevice = (server: TestServer) =>
  new Session(server, { device: 'new', auth: 'md5', password: 'wrong' }).send([alert(201)]);
const suspended = async (server: TestServer) => {
  const device = new Device(server, { device: 'phone' });
  device.suspendAt = 2;
  await device.sync().catch(() => undefined);
};

describe('rows', () => {
  it.each([
    ['items V', 'versions', edits, [30]],
    ['items C', 'commits', edits, [180]],
    ['items review', 'reviews', firstSync, [180]],
    ['items H', 'the head of the log', edits, [undefined]],
    ['items I', 'an item that is changed, and one that is deleted', edits, [undefined, 180]],
    ['anchors A', 'anchors', edits, [undefined]],
    ['anchors P', 'pairs of a mapping', firstSync, [undefined]],
    ['anchors D', 'a device', firstSync, [undefined]],
    ['anchors D', 'a device that only was challenged', unknownDevice, [7]],
    ['sessions R', 'replies', edits, [1]],
    ['sessions S', 'a session, until it is finished and afterwards', edits, [30, 1]],
    ['sessions S', 'a session that is not finished', unfinished('1.2'), [30]],
    ['sessions S', 'a session that cannot be resumed', unfinished('1.1'), [1]],
    ['sessions S', 'a session that is suspended', suspended, [30]],
    ['sessions K', 'chunks', unfinished('1.2'), [30]],
    ['items X', 'a match index', many, [undefined]],
    ['crm-changes set', 'a record of the CRM that is done', crm, [180]],
  ] as const)('%s: %s', async (kind, _, step, days) => {
    expect(daysOf(await written(step), kind, NOW)).toEqual(days);
  });
});
