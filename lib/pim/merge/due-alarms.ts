/**
 * The alarms of a task on a device that has no time of day for what is due. It measures them from the beginning of the day, and
 * the item has a time on that day: then they are measured from that time, and go off when the device says.
 */

import { parseDuration, printDuration } from '../time/duration.ts';
import { isDate, itemTime, zoneOfTime } from '../time/item-time.ts';
import { instantOf, localOf, utcOf } from '../time/zones/zones.ts';
import { type Component, firstOf, type Property, paramOf } from '../vobject/model.ts';
import { isAlarm } from './alarms.ts';

/** The sent task with its full properties (`full`), and with alarms measured from the due time among these. */
export function withAlarmsFromDue(sent: Component, full: readonly Property[]): Component {
  const [day, due] = [firstOf(sent, 'DUE'), full.find(({ name }) => name === 'DUE')];
  if (day === undefined || due === undefined || !isDate(day) || isDate(due)) return sent;
  const hasStart = firstOf(sent, 'DTSTART') !== undefined;
  const ofAlarm = (one: Property): Property => {
    const offset = one.name === 'TRIGGER' ? parseDuration(one.value) : undefined;
    const isFromDue = !hasStart || paramOf(one, 'RELATED')?.toUpperCase() === 'END';
    const other = offset !== undefined && isFromDue ? offsetFrom(due, day, offset) : undefined;
    return other === undefined ? one : { ...one, value: printDuration(other) };
  };
  const components = sent.components.map((part) =>
    isAlarm(part) ? { ...part, properties: part.properties.map(ofAlarm) } : part,
  );
  return { ...sent, properties: full, components };
}

/** How long after the due time that is, which is so long after the beginning of the day. In ms. */
function offsetFrom(due: Property, day: Property, offset: number): number | undefined {
  const zone = zoneOfTime(itemTime(due));
  const [midnight, time] = [utcOf(day.value), utcOf(due.value)];
  if (midnight === undefined || time === undefined) return undefined;
  const instant = (local: number) => (zone === undefined ? local : instantOf(localOf(local), zone));
  const [at, from] = [instant(midnight + offset), instant(time)];
  return at === undefined || from === undefined ? undefined : at - from;
}
