/** A walk through all items by pages: each item once, in order, however many items a message looks at. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemPages, type Walked } from '../../../lib/engine/context/item-pages.ts';
import { Facts, type Read, readKey } from '../../../lib/engine/io/facts.ts';
import { type Guid, guid, peerOfDevice, SHARDS, shardOf } from '../../../lib/engine/model/ids.ts';
import { MAX_PAGE_ITEMS, MAX_WALKED_ITEMS } from '../../../lib/engine/model/limits.ts';
import type { Item, WalkPlace } from '../../../lib/engine/model/records.ts';
import { WALK_BEGIN } from '../../../lib/engine/model/records.ts';
import { anyGuid } from '../entries.ts';

const IN = { user: 'u', datastore: 'contacts' };
const item = (id: Guid): Item => ({
  ...{ guid: id, rev: 1, sequence: 1, origin: peerOfDevice('d'), at: 0, luids: {}, version: 1 },
});
const byPlace = (a: Guid, b: Guid) => shardOf(a) - shardOf(b) || (a < b ? -1 : 1);

/** A store of these items, which counts what is read of it. */
function storeOf(guids: readonly Guid[], live: number | undefined) {
  const shards = Array.from({ length: SHARDS }, (_, shard) =>
    guids.filter((id) => shardOf(id) === shard).sort(),
  );
  const read = { items: 0, rounds: 0 };
  const answer = (asked: Read): unknown => {
    if (asked.read === 'head') return { sequence: 1, version: 1, ...(live !== undefined && { live }) };
    if (asked.read !== 'items') throw new Error(asked.read);
    const behind = (shards[asked.shard] ?? []).filter((id) => id > asked.after);
    const own = behind.slice(0, asked.limit);
    read.items += own.length;
    // As DynamoDB does: where the limit is reached there is a next, although nothing may follow.
    return { items: own.map(item), ...(own.length === asked.limit && { next: own.at(-1) }) };
  };
  return { read, answer };
}

interface Message {
  readonly place: WalkPlace;
  readonly lastCount: number | undefined;
  /** It looks at no more. */
  readonly most: number;
}

/** One message: run again with more facts until nothing is missing. */
function walk(store: ReturnType<typeof storeOf>, { place, lastCount, most }: Message) {
  // A step has read the head long before.
  const head: Read = { read: 'head', ...IN };
  const known = new Map([[readKey(head), store.answer(head)]]);
  for (;;) {
    const facts = new Facts(known);
    const pages = new ItemPages({ facts, ...IN, wanted: lastCount ?? 40 });
    const seen: Guid[] = [];
    let end: Walked = 'later';
    let at = place;
    while (seen.length < most) {
      end = pages.behind(at);
      if (typeof end !== 'object') break;
      seen.push(end.guid);
      at = { shard: shardOf(end.guid), after: end.guid };
    }
    if (facts.missing.size === 0) return { seen, at, isEnd: end === undefined };
    store.read.rounds += 1;
    for (const [key, asked] of facts.missing) known.set(key, store.answer(asked));
  }
}

describe('a walk through all items', () => {
  it('comes to each of them once, whatever the messages look at', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
    const guids = fc.uniqueArray(anyGuid, { maxLength: 150 });
    const live = fc.option(fc.nat({ max: 200 }), { nil: undefined });
    fc.assert(
      fc.property(guids, sizes, live, (all, mosts, count) => {
        const store = storeOf(all, count);
        const found: Guid[] = [];
        let place = WALK_BEGIN;
        let lastCount: number | undefined;
        for (let n = 0; n < 500; n += 1) {
          const most = mosts[n % mosts.length] ?? 1;
          const { seen, at, isEnd } = walk(store, { place, lastCount, most });
          found.push(...seen);
          place = at;
          lastCount = seen.length;
          if (isEnd) break;
        }
        expect(found).toEqual([...all].sort(byPlace));
      }),
      { numRuns: 60 },
    );
  });

  const many = Array.from({ length: 12_000 }, (_, n) => guid(`${String(n).padStart(21, '0')}${n % 10}`));

  it('ends in a message that has walked far enough, and the next one goes on', () => {
    const store = storeOf(many, many.length);
    let place = WALK_BEGIN;
    let sum = 0;
    for (let messages = 1; ; messages += 1) {
      store.read.items = 0;
      const { seen, at, isEnd } = walk(store, { place, lastCount: 100, most: Number.POSITIVE_INFINITY });
      expect(store.read.items).toBeLessThanOrEqual(MAX_WALKED_ITEMS + MAX_PAGE_ITEMS);
      sum += seen.length;
      place = at;
      if (isEnd)
        return expect([sum, messages]).toEqual([many.length, Math.ceil(many.length / MAX_WALKED_ITEMS)]);
    }
  });

  it('reads little more than a message looks at', () => {
    const store = storeOf(many, many.length);
    const { seen } = walk(store, { place: WALK_BEGIN, lastCount: 50, most: 50 });
    expect([seen.length, store.read.items]).toEqual([50, 50]);
  });

  it('asks for all shards of a small datastore in one round', () => {
    const few = many.slice(0, 40);
    const store = storeOf(few, few.length);
    expect(walk(store, { place: WALK_BEGIN, lastCount: undefined, most: 1_000 }).seen).toHaveLength(40);
    expect(store.read.rounds).toBe(1);
  });
});
