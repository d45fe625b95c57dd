/** Alarms: the properties of vCalendar 1.0 and the components of iCalendar 2.0. */

import { mailtoOf, withoutMailto } from '../../properties/email.ts';
import { printDuration } from '../../time/duration.ts';
import { type Times, triggerTime } from '../../time/times.ts';
import { localOf } from '../../time/zones/zones.ts';
import { type Component, type Property, property, valueIn } from '../../vobject/model.ts';
import { escapeText, splitParts, textParts, unescapeText } from '../../vobject/text.ts';

const ACTIONS: { readonly [name: string]: string } = {
  AALARM: 'AUDIO',
  DALARM: 'DISPLAY',
  MALARM: 'EMAIL',
  PALARM: 'PROCEDURE',
};
export const isOldAlarm = (name: string): boolean => name in ACTIONS;
/** An alarm that is set to no time: it is none, but goes back to devices as it came. */
export const keptAlarm = (name: string): string => `X-${name}`;
export const isKeptAlarm = (name: string): boolean => name.startsWith('X-') && isOldAlarm(name.slice(2));

/** `time;snooze;repeat;text`, absolute there, relative here: it goes with the event when that moves, or repeats. */
export function alarmFromOld(
  source: Property,
  instantOf: (time: string) => number | undefined,
  times: Times,
): Component | undefined {
  const [time = '', snooze = '', repeat = '', text = '', note = ''] = textParts(source.value);
  const at = instantOf(time.trim());
  if (at === undefined) return undefined;
  const action = ACTIONS[source.name] ?? 'DISPLAY';
  const repeats = /^PT?\d/.test(snooze) && Number(repeat) > 0;
  return {
    name: 'VALARM',
    properties: [
      property('ACTION', action),
      trigger(at, times),
      ...(repeats ? [property('DURATION', snooze), property('REPEAT', String(Number(repeat)))] : []),
      ...content(action, text, note),
    ],
    components: [],
  };
}

function content(action: string, text: string, note: string): Property[] {
  if (action === 'AUDIO' || action === 'PROCEDURE') return text === '' ? [] : [property('ATTACH', text)];
  if (action === 'EMAIL')
    return [property('ATTENDEE', mailtoOf(text)), property('DESCRIPTION', escapeText(note))];
  return [property('DESCRIPTION', escapeText(text))];
}

function trigger(at: number, { start, end }: Times): Property {
  if (start !== undefined) return property('TRIGGER', printDuration(at - start));
  if (end !== undefined) return property('TRIGGER', printDuration(at - end), { RELATED: 'END' });
  return property('TRIGGER', `${localOf(at)}Z`, { VALUE: 'DATE-TIME' });
}

/** Apple's `ACTION:NONE` turns off the alarm that its calendars add by themselves: it is none. */
export const isRealAlarm = (part: Component): boolean =>
  part.name === 'VALARM' && valueIn(part, 'ACTION')?.trim().toUpperCase() !== 'NONE';

/** As old devices have it: an absolute time. Undefined when the alarm has none. `taken`: what the device lists of them. */
export function alarmToOld(
  alarm: Component,
  times: Times,
  timeText: (instant: number) => string,
  taken?: readonly string[],
): Property | undefined {
  const source = alarm.properties.find(({ name }) => name === 'TRIGGER');
  const at = source && triggerTime(source, times);
  if (at === undefined) return undefined;
  const action = (valueIn(alarm, 'ACTION') ?? 'DISPLAY').toUpperCase();
  const own = Object.keys(ACTIONS).find((key) => ACTIONS[key] === action) ?? 'DALARM';
  const name = takenAs(own, taken);
  const [snooze = '', repeat = ''] = [valueIn(alarm, 'DURATION'), valueIn(alarm, 'REPEAT')];
  return property(
    name,
    [timeText(at), snooze, repeat, ...textsOf(alarm, name, own)]
      .map((part) => splitParts(escapeText(part), ',').join('\\,'))
      .join(';'),
  );
}

/** Better as another alarm than as none: one to be seen or heard. */
const takenAs = (name: string, taken: readonly string[] = [name]): string =>
  [name, 'DALARM', 'AALARM'].find((one) => taken.includes(one)) ?? name;

function textsOf(alarm: Component, name: string, own: string): string[] {
  const said = unescapeText(valueIn(alarm, 'DESCRIPTION') ?? '');
  if (name === 'MALARM') return [withoutMailto(valueIn(alarm, 'ATTENDEE') ?? ''), said];
  if (name === 'DALARM') return [said];
  return [name === own ? (valueIn(alarm, 'ATTACH') ?? '') : ''];
}
