/**
 * The match indexes of a step, one for each datastore that is compared or listed completely. An index is made of the
 * inventory in one message, kept in rows beside the session, and read back in later messages.
 */
import type { Facts } from '../io/facts.ts';
import { type Request, rowTag } from '../io/request.ts';
import { indexEntries, indexParts, MatchIndex } from '../match/match-index.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import type { Peer } from '../model/ids.ts';
import type { IndexEntry } from '../model/records.ts';
import type { SessionState } from '../model/session-state.ts';
import type { SessionRows } from './session-rows.ts';

interface Sources {
  readonly facts: Facts;
  readonly request: Request;
  readonly session: SessionState;
  readonly peer: Peer;
  readonly rows: SessionRows;
}

export class MatchIndexes {
  private readonly from: Sources;
  private readonly ready = new Map<string, MatchIndex>();

  constructor(from: Sources) {
    this.from = from;
  }

  /** The index of the datastore; undefined while reads are missing. */
  of(datastore: DatastoreState): MatchIndex | undefined {
    const ready = this.ready.get(datastore.name);
    if (ready !== undefined) return ready;
    const entries = datastore.index === undefined ? this.takeInventory(datastore) : this.read(datastore);
    if (entries === undefined) return undefined;
    const index = new MatchIndex(entries, datastore.index?.matched);
    this.ready.set(datastore.name, index);
    return index;
  }

  /** Writes into the session which entries the client has. */
  keepMatched(): void {
    for (const datastore of this.from.session.datastores) {
      const index = this.ready.get(datastore.name);
      if (index !== undefined && datastore.index !== undefined) datastore.index.matched = index.bitmap;
    }
  }

  /** Returns a function that restores the indexes as they are now. */
  savepoint(): () => void {
    const saved = new Map([...this.ready].map(([name, { bitmap }]) => [name, bitmap]));
    return () => {
      for (const [name, { entries }] of [...this.ready]) {
        const bitmap = saved.get(name);
        if (bitmap === undefined) this.ready.delete(name);
        else this.ready.set(name, new MatchIndex(entries, bitmap));
      }
    };
  }

  private read({ name, index }: DatastoreState): readonly IndexEntry[] | undefined {
    const { user, device, sessionId: own } = this.from.session;
    const { parts = 0, tag = '', session: sessionId = own } = index ?? {};
    if (parts === 0) return [];
    return this.from.facts.need({ read: 'index', user, device, sessionId, datastore: name, tag, parts });
  }

  private takeInventory(datastore: DatastoreState): readonly IndexEntry[] | undefined {
    const { facts, request, session, peer, rows } = this.from;
    const of = { user: session.user, datastore: datastore.name };
    // The head is read first, in a round of its own. All that is committed after it is found in the log.
    const head = facts.must({ read: 'head', ...of });
    const inventory = facts.need({ read: 'inventory', ...of });
    if (inventory === undefined) return undefined;
    const entries = indexEntries(inventory, peer);
    const parts = indexParts(entries);
    // These rows may be written without the session that names them. The tag keeps them apart from those of other
    // messages.
    const tag = rowTag(request);
    rows.putIndex(datastore.name, tag, parts);
    datastore.index = { tag, parts: parts.length, sequence: head?.sequence ?? 0 };
    return entries;
  }
}
