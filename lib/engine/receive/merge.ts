/**
 * What a change of a peer makes of an item: only what the peer changed of what it sees is done to the item (D19, X02).
 * The merging itself is in lib/pim/merge; here its base is chosen, and its result goes to the change set.
 */

import type { Content } from '../../pim/content.ts';
import { mergeEdit } from '../../pim/merge/merge-item.ts';
import { type Shown, shownOf } from '../../pim/merge/shown.ts';
import type { Winner } from '../../pim/merge/sides.ts';
import { saysTheSame } from '../../pim/respelt.ts';
import { affordable } from '../../pim/work/budget.ts';
import { type Got, type ItemView, isConflict, type PeerContext } from '../changes/peer-context.ts';
import { mentions } from '../device/mentions.ts';
import { CRM, type Guid } from '../model/ids.ts';
import { type Item, type ItemVersion, isRev } from '../model/records.ts';

/** The result of a change. */
export interface Outcome extends Shown {
  readonly content: Content;
  /** How many fields both sides changed, so that one side's change is lost. */
  readonly clashes: number;
  /** A merge would be too much work: the content is that of one side. */
  readonly isUnmerged?: true;
}

/** Nobody changed the item since the peer saw it: the base is the item as it is. */
export const mergeSeen = (peer: PeerContext, item: Item, content: Content): Outcome =>
  outcomeOf(peer, item, content, { base: item.content, winner: 'client' });

/** Others changed the item since the peer saw it: the base is a version of the item, and `winner` decides a clash. */
export const mergeChanges = (peer: PeerContext, item: Item, content: Content, winner: Winner): Outcome =>
  outcomeOf(peer, item, content, { base: baseOf(peer, item), winner });

/** An item and a content that never met: there is no base, and what either has stays. */
export const mergeUnion = (peer: PeerContext, item: Item, content: Content, winner: Winner): Outcome =>
  outcomeOf(peer, item, content, { base: undefined, winner });

interface MergeBy {
  /** The content that the peer changed; undefined: nobody knows. */
  readonly base: Content | undefined;
  /** Whose change stands of a field that both changed. */
  readonly winner: Winner;
  /** The peer may have seen an older content than `base`. */
  readonly outdated?: boolean;
}

/** A position before the first commit. */
const NOTHING = 0;
const NONE: ReadonlySet<string> = new Set();

/** Merges in the peer's view. Where that is too much work, the two contents are not merged. */
const outcomeOf = (peer: PeerContext, item: Item, content: Content, by: MergeBy): Outcome =>
  affordable(
    peer.work,
    () => mergedOutcome(peer, item, content, by),
    () => unmerged(peer, item, content, by.winner),
  );

/** The content of one side, as if the whole item were one field that both sides changed. */
export function unmerged(_: PeerContext, item: Item, content: Content, winner: Winner): Outcome {
  const kept = winner === 'client' ? undefined : item.content;
  const isClients = kept === undefined;
  return { content: kept ?? content, clashes: 1, shown: isClients, lacks: !isClients, isUnmerged: true };
}

/** A peer without a view holds everything, so that what it sent is the item. */
function mergedOutcome(
  { changes, datastore, view, mayHoldNews }: PeerContext,
  item: Item,
  content: Content,
  { base, winner, outdated = false }: MergeBy,
): Outcome {
  const wholeOf = (one: Content | undefined) => one && changes.wholeOf(datastore, item.guid, one);
  const [current, was] = [wholeOf(item.content), wholeOf(base)];
  const asSent = { content, clashes: 0, shown: true, lacks: false };
  if (view === undefined || current === undefined) return asSent;
  // The run is repeated with the facts that it lacks.
  if (changes.facts.missing.size > 0) return asSent;
  const got = was && !view.changed ? gotBy(view, was, item.guid) : undefined;
  const known = was && got && { item: was, seen: got.seen };
  const { heldProperties, capacities } = view;
  const unseen = got?.unseen ?? view.unseenIn?.(was ?? current) ?? NONE;
  const { item: result, clashes } = mergeEdit({
    current,
    base: known,
    sent: content,
    held: heldProperties,
    capacities,
    unseen,
    winner,
    mayHoldNews,
  });
  const before = outdated ? undefined : known?.seen;
  const sight = {
    item: result,
    seen: view.seen(result, item.guid),
    sent: content,
    before,
    held: heldProperties,
  };
  return { content: result, clashes, ...shownOf(sight) };
}

const gotBy = (view: ItemView, content: Content, guid: Guid): Got =>
  view.got?.(content, guid) ?? { seen: view.seen(content, guid), unseen: NONE };

/**
 * The content that the peer had when it changed the item. If the peer was not told what became of the content that it
 * sent last, it is that content; else it is the content at the peer's anchor, or the last one that it surely got. Undefined
 * when that version is gone, or nobody knows which it was.
 */
