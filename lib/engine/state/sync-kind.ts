/**
 * Kinds of sync as a table of traits [SP11 2.2, 5]. The rest of the engine asks for a trait. No other file compares
 * kinds or calculates with alert codes.
 *
 * | kind | Alert | by server | sends | complete | compared | wins |
 * |---|---|---|---|---|---|---|
 * | two-way | 200 | 206 | both | no | no | by the policy |
 * | slow | 201 | - | both | yes | yes | neither: what either has stays |
 * | one-way-from-client | 202 | 207 | client | no | no | by the policy |
 * | refresh-from-client | 203 | 208 | client | yes | yes | client |
 * | one-way-from-server | 204 | 209 | server | no | no | server |
 * | refresh-from-server | 205 | 210 | server | yes | no | server |
 */
import { Alert, type AlertCode } from '../../message/codes.ts';
import { SYNC_KINDS, type SyncKind } from '../model/datastore-state.ts';

export interface SyncTraits {
  /** The code of the Alert by which a client begins the sync, and of the server's Alert that answers. */
  readonly alert: AlertCode;
  /** The code by which a client begins the sync because a server alerted it (A09). */
  readonly byServer?: AlertCode;
  readonly clientSends: boolean;
  readonly serverSends: boolean;
  /** Whoever sends names all its items, not only those that changed. */
  readonly isComplete: boolean;
  /** The client's items are compared with the server's, one by one. */
  readonly isCompared: boolean;
  /** Whose content stands where the two sides differ. */
  readonly wins: 'policy' | 'neither' | 'client' | 'server';
  /** The complete kind of the same direction; the kind itself if it is complete (Y18). */
  readonly complete: SyncKind;
}

const both = { clientSends: true, serverSends: true };
const client = { clientSends: true, serverSends: false };
const server = { clientSends: false, serverSends: true };
const changes = { isComplete: false, isCompared: false };

const TRAITS: { readonly [kind in SyncKind]: SyncTraits } = {
  'two-way': {
    ...{ alert: Alert.twoWay, byServer: Alert.twoWayByServer },
    ...{ ...both, ...changes, wins: 'policy', complete: 'slow' },
  },
  slow: {
    alert: Alert.slowSync,
    ...{ ...both, isComplete: true, isCompared: true, wins: 'neither', complete: 'slow' },
  },
  'one-way-from-client': {
    ...{ alert: Alert.oneWayFromClient, byServer: Alert.oneWayFromClientByServer },
    ...{ ...client, ...changes, wins: 'policy', complete: 'refresh-from-client' },
  },
  'refresh-from-client': {
    ...{ alert: Alert.refreshFromClient, byServer: Alert.refreshFromClientByServer },
    ...{ ...client, isComplete: true, isCompared: true, wins: 'client', complete: 'refresh-from-client' },
  },
  'one-way-from-server': {
    ...{ alert: Alert.oneWayFromServer, byServer: Alert.oneWayFromServerByServer },
    ...{ ...server, ...changes, wins: 'server', complete: 'refresh-from-server' },
  },
  'refresh-from-server': {
    ...{ alert: Alert.refreshFromServer, byServer: Alert.refreshFromServerByServer },
    ...{ ...server, isComplete: true, isCompared: false, wins: 'server', complete: 'refresh-from-server' },
  },
};

/** The traits of a datastore's kind of sync. */
export const traitsOf = ({ kind }: { readonly kind: SyncKind }): SyncTraits => TRAITS[kind];

/** Does the server send the client nothing of this datastore in this session? */
export const isOneWayFromClient = (datastore: { readonly kind: SyncKind }): boolean =>
  !traitsOf(datastore).serverSends;

const BY_ALERT: ReadonlyMap<number, SyncKind> = new Map(
  SYNC_KINDS.flatMap((kind) => {
    const { alert, byServer } = TRAITS[kind];
    return [alert, ...(byServer === undefined ? [] : [byServer])].map((code) => [code, kind] as const);
  }),
);

/** The kind of sync that an Alert of this code begins; undefined for all other codes. */
export const kindOfAlert = (code: number): SyncKind | undefined => BY_ALERT.get(code);
