/**
 * Domain records <-> row attributes. Every row has the version of its shape in `f`. Raise the version in SHAPE with any
 * change here, and let the reader take the older shape. A test pins each shape.
 */

import type { Put } from '../../engine/io/writes.ts';
import { guid as asGuid, type Guid, type Peer } from '../../engine/model/ids.ts';
import { entriesIn, type MatchEntry, packEntries } from '../../engine/model/match-entries.ts';
import type {
  Account,
  Anchor,
  Change,
  Commit,
  Device,
  Head,
  Item,
  ItemVersion,
  Resend,
  Review,
} from '../../engine/model/records.ts';
import type { MappingStamp } from '../../engine/model/standing.ts';
import type { Row } from '../port/port.ts';
import { contentFields, contentIn } from './content-fields.ts';
import { attributesOf, type Fields, type Loose, present } from './fields.ts';
import { luidsField, luidsIn, type StoredLuids } from './luid-fields.ts';
import { packJson, unpackJson } from './pack.ts';

export const SHAPE = {
  item: 3,
  version: 2,
  part: 1,
  commit: 4,
  head: 3,
  index: 2,
  anchor: 7,
  device: 1,
  mapping: 1,
  pairs: 1,
  account: 1,
  reply: 2,
  change: 1,
  review: 1,
} as const;

export function itemFields(item: Item, parts: number): Fields {
  const content = contentFields(item.content, parts);
  const { rev, sequence, origin, differs, at, luids, sent } = item;
  const named = { differs, at, luids: luidsField(luids), sent };
  const attributes = { f: SHAPE.item, rev, seq: sequence, by: origin, ...named };
  return { ...content, attributes: { ...present(attributes), ...content.attributes } };
}

export function itemFromRow(guid: Guid, row: Row): Item {
  const a = attributesOf<{
    rev: number;
    seq: number;
    by: Peer;
    differs?: true;
    at: number;
    luids: StoredLuids;
    sent?: Item['sent'];
  }>(row);
  const content = contentIn(row);
  return {
    guid,
    rev: a.rev,
    sequence: a.seq,
    origin: a.by,
    at: a.at,
    luids: luidsIn(a.luids),
    version: row.version,
    ...(a.differs && { differs: a.differs }),
    ...(a.sent && { sent: a.sent }),
    ...(content && { content }),
  };
}

export function versionFields(version: ItemVersion, parts: number): Fields {
  const content = contentFields(version.content, parts);
  const { guid, rev, origin, sequence, differs, at, reason, by, byAt } = version;
  const attributes = { f: SHAPE.version, guid, rev, origin, seq: sequence, differs, at, reason, by, byAt };
  return { ...content, attributes: { ...present(attributes), ...content.attributes } };
}

type VersionRow = Omit<ItemVersion, 'content' | 'sequence'> & { readonly seq?: number };

export function versionFromRow(row: Row): ItemVersion | undefined {
  const { guid, rev, origin, seq, differs, at, reason, by, byAt } = attributesOf<VersionRow>(row);
  const content = contentIn(row);
  // A version of the first shape has no sequence. It counts as one that no peer has seen.
  const sequence = seq ?? Number.MAX_SAFE_INTEGER;
  const mark = differs && { differs };
  return content && { guid, rev, origin, sequence, ...mark, at, reason, by, byAt, content };
}

/**
 * A change as one short string: operation, a `*` if the item differs from what was sent, the rev if it is not 1, the
 * previous rev if it is not the one before.
 */
const OPS = { add: 'a', replace: 'r', delete: 'd' } as const;
function changeText({ op, rev, prevRev, differs }: Change): string {
  const revs = prevRev !== rev - 1 ? ` ${rev} ${prevRev}` : rev === 1 ? '' : ` ${rev}`;
  return `${OPS[op]}${differs === true ? '*' : ''}${revs}`;
}

function changeOf(text: string, entry: MatchEntry): Change {
  const [code = '', rev = '1', prevRev = Number(rev) - 1] = text.split(' ');
  const op = code.startsWith('a') ? 'add' : code.startsWith('r') ? 'replace' : 'delete';
  return {
    guid: entry.guid,
    op,
    rev: Number(rev),
    prevRev: Number(prevRev),
    ...(code.endsWith('*') && { differs: true }),
    ...(entry.keys && { keys: entry.keys }),
  };
}

/** A change in a commit of before: operation, GUID, rev, previous rev, and a `d` if it differs; there are no keys. */
function olderChange(text: string): Change {
  const [code = '', guid = '', rev = '', prevRev = '', mark] = text.split(' ');
  return changeOf(`${code}${mark === 'd' ? '*' : ''} ${rev} ${prevRev}`, { guid: asGuid(guid) });
}

/** The blob holds the GUIDs of the changes, and the entries that the match index gets. */
export const commitFields = ({ id, prev, origin, session, at, changes }: Commit): Fields => ({
  attributes: present({ f: SHAPE.commit, id, prev, origin, session, at, changes: changes.map(changeText) }),
  blob: packEntries(changes),
});

