/**
 * Does a standing still hold? If not, the table of the items was restored to an earlier moment since, or the table of the
 * anchors was (docs/adr/0019). Without a newer commit it needs no read but the head.
 */
import type { Facts } from '../io/facts.ts';
import type { Peer } from '../model/ids.ts';
import type { Head } from '../model/records.ts';
import { type LogPlace, MAX_STAMPS, newestIn, type Standing, stampOf } from '../model/standing.ts';

interface InDatastore {
  readonly user: string;
  readonly datastore: string;
}

/**
 * Has the log a commit of this id at this sequence? The commit behind it names its id. The beginning of the log needs none,
 * and a place of before is believed if the log is long enough. True while reads are missing.
 */
export function isInLog(facts: Facts, at: InDatastore, { sequence, id }: LogPlace): boolean {
  if (sequence === 0) return true;
  const head = facts.need({ read: 'head', ...at });
  if (head === undefined) return !facts.isKnown({ read: 'head', ...at });
  if (head.sequence < sequence) return false;
  if (id === undefined) return true;
  if (head.sequence === sequence) return head.id === id;
  const next = { read: 'commits', ...at, from: sequence + 1, to: sequence + 1 } as const;
  const [commit] = facts.need(next) ?? [];
  if (commit === undefined) return !facts.isKnown(next);
  return commit.prev === undefined || commit.prev === id;
}

/** Has the head this stamp of the peer's mapping? True while it is not read. */
export function isStamped(facts: Facts, at: InDatastore, peer: Peer, stamp: string | undefined): boolean {
  const head = facts.need({ read: 'head', ...at });
  if (!facts.isKnown({ read: 'head', ...at })) return true;
  const found = stampOf(head, peer);
  // Where there are too many devices, the stamp may have had to go.
  if (found === undefined && (head?.stamps ?? []).length >= MAX_STAMPS) return true;
  return found?.id === stamp;
}

/** Does the standing of a device hold? True while reads are missing. */
export const holds = (facts: Facts, at: InDatastore, peer: Peer, standing: Standing): boolean =>
  isInLog(facts, at, standing) && isStamped(facts, at, peer, standing.stamp);

/** The standing of a device that knows the log up to its head. */
export function standingAt(head: Head | undefined, peer: Peer): Standing {
  const stamp = stampOf(head, peer)?.id;
  return { ...newestIn(head), ...(stamp !== undefined && { stamp }) };
}
