/** How far the device has come in each datastore: the anchor rows, with all that the step has decided so far. */
import type { Facts } from '../io/facts.ts';
import { once } from '../io/once.ts';
import type { Put } from '../io/writes.ts';
import type { Peer } from '../model/ids.ts';
import type { Anchor } from '../model/records.ts';

/** The anchor of a device that never synchronised the datastore. */
export const NO_ANCHOR: Anchor = { sequence: 0, generation: 1, used: 0, resend: [], version: 0 };

/** A generation, and the message that begins it. */
type Reservation = Required<Pick<Anchor, 'used' | 'beginning' | 'packing'>>;

export class Anchors {
  private readonly facts: Facts;
  private readonly user: string;
  private readonly peer: Peer;
  /** The anchors as they were read; asked for with each item. */
  private readonly read = new Map<string, Anchor | undefined>();
  private staged: ReadonlyMap<string, Anchor> = new Map();
  private reserved: ReadonlyMap<string, Reservation> = new Map();

  constructor(facts: Facts, { user, peer }: { readonly user: string; readonly peer: Peer }) {
    this.facts = facts;
    this.user = user;
    this.peer = peer;
  }

  /** Undefined before the first session of the device with the datastore. */
  of(datastore: string): Anchor | undefined {
    return this.staged.get(datastore) ?? this.stored(datastore);
  }

  private stored(datastore: string): Anchor | undefined {
    const { user, peer } = this;
    return once(this.read, datastore, () => this.facts.need({ read: 'anchor', user, peer, datastore }));
  }

  /** Puts the anchor. A step writes the row once, with the last anchor that was put. */
  put(datastore: string, anchor: Anchor): void {
    this.staged = new Map(this.staged).set(datastore, anchor);
  }

  /**
   * The generation of the mapping that a complete sync begins. Its number must be stored with the first item that gets a
   * LUID in it: else another sync could take it, and find LUIDs in it that its client never named.
   */
  reserve(datastore: string, reservation: Reservation): void {
    this.reserved = new Map(this.reserved).set(datastore, reservation);
  }

  /**
   * The anchors for the first of several transactions: as they were read, with the generation that is begun. `puts` then
   * replaces these.
   */
  private get reservations(): Put[] {
    const { peer } = this;
    return [...this.reserved].map(([datastore, reservation]) => {
      const known = this.stored(datastore) ?? NO_ANCHOR;
      return { put: 'anchor', datastore, peer, anchor: { ...known, ...reservation } };
    });
  }

  /** The transactions of items, where more is written behind them: the first one has the reservations, too. */
  withReservations(items: readonly (readonly Put[])[]): readonly (readonly Put[])[] {
    const [first = [], ...others] = items;
    return [[...this.reservations, ...first], ...others];
  }

  /** `isReserved`: the reservations are written before. */
  puts({ isReserved }: { readonly isReserved: boolean }): Put[] {
    const { peer } = this;
    return [...this.staged].map(([datastore, anchor]) => {
      const version = anchor.version + (isReserved && this.reserved.has(datastore) ? 1 : 0);
      return { put: 'anchor', datastore, peer, anchor: { ...anchor, version } };
    });
  }

  /** Returns a function that restores the anchors as they are now. */
  savepoint(): () => void {
    const { staged, reserved } = this;
    return () => {
      Object.assign(this, { staged, reserved });
    };
  }
}

/** What goes with the client's Last: the log position and the server's Next of that session. */
export function pairOf(anchor: Anchor | undefined, last: string | undefined): Anchor['previous'] {
  if (anchor?.last === undefined || last === undefined) return undefined;
  if (anchor.last !== last) return anchor.previous?.last === last ? anchor.previous : undefined;
  const { sequence, next } = anchor;
  return { last, sequence, ...(next !== undefined && { next }) };
}
