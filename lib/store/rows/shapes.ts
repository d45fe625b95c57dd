/**
 * Domain records <-> row attributes. Every row has the version of its shape in `f`. Raise the version in SHAPE with any
 * change here, and let the reader take the older shape. A test pins each shape.
 */

import { blockingKeysOf } from '../../engine/model/blocking-keys.ts';
import { guid as asGuid, type Guid, type Peer } from '../../engine/model/ids.ts';
import type {
  Account,
  Anchor,
  Change,
  Commit,
  Device,
  Head,
  Item,
  ItemVersion,
  Luids,
  Resend,
  Review,
} from '../../engine/model/records.ts';
import { Content, type StoredContent } from '../../pim/content.ts';
import type { Attribute, Row } from '../port/port.ts';
import { packJson, packText, unpackJson, unpackText } from './pack.ts';

export const SHAPE = {
  item: 2,
  version: 2,
  part: 1,
  commit: 2,
  head: 1,
  anchor: 4,
  device: 1,
  mapping: 1,
  account: 1,
  session: 1,
  change: 1,
  review: 1,
} as const;

export type Fields = {
  readonly attributes: { readonly [name: string]: Attribute };
  readonly blob?: Uint8Array;
};

type Loose = { readonly [name: string]: unknown };
const attributesOf = <T>(row: Row): T => row.attributes as unknown as T;

/** The members that are not undefined. */
function defined(values: Loose): { [name: string]: Attribute } {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as {
    [name: string]: Attribute;
  };
}

/** The content's own attributes, and its text unless that lies in part rows. */
function contentFields(content: Content | undefined, parts: number): Fields {
  if (content === undefined) return { attributes: {} };
  const { type, hash, size, key, about } = content;
  const own = { type, hash, size, key, about };
  if (parts > 0) return { attributes: { ...own, marks: blockingKeysOf(content), parts } };
  if (!content.isWhole)
    return { attributes: defined({ ...own, marks: content.blockingKeys, parts: content.parts }) };
  const packed = packedText(content);
  return { ...packed, attributes: { ...own, ...packed.attributes } };
}

/** The packed texts of contents. A text that came from a row goes into the next row as it is packed there. */
const packedTexts = new WeakMap<Content, Fields>();

function packedText(content: Content): Fields {
  const packed = packedTexts.get(content) ?? packText(content.storedText);
  packedTexts.set(content, packed);
  return packed;
}

/** The attributes of a content. The row names its blocking keys `marks`. */
type ContentAttributes = Partial<StoredContent> & { readonly marks?: string };

function contentIn(row: Row): Content | undefined {
  const { type, hash, size, key, about, parts, marks } = attributesOf<ContentAttributes>(row);
  if (type === undefined) return undefined;
  const own = { type, hash, size, key, about } as StoredContent;
  const { text } = row.attributes;
  if (parts !== undefined || (text === undefined && row.blob === undefined))
    return Content.ofRow({
      ...own,
      ...(marks !== undefined && { blockingKeys: marks }),
      ...(parts !== undefined && { parts }),
    });
  const content = Content.ofRow(own, () => unpackText(row) ?? '');
  packedTexts.set(content, {
    attributes: text === undefined ? {} : { text },
    ...(row.blob && { blob: row.blob }),
  });
  return content;
}

export function itemFields(item: Item, parts: number): Fields {
  const content = contentFields(item.content, parts);
  const { rev, sequence, origin, differs, at, luids, sent } = item;
  const attributes = { f: SHAPE.item, rev, seq: sequence, by: origin, differs, at, luids, sent };
  return { ...content, attributes: { ...defined(attributes), ...content.attributes } };
}

