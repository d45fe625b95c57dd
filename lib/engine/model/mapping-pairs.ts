/**
 * Pairs of a LUID and the GUID of the item that it was given to, as the rows of a mapping hold them.
 *
 * A row holds all pairs of one transaction that belong to one part of a generation. A row is never changed: when a LUID is
 * given to another item, both pairs stay, and the LUIDs in the items' own rows say which pair is valid. So a pair holds
 * only a hash of the LUID. The bytes: the format (1 byte), then for each pair the hash (6 bytes) and the GUID (17 bytes).
 */
import { hash as hashOf } from 'node:crypto';
import type { Guid, Luid } from './ids.ts';
import { packedGuid, unpackedGuid } from './match-entries.ts';

/** A generation's pairs lie in so many parts, by the hash of the LUID: a look-up reads one part. */
export const MAPPING_PARTS = 16;

export interface MappingPair {
  /** Hash of the LUID, 12 hexadecimal digits. */
  readonly hash: string;
  readonly guid: Guid;
}

/** The items of pairs by the hash of the LUID, the newest pair first. */
export type MappedItems = ReadonlyMap<string, readonly Guid[]>;

/** `pairs`: the oldest first. */
export function mappedItems(pairs: readonly MappingPair[]): MappedItems {
  const found = new Map<string, readonly Guid[]>();
  for (const { hash, guid } of pairs) found.set(hash, [guid, ...(found.get(hash) ?? [])]);
  return found;
}

const FORMAT = 1;
const HASH_BYTES = 6;
const PAIR_BYTES = HASH_BYTES + 17;

export const luidHash = (luid: Luid): string => hashOf('sha256', luid, 'hex').slice(0, 2 * HASH_BYTES);

/** The part in which the pair of a LUID lies. */
export const mappingPart = (hash: string): number => Number.parseInt(hash.slice(0, 2), 16) % MAPPING_PARTS;

export const packPairs = (pairs: readonly MappingPair[]): Uint8Array =>
  Buffer.concat([
    Buffer.from([FORMAT]),
    ...pairs.flatMap(({ hash, guid }) => [Buffer.from(hash, 'hex'), packedGuid(guid)]),
  ]);

/** The pairs in these bytes. Throws for bytes of another format. */
export function unpackPairs(bytes: Uint8Array): MappingPair[] {
  if (bytes[0] !== FORMAT) throw new Error('pairs of a mapping in an unknown format');
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: (bytes.length - 1) / PAIR_BYTES }, (_, n) => {
    const at = 1 + n * PAIR_BYTES;
    return { hash: all.toString('hex', at, at + HASH_BYTES), guid: unpackedGuid(all, at + HASH_BYTES) };
  });
}

/** Less than all generations. In place of the one whose rows are counted: the rows of none are, so they are read consistently. */
export const NO_GENERATION = 0;
