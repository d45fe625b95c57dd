/** A change of a peer does to an item what the peer changed of what it sees, and nothing else (D19, X02). */

import { comparedLines, isVFormat } from '../../pim/content.ts';
import type { StoredItem } from '../../pim/formats/registry.ts';
import { type Merged, mergeEdit, toldAlike } from '../../pim/merge/merge-item.ts';
import { isHeld, type Winner } from '../../pim/merge/sides.ts';
import { isDispensable } from '../../pim/properties/table.ts';
import { contentOf } from '../changes/content.ts';
import { type ItemView, isConflict, type PeerContext } from '../changes/peer-context.ts';
import { mentions } from '../device/listed.ts';
import { type Content, type Item, type ItemVersion, isRev } from '../model/records.ts';

/** What a change makes of the item. */
export interface Outcome {
  readonly content: Content;
  /** Fields of which one side's change is lost. */
  readonly clashes: number;
  /** The peer sees of it just what it sent: it needs nothing. */
  readonly shown: boolean;
  /** It has none of a property that it sees, and is not known to have a word for. */
  readonly lacks: boolean;
}

/** What a change makes of an item that the peer saw as it is. */
export const mergeSeen = (peer: PeerContext, item: Item, content: Content): Outcome =>
  outcomeOf(peer, item, content, { base: item.content, winner: 'client' });

/** As `mergeSeen`, where others changed the item since the peer saw it. */
export const mergeChanges = (peer: PeerContext, item: Item, content: Content, winner: Winner): Outcome =>
  outcomeOf(peer, item, content, { base: baseOf(peer, item), winner });

/** What two have in common that never met is not known: what either has stays. */
export const mergeUnion = (peer: PeerContext, item: Item, content: Content, winner: Winner): Outcome =>
  outcomeOf(peer, item, content, { base: undefined, winner });

interface MergeBy {
  /** What the peer changed the item from; undefined: nobody knows. */
  readonly base: Content | undefined;
  /** Of a field that both changed. */
  readonly winner: Winner;
  /** The merge goes by `base`, but the peer is not known to have seen it. */
  readonly outdated?: boolean;
}

const NONE: ReadonlySet<string> = new Set();

function outcomeOf(
  { changes, datastore, view }: PeerContext,
  item: Item,
  content: Content,
  { base, winner, outdated = false }: MergeBy,
): Outcome {
  const stored = (one: Content | undefined): StoredItem | undefined => {
    const body = one && changes.bodyOf(datastore, item.guid, one);
    return one === undefined || body === undefined ? undefined : { type: one.type, body };
  };
  const [current, sent, was] = [stored(item.content), stored(content), stored(base)];
  if (view === undefined || current === undefined || sent === undefined || item.content === undefined)
    return { content, clashes: 0, shown: true, lacks: false };
  const known = was && !view.changed ? { item: was, seen: view.seen(was) } : undefined;
  const { held, unseen = NONE } = view;
  const before = outdated ? undefined : known?.seen;
  const merged = mergeEdit({ current, base: known, sent, held, unseen, winner });
  const result = resultOf(item.content, current, merged);
  return { content: result, clashes: merged.clashes, ...shownOf(view, sent, result, before) };
}

const resultOf = (content: Content, current: StoredItem, { item }: Merged): Content =>
  item.body === current.body && item.type === current.type ? content : contentOf(item.type, item.body);

const nameIn = (line: string): string => /^[\w-]*/.exec(line)?.[0] ?? '';

/**
 * Does the peer see what it sent, and nothing else? What it may just not know (it lists no properties), and was shown
 * before, is no news to it; nor is what we keep of it and would not show.
 */
function shownOf(
  view: ItemView,
  sent: StoredItem,
  { type, body = '' }: Content,
  before: StoredItem | undefined,
): Pick<Outcome, 'shown' | 'lacks'> {
  const seen = view.seen({ type, body });
  if (!isVFormat(seen.type) && !isVFormat(sent.type)) return { shown: seen.body === sent.body, lacks: false };
  // Nor is a time that is told by another clock.
  const [saw, told] = toldAlike({ type, body }, seen, sent);
  // What a group is called says nothing.
  const lines = (item: StoredItem) =>
    new Set(comparedLines(item.type, item.body).map((line) => line.replace(/^[\w-]+\.(?=[\w-]+[;:])/, '')));
  const [has, sees, holds] = [lines(told), lines(saw), lines({ type, body })];
  const knew = new Set(
    [...(view.held === 'all' || before === undefined ? [] : lines(before))].filter((line) =>
      isDispensable(nameIn(line)),
    ),
  );
  const shown =
    [...has].every((line) => sees.has(line) || holds.has(line)) &&
    [...sees].every((line) => has.has(line) || knew.has(line));
  const names = new Set([...has].map(nameIn));
  const lacks = [...sees].some(
    (line) => !names.has(nameIn(line)) && !isDispensable(nameIn(line)) && !isHeld(view.held, nameIn(line)),
  );
  return { shown, lacks };
}

