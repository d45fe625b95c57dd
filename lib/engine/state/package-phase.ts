/**
 * Phases of a session by package [SP11 2.9, 4, 5].
 *
 * Rule 1: everything that affects the phase, and everything that follows from the phase alone, stands in this file.
 * Other files call its functions by name. No other file compares a phase. Rule 2: this file is the only writer of the
 * session's members `phase`, `emptyRequests` and `owesFinal`.
 *
 * | phase | the client is sending | the server answers with |
 * |---|---|---|
 * | init | package #1: Alerts, device information | package #2 |
 * | sync | package #3: its changes | Statuses, Alert 222 until its Final |
 * | send | Statuses and Maps while the server sends package #4 | package #4 |
 * | map | package #5: Statuses and Maps | package #6 |
 * | done | nothing more is expected; a late Map is still taken (E39) | Statuses |
 */

import { Status, type StatusCode } from '../../message/codes.ts';
import { MAX_EMPTY_REQUESTS, MAX_OWED_REQUESTS } from '../model/limits.ts';
import type { Phase, SessionState } from '../model/session-state.ts';
import { hasSync, isSweeping } from './datastore-progress.ts';
import { isOneWayFromClient } from './sync-kind.ts';

/** What this file owns of a session that begins. */
export const FIRST_PHASE: Pick<SessionState, 'phase' | 'emptyRequests'> = { phase: 'init', emptyRequests: 0 };

/**
 * What moves a session on:
 * - `initialised`: the client's package #1 is complete and held no Sync.
 * - `synced`: a Sync command was taken; without separate initialisation it comes in package #1 (P33).
 * - `received`: the client's package #3 is complete.
 * - `nothingToSend`: as `received`, and no datastore sends changes to the client (Y15).
 * - `sent`: the server's package #4 is complete.
 * - `confirmed`: the client's package #5 is complete.
 * - `suspended`: the client suspended the session (S04).
 */
export type Trigger =
  | 'initialised'
  | 'synced'
  | 'received'
  | 'nothingToSend'
  | 'sent'
  | 'confirmed'
  | 'suspended';

/** The phase after a trigger. Where a cell is absent the trigger cannot happen, and the caller is wrong. */
const TRANSITIONS: { readonly [phase in Phase]: { readonly [trigger in Trigger]?: Phase | 'stays' } } = {
  init: { initialised: 'sync', synced: 'sync', suspended: 'done' },
  sync: { synced: 'stays', received: 'send', nothingToSend: 'done', suspended: 'done' },
  send: { sent: 'map', suspended: 'done' },
  map: { confirmed: 'done', suspended: 'done' },
  done: { suspended: 'stays' },
};

interface Rules {
  /**
   * The Status that refuses an Alert that begins a sync (P35), or a Sync. All other commands are taken in every phase.
   */
  readonly syncAlert: 'taken' | StatusCode;
  readonly sync: 'taken' | StatusCode;
  /** The client's open package, which a Final of the client ends. Where it is absent a Final ends nothing. */
  readonly open?: ClientPackage;
  /** The server asks for the rest of the client's package (P04, P05). For the server's package the client asks. */
  readonly asksForMore: boolean;
  /** The server's Alerts are sent as soon as there is room for them. */
  readonly sendsAlerts: boolean;
  /** The changes of package #4 are sent. */
  readonly sendsChanges: boolean;
  /** What the server's Final ends: see `isFinalDue`. */
  readonly ourFinal: 'never' | 'package #2' | 'package #4' | 'every message';
  /** Which datastores get their anchors with the answer (Y15, N12). */
  readonly finishes: Finishes;
}

type ClientPackage = 1 | 3 | 5;
type Finishes = 'none' | 'one-way from the client' | 'all';

const { forbidden, commandNotAllowed } = Status;

const RULES: { readonly [phase in Phase]: Rules } = {
  init: {
    ...{ syncAlert: 'taken', sync: 'taken', open: 1, asksForMore: true },
    ...{ sendsAlerts: false, sendsChanges: false, ourFinal: 'never', finishes: 'none' },
  },
  sync: {
    ...{ syncAlert: forbidden, sync: 'taken', open: 3, asksForMore: true },
    ...{ sendsAlerts: true, sendsChanges: false, ourFinal: 'package #2', finishes: 'none' },
  },
  send: {
    ...{ syncAlert: forbidden, sync: commandNotAllowed, asksForMore: false },
    ...{ sendsAlerts: true, sendsChanges: true, ourFinal: 'never', finishes: 'one-way from the client' },
  },
  map: {
    ...{ syncAlert: forbidden, sync: commandNotAllowed, open: 5, asksForMore: true },
    ...{
      sendsAlerts: true,
      sendsChanges: false,
      ourFinal: 'package #4',
      finishes: 'one-way from the client',
    },
  },
  done: {
    ...{ syncAlert: forbidden, sync: commandNotAllowed, asksForMore: false },
    ...{ sendsAlerts: true, sendsChanges: false, ourFinal: 'every message', finishes: 'all' },
  },
};

type InPhase = Pick<SessionState, 'phase'>;

