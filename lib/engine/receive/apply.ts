/** A change of one item by a peer: what becomes of the item, and the Status that the peer gets [SP11 2.4, A.9]. */

import { Status, type StatusCode } from '../../message/codes.ts';
import { modifiedAt } from '../../pim/content.ts';
import {
  bodyOf,
  itemAt,
  keepSent,
  type Ledger,
  putContent,
  type Side,
  tie,
  wasSent,
} from '../changes/change-set.ts';
import { birthGuid, resolve, setLuid } from '../changes/mapping.ts';
import { type Ground, isConflict } from '../changes/peer-context.ts';
import { luid as asLuid, type Guid, type Luid } from '../model/ids.ts';
import { type Content, type Item, luidOf } from '../model/records.ts';
import { mergeChanges, mergeDeleted, mergeSeen, mergeUnion, type Outcome } from './merge.ts';

export interface Applied {
  readonly code: StatusCode;
  /** The peer needs this item of ours although nothing in the log since its anchor says so. */
  readonly send?: Guid;
  /** The peer's change took the place of one that the log still names for it: nothing of that is to be sent. */
  readonly overtakes?: { readonly guid: Guid; readonly sequence: number };
}

const REPLACED = { reason: 'replaced' } as const;

/** Same to the letter, or different in nothing but what clients rewrite (REV, PRODID, folding, order). */
export const sameContent = (item: Item, content: Content): boolean =>
  item.content?.hash === content.hash || item.content?.key === content.key;

/** Add or Replace: both mean "this is now the item's content" (C02, C03). `code` is for the plain case. */
export function applyContent(
  ledger: Ledger,
  ground: Ground,
  name: 'Add' | 'Replace',
  text: string,
  content: Content,
): Applied {
  const luid = asLuid(text);
  const { facts, user } = ledger;
  // A merge needs what the item was; asked for beside the item it costs no round of its own.
  const item = resolve(ledger, ground, text, (guid) => {
    if (name === 'Replace' && ground.contested)
      facts.need({ read: 'versions', user, datastore: ground.datastore, guid });
  });
  if (item === undefined) return { code: addItem(ledger, ground, luid, content) };
  const code = name === 'Add' ? Status.itemAdded : Status.ok;
  if (item.content === undefined) return revive(ledger, ground, item, luid, content, code);
  if (sameContent(item, content)) {
    setLuid(ledger, ground, item.guid, luid);
    return { code };
  }
  const { content: result, shown } = mergeSeen(ledger, ground, item, content);
  if (result.key === item.content.key) {
    setLuid(ledger, ground, item.guid, luid);
    return { code, ...(!shown && { send: item.guid }) };
  }
  if (isConflict(ledger, ground, item)) return resolveConflict(ledger, ground, item, luid, content);
  const differs = !shown;
  putContent(ledger, ground, item.guid, result, { reason: 'replaced', sentHash: content.hash, differs });
  // It is to be told of the rest; until it was, what it sends is compared with this.
  if (differs) keepSent(ledger, ground, item.guid, content, 'sent');
  setLuid(ledger, ground, item.guid, luid);
  return { code };
}

/** Deleted here, changed there: the change wins (X07); the peer's own deleted LUID may also come back (M10). */
function revive(
  ledger: Ledger,
  ground: Ground,
  item: Item,
  luid: Luid,
  content: Content,
  code: StatusCode,
): Applied {
  const { guid, sequence } = item;
  const { content: result, shown } = mergeDeleted(ledger, ground, item, content);
  putContent(ledger, ground, guid, result, { reason: 'replaced', sentHash: content.hash, differs: !shown });
  setLuid(ledger, ground, guid, luid);
  if (shown) return { code, overtakes: { guid, sequence } };
  keepSent(ledger, ground, guid, content, 'sent');
  return { code: Status.conflictMerged };
}

/** A new item of the peer's; its GUID follows from the LUID, so the same Add again meets it. */
export function addItem(ledger: Ledger, side: Side, luid: Luid, content: Content): StatusCode {
  const born = birthGuid(ledger, side, luid);
  const taken = itemAt(ledger, side.datastore, born);
  const held = taken && luidOf(taken, ledger.peer, side);
  const free = held === luid || (held === undefined && taken?.content === undefined);
  const guid = free ? born : birthGuid(ledger, side, luid, content.hash);
  const existing = free ? taken : itemAt(ledger, side.datastore, guid);
  if (existing?.content?.hash !== content.hash) putContent(ledger, side, guid, content, REPLACED);
  setLuid(ledger, side, guid, luid);
  return Status.itemAdded;
}

/**
 * Both sides changed the item: field by field, and where both changed the same field by the policy (X01). Whoever loses
 * a field stays as a version.
 */
