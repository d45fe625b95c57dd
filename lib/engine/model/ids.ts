/**
 * Identifiers that must not be taken for one another, and how GUIDs are made.
 *
 * The GUID of an item is a hash of where it was added. So a repeated Add finds its own item, and a Replace or Delete by
 * the same peer needs no look-up table.
 */
import { digest } from '../../pim/digest.ts';

declare const brand: unique symbol;
/** Server-wide id of an item, 22 characters; devices that hold no long ids get its beginning (M03). */
export type Guid = string & { readonly [brand]: 'Guid' };
/** Id that a peer gave an item [SP11 2.3]; opaque, `007` is not `7`. */
export type Luid = string & { readonly [brand]: 'Luid' };
/** Who changes items: a device of the user, the CRM, or an undo. */
export type Peer = string & { readonly [brand]: 'Peer' };

export const CRM = 'crm' as Peer;
const DEVICE_PREFIX = 'd:';

/** Device ids are opaque (H10); the prefix keeps a device named `crm` a device. */
export const peerOfDevice = (deviceId: string): Peer => `${DEVICE_PREFIX}${deviceId}` as Peer;

/** Has the text the form of a GUID that this server makes? */
export const isGuid = (text: string): boolean => /^[\w-]{22}$/.test(text);
export const guid = (text: string): Guid => text as Guid;

/** The items of a user lie in so many partitions, because one partition takes 1,000 write units a second. */
export const SHARDS = 8;
export const shardOf = (guid: Guid): number => guid.charCodeAt(guid.length - 1) % SHARDS;
export const luid = (text: string): Luid => text as Luid;

/** The random id of a commit. `seed` is random and new in each exchange. */
export const commitId = (seed: string, datastore: string, sequence: number): string =>
  digest(JSON.stringify([seed, datastore, sequence])).slice(0, 10);

/** Where an item was added. Without one of the parts, items of two users or two generations could get one GUID. */
export interface Birth {
  readonly user: string;
  readonly peer: Peer;
  readonly datastore: string;
  readonly generation: number;
  readonly luid: string;
}

export const derivedGuid = (birth: Birth): Guid =>
  guid(digest(JSON.stringify([birth.user, birth.peer, birth.datastore, birth.generation, birth.luid])));
