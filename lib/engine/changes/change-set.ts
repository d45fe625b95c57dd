/**
 * A user's items while one message (or one change of the CRM) is worked on: what was read, and over it what the
 * step decided. Nothing is written here; `seal` turns the decisions into transactions.
 */
import { contentHash, keysOf } from '../../pim/content.ts';
import type { Facts } from '../io/facts.ts';
import type { Unit } from '../io/writes.ts';
import type { Guid, Peer } from '../model/ids.ts';
import { BODY_PART } from '../model/limits.ts';
import type { Content, Generations, Item, ItemVersion, Review } from '../model/records.ts';
import { marksText } from '../receive/match-index.ts';

export interface Ledger {
  readonly facts: Facts;
  readonly user: string;
  readonly peer: Peer;
  /** SessionID or event id, for the log. */
  readonly session: string;
  readonly now: number;
  readonly units: Map<string, Unit>;
  /** LUIDs mapped in this step, by datastore, generation and LUID. */
  readonly mapped: Map<string, Guid>;
}

/** A peer's mapping in one datastore. */
export interface Side extends Generations {
  readonly datastore: string;
}

export const createLedger = (
  facts: Facts,
  origin: { user: string; peer: Peer; session: string; now: number },
): Ledger => ({ facts, ...origin, units: new Map(), mapped: new Map() });

/** What is written of an item in this step; undefined while nothing is. */
export const unitAt = (ledger: Ledger, datastore: string, guid: Guid): Unit | undefined =>
  ledger.units.get(unitKey(datastore, guid));

const unitKey = (datastore: string, guid: Guid) => `${datastore}/${guid}`;

/** The item as this step leaves it so far. */
export function itemAt(ledger: Ledger, datastore: string, guid: Guid): Item | undefined {
  const unit = ledger.units.get(unitKey(datastore, guid));
  return unit?.item ?? ledger.facts.need({ read: 'item', user: ledger.user, datastore, guid });
}

/** As `unitAt`; there is one from now on. */
export function unitOf(ledger: Ledger, datastore: string, guid: Guid): Unit {
  const key = unitKey(datastore, guid);
  const existing = ledger.units.get(key);
  if (existing !== undefined) return existing;
  const before = itemAt(ledger, datastore, guid);
  const blank: Item = {
    guid,
    rev: 0,
    sequence: 0,
    origin: ledger.peer,
    at: ledger.now,
    luids: {},
    version: 0,
  };
  const unit: Unit = {
    datastore,
    item: before ?? blank,
    before,
    changed: false,
    versions: [],
    reviews: [],
    mappings: [],
  };
  ledger.units.set(key, unit);
  return unit;
}

/** Content of a canonical body. */
export const contentOf = (type: string, body: string): Content => ({
  type,
  hash: contentHash(type, body),
  size: Buffer.byteLength(body, 'utf8'),
  ...keysOf(type, body),
  ...(isInParts(body) && { marks: marksText({ type, body }) }),
  body,
});
const isInParts = (body: string): boolean => Buffer.byteLength(body, 'utf8') > BODY_PART;

/** The text of a content, also when it lies in part rows (undefined until they are read). */
export function bodyOf(ledger: Ledger, datastore: string, guid: Guid, content: Content): string | undefined {
  if (content.body !== undefined) return content.body;
  const { hash, parts = 0 } = content;
  return ledger.facts.need({ read: 'body', user: ledger.user, datastore, guid, hash, parts });
}

/** An item that another may be. */
export type Likeness = Pick<Review, 'other' | 'score' | 'reasons'>;

interface Why {
  /** Why the content before became a version. */
  readonly reason: ItemVersion['reason'];
  /** Of what the peer sent, where its change was merged into the item. */
  readonly sentHash?: string;
  /** Others' changes are in it too: the peer is to be told. */
  readonly differs?: boolean;
}

/** Gives the item a new content (none: deletes it); the one before stays as a version. */
export function putContent(
  ledger: Ledger,
  side: Side,
  guid: Guid,
  content: Content | undefined,
  { reason, sentHash, differs }: Why,
): void {
  const unit = unitOf(ledger, side.datastore, guid);
  const old = unit.item;
  if (old.content !== undefined) {
    const { content: replaced, rev, origin, sequence, at } = old;
    const mark = old.differs && { differs: old.differs };
    const by = { by: ledger.peer, byAt: ledger.now };
    unit.versions.push({ guid, rev, content: replaced, origin, sequence, ...mark, at, reason, ...by });
  }
  const { sequence, luids, version } = old;
  const sent = sentAfter(old, ledger.peer, sentHash === content?.hash ? undefined : sentHash);
  unit.item = {
    guid,
    rev: old.rev + 1,
    sequence,
    origin: ledger.peer,
    ...(differs === true && { differs }),
    at: ledger.now,
    luids,
    version,
    ...(Object.keys(sent).length > 0 && { sent }),
    ...(content && { content }),
  };
  unit.changed = true;
}

/** What peers sent last, where the content does not show it: others' before this change, a change that was merged. */
function sentAfter(old: Item, peer: Peer, merged: string | undefined): NonNullable<Item['sent']> {
  const { [peer]: _, ...others } = old.sent ?? {};
  const overwrites = old.content !== undefined && old.origin !== peer;
  return {
    ...(overwrites && { [old.origin]: old.content.hash }),
    ...others,
    ...(merged !== undefined && { [peer]: merged }),
  };
}

/** Keeps what a peer sent as a version beside the item: it lost, or was merged with others' changes. */
export function keepSent(
  ledger: Ledger,
  side: Side,
  guid: Guid,
  content: Content,
  reason: 'refused' | 'sent',
): void {
  const unit = unitOf(ledger, side.datastore, guid);
  const { item } = unit;
  unit.item = { ...unit.item, sent: { ...unit.item.sent, [ledger.peer]: content.hash } };
  unit.versions.push({
    guid,
    rev: item.rev,
    content,
    origin: ledger.peer,
    sequence: item.sequence,
    at: ledger.now,
    reason,
    by: item.origin,
    byAt: item.at,
  });
}

/** Somebody has to say whether the item is one of these. */
export function putReviews(ledger: Ledger, side: Side, guid: Guid, others: readonly Likeness[]): void {
  const { peer: by, now: at } = ledger;
  unitOf(ledger, side.datastore, guid).reviews.push(...others.map((other) => ({ guid, ...other, by, at })));
}

/** Did the peer send just this before somebody else's change, or lose with just this? Then it is a resend. */
export const wasSent = (item: Item, peer: Peer, content: Content): boolean =>
  item.sent?.[peer] === content.hash;

/** What happens to these items happens in one transaction: half of it would be wrong. */
export function tie(ledger: Ledger, datastore: string, ...guids: readonly Guid[]): void {
  const units = guids.map((guid) => unitOf(ledger, datastore, guid));
  const groups = new Set(units.flatMap(({ group }) => group ?? []));
  const [group = guids[0]] = groups;
  if (group === undefined) return;
  for (const unit of ledger.units.values())
    if (unit.datastore === datastore && unit.group !== undefined && groups.has(unit.group))
      unit.group = group;
  for (const unit of units) unit.group = group;
}
