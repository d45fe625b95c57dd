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
import type { Account, Bindings } from '../model/accounts.ts';
import type { Guard, Tried } from '../model/guard.ts';
import { type Peer, peerOfDevice } from '../model/ids.ts';
import { LATE_SECONDS, SESSION_SECONDS } from '../model/limits.ts';
import type { Device } from '../model/records.ts';
import type { SessionState, StoredSession } from '../model/session-state.ts';
import { isOver } from '../state/package-phase.ts';
import {
  type CredentialCheck,
  challenge,
  claimedLogin,
  lacksNonce,
  sameText,
  verify,
} from './credentials.ts';
import { canGoOn, datastoresIn, type Unsettled } from './going-on.ts';
import { attemptOf, isHeldOff, isToRemember } from './guard.ts';
import { leftOver, newSession } from './new-session.ts';
import { acceptedNonces, type Challenged, challengeNonce } from './nonces.ts';
import { boundTo, isForOneDevice, usablePasswords, whyUnusable } from './passwords.ts';

export interface Refused {
  readonly kind: 'refused';
  readonly code: StatusCode;
  readonly version: Version;
  readonly chal?: Chal;
  readonly items?: readonly MessageItem[];
  /** The login whose credentials are wrong; absent where nothing but a challenge was asked for. */
  readonly failedLogin?: string;
  /** Why credentials are refused that may be right by themselves. */
  readonly why?: ReturnType<typeof whyUnusable> | 'held-off';
  readonly tried?: Tried;
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
  /** The password of the session belongs to the device from now on. */
  readonly bound?: Bindings;
  readonly tried?: Tried;
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
  if (login !== undefined) facts.need({ read: 'guard', ...attemptOf(request, login) });
  const account = login === undefined ? undefined : facts.must({ read: 'account', login });
  // For a login that nobody has, the same is read as for one that somebody has, and is not looked at.
  const user = account?.user ?? login ?? request.ticket?.user;
  if (user === undefined) return authenticate({ request, version, facts, environment });
  if (account?.passwords.some(isForOneDevice) === true) facts.need({ read: 'bindings', user });
  const stored = readSession(request, facts, user);
  const device = facts.must({ read: 'device', user, device: header.source.uri });
  if (account === undefined && login !== undefined)
    return authenticate({ request, version, facts, environment });
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
  const known = knowsSecret(request, state) && !isResting(state, environment);
  if (msgId === state.msgId && (known || request.digest === state.digest)) return { kind: 'repeated', user };
  // A client that knows the secret goes on. Credentials beside the secret count only if the session begins anew.
  const isRunning = !isOver(state) && msgId > state.msgId;
  if (!known || (!isRunning && header.cred !== undefined)) return undefined;
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

/**
 * Was the session too long without a message (P43)? It has ended then, and its secret counts no more; only Alert 225 can
 * resume it.
 */
const isResting = (state: SessionState, { now }: Environment): boolean =>
  now - state.at > (isOver(state) ? LATE_SECONDS : SESSION_SECONDS) * 1000;

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
  const { request, version, account, stored, device: known, environment } = arrival;
  const bindings = bindingsOf(arrival);
  const device = request.message.header.source.uri;
  const passwords = account === undefined ? [] : usablePasswords(account, bindings, device);
  const nonces = acceptedNonces(environment, challengedIn(arrival));
  const verdict = verify({ request, version, passwords, nonces });
  const guard = guardOf(arrival);
  if (account === undefined || !verdict.ok || isHeldOff(guard, environment.now))
    return refuse(arrival, verdict, nonces);
  const bound = boundTo(verdict.password, bindings, device);
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
  const nonce = Buffer.from(environment.nonce).toString('base64');
  return {
    kind: 'open',
    state: goesOn ? before : { ...newSession(request, version, account, environment), ...leftOver(before) },
    rowVersion: stored?.version ?? 0,
    code: Status.authenticated, // U08
    ...(byDigest && { chal: challenge(verdict.scheme, environment.nonce) }), // U11
    ...(bound && { bound }),
    ...(isToRemember(guard, environment.now) && { tried: triedBy(arrival, 'came in') }),
    device: byDigest ? { ...(known ?? { version: 0 }), nonce } : known, // U18: a nonce serves one session
  };
}

/** Refuses by 401, 406 or 407 with a challenge, and writes nothing (U05-U07, U19). */
function refuse(arrival: Arrival, verdict: CredentialCheck, nonces: readonly Uint8Array[]): Refused {
  const { request, version, account, environment } = arrival;
  const code = verdict.ok ? Status.invalidCredentials : verdict.code;
  const claim = { request, version, passwords: account?.passwords ?? [] };
  const isWrong = code === Status.invalidCredentials && !lacksNonce(claim);
  const right = isWrong && account !== undefined ? verify({ ...claim, nonces }) : undefined;
  const why = account && right?.ok === true ? whyUnusable(account, right.password) : undefined;
  const heldOff = isWrong && isHeldOff(guardOf(arrival), environment.now);
  return {
    ...{ kind: 'refused', code, version },
    chal: challenge(verdict.scheme, challengeNonce(environment, challengedIn(arrival))),
    ...(isWrong && { failedLogin: claimedLogin(request) ?? '' }),
    ...(heldOff ? { why: 'held-off' } : why && { why }),
    // While it has to wait, nothing is counted: so nothing is written. A password that was right once is no guess.
    ...(isWrong && !heldOff && why === undefined && { tried: triedBy(arrival, 'failed') }),
  };
}

/** Nobody is held off who names no login: that is no attempt. */
function guardOf({ request, facts }: Arrival): Guard {
  const login = claimedLogin(request);
  return (
    (login === undefined ? undefined : facts.must({ read: 'guard', ...attemptOf(request, login) })) ?? {}
  );
}

const triedBy = (arrival: Arrival, outcome: Tried['outcome']): Tried => ({
  ...attemptOf(arrival.request, claimedLogin(arrival.request) ?? ''),
  ...{ outcome, isKnown: guardOf(arrival).own !== undefined },
});

const bindingsOf = ({ account, facts }: Arrival): Bindings | undefined =>
  account?.passwords.some(isForOneDevice) === true
    ? facts.must({ read: 'bindings', user: account.user })
    : undefined;

const challengedIn = ({ request, device }: Arrival): Challenged => ({
  login: claimedLogin(request) ?? '',
  device: request.message.header.source.uri,
  known: device,
});
