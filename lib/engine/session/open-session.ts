/**
 * Finds out whose message it is, and which session it belongs to [SP11 3, H05-H11, U05-U19, T18-T20]. No item of a user
 * is read or written before that. Keys are built from the authenticated user only.
 */

import { Status, type StatusCode } from '../../message/codes.ts';
import type { Chal, MessageItem, SyncHdr, Version } from '../../message/model.ts';
import {
  highestVersion,
  supportedDTDs,
  supportedProtos,
  versionOf,
  versionOfDTD,
  versionOfProto,
} from '../../message/versions.ts';
import type { Facts } from '../io/facts.ts';
import type { Environment, Request } from '../io/request.ts';
import type { Put } from '../io/writes.ts';
import { type Peer, peerOfDevice } from '../model/ids.ts';
import { CHALLENGE_SECONDS, SESSION_SECONDS } from '../model/limits.ts';
import type { Account, Device } from '../model/records.ts';
import type { SessionState, StoredSession } from '../model/session-state.ts';
import { isOver } from '../state/package-phase.ts';
import { type CredentialCheck, challenge, claimedLogin, hasNonce, sameText, verify } from './credentials.ts';
import { canGoOn, datastoresIn, type Unsettled } from './going-on.ts';
import { leftOver, newSession } from './new-session.ts';

export interface Refused {
  readonly kind: 'refused';
  readonly code: StatusCode;
  readonly version: Version;
  readonly chal?: Chal;
  readonly items?: readonly MessageItem[];
  /** The login whose credentials are wrong; absent where nothing but a challenge was asked for. */
  readonly failedLogin?: string;
  /** Whose rows `puts` are: they keep the nonce of a challenge. */
  readonly user?: string;
  readonly puts?: readonly Put[];
}

export type Opened =
  | Refused
  /** The stored reply answers it, byte for byte (T18). */
  | { readonly kind: 'repeated'; readonly user: string }
  | Unsettled
  | OpenedSession;

export interface OpenedSession {
  readonly kind: 'open';
  readonly state: SessionState;
  /** Version of the session's row as read; 0 when there is none yet. */
  readonly rowVersion: number;
  /** The code of the Status for SyncHdr. */
  readonly code: StatusCode;
  readonly chal?: Chal;
  readonly device: Device | undefined;
}

/** A message, and what the store knows of who sends it. */
interface Arrival {
  readonly request: Request;
  readonly version: Version;
  readonly facts: Facts;
  readonly environment: Environment;
  /** The account of the login that the message claims. */
  readonly account?: Account | undefined;
  readonly stored?: StoredSession | undefined;
  readonly device?: Device | undefined;
}

/** Finds the user, by the login or by the ticket of the RespURI, and then the session of the message. */
export function openSession(request: Request, facts: Facts, environment: Environment): Opened {
  const { header } = request.message;
  const version = versionOf(header);
  if (version === undefined) return versionRefusal(isDtdWrong(header));
  if (header.msgId === undefined) return { kind: 'refused', code: Status.badRequest, version };
  const login = claimedLogin(request);
  const account = login === undefined ? undefined : facts.must({ read: 'account', login });
  const user = account?.user ?? (login === undefined ? request.ticket?.user : undefined);
  if (user === undefined) return authenticate({ request, version, facts, environment });
  const stored = readSession(request, facts, user);
  const device = facts.must({ read: 'device', user, device: header.source.uri });
  const arrival: Arrival = { request, version, facts, environment, account, stored, device };
  return ofRunningSession(arrival, user) ?? authenticate(arrival);
}

/**
 * Opens the session of a message that comes with the session's ticket, or is a repetition. Undefined: the message has
 * to be authenticated.
 */
function ofRunningSession(arrival: Arrival, user: string): Opened | undefined {
  const { request, stored, environment } = arrival;
  const { header } = request.message;
  const state = stored?.state;
  if (stored === undefined || state === undefined) return undefined;
  const msgId = header.msgId ?? 0;
  const known = knowsSecret(request, state);
  if (msgId === state.msgId && (known || request.digest === state.digest)) return { kind: 'repeated', user };
  // A client that knows the secret goes on. Credentials beside the secret count only if the session begins anew.
  const isRunning = !isOver(state) && msgId > state.msgId;
  if (!known || (!isRunning && header.cred !== undefined) || isResting(state, environment)) return undefined;
  return goOn(arrival, state, stored.version);
}

/** Is the VerDTD unknown, or does it not belong to a VerProto that is known (H03, H05)? */
const isDtdWrong = (header: SyncHdr): boolean =>
  versionOfDTD(header.verDTD) === undefined || versionOfProto(header.verProto) !== undefined;

