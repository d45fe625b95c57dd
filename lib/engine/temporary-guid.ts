/**
 * GUIDs for a device that holds no long ones: the beginning of ours, as much as its MaxGUIDSize allows (M03). Nothing is
 * stored for them: what waits for a Map is known from the session and from the anchor (M08).
 */
import { guid as asGuid, type Guid, isGuid } from './ids.ts';
import type { DatastoreState } from './state.ts';
import { ownDataStore } from './visible.ts';
import type { Work } from './work.ts';

/** As the device gets it. */
export function wireGuid(work: Work, datastore: DatastoreState, guid: Guid): string {
  const most = ownDataStore(work, datastore)?.maxGuidSize ?? guid.length;
  return most > 0 ? guid.slice(0, most) : guid;
}

/** What the device means by it; undefined when nothing that waits for a Map begins so, or more than one thing does. */
export function meantGuid(
  work: Work,
  datastore: DatastoreState,
  text: string,
  mapped: Guid | undefined,
): Guid | undefined {
  if (isGuid(text)) return asGuid(text);
  if (text === '') return undefined;
  const d = work.state.datastores.indexOf(datastore);
  const sent = Object.values(work.state.sent).flatMap((one) => (one.d === d && one.guid ? [one.guid] : []));
  const due = [...datastore.resend, ...datastore.failed].map(({ guid }) => guid);
  const waiting = [...sent, ...due, ...(mapped === undefined ? [] : [mapped])];
  const meant = new Set(waiting.filter((guid) => guid.startsWith(text)));
  return meant.size === 1 ? [...meant][0] : undefined;
}
