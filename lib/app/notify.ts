/**
 * Asking a device to begin a session (A01): which form it reads, which datastores it has, what signs it.
 *
 * Owns: the choice from what the store knows of the device. Must not know: the bearer (WAP push, SMS, OBEX), which takes
 * the bytes from here. No device answers a notification (A05): who wants to be sure sends it again (A10).
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
  /** 206 to 210; 206, two-way, by default. A 1.2 package for all datastores, whatever they are, leaves it to the device. */
  readonly type?: number;
  /** 1, in the background, by default; 1.2 only. */
  readonly uiMode?: UiMode;
  /** 0 to 65535. By default 0 in 1.2, which leaves it to the device, else a random one. A resend repeats it (A04). */
  readonly sessionId?: number;
  /** By default the version of the device information that the device sent, 1.2 without one. */
  readonly version?: Version;
  /** The server's URI as the device knows it, for 1.0 and 1.1; by default our server id. */
  readonly url?: string;
  /** The server's password at the device, for the digest of 1.2. */
  readonly password?: string;
  /** Decoded octets of the nonce that the device expects from the server; none by default. */
  readonly nonce?: Uint8Array;
}

/** Where the server's password came from: the options, the account, or there was none and the empty one stands in. */
export type PasswordFrom = 'options' | 'account' | 'none';

export interface Notified {
  readonly version: Version;
  readonly contentType: string;
  /** WAP push's code of the content type, where it has one (A06). */
  readonly wapCode?: number;
  /** What on the device the push is for, by name and by WAP push's code (A06). */
  readonly application: typeof PUSH_APPLICATION;
  readonly bytes: Uint8Array;
  /** 0 leaves it to the device. */
  readonly sessionId: number;
  /** False when the device never sent its device information. */
  readonly known: boolean;
  /** Ours that the device is to synchronise; none means all that it has, each as it is set up there. */
  readonly datastores: readonly string[];
  /** Absent where nothing is signed: 1.0 and 1.1. */
  readonly passwordFrom?: PasswordFrom;
}

/**
 * The notification for a device, ready to be sent. Throws UnknownLoginError, and a RangeError for a value that its field
 * does not hold.
 *
 * The digest of 1.2 proves that the server knows its *own* password at the device, which this protocol does not hand
 * over: it comes from a configuration of the device. So it is taken from the options, else from `san` in the account's
 * row: B64(MD5(serverId ":" password)). With neither, the digest is made with the empty password and without a nonce:
 * devices that do not check it take it, devices that do will ignore the notification.
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
  // The package says a type for each datastore that it names, and none for "all".
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

/** Our datastores that the device has. Empty, which means all, when it has none or one could be several of ours. */
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

/** By its name if we have one of that name, else all that take an item type of its. */
function fitting(own: DevInfDataStore): readonly Datastore[] {
  const named = datastoreOf(own.sourceRef);
  if (named !== undefined) return [named];
  return DATASTORES.filter((datastore) => typesOf(own).some((type) => takesType(datastore, type)));
}

const typesOf = ({ rxPref, rx, txPref, tx }: DevInfDataStore): string[] =>
  [...(rxPref ? [rxPref] : []), ...rx, ...(txPref ? [txPref] : []), ...tx].map(({ type }) => type);
