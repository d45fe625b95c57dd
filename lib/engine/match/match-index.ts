/**
 * The match index of a slow or refresh sync: one small entry for each live item. It is made once, of the inventory, and
 * kept beside the session. A bitmap in the session says which entries the client has.
 */

import type { Content } from '../../pim/content.ts';
import { Candidates } from '../../pim/match/candidates.ts';
import { blockingKeysIn, blockingKeysOf } from '../model/blocking-keys.ts';
import type { Guid, Luid, Peer } from '../model/ids.ts';
import { INDEX_BYTES } from '../model/limits.ts';
import type { IndexEntry, Item } from '../model/records.ts';

/** One entry for each live item, with the newest LUID that the peer gave the item in any generation. */
export function indexEntries(inventory: readonly Item[], peer: Peer): IndexEntry[] {
  return inventory.flatMap(({ content, ...item }): IndexEntry[] =>
    content === undefined
      ? []
      : [[content.key, item.guid, newestLuid(item, peer), content.about, blockingKeysOf(content)]],
  );
}

function newestLuid(item: Pick<Item, 'luids'>, peer: Peer): Luid | '' {
  const own = item.luids[peer];
  if (own === undefined) return '';
  const newest = Math.max(...Object.keys(own).map(Number));
  return own[newest] ?? '';
}

/** The entries in parts, one for each row, cut by bytes because LUIDs may be long. */
export function indexParts(entries: readonly IndexEntry[]): IndexEntry[][] {
  const parts: IndexEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = Buffer.byteLength(JSON.stringify(entry)) + 1;
    if (bytes > room) {
      parts.push([]);
      room = INDEX_BYTES;
    }
    parts.at(-1)?.push(entry);
    room -= bytes;
  }
  return parts;
}

const isSet = (bits: Uint8Array, at: number): boolean => ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;

export class MatchIndex {
  readonly entries: readonly IndexEntry[];
  private readonly bits: Uint8Array;
  /**
   * The bits when the message began. Candidates are chosen by them, so the reads do not depend on what the message
   * links.
   */
  private readonly before: Uint8Array;
  private readonly byKey = new Map<string, number[]>();
  private readonly byLuid = new Map<string, number>();
  private readonly byGuid = new Map<string, number>();
  private byBlockingKeys: Candidates | undefined;

  constructor(entries: readonly IndexEntry[], matched: string | undefined) {
    this.entries = entries;
    this.bits = new Uint8Array(Math.ceil(entries.length / 8));
    if (matched !== undefined) this.bits.set(Buffer.from(matched, 'base64').subarray(0, this.bits.length));
    this.before = this.bits.slice();
    entries.forEach(([key, guid, luid], at) => {
      const same = this.byKey.get(key);
      if (same === undefined) this.byKey.set(key, [at]);
      else same.push(at);
      if (luid !== '') this.byLuid.set(luid, at);
      this.byGuid.set(guid, at);
    });
  }

  isMatched(at: number): boolean {
    return isSet(this.bits, at);
  }

  /** Notes that the client has this item: it is not matched again, and not sent. */
  noteMatched(at: number): void {
    this.bits[at >> 3] = (this.bits[at >> 3] ?? 0) | (1 << (at & 7));
  }

  has(guid: Guid): boolean {
    return this.byGuid.has(guid);
  }

  noteMatchedGuid(guid: Guid): void {
    const at = this.byGuid.get(guid);
    if (at !== undefined) this.noteMatched(at);
  }

  /** An unmatched entry of the same content; if there are several, the one that had this LUID before. */
  sameContent(key: string, luid: string): number | undefined {
    const free = (this.byKey.get(key) ?? []).filter((at) => !this.isMatched(at));
    return free.find((at) => this.entries[at]?.[2] === luid) ?? free[0];
  }

  /** The unmatched entry that had this LUID before, and its identity key (undefined if the item has none). */
  sameLuid(luid: string): { at: number; guid: Guid; identity: string | undefined } | undefined {
    const at = this.byLuid.get(luid);
    const entry = at === undefined || this.isMatched(at) ? undefined : this.entries[at];
    if (at === undefined || entry === undefined) return undefined;
    return { at, guid: entry[1], identity: entry[3] === '' ? undefined : entry[3] };
  }

  /**
   * Entries that may be the same item written differently, likeliest first; only those unmatched when the message
   * began.
   */
  candidatesFor(content: Content): number[] {
    if (this.entries.length === 0) return [];
    this.byBlockingKeys ??= new Candidates(this.entries.map(([, , , , keys]) => blockingKeysIn(keys)));
    return this.byBlockingKeys.of(blockingKeysIn(blockingKeysOf(content)), (at) => !isSet(this.before, at));
  }

  guidAt(at: number): Guid | undefined {
    return this.entries[at]?.[1];
  }

  get bitmap(): string {
    return Buffer.from(this.bits).toString('base64');
  }
}
