/**
 * Busy [SP11 2.12, B01-B05]: there was not enough time to carry out a message. The message is kept as it came, and the
 * client gets no Status for its commands yet. They are carried out with the client's next message, for example when it
 * asks for the result (Alert 221). Parts of it that were committed before are then found already done.
 */

import { Alert, Status } from '../../message/codes.ts';
import type { Message } from '../../message/model.ts';
import { statusFor } from '../context/answers.ts';
import type { Request } from '../io/request.ts';
import { rowTag } from '../io/request.ts';
import type { Put } from '../io/writes.ts';
import { BODY_PART } from '../model/limits.ts';
import type { SessionState } from '../model/session-state.ts';
import { Reply } from '../reply/reply.ts';
import { takeLimits } from './client-limits.ts';
import type { OpenedSession } from './open-session.ts';
import { newRespURI } from './resp-uri.ts';

export interface Busy {
  readonly message: Message;
  /** One transaction, which holds the session. */
  readonly puts: readonly Put[];
}

/**
 * The answer to a message that there is no time for. Undefined when another message is deferred already, and this one
 * does more than to ask for its result.
 */
export function busyAnswer(request: Request, opened: OpenedSession): Busy | undefined {
  const { message } = request;
  const state = structuredClone(opened.state);
  const { deferred } = state;
  takeLimits(state, message);
  if (deferred !== undefined && !message.commands.every(isQuestion)) return undefined;
  const rows = deferred === undefined ? defer(state, request) : [];
  Object.assign(state, { msgId: message.header.msgId ?? state.msgId, digest: request.digest });
  const puts: Put[] = [...rows, { put: 'session', state, version: opened.rowVersion }];
  // A nonce serves one login only (U18).
  if (opened.chal !== undefined)
    puts.push({ put: 'device', device: state.device, record: opened.device ?? { version: 0 } });
  return { message: inProgress(request, state, opened), puts };
}

/** Does the command only ask for more? Then it need not be carried out itself. */
const isQuestion = (command: Message['commands'][number]): boolean =>
  command.name === 'Status' ||
  (command.name === 'Alert' && (command.code === Alert.resultAlert || command.code === Alert.nextMessage));

/** Keeps the message's bytes in chunk rows. */
function defer(state: SessionState, request: Request): Put[] {
  const { bytes, ...how } = request.arrived;
  const tag = rowTag(request);
  const puts: Put[] = [];
  for (let at = 0; at < bytes.length; at += BODY_PART)
    puts.push({ put: 'chunk', tag, number: puts.length, bytes: bytes.subarray(at, at + BODY_PART) });
  state.deferred = { tag, rows: puts.length, ...how };
  return puts;
}

/**
 * No Status for the commands, 101 for the Alert that asks (B04), and no Final, so that the client asks for more. The header
 * gets 200: the standard has 101 (B01), but SyncEvolution ends the session then.
 */
function inProgress(request: Request, state: SessionState, { chal }: OpenedSession): Message {
  const respURI = newRespURI(request, state);
  const options = {
    version: state.version,
    code: Status.ok,
    ...(chal && { chal }),
    ...(respURI !== undefined && { respURI }),
  };
  const reply = new Reply(request, options, state.maxMsgSize);
  if (state.deferred !== undefined)
    for (const command of request.message.commands) {
      if (command.name !== 'Alert' || command.code !== Alert.resultAlert) continue;
      const status = statusFor(request.message, command, Status.inProgress);
      if (status !== undefined) reply.offer(status);
    }
  return reply.finish(false).message;
}