function baseOf({ changes, datastore, since, resendOf }: PeerContext, { guid }: Item): Content | undefined {
  const { peer } = changes;
  const own = changes.changeAt(datastore, guid)?.versions ?? [];
  const versions = [...changes.versionsOf(datastore, guid), ...own];
  const due = resendOf(guid);
  const known = due === undefined ? since : (due.since ?? NOTHING);
  const holds = ({ origin, differs, sequence }: ItemVersion) =>
    (origin === peer && differs !== true) || sequence <= known;
  const newest = (list: readonly ItemVersion[]) =>
    list.reduce<ItemVersion | undefined>(
      (best, one) => (best === undefined || !isOlder(one, best) ? one : best),
      undefined,
    );
  const told = newest(versions.filter((one) => isRev(one) && holds(one)));
  const sent = newest(versions.filter((one) => !isRev(one) && one.origin === peer));
  return (sent !== undefined && sent.rev > (told?.rev ?? 0) ? sent : told)?.content;
}

/** By rev, then by time: a peer may have sent several contents while the item had one rev. */
const isOlder = (one: ItemVersion, other: ItemVersion): boolean =>
  one.rev === other.rev ? one.at < other.at : one.rev < other.rev;

/** Does the peer have an older content of the item, or one in a form that it got when it could hold less? */
function isOld(peer: PeerContext, item: Item): boolean {
  if (!peer.isAnchored || isConflict(peer, item) || peer.view?.changed === true) return true;
  const content = item.content && peer.changes.wholeOf(peer.datastore, item.guid, item.content);
  return mentions(content, (content && peer.view?.unseenIn?.(content)) ?? NONE);
}

/**
 * The outcome when the copy of the device wins in all that the device sees. `alters`: the item would get another
 * content. A copy that says the same in the spelling of the device's program alters nothing. Otherwise each complete sync of
 * the device would change all its items, and a deletion that another device tells later would be refused as a conflict. What
 * the copy lacks of others' changes is not deleted, because the device may not have seen it: then the outcome is not `shown`,
 * and must be sent to the device. A copy that alters nothing and lacks only what the device has no room for counts as
 * `shown`: else each complete sync would send the item.
 */
export function mergeHeld(
  peer: PeerContext,
  item: Item,
  content: Content,
): Outcome & { readonly alters: boolean } {
  const outdated = isOld(peer, item);
  const outcome = outcomeOf(peer, item, content, { base: item.content, winner: 'client', outdated });
  const alters =
    outcome.content.hash !== item.content?.hash && !isInOtherSpelling(peer, item, outcome.content);
  return { ...outcome, shown: outcome.shown || !(outdated || outcome.lacks || alters), alters };
}

function isInOtherSpelling({ changes, datastore, work }: PeerContext, item: Item, made: Content): boolean {
  const was = item.content && changes.wholeOf(datastore, item.guid, item.content);
  if (was === undefined) return false;
  return affordable(
    work,
    () => saysTheSame(was, made),
    () => false,
  );
}

/** Puts a merged content into the item. Nothing of the peer's change was lost. */
export function putMerged(
  { changes, datastore }: PeerContext,
  { guid }: Pick<Item, 'guid'>,
  sent: Content,
  { content, shown }: Outcome,
): void {
  const why = { reason: 'replaced', sentHash: sent.hash, differs: !shown } as const;
  changes.putContent(datastore, guid, content, why);
  // The peer must be told of the rest. Until then its next content is compared with the one that it sent now.
  if (!shown) changes.keepSent(datastore, guid, sent, 'sent');
}

/**
 * Merges the peer's change into the content that somebody else deleted. If the peer itself deleted the item, its LUID
 * may mean something else now, and the content is taken as sent (M10).
 */
export function mergeDeleted(peer: PeerContext, item: Item, content: Content): Outcome {
  const deleted = deletedContent(peer, item);
  if (deleted === undefined) return asSent(content);
  return mergeChanges(peer, { ...item, content: deleted }, content, 'client');
}

/** The same for the whole copy that a device still has of the item, as a complete sync names it: it may lack what has no room. */
export function mergeKept(peer: PeerContext, item: Item, content: Content): Outcome {
  const deleted = deletedContent(peer, item);
  return deleted === undefined ? asSent(content) : mergeHeld(peer, { ...item, content: deleted }, content);
}

const asSent = (content: Content): Outcome => ({ content, clashes: 0, shown: true, lacks: false });

/** The content that the item had before another peer deleted it. Undefined if this peer deleted it itself. */
function deletedContent({ changes, datastore }: PeerContext, item: Item): Content | undefined {
  if (item.origin === changes.peer) return undefined;
  const last = deletedVersion({ changes, datastore }, item);
  // The text is needed too: if the content comes back unchanged its part rows are written anew, as those of the
  // version expire.
  return last && (changes.wholeOf(datastore, item.guid, last.content) ?? last.content);
}

const deletedVersion = (
  { changes, datastore }: Pick<PeerContext, 'changes' | 'datastore'>,
  { guid, rev }: Item,
): ItemVersion | undefined =>
  changes.versionsOf(datastore, guid).findLast((one) => one.reason === 'deleted' && one.rev === rev - 1);

/**
 * Does the device use the LUID of an item that it deleted for another thing? What others still do to the deleted item must
 * not be done to that. A record of the CRM that is saved again is the record that it was.
 */
export function isAboutAnother(peer: PeerContext, item: Item, content: Content): boolean {
  const own = peer.changes.peer;
  if (own === CRM || item.content !== undefined || item.origin !== own) return false;
  const last = deletedVersion(peer, item)?.content;
  return last !== undefined && last.key !== content.key && last.about !== content.about;
}
