/**
 * What the match index holds of an item, and how many of these entries are packed into bytes. The rows of the index and
 * the commits of the log hold such bytes.
 *
 * The bytes, column after column: the format (1 byte), the number of entries (4 bytes, little endian), the GUIDs (17
 * bytes each), the content keys (4 bytes each), the number of blocking keys of each entry (1 byte), the blocking keys
 * (3 bytes each). All of them are hashes, so the bytes are not packed any further. If no entry has keys, the bytes end
 * behind the GUIDs.
 */
import type { Guid } from './ids.ts';

/** The keys by which an item is found; an item without keys is deleted. */
export interface MatchEntry {
  readonly guid: Guid;
  readonly keys?: MatchKeys;
}

export interface MatchKeys {
  /** The beginning of the key of the content: 5 base64url characters. */
  readonly content: string;
  /** The blocking keys, 4 base64url characters each, one after the other. */
  readonly blocking: string;
}

const FORMAT = 1;
const HEAD_BYTES = 5;
const GUID = { characters: 22, bytes: 17 };
/** Characters that are kept of the key of a content, and the bytes that they take. */
export const CONTENT_KEY = { characters: 5, bytes: 4 };
/** Characters and bytes of a blocking key. */
export const BLOCKING_KEY = { characters: 4, bytes: 3 } as const;
/** Stands in place of the number of blocking keys where there are no keys. */
const NO_KEYS = 255;

const packed = (text: string, { characters, bytes }: typeof GUID): Buffer =>
  Buffer.from(text.slice(0, characters).padEnd(characters, 'A').concat('AAA'), 'base64url').subarray(
    0,
    bytes,
  );

const unpacked = (bytes: Uint8Array, at: number, size: typeof GUID): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, size.bytes)
    .toString('base64url')
    .slice(0, size.characters);

export const packedGuid = (guid: Guid): Buffer => packed(guid, GUID);
export const unpackedGuid = (bytes: Uint8Array, at: number): Guid => unpacked(bytes, at, GUID) as Guid;

/** The number of bytes that an entry takes. */
export const entryBytes = ({ keys }: MatchEntry): number =>
  GUID.bytes + CONTENT_KEY.bytes + 1 + (keys?.blocking.length ?? 0) * (3 / 4);

export function packEntries(entries: readonly MatchEntry[]): Uint8Array {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(FORMAT, 0);
  head.writeUInt32LE(entries.length, 1);
  const guids = entries.map(({ guid }) => packed(guid, GUID));
  if (entries.every(({ keys }) => keys === undefined)) return Buffer.concat([head, ...guids]);
  const counts = entries.map(({ keys }) =>
    keys === undefined ? NO_KEYS : keys.blocking.length / BLOCKING_KEY.characters,
  );
  return Buffer.concat([
    head,
    ...guids,
    ...entries.map(({ keys }) => packed(keys?.content ?? '', CONTENT_KEY)),
    Buffer.from(counts),
    ...entries.map(({ keys }) => Buffer.from(keys?.blocking ?? '', 'base64url')),
  ]);
}

/** Packed entries, read in place. */
export class PackedEntries {
  readonly count: number;
  private readonly bytes: Uint8Array;
  private readonly at: { readonly content: number; readonly counts: number; readonly blocking: number };

  /** Undefined for bytes of another format. */
  static of(bytes: Uint8Array): PackedEntries | undefined {
    return bytes[0] === FORMAT ? new PackedEntries(bytes) : undefined;
  }

  private constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1, true);
    const content = HEAD_BYTES + this.count * GUID.bytes;
    const counts = content + this.count * CONTENT_KEY.bytes;
    this.at = { content, counts, blocking: counts + this.count };
  }

  guid(n: number): Guid {
    return unpacked(this.bytes, HEAD_BYTES + n * GUID.bytes, GUID) as Guid;
  }

  contentKey(n: number): string {
    return unpacked(this.bytes, this.at.content + n * CONTENT_KEY.bytes, CONTENT_KEY);
  }

  isDeleted(n: number): boolean {
    return (this.bytes[this.at.counts + n] ?? NO_KEYS) === NO_KEYS;
  }

  /** The first two bytes of the GUID. */
  guidPrefix(n: number): number {
    return this.prefixAt(HEAD_BYTES + n * GUID.bytes);
  }

  /** Is the GUID of entry `n` that of an entry of another pack? */
  hasGuidOf(n: number, other: PackedEntries, m: number): boolean {
    const [a, b] = [HEAD_BYTES + n * GUID.bytes, HEAD_BYTES + m * GUID.bytes];
    for (let at = 0; at < GUID.bytes; at += 1) if (this.bytes[a + at] !== other.bytes[b + at]) return false;
    return true;
  }

  /** The first two bytes of the content key. */
  contentPrefix(n: number): number {
    return this.prefixAt(this.at.content + n * CONTENT_KEY.bytes);
  }

  /** Calls `take` with each blocking key, as its first two bytes and its third one, and the number of its entry. */
  eachBlockingKey(take: (prefix: number, last: number, n: number) => void): void {
    const { bytes } = this;
    let at = this.at.blocking;
    for (let n = 0; n < this.count; n += 1) {
      const count = bytes[this.at.counts + n] ?? NO_KEYS;
      if (count === NO_KEYS) continue;
      for (const end = at + count * BLOCKING_KEY.bytes; at < end; at += BLOCKING_KEY.bytes)
        take(this.prefixAt(at), bytes[at + 2] ?? 0, n);
    }
  }

  entries(): MatchEntry[] {
    let at = this.at.blocking;
    return Array.from({ length: this.count }, (_, n) => {
      const guid = this.guid(n);
      if (this.isDeleted(n)) return { guid };
      const bytes = (this.bytes[this.at.counts + n] ?? 0) * BLOCKING_KEY.bytes;
      const blocking = Buffer.from(this.bytes.buffer, this.bytes.byteOffset + at, bytes).toString(
        'base64url',
      );
      at += bytes;
      return { guid, keys: { content: this.contentKey(n), blocking } };
    });
  }

  private prefixAt(at: number): number {
    return ((this.bytes[at] ?? 0) << 8) | (this.bytes[at + 1] ?? 0);
  }
}

/** The entries in packed bytes. Throws for bytes of another format. */
export function entriesIn(bytes: Uint8Array): MatchEntry[] {
  const entries = PackedEntries.of(bytes);
  if (entries === undefined) throw new Error('packed entries of an unknown format');
  return entries.entries();
}

/** The first two bytes and the third one of a key of base64url characters. */
export function prefixOf(key: string): { readonly prefix: number; readonly last: number } {
  const [a = 0, b = 0, last = 0] = Buffer.from(key.slice(0, BLOCKING_KEY.characters), 'base64url');
  return { prefix: (a << 8) | b, last };
}
