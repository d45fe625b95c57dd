/** Match entries of any kind, for property tests, and the bytes that they are packed to. */
import fc from 'fast-check';
import { guid } from '../../lib/engine/model/ids.ts';
import { type MatchEntry, PackedEntries, packEntries } from '../../lib/engine/model/match-entries.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const text = (length: number, characters: number) =>
  bytes(length).map((made) => Buffer.from(made).toString('base64url').slice(0, characters));

export const anyGuid = text(17, 22).map(guid);
export const anyContentKey = text(4, 5);
export const anyBlockingKey = text(3, 4);

/** An entry as items have them: of no key up to many. */
export const anyEntry: fc.Arbitrary<MatchEntry> = entryOf(anyGuid, anyContentKey, anyBlockingKey);

/** Entries that share GUIDs and keys, as those of a few items that were changed again and again. */
export const crowdedEntries: fc.Arbitrary<MatchEntry[]> = fc
  .tuple(several(anyGuid, 4), several(anyContentKey, 4), several(anyBlockingKey, 6))
  .chain(([guids, contents, keys]) =>
    fc.array(entryOf(fc.constantFrom(...guids), fc.constantFrom(...contents), fc.constantFrom(...keys)), {
      maxLength: 60,
    }),
  );

function entryOf(
  guids: fc.Arbitrary<MatchEntry['guid']>,
  contents: fc.Arbitrary<string>,
  keys: fc.Arbitrary<string>,
): fc.Arbitrary<MatchEntry> {
  const live = fc.record({
    guid: guids,
    keys: fc.record({
      content: contents,
      blocking: fc.uniqueArray(keys, { maxLength: 12 }).map((some) => some.join('')),
    }),
  });
  return fc.oneof({ arbitrary: live, weight: 4 }, { arbitrary: fc.record({ guid: guids }), weight: 1 });
}

function several<T>(one: fc.Arbitrary<T>, count: number): fc.Arbitrary<T[]> {
  return fc.array(one, { minLength: 1, maxLength: count });
}

export const packed = (entries: readonly MatchEntry[]): PackedEntries =>
  PackedEntries.of(packEntries(entries)) as PackedEntries;
