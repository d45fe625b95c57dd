/** iCalendar 2.0 as vCalendar 1.0: what that cannot say is left out; the server keeps it. */

import { isDateOfSet, isOfObject, isTime } from '../../properties/table.ts';
import { withTrueFlags } from '../../time/days.ts';
import { parseRule } from '../../time/rule.ts';
import { atStart, instantIn, isDate, startOf, startOfPeriod, type Times, timesOf } from '../../time/times.ts';
import { DAY, instantOf, inZone, isZone, localOf, utcOf } from '../../time/zones/zones.ts';
import {
  type Component,
  firstOf,
  type Property,
  paramOf,
  propertiesOf,
  property,
  withoutParams,
} from '../../vobject/model.ts';
import { escapeText, splitParts, textList } from '../../vobject/text.ts';
import { withoutExceptions } from '../icalendar/exceptions.ts';
import { alarmToOld, isKeptAlarm, isRealAlarm } from './alarms.ts';
import { attendeeToOld } from './attendees.ts';
import { ruleToVcalendar } from './rules.ts';
import { valueToOld } from './values.ts';
import { oldZone } from './zones.ts';

export interface OldOptions {
  /** The device takes times in UTC. */
  readonly utc: boolean;
  /** Upper-case names of the properties that it takes for alarms; undefined: whichever. */
  readonly alarms?: readonly string[] | undefined;
}

/** The series without the exceptions: their dates are left out of it. */
export function toOldCalendar(calendar: Component, options: OldOptions): Component {
  const shown = withoutExceptions(calendar).components.filter(({ name }) => name !== 'VTIMEZONE');
  const zone = shown.map(zoneOfSeries).find((found) => found !== undefined);
  const own = calendar.properties.filter(({ name }) => !isOfObject(name));
  return {
    name: 'VCALENDAR',
    properties: [property('VERSION', '1.0'), ...own, ...zoneProperties(zone)],
    components: shown.map((part) => partToOld(part, zone, options)),
  };
}

/** Only a series needs its zone: a single time is an instant. */
function zoneOfSeries(part: Component): { zone: string; start: number } | undefined {
  const start = startOf(part);
  const [zone, at] = [start && paramOf(start, 'TZID'), instantIn(start)];
  const repeats = propertiesOf(part, 'RRULE').length > 0;
  return repeats && zone !== undefined && isZone(zone) && at !== undefined ? { zone, start: at } : undefined;
}

function zoneProperties(of: { zone: string; start: number } | undefined): Property[] {
  if (of === undefined) return [];
  const { tz, daylight } = oldZone(of.zone, of.start);
  return [property('TZ', tz), property('DAYLIGHT', daylight ?? 'FALSE')];
}

interface Frame extends OldOptions {
  readonly zone: string | undefined;
  readonly times: Times;
  readonly start: Property | undefined;
}

function partToOld(part: Component, series: { zone: string } | undefined, options: OldOptions): Component {
  const times = timesOf(part);
  const frame: Frame = { ...options, zone: series?.zone, times, start: startOf(part) };
  // Without a rule of what is left out of it a series would be another one.
  const isSaid = propertiesOf(part, 'EXRULE').every((one) => oldRuleOf(one, frame) !== undefined);
  const left = ['EXDATE', 'DURATION', ...(isSaid ? [] : ['RRULE', 'EXRULE'])];
  const others = part.properties.filter(({ name }) => !left.includes(name));
  return {
    name: part.name,
    properties: [
      ...withTrueFlags([...others, ...endOf(part, times)]).flatMap((one) => propertyToOld(one, frame)),
      ...listOfTimes('EXDATE', propertiesOf(part, 'EXDATE'), frame),
      ...alarmsOf(part, frame),
    ],
    components: [],
  };
}

/** Two that the device cannot tell apart are one. */
function alarmsOf(part: Component, frame: Frame): Property[] {
  const written = part.components.filter(isRealAlarm).flatMap((alarm) => {
    const text = isFixedAlarm(alarm, part) ? instantText : timeText;
    return alarmToOld(alarm, frame.times, (at) => text(at, frame), frame.alarms) ?? [];
  });
  return [...new Map(written.map((one) => [`${one.name}:${one.value}`, one])).values()];
}

/** Of an event without an end: a day, or a moment; of a task that lasts. */
function endOf(part: Component, { start: at = 0, end = at }: Times): Property[] {
  const start = firstOf(part, 'DTSTART');
  const name = part.name === 'VTODO' ? 'DUE' : 'DTEND';
  const isMissing = part.name === 'VEVENT' || firstOf(part, 'DURATION') !== undefined;
  if (start === undefined || !isMissing || firstOf(part, name) !== undefined) return [];
  if (isDate(start)) return [{ ...start, name, value: localOf(Math.max(end, at + DAY)).slice(0, 8) }];
  const zone = paramOf(start, 'TZID');
  const value =
    zone !== undefined && isZone(zone)
      ? inZone(end, zone)
      : `${localOf(end)}${start.value.endsWith('Z') ? 'Z' : ''}`;
  return [{ ...start, name, value }];
}

