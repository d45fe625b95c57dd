/**
 * Which items of a datastore a client sees: all of them, or those that match its filter of this session (F08-F11, F14).
 */
import { matches } from '../../filter/evaluate.ts';
import { mentions } from '../device/mentions.ts';
import { luidsOf } from '../model/luids.ts';
import type { Item } from '../model/records.ts';
import type { DatastoreSync } from './datastore-sync.ts';

/** Is the item in the client's sync set? True while its body is still missing, because the run is then repeated. */
export function isVisible({ step, datastore }: DatastoreSync, item: Item): boolean {
  const { filter } = datastore.client;
  if (filter === undefined || item.content === undefined) return true;
  const luids = luidsOf(item, step.peer, datastore.mapping);
  if (filter.inclusive && luids.length > 0) return true; // F09
  const content = step.changes.wholeOf(datastore.name, item.guid, item.content);
  if (content === undefined) return true;
  const modifiedAt = content.modifiedAt ?? new Date(item.at).toISOString();
  const one = { content, modifiedAt };
  return luids.length === 0
    ? matches(filter.record, one)
    : luids.some((luid) => matches(filter.record, { ...one, luid }));
}

/** Does the item have properties that the device did not get, or not in this form? False while its body is missing. */
export function hasNewlyListed({ step, datastore, device }: DatastoreSync, { guid, content }: Item): boolean {
  if (!device.hasUnseen || content === undefined) return false;
  const whole = step.changes.wholeOf(datastore.name, guid, content);
  return whole !== undefined && mentions(whole, device.unseenIn(whole));
}
