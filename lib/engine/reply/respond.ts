/** What goes back: Statuses, our Alerts, the changes, Alert 222 and Final where they are due [SP11 2.9, P02-P06]. */

import { Alert as AlertCodes } from '../../message/codes.ts';
import type { Command, Cred, Message } from '../../message/model.ts';
import type { PlannedTransactions } from '../changes/transactions.ts';
import { askDevInf } from '../commands/device-info.ts';
import { MAX_OBJ_SIZE } from '../model/limits.ts';
import type { Phase } from '../model/session-state.ts';
import { fill, takeSnapshot } from '../send/send.ts';
import { md5Digest } from '../session/credentials.ts';
import type { Opened } from '../session/open-session.ts';
import { newRespURI } from '../session/resp-uri.ts';
import { isAnnounced, note } from '../state/datastore-progress.ts';
import {
  finishesWith,
  move,
  mustAskForMore,
  sendsAlerts,
  sendsChanges,
  takeFinal,
} from '../state/package-phase.ts';
import { isOneWayFromClient } from '../state/sync-kind.ts';
import { serverAlert } from '../sync/begin.ts';
import { finishDatastores } from '../sync/finish.ts';
import type { Work } from '../work.ts';
import { Reply } from './reply.ts';

export function buildReply(
  work: Work,
  planned: PlannedTransactions,
  opened: Extract<Opened, { kind: 'open' }>,
): Message {
  const { state, request } = work;
  const before = opened.state.phase;
  noteOwnRuns(work, planned);
  const respURI = newRespURI(request, state);
  const options = {
    version: state.version,
    code: opened.code,
    ...(opened.chal && { chal: opened.chal }),
    ...(respURI !== undefined && { respURI }),
    ...ownCredentials(work),
  };
  const reply = new Reply(request, options, state.maxMsgSize);
  const complete = offerAnswers(work, reply);
  if (sendsChanges(state)) takeSnapshot(work, planned);
  const sent = complete && sendsChanges(state) && fill(work, planned, reply);
  if (sent) move(state, 'sent');
  finishPhase(work, before);
  const answered = { final: request.message.final, complete, sent };
  const final = takeFinal(state, answered);
  if (!final && mustAskForMore(state, answered)) reply.offer(nextMessage(work));
  const finished = reply.finish(final);
  for (const [index, bitmap] of work.indexes) storeBitmap(work, index, bitmap.bitmap);
  Object.assign(state.sent, finished.sent);
  return finished.message;
}

function storeBitmap(work: Work, name: string, bitmap: string): void {
  const datastore = work.state.datastores.find((candidate) => candidate.name === name);
  if (datastore?.index !== undefined) datastore.index.matched = bitmap;
}

/** Commits of this session that hold only what the client sent are no news to it: the log need not be read there. */
function noteOwnRuns(work: Work, planned: PlannedTransactions): void {
  for (const datastore of work.state.datastores)
    for (const { sequence, changes } of planned.commits.get(datastore.name) ?? []) {
      if (changes.some(({ differs }) => differs)) continue;
      const { own } = datastore;
      own.run =
        own.run?.to === sequence - 1 ? { ...own.run, to: sequence } : { from: sequence, to: sequence };
    }
}

/** U27: answers the client's challenge, if the account has a password that both sides know. */
function ownCredentials({ state, facts, challenge }: Work): { cred?: Cred } {
  if (challenge === undefined) return {};
  const san = facts.need({ read: 'account', login: state.login })?.san;
  if (san === undefined) return {};
  const data = md5Digest(san, challenge);
  return { cred: { meta: { type: 'syncml:auth-md5', format: 'b64' }, data } };
}

/** Statuses, Results and Alerts in order. The first one that does not fit waits, and all behind it (P13, P23). */
function offerAnswers(work: Work, reply: Reply): boolean {
  const { state } = work;
  const waiting: Command[] = [...state.pending, ...work.out];
  const alertsDue = sendsAlerts(state) && !work.suspended;
  if (alertsDue && !state.datastores.every(isAnnounced)) {
    work.out.length = 0;
    askDevInf(work);
    waiting.push(...work.out);
  }
  while (waiting.length > 0) {
    const next = waiting[0];
    if (next === undefined || !reply.offer(next)) break;
    waiting.shift();
  }
  state.pending = waiting;
  if (waiting.length > 0) return false;
  if (!alertsDue) return true;
  for (const [d, datastore] of state.datastores.entries()) {
    if (isAnnounced(datastore)) continue;
    if (!reply.offer(serverAlert(work, datastore, MAX_OBJ_SIZE), { d, op: 'alert' })) return false;
    note(datastore, 'announced');
  }
  return true;
}

/** Anchors become valid with the answer to the last package of a datastore, which may be package #3 (Y15, N12). */
function finishPhase(work: Work, before: Phase): void {
  if (work.suspended) return;
  switch (finishesWith(work.state, before)) {
    case 'all':
      return finishDatastores(work, () => true);
    case 'one-way from the client':
      return finishDatastores(work, isOneWayFromClient);
    case 'none':
      return;
  }
}

/** P07: some clients want an Item in it. */
function nextMessage(work: Work): Command {
  const { header } = work.request.message;
  return {
    name: 'Alert',
    cmdId: '',
    code: AlertCodes.nextMessage,
    items: [{ target: { uri: header.source.uri }, source: { uri: header.target.uri } }],
  };
}
