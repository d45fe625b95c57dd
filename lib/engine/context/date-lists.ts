/** Items that a device has as lists of dates in place of rules (docs/adr/0026): the lists come to their end. */
import { isCalendar } from '../model/datastores.ts';
import type { Item } from '../model/records.ts';
import type { DatastoreSync } from './datastore-sync.ts';

/** Notes that the device has the item with a list of dates, if it has, or gets it so. */
export function noteDates({ step, datastore, device }: DatastoreSync, { guid, content }: Item): void {
  if (datastore.outgoing.listsDates === true || !isCalendar(datastore.name)) return;
  const whole = content && step.changes.wholeOf(datastore.name, guid, content);
  if (whole !== undefined && device.getsDates(whole)) datastore.outgoing.listsDates = true;
}

/**
 * Is it time for a new list of dates of the item, because the device comes to the end of its own and gets other dates now?
 * False while its body is still missing, because the run is then repeated.
 */
export function hasDatesDue({ step, datastore, device }: DatastoreSync, { guid, content }: Item): boolean {
  const { isDue, seen, written } = device.dateWindow;
  if (!isDue || content === undefined) return false;
  const whole = step.changes.wholeOf(datastore.name, guid, content);
  if (whole === undefined || !device.getsDates(whole)) return false;
  return device.written(whole, guid, seen).body !== device.written(whole, guid, written).body;
}
