/**
 * Breaks the match index directly in the store. The server has to find that out and to make the index anew; nothing may
 * get lost or doubled by it.
 */
import { beginIndex, type Groundwork, takeItems } from '../../lib/engine/match/groundwork.ts';
import { CRM } from '../../lib/engine/model/ids.ts';
import type { Head, IndexState } from '../../lib/engine/model/records.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { type InDatastore, indexKey, itemKey, shardRange } from '../../lib/store/rows/keys.ts';
import { itemFromRow } from '../../lib/store/rows/shapes.ts';
import { toWrites } from '../../lib/store/step-io/writer.ts';
import { CONTACTS, headIn } from '../kit/match-index.ts';
import type { TestServer } from '../kit/server.ts';
import type { Random } from './random.ts';

export interface IndexFaults {
  readonly dice: Random;
  readonly at: InDatastore;
  /** Chance that the index is broken before a message; 0 in quiet time. */
  rate: number;
}

/** Rows that are read eventually consistent: sometimes the newest ones are not there yet. */
export function laggingStore(store: Store, { dice }: IndexFaults): Store {
  return {
    ...store,
    query: async (range) => {
      const page = await store.query(range);
      if (range.eventual !== true || page.next !== undefined || dice.chance(0.5)) return page;
      return { rows: page.rows.slice(0, dice.below(page.rows.length + 1)) };
    },
  };
}

/** Before a message the index may be broken. Another process answers then, which has no rows of it in memory. */
export function breakingNetwork(server: TestServer, store: Store, faults: IndexFaults): TestServer {
  const post: TestServer['post'] = async (request) => {
    if (faults.dice.chance(faults.rate)) {
      await breakIndex(store, faults.dice, faults.at);
      server.restart();
    }
    return server.post(request);
  };
  return Object.create(server, { post: { value: post } }) as TestServer;
}

/** Breaks the index in one of the ways. Somebody who writes the head of the log at the same time wins. */
export async function breakIndex(store: Store, dice: Random, at = CONTACTS): Promise<void> {
  const { datastore } = at;
  const head = await headIn(store, at);
  if (head === undefined) return;
  const { index, live: _, ...before } = head;
  switch (dice.below(3)) {
    case 0:
      return write(store, { transactions: [[{ put: 'head', datastore, head: before }]] });
    case 1:
      return index && loseRow({ store, at }, index, dice);
    default:
      return beginWalk({ store, at }, head, dice);
  }
}

async function write(store: Store, { transactions }: Pick<Groundwork, 'transactions'>): Promise<void> {
  const scope = { user: CONTACTS.user, peer: CRM, sessionId: '', now: 0 };
  for (const puts of transactions) await store.transact(toWrites(scope, puts).together);
}

interface Broken {
  readonly store: Store;
  readonly at: InDatastore;
}

async function loseRow({ store, at }: Broken, { epoch, rows }: IndexState, dice: Random): Promise<void> {
  if (rows === 0) return;
  const key = indexKey(at, epoch, dice.below(rows));
  await store.transact([{ op: 'delete', key, condition: 'any' }]);
}

/** An index is begun, and given up after some small portions. */
async function beginWalk({ store, at }: Broken, head: Head, dice: Random): Promise<void> {
  const seed = String(dice.next());
  await write(store, beginIndex({ datastore: at.datastore, head, seed }));
  for (let portions = dice.below(8); portions > 0; portions -= 1) {
    const now = await headIn(store, at);
    const walk = now?.index?.walk;
    if (now?.index === undefined || walk === undefined || now.index.old !== undefined) return;
    const limit = 1 + dice.below(3);
    const after = walk.after === '' ? {} : { after: itemKey(at, walk.after as never).sk };
    const { rows, next } = await store.query({ ...shardRange(at, walk.shard), limit, ...after });
    const items = rows.map((row) => itemFromRow(row.sk.slice(2) as never, row));
    const page = { items, ...(next !== undefined && { next: next.slice(2) }) };
    await write(store, takeItems({ datastore: at.datastore, head: now, seed }, now.index, walk, page));
  }
}
