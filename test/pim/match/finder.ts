/** The candidates of an item among the items of a book, as the engine finds them with its match index. */
import type { PeerContext } from '../../../lib/engine/changes/peer-context.ts';
import { FreeItems } from '../../../lib/engine/match/free-items.ts';
import { MatchIndex } from '../../../lib/engine/match/match-index.ts';
import { matchKeysOf } from '../../../lib/engine/model/blocking-keys.ts';
import type { Guid, Luid } from '../../../lib/engine/model/ids.ts';
import { PackedEntries, packEntries } from '../../../lib/engine/model/match-entries.ts';
import type { Content } from '../../../lib/pim/content.ts';
import type { HoldersOf } from '../../../lib/pim/match/decide.ts';

export interface Finder {
  /** The positions of candidates that are not taken, the likeliest first. */
  readonly candidatesOf: (content: Content) => number[];
  readonly take: (at: number) => void;
  readonly holdersOf: HoldersOf;
}

const guidAt = (at: number): Guid => String(at).padStart(22, '0') as Guid;
const NOTHING: ReadonlyMap<string, unknown> = new Map();

export function finderIn(book: readonly Content[]): Finder {
  const entries = book.map((content, at) => ({ guid: guidAt(at), keys: matchKeysOf(content) }));
  const index = new MatchIndex('', [PackedEntries.of(packEntries(entries)) as PackedEntries]);
  const free = new FreeItems(index, { epoch: '', entries: {} });
  const taken = new Set<Guid>();
  const itemAt = (_: string, guid: Guid) => ({
    guid,
    content: book[Number(guid)],
    luids: taken.has(guid) ? { peer: { 1: ['taken' as Luid] } } : {},
  });
  const changes = { peer: 'peer', facts: { missing: NOTHING }, itemAt };
  const peer = { changes, datastore: 'contacts', generation: 1, settled: 1 } as unknown as PeerContext;
  return {
    candidatesOf: (content) => free.candidates(peer, content).free.map(({ guid }) => Number(guid)),
    take: (at) => taken.add(guidAt(at)),
    holdersOf: (key) => free.holdersOf(key),
  };
}
