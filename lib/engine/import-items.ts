/**
 * Takes in items that an operator reads from files. The import is a peer whose LUIDs are made of the contents: an item that was
 * read in before and is still there stays as it is, whoever changed it since. Each other one is matched as an Add of a device
 * is outside a slow sync, so that it is linked to the item that it is, or added. Where both have a field, the user's stays.
 */
import type { Content } from '../pim/content.ts';
import { WorkBudget } from '../pim/work/budget.ts';
import { ChangeSet } from './changes/change-set.ts';
import { askTail } from './changes/log-heads.ts';
import { isHeldAs, itemByLuid } from './changes/mapping.ts';
import type { PeerContext } from './changes/peer-context.ts';
import { planTransactions } from './changes/transactions.ts';
import { Facts, Pending, type Read } from './io/facts.ts';
import type { Environment } from './io/request.ts';
import type { Put } from './io/writes.ts';
import { FreeItems } from './match/free-items.ts';
import { Groundwork } from './match/groundwork.ts';
import { openIndex } from './match/open-index.ts';
import { datastoreNamed } from './model/datastores.ts';
import { IMPORT, type Luid } from './model/ids.ts';
import { ITEM_WORK } from './model/limits.ts';
import { UNPACKED } from './model/mapping-pairs.ts';
import { applyOrLink } from './receive/linking.ts';

/** Items of one datastore. */
export interface ItemsToImport {
  /** Random; stands in the commits in the place of a SessionID. */
  readonly id: string;
  readonly user: string;
  readonly datastore: string;
  readonly items: readonly ItemToImport[];
}

export interface ItemToImport {
  /** The same for the same content, and another one for each further copy of it. */
  readonly luid: Luid;
  readonly content: Content;
}

/** `merged`: the user's item got what it lacked. `known`: it is there already. */
export type ImportResult = 'added' | 'merged' | 'known';

export type Imported =
  | { readonly kind: 'needs'; readonly reads: readonly Read[] }
  /** These are to be written first; then the items are decided again, on facts that are read anew. */
  | { readonly kind: 'groundwork'; readonly transactions: readonly (readonly Put[])[] }
  | {
      readonly kind: 'decided';
      readonly transactions: readonly (readonly Put[])[];
      /** In the order of the items. */
      readonly results: readonly ImportResult[];
    };

/** An import never begins a slow sync: its mapping has one generation. */
const GENERATION = 1;

/** Decides on the facts that are known. */
export function importItems(
  { id, user, datastore, items }: ItemsToImport,
  known: ReadonlyMap<string, unknown>,
  { now, seed }: Pick<Environment, 'now' | 'seed'>,
): Imported {
  const facts = new Facts(known);
  const changes = new ChangeSet(facts, { user, peer: IMPORT, session: id, now, seed });
  // The head is read in the same round as the items.
  changes.headOf(datastore);
  askTail(facts, { user, datastore }, 0);
  const take = taking(changes, datastore);
  const results: ImportResult[] = [];
  for (const item of items) {
    try {
      results.push(take(item));
    } catch (error) {
      if (error instanceof Groundwork && facts.missing.size === 0)
        return { kind: 'groundwork', transactions: error.transactions };
      // An error on incomplete facts means nothing. The others ask for their facts in the same round.
      if (!(error instanceof Pending) && facts.missing.size === 0) throw error;
    }
  }
  const { transactions } = planTransactions(changes);
  if (facts.missing.size > 0) return { kind: 'needs', reads: [...facts.missing.values()] };
  return { kind: 'decided', transactions, results };
}

/** Makes the function that applies one item. All of them search the same index. */
function taking(changes: ChangeSet, datastore: string): (item: ItemToImport) => ImportResult {
  let opened: FreeItems | undefined;
  const free = () => {
    opened ??= freeItems(changes, datastore);
    return opened;
  };
  return ({ luid, content }) => {
    const peer = importContext(changes, datastore, new WorkBudget(ITEM_WORK));
    const before = itemByLuid(peer, luid);
    if (before?.content !== undefined && isHeldAs(peer, before, luid)) return 'known';
    applyOrLink(peer, { name: 'Add', luid, content }, free);
    const item = itemByLuid(peer, luid);
    const change = item && changes.changeAt(datastore, item.guid);
    if (change?.changed !== true) return 'known';
    return change.before?.content === undefined ? 'added' : 'merged';
  };
}

const importContext = (changes: ChangeSet, datastore: string, work: WorkBudget): PeerContext => ({
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
  since: 0,
  policy: datastoreNamed(datastore)?.policy === 'keep-both' ? 'keep-both' : 'server-wins',
  contested: true,
  view: { seen: (content) => content, heldProperties: 'all', changed: false },
});

/** The items that were not read in, by the match index; undefined while reads are missing. */
function freeItems({ facts, user, seed }: ChangeSet, datastore: string): FreeItems | undefined {
  const index = openIndex({ facts, user, datastore, seed });
  return index && new FreeItems(index, { epoch: index.epoch, entries: {} }, false);
}