export function itemFromRow(guid: Guid, row: Row): Item {
  const a = attributesOf<{
    rev: number;
    seq: number;
    by: Peer;
    differs?: true;
    at: number;
    luids: Luids;
    sent?: Item['sent'];
  }>(row);
  const content = contentIn(row);
  return {
    guid,
    rev: a.rev,
    sequence: a.seq,
    origin: a.by,
    at: a.at,
    luids: a.luids,
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
  return { ...content, attributes: { ...defined(attributes), ...content.attributes } };
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

/** A change as one short string: operation, GUID, rev, previous rev, and a `d` if it differs from what was sent. */
const OPS = { add: 'a', replace: 'r', delete: 'd' } as const;
const changeText = ({ op, guid, rev, prevRev, differs }: Change): string =>
  `${OPS[op]} ${guid} ${rev} ${prevRev}${differs === true ? ' d' : ''}`;

function changeOf(text: string): Change {
  const [code, guid = '', rev, prevRev, mark] = text.split(' ');
  const op = code === 'a' ? 'add' : code === 'r' ? 'replace' : 'delete';
  return {
    guid: asGuid(guid),
    op,
    rev: Number(rev),
    prevRev: Number(prevRev),
    ...(mark === 'd' && { differs: true }),
  };
}

export const commitFields = ({ origin, session, at, changes }: Commit): Fields => ({
  attributes: { f: SHAPE.commit, origin, session, at, changes: changes.map(changeText) },
});

export function commitFromRow(sequence: number, row: Row): Commit {
  const { origin, session, at, changes } = attributesOf<{
    origin: Peer;
    session: string;
    at: number;
    changes: string[];
  }>(row);
  return { sequence, origin, session, at, changes: changes.map(changeOf) };
}

export const headFields = (head: Head): Fields => ({
  attributes: { f: SHAPE.head, sequence: head.sequence },
});
export const headFromRow = (row: Row): Head => ({
  sequence: attributesOf<{ sequence: number }>(row).sequence,
  version: row.version,
});

/** Members of an anchor whose attribute has a shorter name. */
const ANCHOR_ATTRIBUTES = {
  lastSentType: 'spoken',
  sentProperties: 'words',
  listedProperties: 'listed',
  formHash: 'caps',
  gotExceptions: 'whole',
  syncSet: 'view',
} as const satisfies { readonly [member in keyof Anchor]?: string };

const ANCHOR_MEMBERS = Object.fromEntries(
  Object.entries(ANCHOR_ATTRIBUTES).map(([member, attribute]) => [attribute, member]),
);

const renamed = (values: Loose, names: { readonly [name: string]: string }): Loose =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name] ?? name, value]));

export function anchorFields({ version: _, resend, ...rest }: Anchor): Fields {
  const due = resend.map(({ why, guid }) => `${why} ${guid}`);
  return {
    attributes: defined({ f: SHAPE.anchor, ...renamed(rest, ANCHOR_ATTRIBUTES), resend: due }),
  };
}

export function anchorFromRow(row: Row): Anchor {
  const { f: _, resend, ...rest } = attributesOf<Loose & { readonly resend: string[] }>(row);
  const due = resend.map((text): Resend => {
    const [why, guid = ''] = text.split(' ');
    return { guid: asGuid(guid), why: why === 'map' ? 'map' : 'error' };
  });
  const members = renamed(rest, ANCHOR_MEMBERS) as Omit<Anchor, 'resend' | 'version'>;
  return { ...members, resend: due, version: row.version };
}

export function deviceFields({ devInf, nonce, challenge }: Device): Fields {
  const attributes = defined({ f: SHAPE.device, nonce, challenge });
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
  attributes: defined({ f: SHAPE.account, login, user, verifier, san, policies }),
});
export function accountFromRow(row: Row): Account {
  const { login, user, verifier, san, policies } = attributesOf<Account>(row);
  return { login, user, verifier, ...(san !== undefined && { san }), ...(policies && { policies }) };
}

export const mappingFields = (guid: Guid): Fields => ({ attributes: { f: SHAPE.mapping, guid } });
export const mappingFromRow = (row: Row): Guid => attributesOf<{ guid: Guid }>(row).guid;

export const reviewFields = (review: Review): Fields => ({
  attributes: defined({ f: SHAPE.review, ...review }),
});
export function reviewFromRow(row: Row): Review {
  const { guid, other, score, reasons, by, at } = attributesOf<Review>(row);
  return { guid, other, score, reasons, by, at };
}
