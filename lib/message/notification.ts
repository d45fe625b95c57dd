/**
 * Package #0, by which a server asks a device to begin a session [A.15]. In 1.2 it is a small binary package [B.6], in
 * 1.0 and 1.1 an ordinary message with Alerts [SP11 8.1].
 *
 * Owns: the fields, their sizes and the digest. Must not know: accounts, where passwords come from, how it is
 * delivered.
 */
import { createHash } from 'node:crypto';
import { concat, fromBase64, textToBytes, toBase64 } from './bytes.ts';
import { Alert, alertCode } from './codes.ts';
import type { Message, AlertCommand as MessageAlert, Version } from './model.ts';
import { versionRow } from './versions.ts';

/** The content type of the 1.2 package, by name and by its code in WAP push (A06). */
export const NOTIFICATION_TYPE = { name: 'application/vnd.syncml.ds.notification', wapCode: 0x4e } as const;
/** The application of the device that a push is for (A06). */
export const PUSH_APPLICATION = { name: 'x-wap-application:push.syncml', wapCode: 0x05 } as const;

export const UiMode = { notSpecified: 0, background: 1, informative: 2, interactive: 3 } as const;
export type UiMode = (typeof UiMode)[keyof typeof UiMode];
/** Who caused the session. */
export const Initiator = { user: 0, server: 1 } as const;
export type Initiator = (typeof Initiator)[keyof typeof Initiator];

export interface NotifiedSync {
  /** 206 to 210. */
  readonly code: number;
  /** The server's datastore. */
  readonly serverUri: string;
  /** WSP code of a content type; absent if none is given. */
  readonly contentType?: number;
}

export interface Notification {
  /** B64(MD5(serverId ":" password)), the server's password at this device. */
  readonly verifier: string;
  /** Decoded octets. */
  readonly nonce: Uint8Array;
  /** The DevID of the server's device information (D08). */
  readonly serverId: string;
  /** 0 leaves the id to the device. A resend repeats the id (A04). */
  readonly sessionId: number;
  readonly uiMode: UiMode;
  readonly initiator: Initiator;
  /** Empty for all datastores. */
  readonly syncs: readonly NotifiedSync[];
}

const PACKAGE_VERSION = 12;
const MD5_BYTES = 16;

/** The 1.2 package [B.6]. Throws a RangeError for a value that does not fit its field. */
export function buildNotification(notification: Notification): Uint8Array {
  const { verifier, nonce, serverId, sessionId, uiMode, initiator, syncs } = notification;
  const trigger = concat([
    pack([
      ['the version', PACKAGE_VERSION, 10],
      ['the ui mode', uiMode, 2],
      ['the initiator', initiator, 1],
      ['future use', 0, 27],
      ['the session id', sessionId, 16],
    ]),
    counted('the server id', serverId),
    pack([
      ['the number of syncs', syncs.length, 4],
      ['future use', 0, 4],
    ]),
    ...syncs.map(syncBytes),
  ]);
  return concat([notificationDigest(verifier, nonce, trigger), trigger]);
}

function syncBytes({ code, serverUri, contentType = 0 }: NotifiedSync): Uint8Array {
  const head = pack([
    ['the sync type', serverAlertCode(code) - Alert.twoWay, 4],
    ['future use', 0, 4],
    ['the content type', contentType, 24],
  ]);
  return concat([head, counted('the server URI', serverUri)]);
}

/** MD5(verifier ":" nonce ":" B64(MD5(trigger))), as raw octets [B.1]. `trigger`: all octets after the digest. */
export function notificationDigest(verifier: string, nonce: Uint8Array, trigger: Uint8Array): Uint8Array {
  if (fromBase64(verifier)?.length !== MD5_BYTES)
    throw new RangeError('the verifier is the base64 of an MD5 digest');
  return md5(concat([textToBytes(`${verifier}:`), nonce, textToBytes(`:${toBase64(md5(trigger))}`)]));
}

const md5 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('md5').update(bytes).digest());

type Field = readonly [name: string, value: number, bits: number];

/** The fields one after the other, the first in the highest bits. Together they fill whole octets. */
function pack(fields: readonly Field[]): Uint8Array {
  let packed = 0n;
  let width = 0;
  for (const [name, value, bits] of fields) {
    const most = 2 ** bits - 1;
    if (!Number.isInteger(value) || value < 0 || value > most)
      throw new RangeError(`${name} is a whole number from 0 to ${most}, not ${value}`);
    packed = (packed << BigInt(bits)) | BigInt(value);
    width += bits;
  }
  return new Uint8Array(Buffer.from(packed.toString(16).padStart(width / 4, '0'), 'hex'));
}

/** The text after an octet with its length in octets. */
function counted(name: string, text: string): Uint8Array {
  const bytes = textToBytes(text);
  if (bytes.length < 1 || bytes.length > 255)
    throw new RangeError(`${name} has 1 to 255 octets, not ${bytes.length}`);
  return concat([Uint8Array.of(bytes.length), bytes]);
}

function serverAlertCode(code: number): number {
  if (Number.isInteger(code) && code >= Alert.twoWayByServer && code <= Alert.refreshFromServerByServer)
    return code;
  throw new RangeError(`a server alerts with 206 to 210, not ${code}`);
}

export interface ServerAlert {
  readonly version: Exclude<Version, '1.2'>;
  /** The device begins its session with this SessionID (A08). */
  readonly sessionId: string;
  /** The server's URI. */
  readonly source: string;
  /** Absent if the device never synchronised with the server. */
  readonly device?: string;
  readonly syncs: readonly {
    readonly code: number;
    readonly serverUri: string;
    /** The device's own name of the datastore, if it is known. */
    readonly clientUri?: string;
    readonly type: string;
  }[];
}

/**
 * The message of 1.0 and 1.1 (A07). Throws a RangeError for a code that is none of these Alerts, and without a sync.
 */
export function alertMessage({ version, sessionId, source, device, syncs }: ServerAlert): Message {
  if (syncs.length === 0) throw new RangeError('an Alert names at least one datastore');
  const { verDTD, verProto } = versionRow(version);
  const header = { verDTD, verProto, sessionId, msgId: 1 };
  return {
    header: { ...header, target: { uri: device ?? '/' }, source: { uri: source } },
    commands: syncs.map(({ code, serverUri, clientUri, type }, at): MessageAlert => {
      const target = clientUri === undefined ? {} : { target: { uri: clientUri } };
      const item = { ...target, source: { uri: serverUri }, meta: { type } };
      return { name: 'Alert', cmdId: String(at + 1), code: alertCode(serverAlertCode(code)), items: [item] };
    }),
    final: true,
  };
}
