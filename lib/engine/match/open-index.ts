/** Opens the match index of a datastore for look-ups, or says what has to be written before that. */
import { BLOCKING_EDITION } from '../../pim/match/blocking.ts';
import { isTail } from '../changes/log-heads.ts';
import type { Facts } from '../io/facts.ts';
import { INDEX_PORTION } from '../model/limits.ts';
import { PackedEntries, packEntries } from '../model/match-entries.ts';
import type { Commit, IndexState } from '../model/records.ts';
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
  if (index.edition !== BLOCKING_EDITION) throw beginIndex(log);
  if (index.walk !== undefined) {
    // This run decides nothing else, so it ends here and asks for no other facts.
    const page = facts.must({ read: 'items', ...at, ...index.walk, limit: INDEX_PORTION });
    if (page !== undefined) throw takeItems(log, index, index.walk, page);
    return undefined;
  }
  const entries = entriesOf(facts, at, log, index);
  if (entries === undefined) return undefined;
  if (!isMostlyOld(head)) return indexOf(index.epoch, entries);
  throw compact(
    log,
    packsIn(entries).flatMap((pack) => pack.entries()),
  );
}

/** The entries of an index: in its rows, and in the commits after them. */
interface Entries {
  readonly packs: readonly PackedEntries[];
  readonly commits: readonly Commit[];
}

function packsIn({ packs, commits }: Entries): readonly PackedEntries[] {
  if (commits.length === 0) return packs;
  const tail = PackedEntries.of(packEntries(commits.flatMap(({ changes }) => changes)));
  return tail === undefined ? packs : [...packs, tail];
}

const known = new WeakMap<
  Entries['packs'],
  { readonly commits: Entries['commits']; readonly index: MatchIndex }
>();

/** The index of these entries. All runs of a step get the same entries, and so the same index. */
function indexOf(epoch: string, entries: Entries): MatchIndex {
  const { packs, commits } = entries;
  const before = known.get(packs);
  if (before?.commits === commits && before.index.epoch === epoch) return before.index;
  const index = new MatchIndex(epoch, packsIn(entries));
  known.set(packs, { commits, index });
  return index;
}

const NO_PACKS: readonly PackedEntries[] = [];
const NO_COMMITS: readonly Commit[] = [];

/** Undefined while reads are missing. */
function entriesOf(
  facts: Facts,
  at: Pick<Wanted, 'user' | 'datastore'>,
  log: IndexedLog,
  { epoch, rows, sequence, newest }: IndexState,
): Entries | undefined {
  const { head } = log;
  const inRows = { read: 'index', ...at, epoch, rows, ...(newest !== undefined && { newest }) } as const;
  const inCommits = { read: 'commits', ...at, from: sequence + 1, to: head.sequence } as const;
  const isQuiet = head.sequence === sequence;
  const packs = rows === 0 ? NO_PACKS : facts.need(inRows);
  const commits = isQuiet ? NO_COMMITS : facts.need(inCommits);
  const areRead = (rows === 0 || facts.isKnown(inRows)) && (isQuiet || facts.isKnown(inCommits));
  if (!areRead) return undefined;
  if (packs === undefined || commits === undefined || head.index === undefined) throw beginIndex(log);
  // Some commits have expired, or the index is of another log: it does not cover this one.
  if (!isTail(commits, head.index, head)) throw beginIndex(log);
  return { packs, commits };
}
