/**
 * A change that the CRM made: the CRM is a peer like a device, its record id is its LUID, its changes are commits of
 * origin `crm`. What it saved is compared with what it saved before: fields that it changed become so, whoever changed
 * them meanwhile; what others made of the rest stays. It asks for no answer.
 */

import { plainType } from '../pim/formats/content-types.ts';
import { readItem } from '../pim/formats/registry.ts';
import { contentOf, createLedger, keepSent, type Ledger, unitAt, wasSent } from './changes/change-set.ts';
import { resolve, setLuid } from './changes/mapping.ts';
import type { Ground } from './changes/peer-context.ts';
import { seal } from './changes/transactions.ts';
import { Facts, type Read } from './io/facts.ts';
import type { Put } from './io/writes.ts';
import { datastoreNamed, takesType } from './model/datastores.ts';
import { CRM, luid } from './model/ids.ts';
import { MAX_OBJ_SIZE } from './model/limits.ts';
import { type Content, isNewsTo } from './model/records.ts';
import { applyContent, applyDelete } from './receive/apply.ts';

/** A change record; `at` is when the CRM saved it, epoch ms. */
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
  | { readonly kind: 'refused'; readonly reason: string; readonly chunks: readonly (readonly Put[])[] }
  | { readonly kind: 'applied' | 'unchanged'; readonly chunks: readonly (readonly Put[])[] };

/** `version` is that of the change record's row: it is marked as applied in the same transaction. */
export function ingest(
  change: CrmChange,
  version: number,
  known: ReadonlyMap<string, unknown>,
  now: number,
): Ingested {
  const facts = new Facts(known);
  const ledger = createLedger(facts, { user: change.user, peer: CRM, session: change.eventId, now });
  const { eventId } = change;
  const applied = (sequence: number): Put => ({ put: 'applied', eventId, sequence, version });
  const reason = refusalOf(change);
  if (reason !== undefined) return { kind: 'refused', reason, chunks: [[applied(0)]] };
  apply(ledger, change);
  // Asked for beside the items: whether there will be a commit is not known yet.
  facts.need({ read: 'head', user: change.user, datastore: change.datastore });
  const { chunks, heads } = seal(ledger);
  if (facts.missing.size > 0) return { kind: 'needs', reads: [...facts.missing.values()] };
  const sequence = heads.get(change.datastore)?.sequence ?? 0;
  const last = [...(chunks.at(-1) ?? []), applied(sequence)];
  return {
    kind: sequence > 0 ? 'applied' : 'unchanged',
    chunks: [...chunks.slice(0, -1), last],
  };
}

/** Why a record can never be applied; trying again would not help. */
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

function apply(ledger: Ledger, change: CrmChange): void {
  const { datastore, record } = change;
  const offered = datastoreNamed(datastore);
  const ground: Ground = {
    datastore,
    generation: GENERATION,
    settled: GENERATION,
    earlier: [],
    due: () => false,
    // It knows what it saved itself: what others changed since is no part of its records, and stays (X02).
    since: 0,
    policy: 'client-wins',
    contested: true,
    view: { seen: (item) => item, held: 'all', changed: false },
  };
  if (change.op === 'delete') {
    const item = resolve(ledger, ground, record);
    // Deleted already, or never known: nothing to log.
    if (item?.content === undefined) return;
    // It deletes what it has, whatever others made of it.
    applyDelete(ledger, { ...ground, since: Number.MAX_SAFE_INTEGER }, record);
    // Record ids are never given anew: should the record come back, it is this item.
    setLuid(ledger, ground, item.guid, luid(record));
    return;
  }
  const type = plainType(change.type ?? offered?.types[0].type ?? 'text/plain');
  const stored = readItem(type, change.body ?? '');
  const content = contentOf(stored.type, stored.body);
  applyContent(ledger, ground, 'Replace', luid(record), content);
  noteSaved(ledger, ground, record, content);
}

/** What it saved is what its next record is compared with, also where others had made just that of the item. */
function noteSaved(ledger: Ledger, ground: Ground, record: string, content: Content): void {
  const item = resolve(ledger, ground, record);
  if (item?.content === undefined || unitAt(ledger, ground.datastore, item.guid)?.changed === true) return;
  if (isNewsTo(item, CRM) && !wasSent(item, CRM, content))
    keepSent(ledger, ground, item.guid, content, 'sent');
}
