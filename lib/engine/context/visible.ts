/** What a client sees of a datastore: everything, or what its filter of this session lets through (F08-F11, F14). */
import { matches } from '../../filter/evaluate.ts';
import { type Item, luidOf } from '../model/records.ts';
import type { DatastoreSync } from './datastore-sync.ts';

/** Is the item in the client's sync set? True while a body is due to be read: that run does not count. */
export function isVisible({ step, datastore }: DatastoreSync, item: Item): boolean {
  const { filter } = datastore.client;
  if (filter === undefined || item.content === undefined) return true;
  const luid = luidOf(item, step.peer, datastore.mapping);
  if (filter.inclusive && luid !== undefined) return true; // F09
  const content = step.changes.wholeOf(datastore.name, item.guid, item.content);
  if (content === undefined) return true;
  const modifiedAt = content.modifiedAt ?? new Date(item.at).toISOString();
  return matches(filter.record, { content, modifiedAt, ...(luid !== undefined && { luid }) });
}
