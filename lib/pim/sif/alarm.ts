/** Outlook's one reminder of an item and VALARM: minutes before an appointment, a time for a task. */
import { duration, milliseconds } from '../calendar/alarms.ts';
import { isDate, timesOf } from '../calendar/times.ts';
import { localOf, utcOf } from '../calendar/zones.ts';
import { type Component, firstOf, type Property, paramOf, property, valueIn } from '../model.ts';
import { plainTime } from './times.ts';
import { field, fieldText, type SifField } from './xml.ts';

const MINUTE = 60_000;
export const isOn = (text: string | undefined): boolean => text === '1' || text?.toLowerCase() === 'true';

/** Fields that say no alarm stay as they are: what they hold is offered again when one is set. */
export const alarmFields = (fields: readonly SifField[]): string[] =>
  isOn(fieldText(fields, 'ReminderSet'))
    ? ['ReminderSet', 'ReminderMinutesBeforeStart', 'ReminderTime', 'ReminderSoundFile']
    : ['ReminderSet'];

/** `item`: start and due time, as they are stored. */
export function alarmFromSif(fields: readonly SifField[], item: Component): Component[] {
  if (!isOn(fieldText(fields, 'ReminderSet'))) return [];
  const trigger = triggerFromSif(fields, item);
  if (trigger === undefined) return [];
  const sound = fieldText(fields, 'ReminderSoundFile') ?? '';
  const action =
    sound === '' ? [property('ACTION', 'DISPLAY')] : [property('ACTION', 'AUDIO'), property('ATTACH', sound)];
  return [{ name: 'VALARM', properties: [...action, trigger], components: [] }];
}

function triggerFromSif(fields: readonly SifField[], item: Component): Property | undefined {
  const minutes = fieldText(fields, 'ReminderMinutesBeforeStart') ?? '';
  if (/^-?\d{1,8}$/.test(minutes)) return property('TRIGGER', duration(-Number(minutes) * MINUTE));
  const time = plainTime(fieldText(fields, 'ReminderTime') ?? '');
  if (time === undefined) return undefined;
  if (time.endsWith('Z')) return property('TRIGGER', time, { VALUE: 'DATE-TIME' });
  const { start, end } = timesOf(item);
  const base = end ?? start;
  if (base === undefined) return property('TRIGGER', `${time}Z`, { VALUE: 'DATE-TIME' });
  const offset = duration((utcOf(time) ?? 0) - base);
  return end === undefined ? property('TRIGGER', offset) : property('TRIGGER', offset, { RELATED: 'END' });
}

export function alarmToSif(part: Component): SifField[] {
  const alarm = part.components.find((one) => one.name === 'VALARM' && firstOf(one, 'TRIGGER') !== undefined);
  if (alarm === undefined) return [field('ReminderSet', '0')];
  const sound = valueIn(alarm, 'ATTACH') ?? '';
  const fields = part.name === 'VTODO' ? timeOf(alarm, part) : minutesOf(alarm, part);
  if (fields === undefined) return [field('ReminderSet', '0')];
  return [field('ReminderSet', '1'), fields, ...(sound === '' ? [] : [field('ReminderSoundFile', sound)])];
}

/** Milliseconds after the start, if that is known; the end counts for an alarm that is about it. */
function offsetOf(alarm: Component, part: Component): { at?: number; offset?: number } {
  const trigger = firstOf(alarm, 'TRIGGER');
  const { start, end } = timesOf(part);
  const offset = milliseconds(trigger?.value ?? '');
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

/** Measured from a day or a floating time it has no zone either. */
function timeOf(alarm: Component, part: Component): SifField | undefined {
  const { at } = offsetOf(alarm, part);
  if (at === undefined) return undefined;
  const base = firstOf(part, 'DUE') ?? firstOf(part, 'DTSTART');
  const isFloating =
    base !== undefined &&
    (isDate(base) || (!base.value.endsWith('Z') && paramOf(base, 'TZID') === undefined));
  const isRelative = milliseconds(valueIn(alarm, 'TRIGGER') ?? '') !== undefined;
  return field('ReminderTime', `${localOf(at)}${isFloating && isRelative ? '' : 'Z'}`);
}
