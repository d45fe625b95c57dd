/**
 * GUIDs for a device that holds no long ones: the beginning of ours, as much as its MaxGUIDSize allows (M03). Nothing is
 * stored for them: what waits for a Map is known from the sessions and from the anchor (M08).
 */

import { guid as asGuid, type Guid, isGuid } from '../model/ids.ts';
import type { SessionState } from '../model/session-state.ts';
import { unmappedOf } from '../state/due.ts';
import type { DatastoreSync } from './datastore-sync.ts';

/** As the device gets it. */
export function wireGuid({ device }: DatastoreSync, guid: Guid): string {
  const most = device.database?.maxGuidSize ?? guid.length;
  return most > 0 ? guid.slice(0, most) : guid;
}

/** What the device means by it; undefined when nothing that waits for a Map begins so, or more than one thing does. */
export function meantGuid(sync: DatastoreSync, text: string, mapped: Guid | undefined): Guid | undefined {
  const { step, datastore, anchor } = sync;
  if (isGuid(text)) return asGuid(text);
  if (text === '') return undefined;
  const old = anchor?.resend ?? []; // a complete sync begins without it
  const due = [...datastore.outgoing.resend, ...datastore.outgoing.failed, ...old].map(({ guid }) => guid);
  const waiting = [
    ...waitingIn(step.session, datastore.name),
    ...due,
    ...(mapped === undefined ? [] : [mapped]),
  ];
  const meant = new Set(waiting.filter((guid) => guid.startsWith(text)));
  if (meant.size > 0) return meant.size === 1 ? [...meant][0] : undefined;
  return meantBefore(sync, text);
}

/** Sessions that broke, back from this one. */
const MAX_SESSIONS_BACK = 5;

/** Sent in a session that broke before its Map came, and not told again yet. */
function meantBefore({ step, datastore }: DatastoreSync, text: string): Guid | undefined {
  const { name, before } = datastore;
  const { user, device } = step.session;
  let sessionId = before;
  for (let n = 0; n < MAX_SESSIONS_BACK && sessionId !== undefined; n += 1) {
    const state = step.facts.must({ read: 'session', user, device, sessionId })?.state;
    if (state === undefined) return undefined;
    const meant = new Set(waitingIn(state, name).filter((guid) => guid.startsWith(text)));
    if (meant.size > 0) return meant.size === 1 ? [...meant][0] : undefined;
    sessionId = state.datastores.find((datastore) => datastore.name === name)?.before;
  }
  return undefined;
}

const waitingIn = (state: SessionState, name: string): Guid[] => [
  ...unmappedOf(
    state,
    state.datastores.findIndex((datastore) => datastore.name === name),
  ),
  ...(state.unmapped?.[name] ?? []),
];
