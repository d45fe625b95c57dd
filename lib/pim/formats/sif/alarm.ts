/**
 * Converts between the reminder of Outlook and VALARM. Outlook has one reminder an item: minutes before an appointment,
 * a time for a task.
 */

import { parseDuration, printDuration } from '../../time/duration.ts';
import { isFloating, itemTime, plainTime, zoneOfTime } from '../../time/item-time.ts';
import { instantIn, timesOf } from '../../time/times.ts';
import { instantOf, localOf, utcOf } from '../../time/zones/zones.ts';
import { type Component, firstOf, type Property, paramOf, property, valueIn } from '../../vobject/model.ts';
import { isRealAlarm } from '../icalendar/alarms.ts';
import { instantToSif, type WriteClock } from './times.ts';
import { field, fieldText, type SifField } from './xml.ts';

const MINUTE = 60_000;
export const isOn = (text: string | undefined): boolean => text === '1' || text?.toLowerCase() === 'true';

/**
 * The fields that are converted to an alarm. If the reminder is off, the other fields are kept as they are, because
 * Outlook offers their values when the reminder is turned on again.
 */
export const alarmFields = (fields: readonly SifField[]): string[] =>
  isOn(fieldText(fields, 'ReminderSet'))
    ? ['ReminderSet', 'ReminderMinutesBeforeStart', 'ReminderTime', 'ReminderSoundFile']
    : ['ReminderSet'];

/** Converts the reminder. `item` has the start and the due time in the stored form. */
export function alarmFromSif(fields: readonly SifField[], item: Component): Component[] {
  if (!isOn(fieldText(fields, 'ReminderSet'))) return [];
  const trigger = triggerFromSif(fields, item);
  if (trigger === undefined) return [];
  const sound = fieldText(fields, 'ReminderSoundFile') ?? '';
  const action =
    sound === '' ? [property('ACTION', 'DISPLAY')] : [property('ACTION', 'AUDIO'), property('ATTACH', sound)];
  return [{ name: 'VALARM', properties: [...action, trigger], components: [] }];
}

/**
 * The trigger of a reminder. For a task it is measured from the due time, if there is one, so that it moves with the
 * due time.
 */
function triggerFromSif(fields: readonly SifField[], item: Component): Property | undefined {
  const due = firstOf(item, 'DUE');
  const base = due ?? firstOf(item, 'DTSTART');
  const related: { [name: string]: string } = due === undefined ? {} : { RELATED: 'END' };
  const minutes = fieldText(fields, 'ReminderMinutesBeforeStart') ?? '';
  if (/^-?\d{1,8}$/.test(minutes)) {
    const hasStart = firstOf(item, 'DTSTART') !== undefined;
    return property('TRIGGER', printDuration(-Number(minutes) * MINUTE), hasStart ? {} : related);
  }
  const time = plainTime(fieldText(fields, 'ReminderTime') ?? '');
  if (time === undefined) return undefined;
  const [from, zone] = [instantIn(base), zoneOfTime(base && itemTime(base))];
  const isFixed = time.endsWith('Z');
  const at = isFixed || zone === undefined ? utcOf(time) : instantOf(time, zone);
  if (at === undefined || from === undefined || (isFixed && (due === undefined || isFloating(itemTime(due)))))
    return property('TRIGGER', isFixed ? time : `${time}Z`, { VALUE: 'DATE-TIME' });
  return property('TRIGGER', printDuration(at - from), related);
}

export function alarmToSif(part: Component, clock: WriteClock): SifField[] {
  const alarm = part.components.find((one) => isRealAlarm(one) && firstOf(one, 'TRIGGER') !== undefined);
  if (alarm === undefined) return [field('ReminderSet', '0')];
  const sound = valueIn(alarm, 'ATTACH') ?? '';
  const fields = part.name === 'VTODO' ? timeOf(alarm, part, clock) : minutesOf(alarm, part);
  if (fields === undefined) return [field('ReminderSet', '0')];
  return [field('ReminderSet', '1'), fields, ...(sound === '' ? [] : [field('ReminderSoundFile', sound)])];
}

/** When an alarm goes off: the instant, and milliseconds after the start. An alarm may be measured from the end. */
function offsetOf(alarm: Component, part: Component): { at?: number; offset?: number } {
  const trigger = firstOf(alarm, 'TRIGGER');
  const { start, end } = timesOf(part);
  const offset = parseDuration(trigger?.value ?? '');
  const related = trigger && paramOf(trigger, 'RELATED')?.toUpperCase() === 'END';
  const at =
    offset === undefined
      ? utcOf(trigger?.value ?? '')
      : plus(related ? (end ?? start) : (start ?? end), offset);
  if (offset !== undefined && !related) return { offset, ...(at !== undefined && { at }) };
  return { ...(at !== undefined && { at, ...(start !== undefined && { offset: at - start }) }) };
}
const plus = (base: number | undefined, offset: number): number | undefined =>
  base === undefined ? undefined : base + offset;

function minutesOf(alarm: Component, part: Component): SifField | undefined {
  const { offset } = offsetOf(alarm, part);
  return offset === undefined
    ? undefined
    : field('ReminderMinutesBeforeStart', String(Math.round(-offset / MINUTE)));
}

/** The time of a task's reminder. If the alarm is measured from a time without a zone, it is written without a zone. */
function timeOf(alarm: Component, part: Component, clock: WriteClock): SifField | undefined {
  const { at } = offsetOf(alarm, part);
  if (at === undefined) return undefined;
  const base = firstOf(part, 'DUE') ?? firstOf(part, 'DTSTART');
  const isLocal = base !== undefined && isFloating(itemTime(base));
  const isRelative = parseDuration(valueIn(alarm, 'TRIGGER') ?? '') !== undefined;
  return field('ReminderTime', isLocal && isRelative ? localOf(at) : instantToSif(at, clock));
}
