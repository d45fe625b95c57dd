/** How grave each event of the log is. A line below the level that is set is left out. */
import type { EngineEvent } from '../engine/io/events.ts';

export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** Events of the engine, and of what is around it. */
type Known =
  | EngineEvent['event']
  | 'message'
  | 'refused'
  | 'error'
  | 'http'
  | 'crm-change'
  | 'crm-feed-failed'
  | 'stream-failed'
  | 'dead-letter'
  | 'not-ready';

const LEVEL_OF: { readonly [event in Known]: Level } = {
  // One line each request, also for those that are no message.
  http: 'debug',
  message: 'info',
  conflict: 'info',
  'forced-slow-sync': 'info',
  'not-opened': 'info',
  'session-complete': 'info',
  'crm-change': 'info',
  // A device, or who runs it, has to do something about these.
  'auth-failed': 'warn',
  'type-not-accepted': 'warn',
  'too-large': 'warn',
  'item-refused': 'warn',
  'client-error': 'warn',
  'no-memory': 'warn',
  'session-truncated': 'warn',
  busy: 'warn',
  refused: 'warn',
  // Who runs the server has to do something about these.
  error: 'error',
  'crm-feed-failed': 'error',
  'stream-failed': 'error',
  'dead-letter': 'error',
  'not-ready': 'error',
};

export const levelOf = (event: string): Level =>
  Object.hasOwn(LEVEL_OF, event) ? LEVEL_OF[event as Known] : 'info';

/** Is a line of this event written where `least` is the level that is set? */
export const isWritten = (event: string, least: Level): boolean =>
  LEVELS.indexOf(levelOf(event)) >= LEVELS.indexOf(least);
