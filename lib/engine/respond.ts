/**
 * The reply to a message, in this order: Statuses, our Alerts, the changes of package #4, Alert 222 and Final where
 * they are due [SP11 2.9, P02-P06]. A sync that is complete with this reply gets its anchors.
 */

import { Alert as AlertCodes } from '../message/codes.ts';
import type { Command, Cred, Message } from '../message/model.ts';
import type { PlannedTransactions } from './changes/transactions.ts';
import { askDevInf } from './commands/device-info.ts';
import { syncsOf } from './context/datastore-sync.ts';
import type { StepContext } from './context/step-context.ts';
import { Groundwork } from './match/groundwork.ts';
import { MAX_OBJ_SIZE } from './model/limits.ts';
import { Reply } from './reply/reply.ts';
import { fill, takeSnapshot } from './send/send.ts';
import { md5Digest } from './session/credentials.ts';
import type { OpenedSession } from './session/open-session.ts';
import { newRespURI } from './session/resp-uri.ts';
import { hasSync, isAnnounced, isSweeping, note } from './state/datastore-progress.ts';
import {
  finishesWith,
  move,
  mustAskForMore,
  sendsAlerts,
  sendsChanges,
  takeFinal,
} from './state/package-phase.ts';
import { isOneWayFromClient, traitsOf } from './state/sync-kind.ts';
import { serverAlert } from './sync/begin.ts';
import { finishDatastores } from './sync/finish.ts';

/** `planned`: the transactions of this message; what they hold is in the log that package #4 is read from. */
export function buildReply(step: StepContext, planned: PlannedTransactions, opened: OpenedSession): Message {
  const { session: state, request } = step;
  noteOwnRuns(step, planned);
  const respURI = newRespURI(request, state);
  const options = {
    version: state.version,
    code: opened.code,
    ...(opened.chal && { chal: opened.chal }),
    ...(respURI !== undefined && { respURI }),
    ...ownCredentials(step),
  };
  const reply = new Reply(request, options, state.maxMsgSize);
  const complete = offerAnswers(step, reply) && areIndexesReady(step);
  if (sendsChanges(state)) takeSnapshot(step, planned);
  const isReady = complete && sendsChanges(state) && !state.datastores.some(isSweeping);
  const sent = isReady && fill(step, planned, reply);
  if (sent) move(state, 'sent');
  finishPhase(step, opened);
  const answered = { final: step.message.final, complete, sent };
  const final = takeFinal(state, answered);
  if (!final && mustAskForMore(state, answered)) reply.offer(nextMessage(step));
  const finished = reply.finish(final);
  Object.assign(state.sent, finished.sent);
  return finished.message;
}

/**
 * Notes the commits that hold only what the client sent: they are no news to it, so that package #4 need not read them.
 */
function noteOwnRuns(step: StepContext, planned: PlannedTransactions): void {
  for (const datastore of step.session.datastores)
    for (const { sequence, changes } of planned.commits.get(datastore.name) ?? []) {
      if (changes.some(({ differs }) => differs)) continue;
      const { own } = datastore;
      own.run =
        own.run?.to === sequence - 1 ? { ...own.run, to: sequence } : { from: sequence, to: sequence };
    }
}

/** U27: the server's answer to the client's challenge, if the account has a password that both sides know. */
function ownCredentials({ session, facts, progress }: StepContext): { cred?: Cred } {
  const { challenge } = progress;
  if (challenge === undefined) return {};
  const san = facts.need({ read: 'account', login: session.login })?.san;
  if (san === undefined) return {};
  const data = md5Digest(san, challenge);
  return { cred: { meta: { type: 'syncml:auth-md5', format: 'b64' }, data } };
}

/**
 * Puts Statuses, Results and Alerts into the reply, in order. The first one that does not fit waits for the next
 * message, with all behind it (P13, P23). True when all of them found room.
 */
function offerAnswers(step: StepContext, reply: Reply): boolean {
  const state = step.session;
  const alertsDue = sendsAlerts(state) && !step.progress.isSuspended;
  if (alertsDue && !state.datastores.every(isAnnounced)) askDevInf(step);
  const waiting: Command[] = [...state.pending, ...step.answers.all];
  while (waiting.length > 0) {
    const next = waiting[0];
    if (next === undefined || !reply.offer(next)) break;
    waiting.shift();
  }
  state.pending = waiting;
  if (waiting.length > 0) return false;
  if (!alertsDue) return true;
  for (const sync of syncsOf(step)) {
    if (isAnnounced(sync.datastore)) continue;
    const sent = { d: sync.position, op: 'alert' } as const;
    if (!reply.offer(serverAlert(sync, MAX_OBJ_SIZE), sent)) return false;
    note(sync.datastore, 'announced');
  }
  return true;
}

/**
 * Package #2 has its Final only when the match indexes are ready, so that the client sends its items only then. Until then
 * the client asks for the rest of the package. (A client that gets Status 101 for its items gives up.)
 */
function areIndexesReady(step: StepContext): boolean {
  const { session, indexes, environment } = step;
  if (!sendsAlerts(session) || session.datastores.some(hasSync)) return true;
  return session.datastores.every((datastore) => {
    if (!traitsOf(datastore).clientSends || !indexes.mayNeedWork(datastore.name)) return true;
    try {
      indexes.of(datastore.name);
      return true;
    } catch (error) {
      if (!(error instanceof Groundwork) || environment.hurry !== true) throw error;
      return false;
    }
  });
}

/** Anchors become valid with the answer to the last package of a datastore, which may be package #3 (Y15, N12). */
function finishPhase(step: StepContext, opened: OpenedSession): void {
  if (step.progress.isSuspended) return;
  switch (finishesWith(step.session, opened.state)) {
    case 'all':
      return finishDatastores(step, () => true);
    case 'one-way from the client':
      return finishDatastores(step, isOneWayFromClient);
    case 'none':
      return;
  }
}

/** Alert 222, with an Item because some clients want one (P07). */
function nextMessage(step: StepContext): Command {
  const { header } = step.message;
  return {
    name: 'Alert',
    cmdId: '',
    code: AlertCodes.nextMessage,
    items: [{ target: { uri: header.source.uri }, source: { uri: header.target.uri } }],
  };
}