export function resolveConflict(
  ledger: Ledger,
  ground: Ground,
  item: Item,
  luid: Luid,
  content: Content,
): Applied {
  if (wasSent(item, ledger.peer, content)) {
    // It was answered before, and somebody changed the item since: that stands.
    setLuid(ledger, ground, item.guid, luid);
    return { code: Status.ok, send: item.guid };
  }
  const wins = winner(ledger, ground, item, content);
  const outcome = mergeChanges(ledger, ground, item, content, wins === 'server' ? 'server' : 'client');
  if (outcome.clashes > 0 && wins === 'both') return keepBoth(ledger, ground, item, luid, content);
  const applied = putOutcome(ledger, ground, item, content, outcome, wins === 'client');
  setLuid(ledger, ground, item.guid, luid);
  return applied;
}

/**
 * Two that never met are one item: what either has stays, the policy decides of a field that both have. Undefined where
 * it says that both stay. The peer sees a merge (X02) whichever side a field was taken from: nothing of it is refused.
 */
export function unite(ledger: Ledger, ground: Ground, item: Item, content: Content): Applied | undefined {
  const wins = winner(ledger, ground, item, content);
  const outcome = mergeUnion(ledger, ground, item, content, wins === 'server' ? 'server' : 'client');
  if (outcome.clashes > 0 && wins === 'both') return undefined;
  const { code, ...applied } = putOutcome(ledger, ground, item, content, outcome, wins === 'client');
  return { ...applied, code: code === Status.serverWins ? Status.conflictMerged : code };
}

/** Statuses and what is sent as X02, X03 and X05 say. */
function putOutcome(
  ledger: Ledger,
  ground: Ground,
  item: Item,
  content: Content,
  { content: result, clashes, shown }: Outcome,
  clientWins: boolean,
): Applied {
  const { guid, sequence } = item;
  if (result.hash === item.content?.hash) {
    if (clashes > 0) keepSent(ledger, ground, guid, content, 'refused');
    if (shown) return { code: Status.ok };
    return { code: clashes > 0 ? Status.serverWins : Status.conflictMerged, send: guid };
  }
  const reason = clashes > 0 && clientWins ? 'lost-conflict' : 'merged';
  putContent(ledger, ground, guid, result, { reason, sentHash: content.hash, differs: !shown });
  if (shown)
    return { code: clashes > 0 ? Status.conflictClientWins : Status.ok, overtakes: { guid, sequence } };
  keepSent(ledger, ground, guid, content, clashes > 0 && !clientWins ? 'refused' : 'sent');
  return { code: Status.conflictMerged };
}

function winner(ledger: Ledger, ground: Ground, item: Item, content: Content): 'client' | 'server' | 'both' {
  switch (ground.policy) {
    case 'client-wins':
      return 'client';
    case 'server-wins':
      return 'server';
    case 'keep-both':
      return 'both';
    case 'newest-wins': {
      const current = item.content && bodyOf(ledger, ground.datastore, item.guid, item.content);
      const ours = current === undefined ? undefined : modifiedAt(current);
      const theirs = content.body === undefined ? undefined : modifiedAt(content.body);
      return ours !== undefined && theirs !== undefined && ours > theirs ? 'server' : 'client';
    }
  }
}

/** The peer's copy becomes an item of its own under its LUID; ours is sent to it by Add (X04, X09). */
function keepBoth(ledger: Ledger, ground: Ground, item: Item, luid: Luid, content: Content): Applied {
  const twin = birthGuid(ledger, ground, luid, content.hash);
  putContent(ledger, ground, twin, content, REPLACED);
  setLuid(ledger, ground, item.guid, undefined);
  setLuid(ledger, ground, twin, luid);
  tie(ledger, ground.datastore, twin, item.guid);
  return { code: Status.conflictDuplicated, send: item.guid };
}

/** Delete by a peer [C04, C05, X07, X08]. */
export function applyDelete(ledger: Ledger, ground: Ground, text: string): Applied {
  const item = resolve(ledger, ground, text);
  if (item === undefined) return { code: Status.itemNotDeleted };
  if (item.content === undefined) {
    const own = item.origin === ledger.peer;
    setLuid(ledger, ground, item.guid, undefined);
    return { code: own ? Status.ok : Status.itemNotDeleted };
  }
  if (isConflict(ledger, ground, item)) {
    setLuid(ledger, ground, item.guid, undefined);
    return { code: Status.serverWins, send: item.guid };
  }
  putContent(ledger, ground, item.guid, undefined, { reason: 'deleted' });
  setLuid(ledger, ground, item.guid, undefined);
  return { code: Status.ok };
}
