/**
 * Phases of a session by package, and what ends each [SP11 4, 5]. An absent cell: the trigger changes nothing.
 *
 * | phase | the client is sending | we answer with |
 * |---|---|---|
 * | init | package #1: Alerts, device information | package #2 |
 * | sync | package #3: its changes | Statuses, Alert 222 until its Final |
 * | send | Statuses and Maps while we send package #4 | package #4 |
 * | map | package #5: Statuses and Maps | package #6 |
 * | done | nothing more is expected; a late Map is still taken (E39) | Statuses |
 */
export const PHASES = ['init', 'sync', 'send', 'map', 'done'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * - `initialised`: Final of a message that only initialised.
 * - `sync`: a Sync command arrived (without separate initialisation when still in init, P33).
 * - `received`: Final of package #3.
 * - `nothingToSend`: package #3 is complete and every datastore is one-way from the client (Y15).
 * - `sent`: our package #4 is complete.
 * - `confirmed`: Final of package #5.
 * - `stopped`: the client suspended the session, or the session failed.
 */
export type Trigger =
  | 'initialised'
  | 'sync'
  | 'received'
  | 'nothingToSend'
  | 'sent'
  | 'confirmed'
  | 'stopped';

const TABLE: { readonly [phase in Phase]: { readonly [trigger in Trigger]?: Phase } } = {
  init: { initialised: 'sync', sync: 'sync', stopped: 'done' },
  sync: { received: 'send', nothingToSend: 'done', stopped: 'done' },
  send: { sent: 'map', stopped: 'done' },
  map: { confirmed: 'done', stopped: 'done' },
  done: {},
};

export const nextPhase = (phase: Phase, trigger: Trigger): Phase => TABLE[phase][trigger] ?? phase;