export function commitFromRow(sequence: number, row: Row): Commit {
  const { id, prev, origin, session, at, changes } = attributesOf<{
    id?: string;
    prev?: string;
    origin: Peer;
    session: string;
    at: number;
    changes: string[];
  }>(row);
  if (row.blob === undefined || id === undefined)
    return { sequence, origin, session, at, changes: changes.map(olderChange) };
  const entries = entriesIn(row.blob);
  const named = changes.map((text, n) => changeOf(text, entries[n] as MatchEntry));
  return { sequence, id, ...(prev !== undefined && { prev }), origin, session, at, changes: named };
}

export const indexFields = ({ id, prev, entries }: Extract<Put, { put: 'index' }>): Fields => ({
  attributes: present({ f: SHAPE.index, id, prev }),
  blob: packEntries(entries),
});
/** The ids of a row of the match index; of an index of before it has none. */
export const indexIdsIn = (row: Row): { readonly id?: string; readonly prev?: string } => attributesOf(row);

/** A stamp as one short string: hash of the peer, generation, id. */
const stampText = ({ peer, generation, id }: MappingStamp): string => `${peer} ${generation} ${id}`;
function stampIn(text: string): MappingStamp {
  const [peer = '', generation, id = ''] = text.split(' ');
  return { peer, generation: Number(generation), id };
}

export const headFields = ({ version: _, stamps, ...head }: Head): Fields => ({
  attributes: present({ f: SHAPE.head, ...head, stamps: stamps?.map(stampText) }),
});
export function headFromRow(row: Row): Head {
  const { f: _, stamps, ...head } = attributesOf<Loose & { readonly stamps?: string[] }>(row);
  const known = head as unknown as Omit<Head, 'version' | 'stamps'>;
  return { ...known, ...(stamps && { stamps: stamps.map(stampIn) }), version: row.version };
}

/** Members of an anchor whose attribute has a shorter name. */
const ANCHOR_ATTRIBUTES = {
  lastSentType: 'spoken',
  sentProperties: 'words',
  capacities: 'room',
  listedProperties: 'listed',
  formHash: 'caps',
  gotExceptions: 'whole',
  datesUntil: 'dates',
  syncSet: 'view',
} as const satisfies { readonly [member in keyof Anchor]?: string };

const ANCHOR_MEMBERS = Object.fromEntries(
  Object.entries(ANCHOR_ATTRIBUTES).map(([member, attribute]) => [attribute, member]),
);

const renamed = (values: Loose, names: { readonly [name: string]: string }): Loose =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name] ?? name, value]));

export function anchorFields({ version: _, resend, ...rest }: Anchor): Fields {
  const due = resend.map(({ why, guid, since }) =>
    [why, guid, since].filter((part) => part !== undefined).join(' '),
  );
  return {
    attributes: present({ f: SHAPE.anchor, ...renamed(rest, ANCHOR_ATTRIBUTES), resend: due }),
  };
}

export function anchorFromRow(row: Row): Anchor {
  const { f: _, resend, ...rest } = attributesOf<Loose & { readonly resend: string[] }>(row);
  const due = resend.map((text): Resend => {
    const [why, guid = '', since] = text.split(' ');
    const known = since !== undefined && { since: Number(since) };
    return { guid: asGuid(guid), why: why === 'map' ? 'map' : 'error', ...known };
  });
  const members = renamed(rest, ANCHOR_MEMBERS) as Omit<Anchor, 'resend' | 'version'>;
  return { ...members, resend: due, version: row.version };
}

export function deviceFields({ devInf, nonce, challenge }: Device): Fields {
  const attributes = present({ f: SHAPE.device, nonce, challenge });
  return devInf === undefined ? { attributes } : { attributes, blob: packJson(devInf) };
}

export function deviceFromRow(row: Row): Device {
  const { nonce, challenge } = attributesOf<{ nonce?: string; challenge?: string }>(row);
  const devInf = unpackJson(row.blob) as Device['devInf'];
  return {
    version: row.version,
    ...(nonce !== undefined && { nonce }),
    ...(challenge !== undefined && { challenge }),
    ...(devInf && { devInf }),
  };
}

export const accountFields = ({ login, user, verifier, san, policies }: Account): Fields => ({
  attributes: present({ f: SHAPE.account, login, user, verifier, san, policies }),
});
export function accountFromRow(row: Row): Account {
  const { login, user, verifier, san, policies } = attributesOf<Account>(row);
  return { login, user, verifier, ...(san !== undefined && { san }), ...(policies && { policies }) };
}

export const mappingFields = (guid: Guid): Fields => ({ attributes: { f: SHAPE.mapping, guid } });
export const mappingFromRow = (row: Row): Guid => attributesOf<{ guid: Guid }>(row).guid;

export const reviewFields = (review: Review): Fields => ({
  attributes: present({ f: SHAPE.review, ...review }),
});
export function reviewFromRow(row: Row): Review {
  const { guid, other, score, reasons, by, at } = attributesOf<Review>(row);
  return { guid, other, score, reasons, by, at };
}
