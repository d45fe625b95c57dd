/** Where all rows of a user lie: by partition, for what reads or deletes them as a whole. */
import { DATASTORES } from '../../engine/model/datastores.ts';
import { CRM, IMPORT, type Peer, SHARDS } from '../../engine/model/ids.ts';
import type { Key, Range } from '../port/port.ts';
import { keyOfParts, keyPart } from './key-parts.ts';
import { accountKey, crmChangeKey, type InDatastore, type InSession, sessionKey, userKey } from './keys.ts';

export type Partition = Pick<Key, 'table' | 'pk'>;

/** Those of one datastore: its items, its log, its match index, its reviews. */
export const datastorePartitions = ({ user, datastore }: InDatastore): Partition[] =>
  [...Array.from({ length: SHARDS }, (_, shard) => String(shard)), 'log', 'index', 'review'].map((place) => ({
    table: 'items',
    pk: keyOfParts(user, datastore, place),
  }));

/** What is known of the devices and the other peers of a user. */
export const peerPartitions = (user: string, devices: readonly Peer[]): Partition[] =>
  ['devices', 'syncs', CRM, IMPORT, ...devices].map((name) => ({
    table: 'anchors',
    pk: keyOfParts(user, name),
  }));

export const crmPartition = (user: string): Partition => ({
  table: 'crm-changes',
  pk: crmChangeKey(user, '').pk,
});

export const sessionPartition = (at: InSession): Partition => ({
  table: 'sessions',
  pk: sessionKey(at).pk,
});

/** All partitions of the items of a user and of the CRM's records for him. */
export const itemPartitions = (user: string): Partition[] => [
  ...DATASTORES.flatMap(({ name: datastore }) => datastorePartitions({ user, datastore })),
  crmPartition(user),
];

/** All rows of a partition. */
export const wholeRange = ({ table, pk }: Partition): Range => ({ table, pk, from: ' ', to: '\u{10ffff}' });

/** Is it the key of a row of the user's data? The rows of his logins are not among them. */
export function isKeyOfUser(user: string, { table, pk }: Key): boolean {
  if (table === 'accounts') return false;
  return table === 'crm-changes' ? pk === keyPart(user) : pk.startsWith(`${keyPart(user)}#`);
}

/** Is it the key of a row of the login? */
export function isKeyOfLogin(login: string, { table, pk, sk }: Key): boolean {
  if (table !== 'accounts') return false;
  const listed = userKey(login);
  return (
    pk === accountKey(login).pk || (pk === listed.pk && sk === listed.sk) || pk === keyOfParts('guard', login)
  );
}
