/** The stored form of calendars: iCalendar 2.0 with one spelling for each thing, and zones by their IANA names. */

import { isMailto, mailtoOf, withoutMailto } from '../../properties/email.ts';
import { isEmpty } from '../../properties/parameters.ts';
import { isDateOfSet, isOfObject, isWord, valueTypeOf } from '../../properties/table.ts';
import type { DayClock } from '../../time/all-day.ts';
import { flaggedDayClock, onDay, withTrueFlags } from '../../time/all-day-flags.ts';
import { parseDuration, printDuration } from '../../time/duration.ts';
import { withMeantExclusions } from '../../time/exclusions.ts';
import { isDate, isDayText, isNoDate, plainTime, withTime } from '../../time/item-time.ts';
import { parseRule, printRule, withUntil } from '../../time/rule.ts';
import { inRuleClocks } from '../../time/rule-clock.ts';
import { throughDay } from '../../time/times.ts';
import { withClocksDefined } from '../../time/zones/clocks-in-item.ts';
import { ianaOf } from '../../time/zones/names.ts';
import { definedName, withPlainName, zoneNameIn, zoneNamesIn } from '../../time/zones/own-zones.ts';
import { dayAfter } from '../../time/zones/zones.ts';
import { withOneList } from '../../vobject/categories.ts';
import {
  type Component,
  isEmbedded,
  type Property,
  paramOf,
  sorted,
  valueIn,
  withoutParams,
  withParam,
} from '../../vobject/model.ts';
import { escapeText, joinList, splitParts, textList, unescapeText } from '../../vobject/text.ts';
import { ruleFromVcalendar } from '../vcalendar/rules.ts';
import { withOtherState } from './required.ts';
import { canonicalTask } from './task-state.ts';

const OWN_ZONES = 'VTIMEZONE';

/** Brings the result of a reader or a converter to the stored form. A single event gets a calendar around it. */
export function canonicalCalendar(source: Component): Component {
  const calendar =
    source.name === 'VCALENDAR' ? source : { name: 'VCALENDAR', properties: [], components: [source] };
  const parts = calendar.components
    .filter((one) => one.name !== OWN_ZONES)
    .map((one) => canonicalPart(one, calendar));
  const components = inRuleClocks(parts, calendar).map(withMeantExclusions);
  const named = new Set(components.flatMap(zoneNamesIn));
  const zones = calendar.components.filter((one) => one.name === OWN_ZONES).map(withPlainName);
  const kept = calendar.properties.filter(({ name }) => !isOfObject(name));
  const properties = kept.flatMap((one) => canonicalProperty(one, calendar)).filter((one) => !isEmpty(one));
  return withClocksDefined({
    name: 'VCALENDAR',
    properties: [{ name: 'VERSION', params: [], value: '2.0' }, ...properties],
    components: [...zones.filter((one) => isStoredZone(one, named, calendar)), ...components],
  });
}

/**
 * Is the definition stored with the item? It is where the zone is known by it alone, and where a property still has its
 * name: not every property with a zone is a time.
 */
function isStoredZone(definition: Component, named: ReadonlySet<string>, calendar: Component): boolean {
  const name = unescapeText(valueIn(definition, 'TZID') ?? '');
  const iana = ianaOf(name, calendar);
  return iana === undefined || (iana !== name && named.has(name));
}

function canonicalPart(part: Component, calendar: Component): Component {
  const { name, components } = part;
  const own = withOtherState(part.properties).flatMap((one) => canonicalProperty(one, calendar));
  const clock = flaggedDayClock({ ...part, properties: own });
  const dated = clock === undefined ? own : own.map((one) => onDay(one, clock));
  const start = dated.find((one) => one.name === 'DTSTART' || one.name === 'DUE');
  const properties = dated
    .map((one) => (valueTypeOf(one.name) === 'rule' ? canonicalRule(one, start, clock) : one))
    .filter((one) => !isEmpty(one))
    .map(sorted);
  return canonicalTask({
    name,
    properties: withTrueFlags(withDayEnd(withOneList(properties))),
    components: components.map((inner) => canonicalPart(inner, calendar)),
  });
}

/** The end of an all-day event is the day after its last one. Some devices write the first day, which is the last, too. */
function withDayEnd(properties: readonly Property[]): readonly Property[] {
  const start = properties.find(({ name }) => name === 'DTSTART')?.value ?? '';
  const next = isDayText(start) ? dayAfter(start, 1) : undefined;
  if (next === undefined) return properties;
  return properties.map((one) =>
    one.name === 'DTEND' && one.value <= start ? withParam({ ...one, value: next }, 'VALUE', 'DATE') : one,
  );
}

