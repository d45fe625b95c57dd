/** What goes back: Statuses, our Alerts, the changes, Alert 222 and Final where they are due [SP11 2.9, P02-P06]. */
import { Alert as AlertCodes } from '../../message/codes.ts';
import type { Command, Cred, Message } from '../../message/model.ts';
import type { PlannedTransactions } from '../changes/transactions.ts';
import { askDevInf } from '../commands/device-info.ts';
import { MAX_OBJ_SIZE } from '../model/limits.ts';
import { isOneWayFromClient } from '../model/session-state.ts';
import { fill, takeSnapshot } from '../send/send.ts';
import { md5Digest } from '../session/credentials.ts';
import type { Opened } from '../session/open-session.ts';
import { newRespURI } from '../session/resp-uri.ts';
import { nextPhase, type Phase } from '../state/package-phase.ts';
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
  if (state.phase === 'send') takeSnapshot(work, planned);
  let sent = false;
  if (complete && state.phase === 'send' && fill(work, planned, reply)) {
    state.phase = nextPhase(state.phase, 'sent');
    sent = true;
  }
  finishPhase(work, before);
  const final = isFinal(work, complete, sent);
  if (!final && mustAskForMore(work, complete)) reply.offer(nextMessage(work));
  const finished = reply.finish(final);
  for (const [index, bitmap] of work.indexes) storeBitmap(work, index, bitmap.bitmap);
  Object.assign(state.sent, finished.sent);
  return finished.message;
}

function storeBitmap(work: Work, name: string, bitmap: string): void {
  const datastore = work.state.datastores.find((candidate) => candidate.name === name);
  if (datastore !== undefined) datastore.matched = bitmap;
}

/** The log needs no reading where this session wrote what the client sent, as long as nobody else wrote between. */
function noteOwnRuns(work: Work, planned: PlannedTransactions): void {
  for (const datastore of work.state.datastores)
    for (const { sequence, changes } of planned.commits.get(datastore.name) ?? []) {
      if (changes.some(({ differs }) => differs)) continue;
      const run = datastore.ownRun;
      datastore.ownRun =
        run?.to === sequence - 1 ? { ...run, to: sequence } : { from: sequence, to: sequence };
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

/** Statuses, Results and Alerts in order; what does not fit waits, and all behind it (P13, P23). */
function offerAnswers(work: Work, reply: Reply): boolean {
  const { state } = work;
  const waiting: Command[] = [...state.pending, ...work.out];
  const alertsDue = state.phase !== 'init' && !work.suspended;
  if (alertsDue && state.datastores.some((datastore) => datastore.alerted !== true)) {
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
    if (datastore.alerted === true) continue;
    if (!reply.offer(serverAlert(work, datastore, MAX_OBJ_SIZE), { d, op: 'alert' })) return false;
    datastore.alerted = true;
  }
  return true;
}

/** Anchors become valid with the answer to the last package; 202 and 203 end with package #3 (Y15, N12). */
function finishPhase(work: Work, before: Phase): void {
  const { phase } = work.state;
  if (phase === 'done' && before !== 'done' && !work.suspended) finishDatastores(work, () => true);
  else if (phase === 'send' || phase === 'map') finishDatastores(work, isOneWayFromClient);
}

function isFinal(work: Work, complete: boolean, sent: boolean): boolean {
  const { state } = work;
  const { final } = work.request.message;
  if (!complete) {
    state.owesFinal = state.owesFinal === true || final || state.phase === 'done';
    return false;
  }
  const owed = state.owesFinal === true;
  delete state.owesFinal;
  switch (state.phase) {
    case 'init':
      return false;
    case 'sync':
      return owed || isInitialisation(work);
    case 'send':
      return false;
    case 'map':
      return sent || owed;
    case 'done':
      return true;
  }
}

/** The client's message ended its package #1: ours ends #2. */
const isInitialisation = (work: Work): boolean =>
  work.request.message.final && work.state.datastores.every((datastore) => datastore.syncSeen !== true);

/** P04, P05: ask while the client's package is open; while ours is open the client asks. */
function mustAskForMore(work: Work, complete: boolean): boolean {
  const { phase } = work.state;
  return complete && !work.request.message.final && phase !== 'send' && phase !== 'done';
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
