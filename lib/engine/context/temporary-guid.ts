/**
 * GUIDs for a device that cannot hold long ones: the first characters of the GUID, as many as its MaxGUIDSize allows
 * (M03). Nothing is stored for them. Which items wait for a Map is known from the sessions and the anchor (M08).
 */

import { guid as asGuid, type Guid, isGuid } from '../model/ids.ts';
import { MAX_SESSIONS_BACK } from '../model/limits.ts';
import type { SessionState } from '../model/session-state.ts';
import { sessionsBefore, unmappedOf } from '../state/due.ts';
import type { DatastoreSync } from './datastore-sync.ts';

/** The GUID as the device gets it. */
export function wireGuid({ device }: DatastoreSync, guid: Guid): string {
  const most = device.database?.maxGuidSize ?? guid.length;
  return most > 0 ? guid.slice(0, most) : guid;
}

/**
 * The GUID that the device means by `text`. A short text means the one item that waits for a Map and whose GUID begins
 * so; undefined when there is no such item, or more than one. `mapped`: the item that the device's LUID is mapped to
 * already.
 */
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

/** Looks for an item that was sent in a session that broke before its Map came. */
function meantBefore({ step, datastore }: DatastoreSync, text: string): Guid | undefined {
  const { name } = datastore;
  const { user, device, sessionId: own } = step.session;
  const looked = new Set([own]);
  const next = sessionsBefore(step.session, name);
  // The list grows in the loop by the sessions before each one.
  for (const sessionId of next) {
    if (looked.has(sessionId)) continue;
    if (looked.size > MAX_SESSIONS_BACK) return undefined;
    looked.add(sessionId);
    const state = step.facts.must({ read: 'session', user, device, sessionId })?.state;
    if (state === undefined) continue;
    const meant = new Set(waitingIn(state, name).filter((guid) => guid.startsWith(text)));
    if (meant.size > 0) return meant.size === 1 ? [...meant][0] : undefined;
    next.push(...sessionsBefore(state, name));
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
