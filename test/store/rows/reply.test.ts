/** The stored answer of a session: where its bytes lie, how long, and what is read where rows are missing (T18). */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { peerOfDevice } from '../../../lib/engine/model/ids.ts';
import { REPLY_IN_ROW, SESSION_SECONDS } from '../../../lib/engine/model/limits.ts';
import type { Row } from '../../../lib/store/port/port.ts';
import { replyBytesKey, replyKey } from '../../../lib/store/rows/keys.ts';
import { packBytes } from '../../../lib/store/rows/pack.ts';
import { readReply, replyWrites, type StoredReply } from '../../../lib/store/step-io/reply-rows.ts';
import { begin, upload, watchedServer, wholeSync } from '../../engine/steps.ts';
import { add, nextMessage, vcard } from '../../kit/drafts.ts';
import { memoryStore } from '../../kit/memory-store.ts';

const NOW = Date.UTC(2030, 0, 1);
const scope = { user: 'anna', peer: peerOfDevice('phone'), sessionId: '1', now: NOW };
const answer = (bytes: Uint8Array): StoredReply => ({ msgId: 3, type: 'application/x', bytes });
const SMALL = answer(Buffer.from('small'));
const LARGE = answer(randomBytes(REPLY_IN_ROW + 1));

async function stored(reply: StoredReply) {
  const store = memoryStore({ now: () => NOW });
  const { early, last } = replyWrites(scope, reply);
  for (const write of [...early, last]) await store.transact([write]);
  const rows = [...early, last].flatMap((write) => (write.op === 'put' ? [write.row] : []));
  return { store, rows };
}

describe('the stored answer', () => {
  it('lies in one row if it is small, in the pinned shape', async () => {
    const { store, rows } = await stored(SMALL);
    expect(rows.map(({ sk, attributes, blob }) => ({ sk, attributes, blob: blob !== undefined }))).toEqual([
      { sk: 'R', attributes: { f: 2, msg: 3, type: 'application/x' }, blob: true },
    ]);
    expect(await readReply(store, scope)).toEqual({ ...SMALL, bytes: expect.anything() });
    expect(Buffer.from((await readReply(store, scope))?.bytes ?? [])).toEqual(SMALL.bytes);
  });

  it('has a row of its own if it is large, and R names that one', async () => {
    const { store, rows } = await stored(LARGE);
    const [own, r] = rows as [Row, Row];
    expect(own).toMatchObject({ sk: expect.stringMatching(/^R#[\w-]{16}$/), attributes: { f: 2 } });
    const attributes = { f: 2, msg: 3, type: 'application/x', tag: own.sk.slice(2) };
    expect([r.sk, r.attributes, r.blob]).toEqual(['R', attributes, undefined]);
    const ends = NOW / 1000 + SESSION_SECONDS;
    expect(rows.map(({ expires }) => expires)).toEqual([ends, ends]);
    expect(Buffer.from((await readReply(store, scope))?.bytes ?? [])).toEqual(LARGE.bytes);
  });

  it('is not there when the row that R names is gone', async () => {
    const { store, rows } = await stored(LARGE);
    await store.transact([{ op: 'delete', key: rows[0] as Row, condition: 'exists' }]);
    expect(await readReply(store, scope)).toBeUndefined();
    expect(await readReply(memoryStore(), scope)).toBeUndefined();
  });

  it('stays when another answer to the same message is put and its transaction is lost', async () => {
    const { store } = await stored(LARGE);
    const other = replyWrites(scope, answer(randomBytes(REPLY_IN_ROW + 1)));
    for (const write of other.early) await store.transact([write]);
    expect(Buffer.from((await readReply(store, scope))?.bytes ?? [])).toEqual(LARGE.bytes);
  });

  it('is read from the row of the first shape', async () => {
    const store = memoryStore();
    const attributes = { f: 1, msg: 3, type: 'application/x' };
    const row: Row = { ...replyKey(scope), version: 1, attributes, blob: packBytes(LARGE.bytes) };
    await store.transact([{ op: 'put', row, condition: 'any' }]);
    expect(await readReply(store, scope)).toMatchObject({ msgId: 3, type: 'application/x' });
    expect(Buffer.from((await readReply(store, scope))?.bytes ?? [])).toEqual(LARGE.bytes);
  });
});

describe('a repeated message with a large answer', () => {
  /** A phone that gets a photo, and the writes of the message in which it does. */
  async function photoSent() {
    const { server, transactions } = await watchedServer();
    const photo = `PHOTO;ENCODING=B;TYPE=JPEG:${randomBytes(40_000).toString('base64')}`;
    await wholeSync(server, { device: 'laptop', next: 'l1' }, [add('a', vcard('Ada', photo))]);
    const { session } = await begin(server, { next: 'n1' });
    await upload(session, []);
    return { server, session, transactions };
  }

  it('T18: gets the same bytes', async () => {
    const { session } = await photoSent();
    const first = await session.resend();
    expect(first.http.body.length).toBeGreaterThan(50_000);
    expect(Buffer.from((await session.resend()).http.body)).toEqual(Buffer.from(first.http.body));
    await session.send([...session.statuses(), nextMessage()]);
  });

  it('is put by itself, before the transaction that names it', async () => {
    const { transactions } = await photoSent();
    const at = transactions.findIndex((writes) =>
      writes.some((write) => write.op === 'put' && write.row.attributes.tag !== undefined),
    );
    const tag = transactions[at]?.flatMap((write) => (write.op === 'put' ? [write.row.attributes.tag] : []));
    const names = transactions.slice(0, at).map((writes) => writes.map((w) => ('row' in w ? w.row.sk : '')));
    expect(names).toContainEqual([`R#${tag?.find((one) => one !== undefined)}`]);
  });

  it('is asked to come again when the row with the answer is gone', async () => {
    const { server, session, transactions } = await photoSent();
    const rows = transactions.flat().flatMap((write) => (write.op === 'put' ? [write.row] : []));
    const own = rows.findLast(({ sk }) => sk.startsWith('R#')) as Row;
    expect(own).toMatchObject(replyBytesKey({ ...scope, peer: peerOfDevice('phone-1') }, own.sk.slice(2)));
    await server.store.transact([{ op: 'delete', key: own, condition: 'exists' }]);
    expect((await session.resend().catch((error: unknown) => ({ http: error }))).http).toMatchObject({
      status: 503,
    });
  });
});