/**
 * Brings a rule to the stored spelling. Some devices write rules of vCalendar 1.0 in iCalendar. A text that is not a
 * rule is stored as `X-RRULE` or `X-EXRULE`.
 */
function canonicalRule(source: Property, start: Property | undefined, clock?: DayClock): Property {
  const ofDay = (end: string) => (clock === undefined ? end : clock(end)).slice(0, 8);
  const until = (end: string) =>
    start === undefined ? end : isDate(start) ? ofDay(end) : throughDay(end, start);
  const known = parseRule(source.value);
  const rule =
    known === undefined
      ? ruleFromVcalendar(source.value, { start: start?.value ?? '', until })
      : clock === undefined
        ? known
        : withUntil(known, until);
  return rule === undefined ? { ...source, name: `X-${source.name}` } : { ...source, value: printRule(rule) };
}

/** Brings a property to the stored spelling. A property with several dates becomes several properties. */
function canonicalProperty(source: Property, calendar: Component): Property[] {
  const { name, value } = source;
  if (isEmbedded(source)) return [source];
  if (isDateOfSet(name))
    return splitParts(value, ',').map((one) => canonicalTime({ ...source, value: one.trim() }, calendar));
  if (name === 'TRIGGER') return [canonicalTrigger(source)];
  switch (valueTypeOf(name)) {
    case 'text':
      return [{ ...source, value: textOf(name, value) }];
    case 'list':
      return [{ ...source, value: joinList(textList(value)) }];
    case 'uri':
      return [{ ...source, value: withPlainScheme(value.trim()) }];
    case 'time':
      if (isNoDate(value)) return [];
      return [canonicalTime({ ...source, value: value.trim() }, calendar)];
    default:
      return [source];
  }
}

const withPlainScheme = (value: string): string => (isMailto(value) ? mailtoOf(withoutMailto(value)) : value);

/** Brings a trigger to the stored spelling. RELATED=START is dropped, because it is the default. */
function canonicalTrigger(source: Property): Property {
  const plain =
    paramOf(source, 'RELATED')?.toUpperCase() === 'START' ? withoutParams(source, 'RELATED') : source;
  const offset = parseDuration(source.value);
  return offset === undefined ? plain : { ...withoutParams(plain, 'VALUE'), value: printDuration(offset) };
}

/** Blanks and line ends around a text are a part of it, but not around a word. */
const textOf = (name: string, value: string): string => {
  const text = unescapeText(value);
  return escapeText(isWord(name) ? text.trim().toUpperCase() : text);
};

/** Brings a time to the stored spelling: without parameters that the value implies, and with the IANA name of the zone. */
function canonicalTime(came: Property, calendar: Component): Property {
  const source = withWholeZone(came);
  const plain = withoutParams(source, 'VALUE', 'X-VOBJ-FLOATINGTIME-ALLOWED');
  const isMarkedDay =
    paramOf(source, 'VALUE')?.toUpperCase() === 'DATE' && /^\d{8}T000000Z?$/.test(source.value);
  if (isMarkedDay || isDate(source)) return withTime(plain, { kind: 'day', local: source.value.slice(0, 8) });
  const isPeriod = source.value.includes('/');
  const typed = isPeriod ? withParam(plain, 'VALUE', 'PERIOD') : plain;
  const [start = ''] = source.value.split('/');
  const tzid = zoneNameIn(source);
  if (start.endsWith('Z') || tzid === undefined) return withoutParams(typed, 'TZID');
  return withParam(typed, 'TZID', ianaOf(tzid, calendar) ?? definedName(tzid, calendar));
}

/**
 * Removes hyphens and colons from a time. Some devices write a zone with a colon in its name without quotes, as in
 * `TZID=GMT+05:45:20260302T100000`; there the end of the name is moved from the value back to the zone.
 */
function withWholeZone(source: Property): Property {
  const tzid = zoneNameIn(source);
  const [, rest, time] = /^(.*):(\d{8}(?:T\d{6}Z?)?)$/.exec(source.value) ?? [];
  if (tzid !== undefined && time !== undefined)
    return withParam({ ...source, value: time }, 'TZID', `${tzid}:${rest}`);
  return { ...source, value: plainTime(source.value) ?? source.value };
}
