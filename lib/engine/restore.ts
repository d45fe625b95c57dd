/**
 * Brings earlier contents of items back. The undo is a peer without a mapping: its changes are commits of origin `undo`,
 * and so news to every device and to the CRM.
 */
import { ChangeSet } from './changes/change-set.ts';
import { askTail } from './changes/log-heads.ts';
import { planTransactions } from './changes/transactions.ts';
import { Facts, type Read } from './io/facts.ts';
import type { Environment } from './io/request.ts';
import type { Put } from './io/writes.ts';
import { type Guid, UNDO } from './model/ids.ts';
import { isRev } from './model/records.ts';

/** Items of one datastore, each with the version that comes back. */
export interface Restoration {
  /** Random; stands in the commits in the place of a SessionID. */
  readonly id: string;
  readonly user: string;
  readonly datastore: string;
  readonly items: readonly ItemToRestore[];
}

export interface ItemToRestore {
  readonly guid: Guid;
  /** The version with this rev comes back. */
  readonly rev: number;
  /** Only if this is the item's rev now: nobody changed it since. Absent: whatever the item is. */
  readonly ifRev?: number;
}

/** `no version`: its retention time is over, or there never was one. */
export type NotRestored = 'no version' | 'changed since' | 'equal';

export type Restored =
  | { readonly kind: 'needs'; readonly reads: readonly Read[] }
  | {
      readonly kind: 'decided';
      readonly transactions: readonly (readonly Put[])[];
      readonly restored: readonly Guid[];
      readonly left: readonly { readonly guid: Guid; readonly why: NotRestored }[];
    };

/** Decides on the facts that are known. */
export function restore(
  { id, user, datastore, items }: Restoration,
  known: ReadonlyMap<string, unknown>,
  { now, seed }: Pick<Environment, 'now' | 'seed'>,
): Restored {
  const facts = new Facts(known);
  const changes = new ChangeSet(facts, { user, peer: UNDO, session: id, now, seed });
  const restored: Guid[] = [];
  const left: { guid: Guid; why: NotRestored }[] = [];
  for (const item of items) {
    const why = restoreItem(changes, datastore, item);
    if (why === undefined) restored.push(item.guid);
    else left.push({ guid: item.guid, why });
  }
  // The head is read in the same round as the items.
  changes.headOf(datastore);
  askTail(facts, { user, datastore }, 0);
  const { transactions } = planTransactions(changes);
  if (facts.missing.size > 0) return { kind: 'needs', reads: [...facts.missing.values()] };
  return { kind: 'decided', transactions, restored, left };
}

/** Why the item stays as it is; undefined where it changes. */
function restoreItem(
  changes: ChangeSet,
  datastore: string,
  { guid, rev, ifRev }: ItemToRestore,
): NotRestored | undefined {
  const item = changes.itemAt(datastore, guid);
  const version = changes.versionsOf(datastore, guid).find((one) => one.rev === rev && isRev(one));
  if (item === undefined || version === undefined) return 'no version';
  if (ifRev !== undefined && item.rev !== ifRev) return 'changed since';
  if (item.content?.hash === version.content.hash) return 'equal';
  const content = changes.wholeOf(datastore, guid, version.content);
  // In a run that lacks the text nothing counts.
  if (content !== undefined) changes.putContent(datastore, guid, content, { reason: 'replaced' });
  return undefined;
}
