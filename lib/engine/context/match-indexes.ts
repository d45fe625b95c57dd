/** The match indexes of a step, one for each datastore whose items are compared. Each is opened once. */
import type { Facts } from '../io/facts.ts';
import { mayNeedWork } from '../match/groundwork.ts';
import type { MatchIndex } from '../match/match-index.ts';
import { openIndex } from '../match/open-index.ts';

interface Sources {
  readonly facts: Facts;
  readonly user: string;
  readonly seed: string;
  readonly now: number;
}

export class MatchIndexes {
  private readonly from: Sources;
  private readonly ready = new Map<string, MatchIndex>();

  constructor(from: Sources) {
    this.from = from;
  }

  /** May there be something to do before the index can be opened? As the head of the log says, which is read anyway. */
  mayNeedWork(datastore: string): boolean {
    const { facts, user, now } = this.from;
    const head = facts.need({ read: 'head', user, datastore });
    return head !== undefined && mayNeedWork(head, now);
  }

  /** The index of the datastore; undefined while reads are missing. */
  of(datastore: string): MatchIndex | undefined {
    const index = this.ready.get(datastore) ?? openIndex({ ...this.from, datastore });
    if (index !== undefined) this.ready.set(datastore, index);
    return index;
  }
}
