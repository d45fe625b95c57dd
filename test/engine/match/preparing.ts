/** Makes the match index of a store ready, portion by portion, without a device. */
import { decideOnFacts } from '../../../lib/app/decide.ts';
import { writeInOrder } from '../../../lib/app/write-transactions.ts';
import { Facts, Pending } from '../../../lib/engine/io/facts.ts';
import type { Put } from '../../../lib/engine/io/writes.ts';
import { Groundwork } from '../../../lib/engine/match/groundwork.ts';
import type { MatchIndex } from '../../../lib/engine/match/match-index.ts';
import { openIndex } from '../../../lib/engine/match/open-index.ts';
import { CRM } from '../../../lib/engine/model/ids.ts';
import type { IndexState } from '../../../lib/engine/model/records.ts';
import type { Store } from '../../../lib/store/port/port.ts';
import { headKey } from '../../../lib/store/rows/keys.ts';
import { toWrites } from '../../../lib/store/step-io/writer.ts';
import { CONTACTS, headIn } from '../../kit/match-index.ts';

const SCOPE = { user: CONTACTS.user, peer: CRM, sessionId: '', now: 0 };
const { datastore } = CONTACTS;

/** Opens the index once, on facts that are read anew. The portion that has to be written first, or the index. */
function open(store: Store, seed: string) {
  return decideOnFacts({ ...store }, (known) => {
    const facts = new Facts(known);
    try {
      const index = openIndex({ facts, ...CONTACTS, seed });
      if (index !== undefined) return { kind: 'ready', index } as const;
    } catch (error) {
      if (error instanceof Groundwork) return { kind: 'portion', transactions: error.transactions } as const;
      if (!(error instanceof Pending)) throw error;
    }
    return { kind: 'needs', reads: [...facts.missing.values()] } as const;
  });
}

export interface Prepared {
  /** Absent if it is not ready yet. */
  readonly index?: MatchIndex;
  readonly portions: number;
}

/** Writes up to so many portions. `between` is called before each is written, and may write itself. */
export async function prepare(
  store: Store,
  most = 1_000,
  between: (portion: number) => Promise<unknown> = async () => {},
): Promise<Prepared> {
  for (let portions = 0; portions < most; portions += 1) {
    const opened = await open(store, `seed ${portions}`);
    if (opened.kind === 'ready') return { index: opened.index, portions };
    await between(portions);
    await writeInOrder(store, { scope: SCOPE, transactions: opened.transactions });
  }
  return { portions: most };
}

export async function writePuts(store: Store, ...puts: readonly Put[]): Promise<void> {
  await store.transact(toWrites(SCOPE, puts).together);
}

/** As a version of the server wrote it that knew no index. */
export async function forgetIndex(store: Store): Promise<void> {
  const { live: _, index: __, ...head } = (await headIn(store)) ?? { sequence: 0, version: 0 };
  await writePuts(store, { put: 'head', datastore, head });
}

export async function alterIndex(store: Store, edit: Partial<IndexState>): Promise<void> {
  const head = await headIn(store);
  if (head?.index === undefined) throw new Error('there is no index');
  await writePuts(store, { put: 'head', datastore, head: { ...head, index: { ...head.index, ...edit } } });
}

/** The sort keys of all rows of indexes, of any epoch. */
export async function indexRowsIn(store: Store): Promise<string[]> {
  const { table, pk } = headKey(CONTACTS);
  const { rows } = await store.query({ table, pk: pk.replace(/log$/, 'index'), from: 'X#', to: 'X#~' });
  return rows.map(({ sk }) => sk);
}