/** Measured from the start: on no clock where that is of none, or a day. */
const timeText = (at: number, frame: Frame): string => {
  const own = frame.zone ?? (frame.start && paramOf(frame.start, 'TZID'));
  const isFloating = frame.start !== undefined && own === undefined && !frame.start.value.endsWith('Z');
  return isFloating ? localOf(at) : instantText(at, frame);
};

/** Whatever the start is; on its clock where the device takes no UTC. */
const instantText = (at: number, { utc, zone, start }: Frame, named?: string): string => {
  const own = zone ?? (start && paramOf(start, 'TZID')) ?? named;
  return utc || own === undefined || !isZone(own) ? `${localOf(at)}Z` : inZone(at, own);
};

/** A time of no clock, or of one that nobody knows. */
function isFloatingTime(of: Property): boolean {
  const zone = paramOf(of, 'TZID');
  return !of.value.endsWith('Z') && (zone === undefined || !isZone(zone));
}

/** Set to an instant, or measured from one that is not the start. */
function isFixedAlarm(alarm: Component, part: Component): boolean {
  const trigger = firstOf(alarm, 'TRIGGER');
  if (trigger?.value.endsWith('Z')) return true;
  const end = firstOf(part, 'DTEND') ?? firstOf(part, 'DUE');
  const isOfEnd = trigger !== undefined && paramOf(trigger, 'RELATED')?.toUpperCase() === 'END';
  return isOfEnd && end !== undefined && !isFloatingTime(end);
}

function propertyToOld(source: Property, frame: Frame): Property[] {
  const { name, value } = source;
  if (isTime(name) && !isDateOfSet(name))
    return [{ ...withoutParams(source, 'TZID', 'VALUE'), value: timeOf(source, frame) }];
  switch (name) {
    case 'CREATED':
      return [{ ...source, name: 'DCREATED' }];
    case 'RDATE':
      return listOfTimes('RDATE', [source], frame);
    case 'RRULE':
    case 'EXRULE': {
      const rule = oldRuleOf(source, frame);
      return rule === undefined ? [] : [{ ...source, value: rule }];
    }
    case 'X-RRULE': // what nobody here understood
    case 'X-EXRULE':
      return [{ ...source, name: name.slice(2) }];
    case 'CATEGORIES':
    case 'RESOURCES':
      return [
        {
          ...source,
          value: textList(value)
            .map((text) => escapeText(text.replace(/[;,]/g, ' ')))
            .join(';'),
        },
      ];
    case 'STATUS':
      return [{ ...source, value: value.replace(/-/g, ' ') }];
    case 'GEO': // longitude and latitude
      return [{ ...source, value: splitParts(value, ';').reverse().join() }];
    case 'TRANSP':
      return [{ ...source, value: value === 'TRANSPARENT' ? '1' : '0' }];
    case 'ATTENDEE':
    case 'ORGANIZER':
      return [attendeeToOld(source)];
    default:
      return [isKeptAlarm(name) ? { ...source, name: name.slice(2) } : valueToOld(source)];
  }
}

function oldRuleOf({ value }: Property, frame: Frame): string | undefined {
  const rule = parseRule(value);
  const until = (end: string) => untilText(end, frame);
  return rule && ruleToVcalendar(rule, { start: frame.start?.value ?? '', until });
}

/** A day is its midnight on no clock. */
function timeOf(source: Property, frame: Frame): string {
  if (isDate(source)) return `${source.value}T000000`;
  if (source.value.includes('/')) return timeOf(startOfPeriod(source), frame);
  const at = instantIn(source);
  if (at === undefined || isFloatingTime(source)) return source.value;
  return instantText(at, frame, paramOf(source, 'TZID'));
}

const listOfTimes = (name: string, dates: readonly Property[], frame: Frame): Property[] =>
  dates.length === 0
    ? []
    : [property(name, dates.map((date) => timeOf(atStart(date, frame.start), frame)).join(';'))];

/** Midnight of no clock would be the whole of that day. */
function untilText(until: string, frame: Frame): string {
  const text = untilIn(until, frame);
  const isMidnight = text.endsWith('T000000') && frame.start !== undefined && !isDate(frame.start);
  return isMidnight && !frame.start.value.includes('T000000') ? localOf((utcOf(text) ?? 0) - 1000) : text;
}

function untilIn(until: string, { utc, zone, start }: Frame): string {
  const own = zone ?? (start && paramOf(start, 'TZID'));
  if (start !== undefined && isDate(start)) return `${until.slice(0, 8)}T000000`;
  if (until.length === 8) return until;
  const at = until.endsWith('Z')
    ? utcOf(until)
    : own !== undefined && isZone(own)
      ? instantOf(until, own)
      : undefined;
  if (at === undefined) return until;
  return utc || own === undefined || !isZone(own) ? `${localOf(at)}Z` : inZone(at, own);
}
