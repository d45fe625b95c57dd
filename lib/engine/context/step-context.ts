/**
 * What all parts of a step share. The context itself is read-only. Its objects change, and each of them is the only
 * writer of its own state. The session is plain data: the files of state/, receive/, send/ and sync/ write the members
 * that they own.
 */
import type { Message } from '../../message/model.ts';
import { WorkBudget } from '../../pim/work/budget.ts';
import { ChangeSet } from '../changes/change-set.ts';
import { KnownDevice } from '../device/known-device.ts';
import { EventList } from '../io/events.ts';
import type { Facts } from '../io/facts.ts';
import { type Environment, type Request, rowTag } from '../io/request.ts';
import { type Peer, peerOfDevice } from '../model/ids.ts';
import { MESSAGE_WORK } from '../model/limits.ts';
import type { Device } from '../model/records.ts';
import type { SessionState } from '../model/session-state.ts';
import { Anchors } from './anchors.ts';
import { Answers } from './answers.ts';
import { LogWindows } from './log-windows.ts';
import { MatchIndexes } from './match-indexes.ts';
import { MessageProgress } from './message-progress.ts';
import { SentOfItems } from './sent-of-items.ts';
import { SessionRows } from './session-rows.ts';

export interface StepContext {
  readonly request: Request;
  /** The message whose commands are carried out: the one that arrived, or the deferred one before it. */
  readonly message: Message;
  /** Tells this message from others of its session. It is the same when the message comes again. */
  readonly tag: string;
  readonly environment: Environment;
  readonly facts: Facts;
  readonly session: SessionState;
  readonly peer: Peer;
  readonly changes: ChangeSet;
  readonly answers: Answers;
  readonly anchors: Anchors;
  readonly device: KnownDevice;
  readonly rows: SessionRows;
  readonly indexes: MatchIndexes;
  readonly sent: SentOfItems;
  readonly log: LogWindows;
  readonly events: EventList;
  readonly progress: MessageProgress;
  /** The work that is left for the items of this request. */
  readonly work: WorkBudget;
}

interface Begun {
  readonly request: Request;
  readonly environment: Environment;
  readonly facts: Facts;
  /** A copy that the step may write to. */
  readonly session: SessionState;
  readonly device: Device | undefined;
}

export function createStep({ request, environment, facts, session, device: found }: Begun): StepContext {
  const { message, userAgent } = request;
  const { user, sessionId } = session;
  const peer = peerOfDevice(session.device);
  const { now, seed } = environment;
  const device = new KnownDevice(found, { id: session.device, userAgent });
  const rows = new SessionRows();
  return {
    request,
    message,
    tag: rowTag(request),
    environment,
    facts,
    session,
    peer,
    device,
    rows,
    changes: new ChangeSet(facts, { user, peer, session: sessionId, now, seed }),
    answers: new Answers({ message, session, device }),
    anchors: new Anchors(facts, { user, peer }),
    indexes: new MatchIndexes({ facts, user, seed, now }),
    sent: new SentOfItems(session),
    log: new LogWindows(),
    events: new EventList(),
    progress: new MessageProgress(),
    work: new WorkBudget(MESSAGE_WORK),
  };
}

/** The same step with another message to carry out, whose answers follow the answers so far. */
export const withMessage = (
  step: StepContext,
  { message, tag }: Pick<StepContext, 'message' | 'tag'>,
): StepContext => ({
  ...step,
  message,
  tag,
  answers: new Answers({ message, session: step.session, device: step.device }, step.answers.all),
});
