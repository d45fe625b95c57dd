/** The alarms of an item of vCalendar 1.0: which of them are alarms of their own, and what they are measured against. */

import { isEmpty } from '../../properties/parameters.ts';
import type { Clock } from '../../time/days.ts';
import { plainTime, type Times } from '../../time/times.ts';
import { ianaOf } from '../../time/zones/names.ts';
import { instantOf, utcOf } from '../../time/zones/zones.ts';
import { type Component, type Property, paramOf, valueIn } from '../../vobject/model.ts';
import { textParts } from '../../vobject/text.ts';
import { alarmFromOld, isOldAlarm, keptAlarm } from './alarms.ts';

/** How the times of an item are to be read. */
export interface AlarmFrame {
  /** Of times that name none. */
  readonly zone: string | undefined;
  /** For an item of days: what each time is on the clock that tells its day. */
  readonly clock: Clock | undefined;
  /** It may define the zones that the item names. */
  readonly calendar: Component;
}

/** `kept`: what is set to no time that there is, under a name that makes it no alarm. */
export function alarmsFromOld(
  part: Component,
  frame: AlarmFrame,
): { readonly alarms: readonly Component[]; readonly kept: readonly Property[] } {
  const times = timesFor(part, frame);
  const all = oldAlarms(part);
  const alarms = all.flatMap((one) => alarmFromOld(one, (time) => alarmTime(one, time, frame), times) ?? []);
  const kept = all.filter((one) => timeOf(one) !== '' && alarmTime(one, timeOf(one), frame) === undefined);
  return { alarms, kept: kept.map((one) => ({ ...one, name: keptAlarm(one.name) })) };
}

const timeOf = ({ value }: Property): string => textParts(value)[0]?.trim() ?? '';

/** Without a date it would be one of the year 1899. */
const alarmTime = (alarm: Property, time: string, frame: AlarmFrame): number | undefined =>
  /^[1-9]\d{3}-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])/.test(time)
    ? instant(plainTime(time) ?? time, zoneOfTime(alarm, frame))
    : undefined;

/** The zone that a time names, by the name that the IANA gives it, else that of the item. */
export function zoneOfTime(
  of: Property | undefined,
  { zone, calendar }: Pick<AlarmFrame, 'zone' | 'calendar'>,
): string | undefined {
  const named = of && paramOf(of, 'TZID');
  return (named === undefined ? undefined : ianaOf(named, calendar)) ?? zone;
}

const instant = (plain: string, zone: string | undefined): number | undefined =>
  plain.endsWith('Z') || zone === undefined ? utcOf(plain) : instantOf(plain, zone);

/** What alarms are measured against: the start, and the time at which a task is due. */
function timesFor(part: Component, frame: AlarmFrame): Times {
  const [start, end] = ['DTSTART', part.name === 'VTODO' ? 'DUE' : 'DTEND'].map((name) => {
    const source = part.properties.find((one) => one.name === name);
    const [time, zone] = [timeIn(part, name), zoneOfTime(source, frame)];
    if (frame.clock === undefined || zone === undefined) return instant(time, zone);
    return instant(`${frame.clock(time).slice(0, 8)}T000000`, zone);
  });
  return part.name === 'VTODO' && end !== undefined ? { start: undefined, end } : { start, end };
}

/** A time as it stands there, without its marks; empty where there is none. */
export function timeIn(part: Component, name: string): string {
  const value = valueIn(part, name)?.trim() ?? '';
  return plainTime(value) ?? value;
}

/** Many devices say one alarm twice, to be heard and to be seen: without a sound of its own it is the one that is seen. */
function oldAlarms({ properties }: Component): Property[] {
  const alarms = properties.filter((one) => isOldAlarm(one.name) && !isEmpty(one));
  const partsOf = ({ value }: Property) => textParts(value).map((text) => text.trim());
  const seen = alarms.filter(({ name }) => name === 'DALARM').map(partsOf);
  return alarms.filter((alarm) => {
    const [time, , , sound = ''] = partsOf(alarm);
    const again = seen.some(([at, , , text]) => at === time && (sound === '' || sound === text));
    return alarm.name !== 'AALARM' || !again;
  });
}
