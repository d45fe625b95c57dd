/** Brings back what was deleted or overwritten: one item, or all that one session did to items. */
import { randomUUID } from 'node:crypto';
import { DATASTORES } from '../engine/model/datastores.ts';
import { guid as asGuid, type Guid, UNDO } from '../engine/model/ids.ts';
import { type Change, type Commit, type ItemVersion, isRev } from '../engine/model/records.ts';
import { type ItemToRestore, type NotRestored, type Restoration, restore } from '../engine/restore.ts';
import { type Store, StoreError } from '../store/port/port.ts';
import { commitRange } from '../store/rows/keys.ts';
import { commitFromRow } from '../store/rows/shapes.ts';
import { queryAll } from '../store/step-io/reader.ts';
import { decideOnFacts } from './decide.ts';
import { writeInOrder } from './write-transactions.ts';

const MAX_ATTEMPTS = 5;
/** Items that are restored at once. Their texts are in memory. */
const PORTION = 50;
const LAST_SEQUENCE = 999_999_999_999;

export interface RestoreReport {
  readonly restored: readonly { readonly datastore: string; readonly guid: Guid }[];
  readonly left: readonly { readonly datastore: string; readonly guid: Guid; readonly why: NotRestored }[];
}

interface InDatastore {
  readonly user: string;
  readonly datastore: string;
}

/** Brings back one version of an item. `now`: epoch milliseconds. Throws StoreErrors as they come. */
export async function restoreItem(
  store: Store,
  at: InDatastore,
  { guid, rev }: { readonly guid: string; readonly rev: number },
  now: () => number,
): Promise<RestoreReport> {
  return restorePortion(store, { id: newId(), ...at, items: [{ guid: asGuid(guid), rev }] }, now);
}

/** The rev of the version that was the item's last one; undefined where none is kept. */
export const lastRevIn = (versions: readonly ItemVersion[]): number | undefined =>
  versions.filter(isRev).at(-1)?.rev;

/**
 * Brings back all items that the session deleted or overwrote, unless they were changed since. `session`: the id in the
 * session's commits, a SessionID; `origin`: of which device, as the log names it. What the session added stays.
 */
export async function restoreSession(
  store: Store,
  { user, origin, session }: { readonly user: string; readonly origin: string; readonly session: string },
  now: () => number,
): Promise<RestoreReport> {
  const id = newId();
  const reports: RestoreReport[] = [];
  for (const { name: datastore } of DATASTORES) {
    const rows = await queryAll(store, commitRange({ user, datastore }, 1, LAST_SEQUENCE));
    const commits = rows.map((row) => commitFromRow(Number(row.sk.slice(2)), row));
    const items = undoneBy(commits.filter((one) => one.origin === origin && one.session === session));
    for (let n = 0; n < items.length; n += PORTION)
      reports.push(
        await restorePortion(store, { id, user, datastore, items: items.slice(n, n + PORTION) }, now),
      );
  }
  return {
    restored: reports.flatMap(({ restored }) => restored),
    left: reports.flatMap(({ left }) => left),
  };
}

const newId = (): string => randomUUID();

/** What each item was before these commits, where it was something. */
function undoneBy(commits: readonly Commit[]): ItemToRestore[] {
  const [first, last] = [new Map<Guid, Change>(), new Map<Guid, Change>()];
  for (const change of commits.flatMap(({ changes }) => changes)) {
    if (!first.has(change.guid)) first.set(change.guid, change);
    last.set(change.guid, change);
  }
  return [...first].flatMap(([guid, { op, prevRev }]) =>
    op === 'add' ? [] : [{ guid, rev: prevRev, ifRev: last.get(guid)?.rev ?? 0 }],
  );
}

async function restorePortion(
  store: Store,
  restoration: Restoration,
  now: () => number,
): Promise<RestoreReport> {
  const { user, datastore, id } = restoration;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const environment = { now: now(), seed: newId() };
    const decided = await decideOnFacts(store, (known) => restore(restoration, known, environment));
    const scope = { user, peer: UNDO, sessionId: id, now: environment.now };
    const { kind } = await writeInOrder(store, { scope, transactions: decided.transactions });
    if (kind !== 'written') continue;
    return {
      restored: decided.restored.map((guid) => ({ datastore, guid })),
      left: decided.left.map((one) => ({ datastore, ...one })),
    };
  }
  throw new StoreError('the restoring lost its race too often', { retryable: true, notCommitted: true });
}
