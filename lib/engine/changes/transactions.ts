/**
 * Units -> transactions. A chunk holds whole units, one commit per datastore it changes, and is consistent in
 * itself: a crash between two chunks leaves a prefix of the message applied, which the resend completes.
 */

import type { Put, Unit } from '../io/writes.ts';
import type { Guid } from '../model/ids.ts';
import { BODY_PART, CHUNK_BYTES, CHUNK_ROWS } from '../model/limits.ts';
import type { Change, Commit, Content, Head } from '../model/records.ts';
import { type Ledger, unitAt } from './change-set.ts';

export interface Sealed {
  readonly chunks: readonly (readonly Put[])[];
  /** The log's head after them, for each datastore that changed. */
  readonly heads: ReadonlyMap<string, Head>;
  readonly commits: ReadonlyMap<string, readonly Commit[]>;
}

export function seal(ledger: Ledger): Sealed {
  const chunks: Put[][] = [];
  const heads = new Map<string, Head>();
  const commits = new Map<string, Commit[]>();
  for (const units of split([...ledger.units.values()].filter(hasWrites))) {
    const puts: Put[] = [];
    for (const datastore of new Set(units.map((unit) => unit.datastore))) {
      const own = units.filter((unit) => unit.datastore === datastore);
      const changed = own.filter((unit) => unit.changed);
      if (changed.length > 0) {
        const head = heads.get(datastore) ?? headBefore(ledger, datastore);
        const commit = commitOf(ledger, head.sequence + 1, changed);
        const { sequence } = commit;
        commits.set(datastore, [...(commits.get(datastore) ?? []), commit]);
        puts.push({ put: 'commit', datastore, commit });
        puts.push({ put: 'head', datastore, head: { sequence, version: head.version } });
        heads.set(datastore, { sequence, version: head.version + 1 });
      }
      for (const unit of own) puts.push(...unitPuts(ledger, unit));
    }
    chunks.push(puts);
  }
  return { chunks, heads, commits };
}

const hasWrites = (unit: Unit): boolean =>
  unit.changed ||
  isMarked(unit) ||
  [unit.versions, unit.mappings, unit.reviews].some(({ length }) => length > 0);

/** Its LUIDs changed, or what peers sent of it. */
const isMarked = ({ item, before }: Unit): boolean =>
  item.luids !== before?.luids || item.sent !== before?.sent;

const headBefore = ({ facts, user }: Ledger, datastore: string): Head =>
  facts.need({ read: 'head', user, datastore }) ?? { sequence: 0, version: 0 };

/** The commit of one datastore's changed units in a chunk; they learn its sequence. */
function commitOf(ledger: Ledger, sequence: number, changed: readonly Unit[]): Commit {
  for (const unit of changed) unit.item = { ...unit.item, sequence };
  const { peer: origin, session, now: at } = ledger;
  return { sequence, origin, session, at, changes: changed.map(changeOf) };
}

function changeOf(unit: Unit): Change {
  const { item, before } = unit;
  const op = item.content === undefined ? 'delete' : before?.content === undefined ? 'add' : 'replace';
  const mark = item.differs && { differs: item.differs };
  return { guid: item.guid, op, rev: item.rev, prevRev: before?.rev ?? 0, ...mark };
}

function unitPuts(ledger: Ledger, unit: Unit): Put[] {
  const { datastore, item } = unit;
  const puts: Put[] = unit.versions.map((version) => ({ put: 'version', datastore, version }));
  if (unit.changed) puts.push({ put: 'item', datastore, item });
  else if (isMarked(unit)) {
    const { guid, luids, sent, version } = item;
    puts.push({ put: 'luids', datastore, guid, luids, version, ...(sent && { sent }) });
  }
  for (const review of unit.reviews) puts.push({ put: 'review', datastore, review });
  for (const { generation, luid } of unit.mappings)
    puts.push({ put: 'mapping', datastore, peer: ledger.peer, generation, luid, guid: item.guid });
  return puts;
}

const partRows = (content: Content | undefined): number =>
  content?.body !== undefined && content.size > BODY_PART ? Math.ceil(content.size / BODY_PART) + 1 : 0;

/** Rows and bytes that a unit takes, never too few. */
function weigh(unit: Unit): { rows: number; bytes: number } {
  let rows = 1 + unit.mappings.length + unit.reviews.length + partRows(unit.item.content);
  let bytes = 500 * (1 + unit.reviews.length) + (unit.item.content?.size ?? 0);
  for (const { content } of unit.versions) {
    rows += 1 + partRows(content) + (content.parts ?? 0);
    bytes += 500 + (content.body === undefined ? 0 : content.size);
  }
  return { rows, bytes };
}

/** Units that must be written together, in the order of their first. */
function bundles(units: readonly Unit[]): Unit[][] {
  const found = new Map<string, Unit[]>();
  for (const unit of units) {
    const name = `${unit.datastore}/${unit.group ?? unit.item.guid}`;
    const bundle = found.get(name);
    if (bundle === undefined) found.set(name, [unit]);
    else bundle.push(unit);
  }
  return [...found.values()];
}

function weighAll(units: readonly Unit[]): { rows: number; bytes: number } {
  const weights = units.map(weigh);
  return {
    rows: weights.reduce((n, w) => n + w.rows, 0),
    bytes: weights.reduce((n, w) => n + w.bytes, 0),
  };
}

export function fitsOneTransaction(units: readonly Unit[]): boolean {
  const { rows, bytes } = weighAll(units);
  return rows <= CHUNK_ROWS && bytes <= CHUNK_BYTES;
}

/** Rows that one more change of an item may add, its twin's in a conflict included. */
const CHANGE_ROWS = 8;

/** Can this message change the item once more? What must be written together has to fit one transaction. */
export function hasRoomFor(ledger: Ledger, datastore: string, guid: Guid, bytes: number): boolean {
  const unit = unitAt(ledger, datastore, guid);
  if (unit === undefined || (unit.group === undefined && unit.versions.length < CHANGE_ROWS)) return true;
  const isTied = (other: Unit) =>
    other === unit ||
    (unit.group !== undefined && other.group === unit.group && other.datastore === datastore);
  const weight = weighAll([...ledger.units.values()].filter(isTied));
  return weight.rows + CHANGE_ROWS <= CHUNK_ROWS && weight.bytes + bytes <= CHUNK_BYTES;
}

function split(units: readonly Unit[]): Unit[][] {
  const chunks: Unit[][] = [];
  let current: Unit[] = [];
  let rows = 0;
  let bytes = 0;
  for (const bundle of bundles(units)) {
    const weight = weighAll(bundle);
    if (current.length > 0 && (rows + weight.rows > CHUNK_ROWS || bytes + weight.bytes > CHUNK_BYTES)) {
      chunks.push(current);
      current = [];
      rows = bytes = 0;
    }
    current.push(...bundle);
    rows += weight.rows;
    bytes += weight.bytes;
  }
  if (current.length > 0) chunks.push(current);
  return chunks;
}
