/**
 * Asks a device to begin a session (A01): in which form, for which datastores, signed by which password.
 *
 * Owns: the choice from what the store knows of the device. Must not know: the bearer (WAP push, SMS, OBEX), which
 * takes the bytes from here. No device answers a notification (A05). To be sure, it is sent again (A10).
 */
import { randomInt } from 'node:crypto';
import { encode } from '../codec/codec.ts';
import { SERVER_ID } from '../engine/device/own-devinf.ts';
import { DATASTORES, type Datastore, datastoreOf, takesType } from '../engine/model/datastores.ts';
import { peerOfDevice } from '../engine/model/ids.ts';
import type { Account } from '../engine/model/records.ts';
import { verifierOf } from '../engine/session/credentials.ts';
import { Alert } from '../message/codes.ts';
import type { DevInf, DevInfDataStore } from '../message/devinf-model.ts';
import type { Version } from '../message/model.ts';
import {
  alertMessage,
  buildNotification,
  Initiator,
  NOTIFICATION_TYPE,
  PUSH_APPLICATION,
  UiMode,
} from '../message/notification.ts';
import { serializeMessage } from '../message/serialize/message.ts';
import { highestVersion, versionOfDTD } from '../message/versions.ts';
import type { Store } from '../store/port/port.ts';
import { deviceKey } from '../store/rows/keys.ts';
import { deviceFromRow } from '../store/rows/shapes.ts';
import { knownAccount } from './accounts.ts';
import { CONTENT_TYPES } from './exchange.ts';

export interface NotifyOptions {
  /**
   * Alert code, 206 to 210; by default 206, two-way. A 1.2 package for all datastores has none: the device chooses.
   */
  readonly type?: number;
  /** For 1.2 only; by default 1, in the background. */
  readonly uiMode?: UiMode;
  /**
   * 0 to 65535. By default 0 in 1.2, which leaves the id to the device, else a random one. A resend repeats it (A04).
   */
  readonly sessionId?: number;
  /** By default the version of the device information that the device sent; 1.2 if it sent none. */
  readonly version?: Version;
  /** The server's URI as the device knows it, for 1.0 and 1.1; by default the server id. */
  readonly url?: string;
  /** The server's password at the device, for the digest of 1.2. */
  readonly password?: string;
  /** Decoded octets of the nonce that the device expects from the server; none by default. */
  readonly nonce?: Uint8Array;
}

/** Where the server's password came from: the options, the account, or nowhere, so that the empty one was used. */
export type PasswordFrom = 'options' | 'account' | 'none';

export interface Notified {
  readonly version: Version;
  readonly contentType: string;
  /** The code of the content type in WAP push, if there is one (A06). */
  readonly wapCode?: number;
  /** The application on the device that the push is for, by name and by its code in WAP push (A06). */
  readonly application: typeof PUSH_APPLICATION;
  readonly bytes: Uint8Array;
  /** 0 leaves the id to the device. */
  readonly sessionId: number;
  /** False when the device never sent its device information. */
  readonly known: boolean;
  /** The server's datastores to synchronise. Empty: all that the device has, each as it is set up there. */
  readonly datastores: readonly string[];
  /** Absent in 1.0 and 1.1, where nothing is signed. */
  readonly passwordFrom?: PasswordFrom;
}

/**
 * The notification for a device, ready to be sent. Throws UnknownLoginError, and a RangeError for a value that its
 * field cannot hold.
 *
 * The digest of 1.2 proves that the server knows its *own* password at the device. SyncML does not transfer this
 * password: it is set up on the device. So it is taken from the options, else from `san` in the account's row:
 * B64(MD5(serverId ":" password)). With neither of them the digest is made with the empty password. Devices that check
 * the digest ignore such a notification; all others accept it.
 */
export async function notify(
  store: Store,
  { login, device }: { readonly login: string; readonly device: string },
  options: NotifyOptions = {},
): Promise<Notified> {
  const account = await knownAccount(store, login);
  const [found] = await store.get([deviceKey(account.user, peerOfDevice(device))]);
  const devInf = found && deviceFromRow(found).devInf;
  const version = options.version ?? versionOfDTD(devInf?.verDTD ?? '') ?? highestVersion;
  const common = { version, known: devInf !== undefined, application: PUSH_APPLICATION };
  if (version === '1.2') return { ...common, ...binary(account, chosenFrom(devInf), options) };
  return { ...common, ...message(version, found && device, chosenFrom(devInf), options) };
}

