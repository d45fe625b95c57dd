/** Which kind of sync is safe, by the anchors and by what is left of the log [SP11 2.2, C.8]. */

import { alertAnchor } from '../../message/data.ts';
import { holds, isInLog } from '../changes/standing.ts';
import { pairOf } from '../context/anchors.ts';
import type { StepContext } from '../context/step-context.ts';
import type { SyncKind } from '../model/datastore-state.ts';
import type { Anchor } from '../model/records.ts';
import { kindOfAlert, traitsOf } from '../state/sync-kind.ts';
import type { SyncRequest } from './request.ts';

/**
 * The kind of sync that the client asks for, if the anchors fit; else the complete kind of the same direction (Y18).
 * For an Alert 225 that cannot be resumed a slow sync (S08).
 */
export function agreeOn(
  step: StepContext,
  { name, code, item }: SyncRequest,
  isRestored: boolean,
): { kind: SyncKind; forced: boolean; since: number | undefined } {
  const kind = kindOfAlert(code);
  if (kind === undefined) return { kind: 'slow', forced: true, since: undefined };
  const { isComplete, complete } = traitsOf({ kind });
  if (isComplete) return { kind, forced: false, since: undefined };
  const since = isRestored ? undefined : knownSince(step, name, alertAnchor(item)?.last);
  return since === undefined ? { kind: complete, forced: true, since } : { kind, forced: false, since };
}

/**
 * The log position of the session that the client's Last names. Undefined when it is unknown, so that only a complete
 * sync is safe [C.8]. The Last before the newest one fits too: that client missed the server's final answer (N12).
 */
function knownSince(step: StepContext, datastore: string, last: string | undefined): number | undefined {
  const { user } = step.session;
  const anchor = step.anchors.of(datastore);
  const head = step.changes.headOf(datastore);
  if (anchor?.last === undefined || last === undefined) return undefined;
  // A complete sync began and never ended. Its mapping cannot be trusted, so the items are compared.
  if (anchor.used !== anchor.generation) return undefined;
  const since = pairOf(anchor, last)?.sequence;
  if (since === undefined || (head?.sequence ?? 0) <= since) return since;
  // The log is kept for half a year. It does not show all changes to a device that was away for longer.
  const first = since + 1;
  const kept = step.facts.need({ read: 'commits', user, datastore, from: first, to: first });
  return kept === undefined || kept.length === 0 ? undefined : since;
}

/**
 * Was a table restored to an earlier moment since the device synchronised (docs/adr/0019)? Then the anchor knows a commit that
 * the log does not have, or the session that has not settled it does.
 */
export function isRestored(step: StepContext, datastore: string): boolean {
  const anchor = step.anchors.of(datastore);
  return (
    anchor !== undefined && !(doesHold(step, datastore, anchor) && doesOpenHold(step, datastore, anchor))
  );
}

function doesHold({ facts, session, peer }: StepContext, datastore: string, anchor: Anchor): boolean {
  const { standing, sequence, used, generation } = anchor;
  const at = { user: session.user, datastore };
  // An anchor of before has no stamp. Behind a complete sync that broke, the stamp is that of its generation.
  if (standing === undefined || used !== generation) return isInLog(facts, at, standing ?? { sequence });
  return holds(facts, at, peer, standing);
}

/** The session that has not settled the anchor: what was answered in it counts for the device. */
function doesOpenHold(
  { facts, session, peer }: StepContext,
  datastore: string,
  { open, session: sessionId }: Anchor,
): boolean {
  if (open !== true || sessionId === undefined) return true;
  const { user, device } = session;
  const stored = facts.need({ read: 'session', user, device, sessionId })?.state;
  const standing = stored?.datastores.find(({ name }) => name === datastore)?.standing;
  return standing === undefined || holds(facts, { user, datastore }, peer, standing);
}
