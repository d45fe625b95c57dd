/** Opens the match index of a datastore for look-ups, or says what has to be written before that. */
import { isTail } from '../changes/log-heads.ts';
import type { Facts } from '../io/facts.ts';
import { INDEX_PORTION } from '../model/limits.ts';
import { PackedEntries, packEntries } from '../model/match-entries.ts';
import type { IndexState } from '../model/records.ts';
import { beginIndex, compact, type IndexedLog, isMostlyOld, sweepOldRows, takeItems } from './groundwork.ts';
import { MatchIndex } from './match-index.ts';

interface Wanted {
  readonly facts: Facts;
  readonly user: string;
  readonly datastore: string;
  /** Random, and new in each exchange. */
  readonly seed: string;
}

const EMPTY = new MatchIndex('', []);

/**
 * The index, which covers the log up to its head. Undefined while reads are missing. Throws a Groundwork when a part of
 * the index has to be made first.
 */
export function openIndex({ facts, user, datastore, seed }: Wanted): MatchIndex | undefined {
  const at = { user, datastore };
  const head = facts.need({ read: 'head', ...at });
  if (head === undefined) return facts.isKnown({ read: 'head', ...at }) ? EMPTY : undefined;
  const log: IndexedLog = { datastore, head, seed };
  const { index } = head;
  if (index === undefined) throw beginIndex(log);
  if (index.old !== undefined) throw sweepOldRows(log, index);
  if (index.walk !== undefined) {
    // This run decides nothing else, so it ends here and asks for no other facts.
    const page = facts.must({ read: 'items', ...at, ...index.walk, limit: INDEX_PORTION });
    if (page !== undefined) throw takeItems(log, index, index.walk, page);
    return undefined;
  }
  const packs = packsOf(facts, at, log, index);
  if (packs !== undefined && isMostlyOld(head))
    throw compact(
      log,
      packs.flatMap((pack) => pack.entries()),
    );
  return packs && new MatchIndex(index.epoch, packs);
}

/** The entries of the rows and of the commits after them. */
function packsOf(
  facts: Facts,
  at: Pick<Wanted, 'user' | 'datastore'>,
  log: IndexedLog,
  { epoch, rows, sequence }: IndexState,
): PackedEntries[] | undefined {
  const { head } = log;
  const inRows = { read: 'index', ...at, epoch, rows } as const;
  const inCommits = { read: 'commits', ...at, from: sequence + 1, to: head.sequence } as const;
  const isQuiet = head.sequence === sequence;
  const packs = rows === 0 ? [] : facts.need(inRows);
  const commits = isQuiet ? [] : facts.need(inCommits);
  const areRead = (rows === 0 || facts.isKnown(inRows)) && (isQuiet || facts.isKnown(inCommits));
  if (!areRead) return undefined;
  if (packs === undefined || commits === undefined || head.index === undefined) throw beginIndex(log);
  // Some commits have expired: the index no longer covers the log.
  if (!isTail(commits, head.index, head)) throw beginIndex(log);
  const tail = PackedEntries.of(packEntries(commits.flatMap(({ changes }) => changes)));
  return [...packs, ...(tail === undefined || isQuiet ? [] : [tail])];
}