/** Moves the session on. Throws when the trigger cannot happen in its phase. */
export function move(state: InPhase, trigger: Trigger): void {
  const next = TRANSITIONS[state.phase][trigger];
  if (next === undefined) throw new Error(`${trigger} cannot happen in phase ${state.phase}`);
  if (next !== 'stays') state.phase = next;
}

/** Is the session at its end? From then on only late Statuses and Maps are taken. */
export const isOver = ({ phase }: InPhase): boolean => phase === 'done';

/** The Status that refuses the command in this phase; undefined when the phase allows the command. */
export function phaseRefusal({ phase }: InPhase, command: 'syncAlert' | 'sync'): StatusCode | undefined {
  const allowed = RULES[phase][command];
  return allowed === 'taken' ? undefined : allowed;
}

/** What a message of the client says of the package that it belongs to. */
export interface MessageEnd {
  readonly final: boolean;
  /** It holds an Alert 222. */
  readonly asksForMore: boolean;
  /** It holds something besides Statuses and Alert 222. */
  readonly hasSubstance: boolean;
}

/** A complete package of the client, ended by its Final, or by requests for more without anything else. */
export interface PackageEnd {
  readonly package: ClientPackage;
  readonly by: 'final' | 'requests';
}

/** Notes the end of a message. Returns the package of the client that this message completes, if there is one. */
export function noteMessageEnd(state: SessionState, message: MessageEnd): PackageEnd | undefined {
  const asksInVain = countRequest(state, message);
  const { open } = RULES[state.phase];
  if (open === undefined) return undefined;
  if (asksInVain) {
    // P36: the client asks for what follows its package #1, so the server's package #2 ends with this answer.
    if (open === 1) state.owesFinal = true;
    return { package: open, by: 'requests' };
  }
  if (!message.final || (open === 3 && asksForRestOfOurs(state))) return undefined;
  return { package: open, by: 'final' };
}

/** Counts requests for more with nothing else in the message. Guard (P37): did the client send too many of them? */
function countRequest(state: SessionState, { final, asksForMore, hasSubstance }: MessageEnd): boolean {
  const empty = asksForMore && !hasSubstance && !final ? state.emptyRequests + 1 : 0;
  // While the server owes the end of its package, the client has to ask for it.
  const isLoop = empty > (state.owesFinal === true ? MAX_OWED_REQUESTS : MAX_EMPTY_REQUESTS);
  state.emptyRequests = isLoop ? 0 : empty;
  return isLoop;
}

const isNoSyncSeen = ({ datastores }: SessionState): boolean => !datastores.some(hasSync);

/** Guard: does the client only ask for the rest of the server's package #2? Then its Final ends nothing. */
const asksForRestOfOurs = (state: SessionState): boolean => state.owesFinal === true && isNoSyncSeen(state);

/** Moves the session on when a package of the client is complete and its datastores are done with it. */
export function closePackage(state: SessionState, { package: which }: PackageEnd): void {
  switch (which) {
    case 1:
      return move(state, 'initialised');
    case 3:
      return move(state, sendsNothing(state) ? 'nothingToSend' : 'received');
    case 5:
      return move(state, 'confirmed');
  }
}

/**
 * Guard (Y15): are all datastores that the client synchronised one-way from the client? While items are still being
 * deleted, the client has to ask for the rest of package #4 although nothing is in it.
 */
const sendsNothing = ({ datastores }: SessionState): boolean =>
  datastores.filter(hasSync).every((datastore) => isOneWayFromClient(datastore) && !isSweeping(datastore));

/** Are the server's Alerts sent in this phase? */
export const sendsAlerts = ({ phase }: InPhase): boolean => RULES[phase].sendsAlerts;
/** Are the changes of package #4 sent in this phase? */
export const sendsChanges = ({ phase }: InPhase): boolean => RULES[phase].sendsChanges;

/** Which datastores get their anchors with the answer to a message; `found`: the session as the message found it. */
export const finishesWith = ({ phase }: InPhase, found: InPhase): Finishes =>
  isOver(found) ? 'none' : RULES[phase].finishes;

/** How far the server's answer has come. */
export interface Answered {
  /** The client's message had a Final. */
  readonly final: boolean;
  /** All Statuses and Alerts found room. */
  readonly complete: boolean;
  /** Package #4 is complete with this answer. */
  readonly sent: boolean;
}

/**
 * Does the answer end with Final [P02, P06]? When a Final is due and commands still wait, a later answer has it (P23).
 */
export function takeFinal(state: SessionState, answered: Answered): boolean {
  if (!answered.complete) {
    state.owesFinal = state.owesFinal === true || answered.final || isOver(state);
    return false;
  }
  const isDue = isFinalDue(state, answered);
  delete state.owesFinal;
  return isDue;
}

function isFinalDue(state: SessionState, { final, sent }: Answered): boolean {
  const isOwed = state.owesFinal === true;
  switch (RULES[state.phase].ourFinal) {
    case 'never':
      return false;
    case 'package #2': // the client's message ended its package #1
      return isOwed || (final && isNoSyncSeen(state));
    case 'package #4':
      return isOwed || sent;
    case 'every message':
      return true;
  }
}

/** Must an answer without Final ask for the rest of the client's package [P04, P05]? */
export const mustAskForMore = ({ phase }: InPhase, { final, complete }: Answered): boolean =>
  complete && !final && RULES[phase].asksForMore;
