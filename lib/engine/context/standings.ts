/**
 * What a session knows of the logs after a message, and the stamps of its mapping (docs/adr/0019). Where the message stores
 * LUIDs, the stamp is renewed in the head, the session and the anchor at once: with the last transaction.
 */
import { emptyHead } from '../changes/log-heads.ts';
import { holds, standingAt } from '../changes/standing.ts';
import type { PlannedTransactions } from '../changes/transactions.ts';
import type { Put } from '../io/writes.ts';
import { commitId } from '../model/ids.ts';
import type { Head } from '../model/records.ts';
import { stampedPeer, stampOf, withStamp } from '../model/standing.ts';
import { isFinished } from '../state/datastore-progress.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { type DatastoreSync, syncsOf } from './datastore-sync.ts';
import type { StepContext } from './step-context.ts';

/** The transactions with the stamps that they renew. */
export const withStandings = (step: StepContext, planned: PlannedTransactions): PlannedTransactions => ({
  ...planned,
  transactions: syncsOf(step).reduce((all, sync) => moveOn(sync, planned, all), planned.transactions),
});

type Transactions = PlannedTransactions['transactions'];

/** Moves the standing of one datastore on. A standing that does not hold stays: the next session compares. */
function moveOn(sync: DatastoreSync, planned: PlannedTransactions, all: Transactions): Transactions {
  const { step, name, datastore } = sync;
  const { facts, session, peer } = step;
  const at = { user: session.user, datastore: name };
  const isDue = isStampDue(sync, planned);
  if (!isDue && !facts.isKnown({ read: 'head', ...at })) return all;
  if (!holds(facts, at, peer, datastore.standing)) return all;
  const head = planned.heads.get(name) ?? sync.head;
  if (!isDue) {
    datastore.standing = standingAt(head, peer);
    return all;
  }
  const stamped = stampedHead(sync, head ?? emptyHead(step.environment.seed));
  datastore.standing = standingAt(stamped, peer);
  const { anchor } = sync;
  if (anchor !== undefined && (!traitsOf(datastore).isComplete || isFinished(datastore)))
    sync.putAnchor({ ...anchor, standing: datastore.standing });
  return withHead(all, name, stamped);
}

/**
 * Is the stamp renewed? When LUIDs are stored that no commit names; and with the commits of a complete sync, whose
 * generation must not be begun again.
 */
function isStampDue({ name, datastore }: DatastoreSync, planned: PlannedTransactions): boolean {
  if (traitsOf(datastore).isComplete && planned.commits.has(name)) return true;
  return planned.transactions.some((puts) => puts.some((put) => isMapping(put, name)));
}

const isMapping = (put: Put, datastore: string): boolean =>
  (put.put === 'luids' || put.put === 'pairs' || put.put === 'mapping') && put.datastore === datastore;

function stampedHead({ step, name, datastore }: DatastoreSync, head: Head): Head {
  const { generation: before = 0 } = stampOf(head, step.peer) ?? {};
  const generation = Math.max(before, datastore.mapping.generation);
  const id = commitId(step.environment.seed, `${name} stamp`, generation).slice(0, 8);
  return { ...head, stamps: withStamp(head, { peer: stampedPeer(step.peer), generation, id }) };
}

/** The head goes with the last transaction, which may write it already. */
function withHead(all: Transactions, datastore: string, head: Head): Transactions {
  const last = all.at(-1) ?? [];
  const isHead = (put: Put): boolean => put.put === 'head' && put.datastore === datastore;
  const written = last.find((put) => isHead(put));
  const version = written?.put === 'head' ? written.head.version : head.version;
  const put: Put = { put: 'head', datastore, head: { ...head, version } };
  return [...all.slice(0, -1), [...last.filter((other) => !isHead(other)), put]];
}
