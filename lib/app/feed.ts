/** Tells a reader of a datastore, such as a CRM, what changed since the place in the log up to which it has read. */
import { isInLog } from '../engine/changes/standing.ts';
import { Facts, type Read } from '../engine/io/facts.ts';
import type { Commit, Item } from '../engine/model/records.ts';
import { type LogPlace, newestIn } from '../engine/model/standing.ts';
import type { Store } from '../store/port/port.ts';
import { changesIn, type LoggedChange, recordOf } from './changes.ts';
import { decideOnFacts } from './decide.ts';

export interface News {
  readonly changes: readonly LoggedChange[];
  /** Where the reader stands now: `after` of the next call. */
  readonly place: LogPlace;
  /**
   * The reader starts over: `changes` names all items, each as added, and whatever else the reader has is gone. At the
   * first call, and where the log does not lead from the reader's place to here: it was restored, or commits expired.
   */
  readonly anew: boolean;
}

interface InDatastore {
  readonly user: string;
  readonly datastore: string;
}

/** The changes after a place of the log. Throws StoreErrors as they come. */
export async function readNews(store: Store, at: InDatastore, after?: LogPlace): Promise<News> {
  const found = await decideOnFacts(store, (known) => lookUp(new Facts(known), at, after));
  const { place, commits, items } = found;
  if (commits !== undefined) return { place, changes: await changesIn(store, at, commits), anew: false };
  // What was changed since the head was read comes with the next call.
  const told = items.filter(({ sequence }) => sequence <= place.sequence);
  return { place, changes: told.map((item) => asAdded(at, item)), anew: true };
}

type LookedUp =
  | { readonly kind: 'needs'; readonly reads: readonly Read[] }
  | {
      readonly kind: 'found';
      readonly place: LogPlace;
      readonly commits: readonly Commit[];
      readonly items?: undefined;
    }
  | {
      readonly kind: 'found';
      readonly place: LogPlace;
      readonly commits?: undefined;
      readonly items: readonly Item[];
    };

function lookUp(facts: Facts, at: InDatastore, after: LogPlace | undefined): LookedUp {
  const place = newestIn(facts.need({ read: 'head', ...at }));
  const commits = after && isInLog(facts, at, after) ? commitsBetween(facts, at, after, place) : undefined;
  const items =
    commits === undefined && facts.missing.size === 0 ? facts.need({ read: 'inventory', ...at }) : [];
  if (facts.missing.size > 0) return { kind: 'needs', reads: [...facts.missing.values()] };
  return commits === undefined
    ? { kind: 'found', place, items: items ?? [] }
    : { kind: 'found', place, commits };
}

/** Undefined if some of them have expired. */
function commitsBetween(
  facts: Facts,
  at: InDatastore,
  { sequence: from }: LogPlace,
  { sequence: to }: LogPlace,
): readonly Commit[] | undefined {
  if (to <= from) return [];
  const commits = facts.need({ read: 'commits', ...at, from: from + 1, to }) ?? [];
  return commits.length === to - from ? commits : undefined;
}

function asAdded({ datastore }: InDatastore, item: Item): LoggedChange {
  const { sequence, at, origin, guid, rev } = item;
  const record = recordOf(item);
  return { datastore, sequence, at, origin, guid, op: 'add', rev, ...(record !== undefined && { record }) };
}