/**
 * What the peer had when it changed the item: what it last sent of it itself, as long as it was not told what became of
 * that, else the item as it was at the peer's anchor. Undefined when that version is gone, or was refused by the peer.
 */
function baseOf({ changes, datastore, since, due }: PeerContext, { guid }: Item): Content | undefined {
  const { peer } = changes;
  const own = changes.changeAt(datastore, guid)?.versions ?? [];
  const versions = [...changes.versionsOf(datastore, guid), ...own];
  const holds = ({ origin, differs, sequence }: ItemVersion) =>
    (origin === peer && differs !== true) || (sequence <= since && !due(guid));
  const newest = (list: readonly ItemVersion[]) =>
    list.reduce<ItemVersion | undefined>(
      (best, one) => (best === undefined || !isOlder(one, best) ? one : best),
      undefined,
    );
  const told = newest(versions.filter((one) => isRev(one) && holds(one)));
  const sent = newest(versions.filter((one) => !isRev(one) && one.origin === peer));
  return (sent !== undefined && sent.rev > (told?.rev ?? 0) ? sent : told)?.content;
}

/** Of the item at one rev a peer may have sent several copies; the store gives them in no order of time. */
const isOlder = (one: ItemVersion, other: ItemVersion): boolean =>
  one.rev === other.rev ? one.at < other.at : one.rev < other.rev;

/** Does the peer have an older copy of the item, or one that was made for what it could hold then? */
const isOld = (peer: PeerContext, item: Item): boolean =>
  isConflict(peer, item) || peer.view?.changed === true || mentions(item, peer.view?.unseen ?? NONE);

/** What a copy that the device holds makes of the item, where it is right about all that it sees. */
function heldOutcome(peer: PeerContext, item: Item, content: Content): Outcome {
  const outdated = isOld(peer, item);
  const outcome = outcomeOf(peer, item, content, { base: item.content, winner: 'client', outdated });
  return { ...outcome, shown: outcome.shown || !(outdated || outcome.lacks) };
}

/**
 * Does a copy that the device sends alter the item? And does the device have less of the item than others made of it
 * since it saw it: what it cannot be known to hold is not deleted, and it is to be told of it.
 */
export function effectOf(
  peer: PeerContext,
  item: Item,
  content: Content,
): { readonly alters: boolean; readonly lacks: boolean } {
  const { content: result, shown } = heldOutcome(peer, item, content);
  return { alters: result.hash !== item.content?.hash, lacks: !shown };
}

/** Puts into the item what a copy that the device sends makes of it. */
export function mergeContent(peer: PeerContext, item: Item, content: Content): void {
  putMerged(peer, item, content, heldOutcome(peer, item, content));
}

/** Puts what a change of the peer made of the item, where nothing of the change is lost. */
export function putMerged(
  { changes, datastore }: PeerContext,
  { guid }: Item,
  sent: Content,
  { content, shown }: Outcome,
): void {
  const why = { reason: 'replaced', sentHash: sent.hash, differs: !shown } as const;
  changes.putContent(datastore, guid, content, why);
  // The peer is to be told of the rest. Until it was, what it sends next is compared with what it sent now.
  if (!shown) changes.keepSent(datastore, guid, sent, 'sent');
}

/**
 * Deleted here by somebody, changed there: what the peer changed, done to what was deleted. A LUID that the peer itself
 * deleted may come back for something else (M10).
 */
export function mergeDeleted(peer: PeerContext, item: Item, content: Content): Outcome {
  const { changes, datastore } = peer;
  const asSent: Outcome = { content, clashes: 0, shown: true, lacks: false };
  if (item.origin === changes.peer) return asSent;
  const versions = changes.versionsOf(datastore, item.guid);
  const last = versions.findLast((one) => one.reason === 'deleted' && one.rev === item.rev - 1);
  if (last === undefined) return asSent;
  // With its text: should it come back as it was, its part rows are to be written anew, or they go with the version.
  const body = changes.bodyOf(datastore, item.guid, last.content);
  const deleted: Content = { ...last.content, ...(body !== undefined && { body }) };
  return mergeChanges(peer, { ...item, content: deleted }, content, 'client');
}
