/**
 * Takes in a change that the CRM made. The CRM is a peer like a device: its record id is its LUID, and its changes are
 * commits of origin `crm`. A record is compared with the record that the CRM saved before. The fields that differ are
 * set in the item, also where others changed them meanwhile; all other fields stay. The CRM gets no answer.
 */

import type { Content } from '../pim/content.ts';
import { plainType } from '../pim/formats/content-types.ts';
import { readItem } from '../pim/read-item.ts';
import { paidBy, unlessOver, WorkBudget } from '../pim/work/budget.ts';
import { ChangeSet } from './changes/change-set.ts';
import { askTail } from './changes/log-heads.ts';
import { itemByLuid, setLuid } from './changes/mapping.ts';
import type { PeerContext } from './changes/peer-context.ts';
import { planTransactions } from './changes/transactions.ts';
import { Facts, Pending, type Read } from './io/facts.ts';
import type { Environment } from './io/request.ts';
import type { Put } from './io/writes.ts';
import { FreeItems } from './match/free-items.ts';
import { Groundwork } from './match/groundwork.ts';
import { openIndex } from './match/open-index.ts';
import { datastoreNamed, takesType } from './model/datastores.ts';
import { CRM, type Luid, luid } from './model/ids.ts';
import { ITEM_WORK, MAX_OBJ_SIZE } from './model/limits.ts';
import { UNPACKED } from './model/mapping-pairs.ts';
import { isNewsTo, wasSent } from './model/records.ts';
import { applyDelete } from './receive/apply.ts';
import { applyOrLink } from './receive/linking.ts';

/** A record that the CRM saved or deleted; `at` is when, epoch milliseconds. */
export interface CrmChange {
  readonly eventId: string;
  readonly user: string;
  readonly datastore: string;
  /** The CRM's id of the record. */
  readonly record: string;
  readonly op: 'upsert' | 'delete';
  /** Content type and body of an upsert. */
  readonly type?: string;
  readonly body?: string;
  readonly at: number;
}

/** The CRM never begins a slow sync: its mapping has one generation. */
const GENERATION = 1;

export type Ingested =
  | { readonly kind: 'needs'; readonly reads: readonly Read[] }
  /** These are to be written first; then the record is decided again, on facts that are read anew. */
  | { readonly kind: 'groundwork'; readonly transactions: readonly (readonly Put[])[] }
  | { readonly kind: 'refused'; readonly reason: string; readonly transactions: readonly (readonly Put[])[] }
  | { readonly kind: 'applied' | 'unchanged'; readonly transactions: readonly (readonly Put[])[] };

/**
 * Decides one record on the facts that are known. `version` is that of the record's row in crm-changes, which is marked
 * as applied in the same transaction.
 */
export function ingest(
  change: CrmChange,
  version: number,
  known: ReadonlyMap<string, unknown>,
  { now, seed }: Pick<Environment, 'now' | 'seed'>,
): Ingested {
  const facts = new Facts(known);
  const changes = new ChangeSet(facts, { user: change.user, peer: CRM, session: change.eventId, now, seed });
  const { eventId } = change;
  const applied = (sequence: number): Put => ({ put: 'applied', eventId, sequence, version });
  const work = new WorkBudget(ITEM_WORK);
  const reason = refusalOf(change);
  const content = reason === undefined ? contentOf(change, work) : undefined;
  if (reason !== undefined || content === 'too much work')
    return { kind: 'refused', reason: reason ?? 'reading it is too much work', transactions: [[applied(0)]] };
  try {
    apply(crmContext(changes, change.datastore, work), change, content);
  } catch (error) {
    if (error instanceof Groundwork && facts.missing.size === 0)
      return { kind: 'groundwork', transactions: error.transactions };
    // An error on incomplete facts means nothing.
    if (!(error instanceof Pending) && facts.missing.size === 0) throw error;
  }
  // The head is read in the same round as the items, before it is known whether there will be a commit.
  changes.headOf(change.datastore);
  askTail(facts, { user: change.user, datastore: change.datastore }, 0);
  const { transactions, heads } = planTransactions(changes);
  if (facts.missing.size > 0) return { kind: 'needs', reads: [...facts.missing.values()] };
  const sequence = heads.get(change.datastore)?.sequence ?? 0;
  const last = [...(transactions.at(-1) ?? []), applied(sequence)];
  return {
    kind: sequence > 0 ? 'applied' : 'unchanged',
    transactions: [...transactions.slice(0, -1), last],
  };
}

