/**
 * Converts alarms. In vCalendar 1.0 an alarm is a property with an absolute time. In the stored form it is a component
 * that is measured from the start or the end of the item, so that it moves and repeats with the item.
 */
import { mailtoOf, withoutMailto } from '../../properties/email.ts';
import { isEmpty } from '../../properties/parameters.ts';
import { parseDuration, printDuration } from '../../time/duration.ts';
import { isInstant, itemTime, plainTime } from '../../time/item-time.ts';
import { type Times, triggerTime } from '../../time/times.ts';
import { instantOf, utcOf, utcText } from '../../time/zones/zones.ts';
import { type Component, firstOf, type Property, paramOf, property, valueIn } from '../../vobject/model.ts';
import { escapeText, splitParts, textParts, unescapeText } from '../../vobject/text.ts';
import { isRealAlarm } from '../icalendar/alarms.ts';
import type { TimeFrame, WriteFrame } from './frames.ts';
import { instantText, plainTimeIn, textFromStart, zoneNamedBy } from './times.ts';

const ACTIONS: { readonly [name: string]: string } = {
  AALARM: 'AUDIO',
  DALARM: 'DISPLAY',
  MALARM: 'EMAIL',
  PALARM: 'PROCEDURE',
};
export const isAlarmProperty = (name: string): boolean => name in ACTIONS;
/** The action of the alarms that this property of vCalendar holds. Undefined for any other property. */
export const alarmActionOf = (name: string): string | undefined => ACTIONS[name];

/** A property without a valid time is not an alarm. It is stored under this name, and goes back to devices as it came. */
const keptName = (name: string): string => `X-${name}`;
export const deviceNameOfKept = (name: string): string => name.slice(2);
export const isKeptAlarm = (name: string): boolean =>
  name.startsWith('X-') && isAlarmProperty(deviceNameOfKept(name));

/** The alarms of an item. `kept` are the properties without a valid time. */
export function alarmsFromVcalendar(
  part: Component,
  frame: TimeFrame,
): { readonly alarms: readonly Component[]; readonly kept: readonly Property[] } {
  const times = timesOfDevice(part, frame);
  const all = alarmProperties(part);
  const alarms = all.flatMap((one) => {
    const at = instantOfAlarm(one, frame, times);
    return at === undefined ? [] : [alarmFromVcalendar(one, at, times)];
  });
  const kept = all.filter(
    (one) => timeOfAlarm(one) !== '' && instantOfAlarm(one, frame, times) === undefined,
  );
  return { alarms, kept: kept.map((one) => ({ ...one, name: keptName(one.name) })) };
}

/**
 * The alarm properties of an item. Many devices write each alarm twice, with a sound and as a message. Of these the one
 * with the sound is dropped, unless it has a sound of its own.
 */
function alarmProperties({ properties }: Component): Property[] {
  const alarms = properties.filter((one) => isAlarmProperty(one.name) && !isEmpty(one));
  const partsOf = ({ value }: Property) => textParts(value).map((text) => text.trim());
  const seen = alarms.filter(({ name }) => name === 'DALARM').map(partsOf);
  return alarms.filter((alarm) => {
    const [time, , , sound = ''] = partsOf(alarm);
    const again = seen.some(([at, , , text]) => at === time && (sound === '' || sound === text));
    return alarm.name !== 'AALARM' || !again;
  });
}

/** The times from which alarms are measured: the start and end of an event, the due time of a task, or else its start. */
function timesOfDevice(part: Component, frame: TimeFrame): Times {
  const [start, end] = ['DTSTART', part.name === 'VTODO' ? 'DUE' : 'DTEND'].map((name) => {
    const [time, zone] = [plainTimeIn(part, name), zoneNamedBy(firstOf(part, name), frame)];
    if (frame.clock === undefined || zone === undefined) return instantFor(time, zone);
    return instantFor(`${frame.clock(time).slice(0, 8)}T000000`, zone);
  });
  return part.name === 'VTODO' && end !== undefined ? { start: undefined, end } : { start, end };
}

const timeOfAlarm = ({ value }: Property): string => textParts(value)[0]?.trim() ?? '';

/**
 * The instant of an alarm. SyncEvolution measures it from the start (`-PT30M`). Undefined for a time without a date, which would
 * be in the year 1899.
 */
function instantOfAlarm(alarm: Property, frame: TimeFrame, { start, end }: Times): number | undefined {
  const time = timeOfAlarm(alarm);
  const [from, distance] = [start ?? end, parseDuration(time)];
  if (distance !== undefined) return from === undefined ? undefined : from + distance;
  return /^[1-9]\d{3}-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])/.test(time)
    ? instantFor(plainTime(time) ?? time, zoneNamedBy(alarm, frame))
    : undefined;
}

