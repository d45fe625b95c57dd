/** The state of a new session, and what it keeps of a session of the same id that it replaces. */

import type { Version } from '../../message/model.ts';
import type { Environment, Request } from '../io/request.ts';
import { MAX_DUE } from '../model/limits.ts';
import type { Account } from '../model/records.ts';
import type { SessionState } from '../model/session-state.ts';
import { sessionsBefore, unmappedOf } from '../state/due.ts';
import { FIRST_PHASE } from '../state/package-phase.ts';

/**
 * What a new session keeps of one of the same id. The client may still send a Map for Adds of the old session, and of
 * sessions before that one (M08). And the client may not know of the new session, if this message is a late copy of its
 * first one.
 */
export function leftOver(before: SessionState | undefined): Partial<SessionState> {
  if (before === undefined) return {};
  const { inbound, ended, cutOff } = before;
  const outgoing = before.datastores.map(({ outgoing: { object } }) => object);
  const isOpen = cutOff ?? [inbound, ended, ...outgoing].some((object) => object !== undefined);
  const unmapped = { ...before.unmapped };
  const earlier = { ...before.earlier };
  for (const [d, { name }] of before.datastores.entries()) {
    const known = new Set([...(unmapped[name] ?? []), ...unmappedOf(before, d)]);
    if (known.size > 0) unmapped[name] = [...known].slice(-MAX_DUE);
    const sessions = sessionsBefore(before, name);
    if (sessions.length > 0) earlier[name] = sessions;
  }
  return {
    ...(Object.keys(unmapped).length > 0 && { unmapped }),
    ...(Object.keys(earlier).length > 0 && { earlier }),
    ...(isOpen && { cutOff: true }),
    // The rows of the old session stay, because it is resumed with them if this message is not completed.
    nextChunk: before.nextChunk + NEW_ROWS,
  };
}

/** More chunk rows than a message of the old session can write at the same time. */
const NEW_ROWS = 1_000;

/** A session that begins with this message. */
export const newSession = (
  { message: { header } }: Request,
  version: Version,
  account: Account,
  environment: Environment,
): SessionState => ({
  user: account.user,
  login: account.login,
  ...(account.policies && { policies: account.policies }),
  device: header.source.uri,
  sessionId: header.sessionId,
  version,
  secret: environment.secret,
  ...FIRST_PHASE,
  msgId: 0,
  digest: '',
  at: environment.now,
  datastores: [],
  pending: [],
  sent: {},
  nextChunk: 0,
});
