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
const contentOf = ({ keys }: MatchEntry) => (keys === undefined ? [] : [keys.content]);
const blockingOf = ({ keys }: MatchEntry) => blockingKeysIn(keys?.blocking ?? '');
const byContent = (entries: readonly MatchEntry[]) => plainOf(entries, contentOf);
const byBlockingKey = (entries: readonly MatchEntry[]) =>
  plainOf(entries, (entry) => distinct(blockingOf(entry)));

const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)];

/** Entries in several packs, some of which may be empty. */
const anyPacks = fc.array(crowdedEntries, { maxLength: 5 });

/** For each item: the keys of its last entry, and which of the entries of the key that is. */
function lastOf(entries: readonly MatchEntry[], keysOf: (entry: MatchEntry) => readonly string[]) {
  const counts = new Map<string, number>();
  const last = new Map<Guid, Map<string, number>>();
  for (const entry of entries) {
    last.set(entry.guid, new Map());
    for (const key of keysOf(entry)) {
      last.get(entry.guid)?.set(key, counts.get(key) ?? 0);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return last;
}

function expectLike(
  plain: Plain,
  last: ReturnType<typeof lastOf>,
  find: (key: string) => ReturnType<MatchIndex['holdersOf']>,
): void {
  for (const [key, guids] of plain) {
    const holders = find(key);
    const own = guids.filter((one, n) => last.get(one)?.get(key) === n);
    expect(holders.all).toEqual(own);
    expect(holders.count).toBe(own.length);
    expect(holders.entries).toBe(guids.length);
    expect(holders.window(1, 3)).toEqual(guids.slice(1, 3));
  }
}

describe('the match index', () => {
  it('finds the same items as a Map, by their last entries', () => {
    fc.assert(
      fc.property(anyPacks, (packs) => {
        const index = new MatchIndex('e', packs.map(packed));
        const entries = packs.flat();
        expect(index.count).toBe(entries.length);
        const contents = lastOf(entries, contentOf);
        expectLike(byContent(entries), contents, (key) => index.holdersOfContent(key));
        const blocking = lastOf(entries, (entry) => distinct(blockingOf(entry)));
        expectLike(byBlockingKey(entries), blocking, (key) => index.holdersOf(key));
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

  it('finds an item by what it is, not by what it was', () => {
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
    expect([found('oldk'), found('newk'), found('both')]).toEqual([[], [ada], [ada]]);
    expect(index.holdersOf('both').entries).toBe(3);
    expect(index.holdersOfContent('aaaaA').all).toEqual([]);
    expect(index.holdersOfContent('bbbbA').all).toEqual([ada]);
  });

  it('counts the entries of a key that very many have, and does not name them all', () => {
    const one = { guid: guid('A'.repeat(22)), keys: { content: 'aaaaA', blocking: 'many' } };
    const index = new MatchIndex('e', [packed(Array.from({ length: 301 }, () => one))]);
    expect(index.holdersOf('many').count).toBe(301);
    expect(index.holdersOf('many').all).toEqual([one.guid]);
  });
});
