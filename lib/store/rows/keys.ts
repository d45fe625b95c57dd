/**
 * The key of every row. Every partition key begins with the user, which keeps the users apart.
 *
 * | table | pk | sk |
 * |---|---|---|
 * | items | user#datastore#shard | `I#guid` item, `V#guid#rev` version, `B#guid#hash#n` part of a large body |
 * | items | user#datastore#log | `C#sequence` commit, `H` head |
 * | items | user#datastore#index | `X#epoch#n` row of the match index |
 * | items | user#datastore#review | `guid#other` two that may be the same |
 * | anchors | user#peer | `D` device, `A#datastore` anchors, `P#datastore#generation#part#number#id` mapping, `L#datastore#generation#luid` mapping of before |
 * | sessions | user#peer#SessionID | `S` state, `R` reply, `R#tag` a large one, `K#n` chunk, `K#tag#n` kept message |
 * | crm-changes | user | event id |
 * | accounts | login | `account` |
 * | sessions | `probe` | a row that is written to see whether that works; no user's |
 */
import { createHash } from 'node:crypto';
import { type Guid, type Peer, SHARDS, shardOf } from '../../engine/model/ids.ts';
import type { Key, Range } from '../port/port.ts';

/** DynamoDB takes 2,048 bytes of partition key and 1,024 of sort key; a longer part is replaced by its hash. */
const MAX_PART = 500;