/** Why a record can never be applied, however often it is tried; undefined when it can. */
export function refusalOf(change: CrmChange): string | undefined {
  const datastore = datastoreNamed(change.datastore);
  if (datastore === undefined) return 'unknown datastore';
  if (change.record === '') return 'empty record id';
  if (change.op === 'delete') return undefined;
  if (change.body === undefined) return 'upsert without a body';
  if (!takesType(datastore, change.type ?? datastore.types[0].type)) return 'content type not offered here';
  if (Buffer.byteLength(change.body, 'utf8') > MAX_OBJ_SIZE) return 'body too large';
  return undefined;
}

/** What is known of the CRM in a datastore. */
const crmContext = (changes: ChangeSet, datastore: string, work: WorkBudget): PeerContext => ({
  changes,
  work,
  datastore,
  generation: GENERATION,
  settled: GENERATION,
  packing: UNPACKED,
  earlier: [],
  isAnchored: true,
  resendOf: () => undefined,
  mayHoldNews: false,
  // It knows what it saved itself: what others changed since is no part of its records, and stays (X02).
  since: 0,
  policy: 'client-wins',
  contested: true,
  view: { seen: (content) => content, heldProperties: 'all', changed: false },
});

/** The content of an upsert. */
function contentOf(
  { op, datastore, type, body = '' }: CrmChange,
  work: WorkBudget,
): Content | 'too much work' | undefined {
  if (op === 'delete') return undefined;
  const own = datastoreNamed(datastore)?.types[0].type;
  const read = () => readItem(plainType(type ?? own ?? 'text/plain'), body).content;
  return unlessOver<Content | 'too much work'>(
    () => paidBy(work, read),
    () => 'too much work',
  );
}

/** Without a content the record was deleted. */
function apply(crm: PeerContext, change: CrmChange, content: Content | undefined): void {
  const record = luid(change.record);
  if (content === undefined) {
    const item = itemByLuid(crm, record);
    // Deleted already, or never known: nothing to log.
    if (item?.content === undefined) return;
    // The CRM's deletion wins over changes of others.
    applyDelete({ ...crm, since: Number.MAX_SAFE_INTEGER }, record);
    // The CRM never reuses a record id. A record that comes back is this item.
    setLuid(crm, item.guid, record);
    return;
  }
  applyOrLink(crm, { name: 'Replace', luid: record, content }, () => freeItems(crm));
  noteSaved(crm, record, content);
}

/** The items that the CRM does not hold, by the match index; undefined while reads are missing. */
function freeItems({ changes, datastore }: PeerContext): FreeItems | undefined {
  const { facts, user, seed } = changes;
  const index = openIndex({ facts, user, datastore, seed });
  return index && new FreeItems(index, { epoch: index.epoch, entries: {} }, false);
}

/**
 * Keeps what the CRM saved: its next record is compared with that. Needed where the item was already equal by changes
 * of others, because then no commit of the CRM holds it.
 */
function noteSaved(crm: PeerContext, record: Luid, content: Content): void {
  const { changes, datastore } = crm;
  const item = itemByLuid(crm, record);
  if (item?.content === undefined || changes.changeAt(datastore, item.guid)?.changed === true) return;
  if (isNewsTo(item, CRM) && !wasSent(item, CRM, content))
    changes.keepSent(datastore, item.guid, content, 'sent');
}
