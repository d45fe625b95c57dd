/** How far the device has come in each datastore: the anchor rows, with all that the step has decided so far. */
import type { Facts } from '../io/facts.ts';
import type { Put } from '../io/writes.ts';
import type { Peer } from '../model/ids.ts';
import type { Anchor } from '../model/records.ts';

export class Anchors {
  private readonly facts: Facts;
  private readonly user: string;
  private readonly peer: Peer;
  private staged: ReadonlyMap<string, Anchor> = new Map();

  constructor(facts: Facts, { user, peer }: { readonly user: string; readonly peer: Peer }) {
    this.facts = facts;
    this.user = user;
    this.peer = peer;
  }

  /** Undefined before the first session of the device with the datastore. */
  of(datastore: string): Anchor | undefined {
    const { user, peer } = this;
    return this.staged.get(datastore) ?? this.facts.need({ read: 'anchor', user, peer, datastore });
  }

  /** Puts the anchor. A step writes the row once, with the last anchor that was put. */
  put(datastore: string, anchor: Anchor): void {
    this.staged = new Map(this.staged).set(datastore, anchor);
  }

  get puts(): Put[] {
    const { peer } = this;
    return [...this.staged].map(([datastore, anchor]) => ({ put: 'anchor', datastore, peer, anchor }));
  }

  /** Returns a function that restores the anchors as they are now. */
  savepoint(): () => void {
    const { staged } = this;
    return () => {
      this.staged = staged;
    };
  }
}