const part = (text: string): string => {
  const escaped = text.replace(/[%#]/g, (c) => (c === '#' ? '%23' : '%25'));
  if (Buffer.byteLength(escaped) <= MAX_PART) return escaped;
  return `%h${createHash('sha256').update(text).digest('base64url')}`;
};
const join = (...parts: readonly string[]): string => parts.map(part).join('#');
const digits = (n: number, width: number): string => String(n).padStart(width, '0');

export interface InDatastore {
  readonly user: string;
  readonly datastore: string;
}
export interface InSession {
  readonly user: string;
  readonly peer: Peer;
  readonly sessionId: string;
}

const items = ({ user, datastore }: InDatastore, guid: Guid, sk: string): Key => ({
  table: 'items',
  pk: join(user, datastore, String(shardOf(guid))),
  sk,
});
export const itemKey = (at: InDatastore, guid: Guid): Key => items(at, guid, `I#${guid}`);
/** `hash`: of a content that never was the item's content. */
export const versionKey = (at: InDatastore, guid: Guid, rev: number, hash?: string): Key =>
  items(at, guid, `V#${guid}#${digits(rev, 8)}${hash === undefined ? '' : `#${hash}`}`);
export const partKey = (at: InDatastore, guid: Guid, hash: string, n: number): Key =>
  items(at, guid, `B#${guid}#${hash}#${digits(n, 3)}`);

/** The items of one shard, in the order of their GUIDs. */
export const shardRange = ({ user, datastore }: InDatastore, shard: number): Range => ({
  table: 'items',
  pk: join(user, datastore, String(shard)),
  from: 'I#',
  to: 'I#~',
});
/** All items of a datastore, as one range for each shard. */
export const inventoryRanges = (at: InDatastore): Range[] =>
  Array.from({ length: SHARDS }, (_, shard) => shardRange(at, shard));
/** All versions of one item, oldest first. */
export const versionRange = (at: InDatastore, guid: Guid): Range => {
  const { table, pk } = itemKey(at, guid);
  return { table, pk, from: `V#${guid}#`, to: `V#${guid}#~` };
};

const log = ({ user, datastore }: InDatastore, sk: string): Key => ({
  table: 'items',
  pk: join(user, datastore, 'log'),
  sk,
});
export const commitKey = (at: InDatastore, sequence: number): Key => log(at, `C#${digits(sequence, 12)}`);
export const headKey = (at: InDatastore): Key => log(at, 'H');
/** All commits, and behind them the head. */
export const logRange = (at: InDatastore): Range => ({
  table: 'items',
  pk: log(at, '').pk,
  from: 'C#',
  to: headKey(at).sk,
});
export const commitRange = (at: InDatastore, from: number, to: number): Range => ({
  table: 'items',
  pk: log(at, '').pk,
  from: commitKey(at, from).sk,
  to: commitKey(at, to).sk,
});

const matchIndex = ({ user, datastore }: InDatastore): string => join(user, datastore, 'index');
/** Row `n` of the match index of this epoch. */
export const indexKey = (at: InDatastore, epoch: string, n: number): Key => ({
  table: 'items',
  pk: matchIndex(at),
  sk: `X#${epoch}#${digits(n, 6)}`,
});
/** The rows of an index from row `from` on. They never change, so they may be read eventually consistent. */
export const indexRange = (at: InDatastore, epoch: string, from: number): Range => ({
  table: 'items',
  pk: matchIndex(at),
  from: indexKey(at, epoch, from).sk,
  to: `X#${epoch}#~`,
  eventual: true,
});

const review = ({ user, datastore }: InDatastore): string => join(user, datastore, 'review');
export const reviewKey = (at: InDatastore, guid: Guid, other: Guid): Key => ({
  table: 'items',
  pk: review(at),
  sk: `${guid}#${other}`,
});
/** All reviews of a datastore. */
export const reviewRange = (at: InDatastore): Range => ({
  table: 'items',
  pk: review(at),
  from: ' ',
  to: '~',
});

const peers = (user: string, peer: Peer, sk: string): Key => ({ table: 'anchors', pk: join(user, peer), sk });
export const deviceKey = (user: string, peer: Peer): Key => peers(user, peer, 'D');
export const anchorKey = ({ user, datastore }: InDatastore, peer: Peer): Key =>
  peers(user, peer, `A#${datastore}`);
export const mappingKey = (
  { user, datastore }: InDatastore,
  peer: Peer,
  generation: number,
  luid: string,
): Key => peers(user, peer, `L#${datastore}#${generation}#${part(luid)}`);

const pairsPrefix = (
  { datastore }: InDatastore,
  { generation, part: at }: Pick<PairsRow, 'generation' | 'part'>,
): string => `P#${datastore}#${generation}#${digits(at, 2)}#`;
/** A row of pairs. Those of one part of a generation are in the order of their numbers. */
export const pairsKey = (at: InDatastore, peer: Peer, row: PairsRow): Key =>
  peers(at.user, peer, `${pairsPrefix(at, row)}${digits(row.number, 6)}#${row.id}`);
export const pairsRange = (
  at: InDatastore,
  peer: Peer,
  row: Pick<PairsRow, 'generation' | 'part'>,
): Range => {
  const { table, pk, sk } = peers(at.user, peer, pairsPrefix(at, row));
  return { table, pk, from: sk, to: `${sk}~` };
};
interface PairsRow {
  readonly generation: number;
  readonly part: number;
  readonly number: number;
  readonly id: string;
}

const sessions = ({ user, peer, sessionId }: InSession, sk: string): Key => ({
  table: 'sessions',
  pk: join(user, peer, sessionId),
  sk,
});
export const sessionKey = (at: InSession): Key => sessions(at, 'S');
export const replyKey = (at: InSession): Key => sessions(at, 'R');
/** The bytes of a large reply. */
export const replyBytesKey = (at: InSession, tag: string): Key => sessions(at, `R#${tag}`);
/** `tag`: for the rows of a deferred message. */
export const chunkKey = (at: InSession, n: number, tag?: string): Key =>
  sessions(at, `K#${tag === undefined ? '' : `${tag}#`}${digits(n, 6)}`);

export const accountKey = (login: string): Key => ({ table: 'accounts', pk: part(login), sk: 'account' });
/** Keys of sessions have three parts, so no session has this one. */
export const probeKey = (): Key => ({ table: 'sessions', pk: 'probe', sk: 'probe' });
export const crmChangeKey = (user: string, eventId: string): Key => ({
  table: 'crm-changes',
  pk: part(user),
  sk: part(eventId),
});
