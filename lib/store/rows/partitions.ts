/** Where all rows of a user lie: by partition, for what reads or deletes them as a whole. */
import { DATASTORES } from '../../engine/model/datastores.ts';
import { CRM, IMPORT, type Peer, SHARDS } from '../../engine/model/ids.ts';
import type { Key, Range } from '../port/port.ts';
import { keyOfParts, keyPart } from './key-parts.ts';
import {
  accountKey,
  crmChangeKey,
  guardRange,
  type InDatastore,
  type InSession,
  sessionKey,
  userKey,
} from './keys.ts';

export type Partition = Pick<Key, 'table' | 'pk'>;

/** Those of one datastore: its items, its log, its match index, its reviews. */
export const datastorePartitions = ({ user, datastore }: InDatastore): Partition[] =>
  [...Array.from({ length: SHARDS }, (_, shard) => String(shard)), 'log', 'index', 'review'].map((place) => ({
    table: 'items',
    pk: keyOfParts(user, datastore, place),
  }));

/** What is known of the devices and the other peers of a user, each by its name. */
export const peerPartitions = (
  user: string,
  devices: readonly Peer[],
): { readonly name: string; readonly partition: Partition }[] =>
  ['devices', 'syncs', CRM, IMPORT, ...devices].map((name) => ({
    name,
    partition: { table: 'anchors', pk: keyOfParts(user, name) },
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
  const [first, ...others] = pk.split('#');
  if (first !== keyPart(user)) return false;
  switch (table) {
    case 'accounts':
      return false;
    case 'crm-changes':
      return others.length === 0;
    case 'sessions':
      // Keys with fewer parts are no user's.
      return others.length === 2;
    default:
      return others.length > 0;
  }
}

/** Is it the key of a row of the login: its account, its place in the list of users, its failed logins? */
export function isKeyOfLogin(login: string, { table, pk, sk }: Key): boolean {
  const listed = userKey(login);
  if (table === 'accounts') return pk === accountKey(login).pk || (pk === listed.pk && sk === listed.sk);
  return table === 'sessions' && pk === guardRange(login).pk;
}
