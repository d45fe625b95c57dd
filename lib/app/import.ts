/** Reads items of files into a user's data. What is there already stays once, and a second time changes nothing. */
import { randomUUID } from 'node:crypto';
import { type ImportResult, type ItemToImport, importItems } from '../engine/import-items.ts';
import { IMPORT, luid } from '../engine/model/ids.ts';
import { ITEM_WORK, MAX_OBJ_SIZE } from '../engine/model/limits.ts';
import type { Content } from '../pim/content.ts';
import { readItem } from '../pim/read-item.ts';
import { paidBy, unlessOver, WorkBudget } from '../pim/work/budget.ts';
import { type Store, StoreError } from '../store/port/port.ts';
import { decideOnFacts } from './decide.ts';
import { writeInOrder } from './write-transactions.ts';

/** Items that are decided together. Their texts, and those of the items that they are compared with, are in memory. */
export const IMPORT_PORTION = 20;
const MAX_ATTEMPTS = 5;

/** An item as a file holds it. */
export interface FiledItem {
  readonly type: string;
  /** Bytes may be of any charset that they name. */
  readonly data: string | Uint8Array;
}

export type Taken = ImportResult | 'too large' | 'too much work';

/** Takes at most IMPORT_PORTION items of one datastore, and gives what became of each. Throws StoreErrors as they come. */
export type TakeItems = (datastore: string, items: readonly FiledItem[]) => Promise<readonly Taken[]>;

/** One import of a user. `now`: epoch milliseconds. */
export function createImport(store: Store, user: string, now: () => number): TakeItems {
  const id = randomUUID();
  const copies = new Map<string, number>();
  const named = (datastore: string, content: Content): ItemToImport => {
    const key = `${datastore} ${content.hash}`;
    const copy = (copies.get(key) ?? 0) + 1;
    copies.set(key, copy);
    return { luid: luid(copy === 1 ? content.hash : `${content.hash} ${copy}`), content };
  };
  return async (datastore, filed) => {
    const read = filed.map(contentOf);
    const items = read.flatMap((one) => (typeof one === 'string' ? [] : [named(datastore, one)]));
    const results = [...(await importPortion(store, { id, user, datastore, items }, now))];
    return read.map((one) => (typeof one === 'string' ? one : (results.shift() ?? 'known')));
  };
}

/** The content of the item, or why it is not taken. */
function contentOf({ type, data }: FiledItem): Content | 'too large' | 'too much work' {
  if (Buffer.byteLength(data) > MAX_OBJ_SIZE) return 'too large';
  const read = () => readItem(type, data).content;
  return unlessOver<Content | 'too much work'>(
    () => paidBy(new WorkBudget(ITEM_WORK), read),
    () => 'too much work',
  );
}

async function importPortion(
  store: Store,
  wanted: Parameters<typeof importItems>[0],
  now: () => number,
): Promise<readonly ImportResult[]> {
  if (wanted.items.length === 0) return [];
  const { user, id } = wanted;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const environment = { now: now(), seed: randomUUID() };
    const decided = await decideOnFacts(store, (known) => importItems(wanted, known, environment));
    const scope = { user, peer: IMPORT, sessionId: id, now: environment.now };
    const { kind } = await writeInOrder(store, { scope, transactions: decided.transactions });
    if (kind === 'written' && decided.kind === 'decided') return decided.results;
    if (kind === 'written') attempt -= 1; // the index has come forward
  }
  throw new StoreError('the import lost its race too often', { retryable: true, notCommitted: true });
}