/** H03, H04: the answer lists the supported versions, and is written in the highest of them. */
function versionRefusal(dtd: boolean): Refused {
  const code = dtd ? Status.dtdNotSupported : Status.protocolNotSupported;
  const items = (dtd ? supportedDTDs : supportedProtos).map((data) => ({ data }));
  return { kind: 'refused', code, version: highestVersion, items };
}

/** Reads the session, and in the same round what its first message will need. */
function readSession(request: Request, facts: Facts, user: string): StoredSession | undefined {
  const { header } = request.message;
  const device = header.source.uri;
  const peer: Peer = peerOfDevice(device);
  facts.need({ read: 'device', user, device });
  for (const datastore of datastoresIn(request)) {
    facts.need({ read: 'anchor', user, peer, datastore });
    facts.need({ read: 'head', user, datastore });
  }
  return facts.must({ read: 'session', user, device, sessionId: header.sessionId });
}

const knowsSecret = ({ ticket }: Request, { user, secret }: SessionState): boolean =>
  ticket !== undefined && ticket.user === user && sameText(ticket.secret, secret);

/** Was the session too long without a message (P43)? It has ended then; only Alert 225 can resume it. */
const isResting = ({ at }: SessionState, environment: Environment): boolean =>
  environment.now - at > SESSION_SECONDS * 1000;

/** The next message of a running session. */
function goOn(arrival: Arrival, state: SessionState, rowVersion: number): Opened {
  const { request, version, device } = arrival;
  const can = canGoOn(state, arrival);
  if (typeof can !== 'boolean') return can;
  if (!can) return { kind: 'refused', code: Status.syncFailed, version };
  if (version !== state.version) return { kind: 'refused', code: Status.protocolNotSupported, version }; // H05
  if ((request.message.header.msgId ?? 0) < state.msgId)
    return { kind: 'refused', code: Status.badRequest, version, items: [{ data: 'MsgID goes back' }] };
  return { kind: 'open', state, rowVersion, code: Status.ok, device };
}

/** Opens a session for a message with right credentials; refuses any other. */
function authenticate(arrival: Arrival): Opened {
  const { request, version, account, stored, device, environment } = arrival;
  const verdict = verify(request, version, account, device);
  if (!verdict.ok) return refuse(arrival, verdict);
  const byDigest = verdict.scheme !== 'basic';
  const { header } = request.message;
  // Credentials in a later message of a running session go on with it; anything else begins anew (T19, T20).
  const before = stored?.state;
  const goesOn =
    before !== undefined &&
    !isOver(before) &&
    (header.msgId ?? 0) > before.msgId &&
    !isResting(before, environment) &&
    canGoOn(before, arrival);
  if (typeof goesOn !== 'boolean') return goesOn;
  const { challenge: _, ...kept } = device ?? { version: 0 };
  const nonce = Buffer.from(environment.nonce).toString('base64');
  return {
    kind: 'open',
    state: goesOn
      ? before
      : { ...newSession(request, version, verdict.account, environment), ...leftOver(before) },
    rowVersion: stored?.version ?? 0,
    code: Status.authenticated, // U08
    ...(byDigest && { chal: challenge(verdict.scheme, environment) }), // U11
    device: byDigest ? { ...kept, nonce } : device, // U18: a nonce serves one session
  };
}

/**
 * Refuses by 401, 406 or 407 with a challenge. For a login that exists the nonce of the challenge is kept, beside the
 * nonce that the device has (U05-U07, U19).
 */
function refuse(arrival: Arrival, { code, scheme }: CredentialCheck & { readonly ok: false }): Refused {
  const { request, version, account, device, environment } = arrival;
  const user = account?.user;
  // Without a nonce of ours a digest cannot be right: its client waits for the challenge.
  const isFirst = code !== Status.invalidCredentials || (scheme !== 'basic' && account && !hasNonce(device));
  const refused: Refused = {
    ...{ kind: 'refused', code, version, chal: challenge(scheme, environment) },
    ...(!isFirst && { failedLogin: claimedLogin(request) ?? '' }),
  };
  if (user === undefined || scheme === 'basic') return refused;
  const nonce = Buffer.from(environment.nonce).toString('base64');
  const record: Device = { ...(device ?? { version: 0 }), challenge: nonce };
  // The row of a device that never authenticated expires.
  const known = device?.nonce !== undefined || device?.devInf !== undefined;
  const expires = known ? undefined : Math.floor(environment.now / 1000) + CHALLENGE_SECONDS;
  const put: Put = {
    put: 'device',
    device: request.message.header.source.uri,
    record,
    ...(expires !== undefined && { expires }),
  };
  return { ...refused, user, puts: [put] };
}
