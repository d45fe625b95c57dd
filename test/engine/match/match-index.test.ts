/** Look-ups in the match index, against a plain Map. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MatchIndex } from '../../../lib/engine/match/match-index.ts';
import { blockingKeysIn } from '../../../lib/engine/model/blocking-keys.ts';
import { type Guid, guid } from '../../../lib/engine/model/ids.ts';
import type { MatchEntry } from '../../../lib/engine/model/match-entries.ts';
import { crowdedEntries, packed } from '../entries.ts';

/** GUIDs by key, one for each entry, in the order of the entries. */
type Plain = Map<string, Guid[]>;

function plainOf(entries: readonly MatchEntry[], keysOf: (entry: MatchEntry) => readonly string[]): Plain {
  const plain: Plain = new Map();
  for (const entry of entries)
    for (const key of keysOf(entry)) plain.set(key, [...(plain.get(key) ?? []), entry.guid]);
  return plain;
}
const byContent = (entries: readonly MatchEntry[]) =>
  plainOf(entries, ({ keys }) => (keys === undefined ? [] : [keys.content]));
const byBlockingKey = (entries: readonly MatchEntry[]) =>
  plainOf(entries, ({ keys }) => blockingKeysIn(keys?.blocking ?? ''));

const distinct = (guids: readonly Guid[]): Guid[] => [...new Set(guids)];

/** Entries in several packs, some of which may be empty. */
const anyPacks = fc.array(crowdedEntries, { maxLength: 5 });

function expectLike(plain: Plain, find: (key: string) => ReturnType<MatchIndex['holdersOf']>): void {
  for (const [key, guids] of plain) {
    const holders = find(key);
    expect(holders.all).toEqual(distinct(guids));
    expect(holders.count).toBe(distinct(guids).length);
    expect(holders.entries).toBe(guids.length);
    expect(holders.window(1, 3)).toEqual(guids.slice(1, 3));
  }
}

describe('the match index', () => {
  it('finds the same items as a Map, the oldest entry first', () => {
    fc.assert(
      fc.property(anyPacks, (packs) => {
        const index = new MatchIndex('e', packs.map(packed));
        const entries = packs.flat();
        expect(index.count).toBe(entries.length);
        expectLike(byContent(entries), (key) => index.holdersOfContent(key));
        expectLike(byBlockingKey(entries), (key) => index.holdersOf(key));
      }),
    );
  });

  it('finds nothing by a key that no entry has', () => {
    fc.assert(
      fc.property(anyPacks, crowdedEntries, (packs, others) => {
        const index = new MatchIndex('e', packs.map(packed));
        const [contents, keys] = [byContent(packs.flat()), byBlockingKey(packs.flat())];
        for (const key of byContent(others).keys())
          if (!contents.has(key)) expect(index.holdersOfContent(key).all).toEqual([]);
        for (const key of byBlockingKey(others).keys())
          if (!keys.has(key)) expect(index.holdersOf(key).all).toEqual([]);
      }),
    );
  });

  it('finds an item by what it was and by what it is, and names it once', () => {
    const [ada, berta] = [guid('A'.repeat(22)), guid('B'.repeat(21).concat('A'))];
    const [was, is] = [
      { content: 'aaaaA', blocking: 'oldkboth' },
      { content: 'bbbbA', blocking: 'newkboth' },
    ];
    const index = new MatchIndex('e', [
      packed([{ guid: ada, keys: was }]),
      packed([]),
      packed([{ guid: berta, keys: was }, { guid: ada, keys: is }, { guid: berta }]),
    ]);
    const found = (key: string) => index.holdersOf(key).all;
    expect([found('oldk'), found('newk'), found('both')]).toEqual([[ada, berta], [ada], [ada, berta]]);
    expect(index.holdersOf('both').entries).toBe(3);
    expect(index.holdersOfContent('aaaaA').all).toEqual([ada, berta]);
    expect(index.holdersOfContent('bbbbA').all).toEqual([ada]);
  });

  it('counts the entries of a key that very many have, and does not name them all', () => {
    const one = { guid: guid('A'.repeat(22)), keys: { content: 'aaaaA', blocking: 'many' } };
    const index = new MatchIndex('e', [packed(Array.from({ length: 301 }, () => one))]);
    expect(index.holdersOf('many').count).toBe(301);
    expect(index.holdersOf('many').all).toEqual([one.guid]);
  });
});