const instantFor = (plain: string, zone: string | undefined): number | undefined =>
  plain.endsWith('Z') || zone === undefined ? utcOf(plain) : instantOf(plain, zone);

/** Converts an alarm. Its value is `time;snooze;repeat;text`. */
function alarmFromVcalendar(source: Property, at: number, times: Times): Component {
  const [, snooze = '', repeat = '', text = '', note = ''] = textParts(source.value);
  const action = ACTIONS[source.name] ?? 'DISPLAY';
  const repeats = /^PT?\d/.test(snooze) && Number(repeat) > 0;
  return {
    name: 'VALARM',
    properties: [
      property('ACTION', action),
      triggerAt(at, times),
      ...(repeats ? [property('DURATION', snooze), property('REPEAT', String(Number(repeat)))] : []),
      ...contentFromVcalendar(action, text, note),
    ],
    components: [],
  };
}

function contentFromVcalendar(action: string, text: string, note: string): Property[] {
  if (action === 'AUDIO' || action === 'PROCEDURE') return text === '' ? [] : [property('ATTACH', text)];
  if (action === 'EMAIL')
    return [property('ATTENDEE', mailtoOf(text)), property('DESCRIPTION', escapeText(note))];
  return [property('DESCRIPTION', escapeText(text))];
}

function triggerAt(at: number, { start, end }: Times): Property {
  if (start !== undefined) return property('TRIGGER', printDuration(at - start));
  if (end !== undefined) return property('TRIGGER', printDuration(at - end), { RELATED: 'END' });
  return property('TRIGGER', utcText(at), { VALUE: 'DATE-TIME' });
}

/** The alarms of an item in vCalendar 1.0. Alarms that are equal there are written once. */
export function alarmsToVcalendar(part: Component, whole: WriteFrame): Property[] {
  const frame = whole.alarmsInUtc === true ? { ...whole, utc: true } : whole;
  const written = part.components.filter(isRealAlarm).flatMap((alarm) => {
    const trigger = firstOf(alarm, 'TRIGGER');
    const at = trigger && triggerTime(trigger, frame.times);
    if (at === undefined) return [];
    const text = isFixed(trigger, part) ? instantText(at, frame) : textFromStart(at, frame);
    return [alarmToVcalendar(alarm, text, frame.listed)];
  });
  return [...new Map(written.map((one) => [`${one.name}:${one.value}`, one])).values()];
}

/** Is the alarm set to an instant, or measured from an end that is a known instant? */
function isFixed(trigger: Property | undefined, part: Component): boolean {
  if (trigger?.value.endsWith('Z')) return true;
  const end = firstOf(part, 'DTEND') ?? firstOf(part, 'DUE');
  const isOfEnd = trigger !== undefined && paramOf(trigger, 'RELATED')?.toUpperCase() === 'END';
  return isOfEnd && end !== undefined && isInstant(itemTime(end));
}

/** Converts one alarm. `time` is the text of its time, `taken` are the alarm properties that the device lists. */
function alarmToVcalendar(alarm: Component, time: string, taken?: readonly string[]): Property {
  const action = (valueIn(alarm, 'ACTION') ?? 'DISPLAY').toUpperCase();
  const own = Object.keys(ACTIONS).find((key) => ACTIONS[key] === action) ?? 'DALARM';
  const name = takenAs(own, taken);
  const [snooze = '', repeat = ''] = [valueIn(alarm, 'DURATION'), valueIn(alarm, 'REPEAT')];
  const parts = [time, snooze, repeat, ...contentToVcalendar(alarm, name, own)];
  return property(name, parts.map((part) => splitParts(escapeText(part), ',').join('\\,')).join(';'));
}

/** The alarm property for a device. If the device does not list the right one, it gets a message or a sound. */
const takenAs = (name: string, taken: readonly string[] = [name]): string =>
  [name, 'DALARM', 'AALARM'].find((one) => taken.includes(one)) ?? name;

function contentToVcalendar(alarm: Component, name: string, own: string): string[] {
  const description = unescapeText(valueIn(alarm, 'DESCRIPTION') ?? '');
  if (name === 'MALARM') return [withoutMailto(valueIn(alarm, 'ATTENDEE') ?? ''), description];
  if (name === 'DALARM') return [description];
  return [name === own ? (valueIn(alarm, 'ATTACH') ?? '') : ''];
}