type Made = Omit<Notified, 'version' | 'known' | 'application'>;

function binary(account: Account, chosen: readonly Chosen[], options: NotifyOptions): Made {
  const { type, uiMode = UiMode.background, sessionId = 0, nonce = new Uint8Array(0) } = options;
  const { verifier, passwordFrom } = signature(account, options.password);
  // The package has an Alert code for each datastore that it names, but none for "all".
  const datastores = urisOf(type === undefined ? chosen : orAll(chosen));
  const syncs = datastores.map((serverUri) => ({ code: type ?? Alert.twoWayByServer, serverUri }));
  const common = { verifier, nonce, serverId: SERVER_ID, sessionId, uiMode, initiator: Initiator.server };
  const bytes = buildNotification({ ...common, syncs });
  const { name: contentType, wapCode } = NOTIFICATION_TYPE;
  return { contentType, wapCode, bytes, sessionId, datastores, passwordFrom };
}

function signature({ san }: Account, password?: string): { verifier: string; passwordFrom: PasswordFrom } {
  if (password !== undefined) return { verifier: verifierOf(SERVER_ID, password), passwordFrom: 'options' };
  if (san !== undefined) return { verifier: san, passwordFrom: 'account' };
  return { verifier: verifierOf(SERVER_ID, ''), passwordFrom: 'none' };
}

function message(
  version: Exclude<Version, '1.2'>,
  device: string | undefined,
  chosen: readonly Chosen[],
  options: NotifyOptions,
): Made {
  const { type: code = Alert.twoWayByServer, sessionId = randomInt(1, 0x10000), url = SERVER_ID } = options;
  const named = orAll(chosen); // a message has no way to say "all"
  const document = alertMessage({
    ...{ version, sessionId: String(sessionId), source: url },
    ...(device !== undefined && { device }),
    syncs: named.map(({ datastore, ...rest }) => ({ ...rest, code, serverUri: uriOf(datastore) })),
  });
  const bytes = encode(serializeMessage(document, version), 'wbxml', version);
  return { contentType: CONTENT_TYPES.wbxml, bytes, sessionId, datastores: urisOf(named) };
}

interface Chosen {
  readonly datastore: Datastore;
  readonly clientUri?: string;
  readonly type: string;
}

const uriOf = (datastore: Datastore): string => `./${datastore.name}`;
const urisOf = (chosen: readonly Chosen[]): string[] => chosen.map(({ datastore }) => uriOf(datastore));
const orAll = (chosen: readonly Chosen[]): readonly Chosen[] =>
  chosen.length > 0 ? chosen : DATASTORES.map((datastore) => ({ datastore, type: datastore.types[0].type }));

/**
 * The server's datastores that the device has. Empty, which means all, when the device has none of them, or when one of
 * its databases fits several.
 */
function chosenFrom(devInf: DevInf | undefined): readonly Chosen[] {
  const chosen = new Map<string, Chosen>();
  for (const own of devInf?.dataStores ?? []) {
    const [datastore, other] = fitting(own);
    if (other !== undefined) return [];
    if (datastore === undefined || chosen.has(datastore.name)) continue;
    const type = typesOf(own).find((offered) => takesType(datastore, offered)) ?? datastore.types[0].type;
    chosen.set(datastore.name, { datastore, clientUri: own.sourceRef, type });
  }
  return [...chosen.values()];
}

/**
 * The server's datastores that a database of the device may mean: the one of its name, else all that take its types.
 */
function fitting(own: DevInfDataStore): readonly Datastore[] {
  const named = datastoreOf(own.sourceRef);
  if (named !== undefined) return [named];
  return DATASTORES.filter((datastore) => typesOf(own).some((type) => takesType(datastore, type)));
}

const typesOf = ({ rxPref, rx, txPref, tx }: DevInfDataStore): string[] =>
  [...(rxPref ? [rxPref] : []), ...rx, ...(txPref ? [txPref] : []), ...tx].map(({ type }) => type);
