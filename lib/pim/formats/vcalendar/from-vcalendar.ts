/** vCalendar 1.0 as iCalendar 2.0. What has no counterpart keeps its name. */

import { isEmpty } from '../../properties/parameters.ts';
import { isDateOfSet, isOfObject, isStamp, isTime, valueTypeOf } from '../../properties/table.ts';
import { clockOf, dayOf, flagOf, isOfDays, isTaskOfDays, type Span } from '../../time/days.ts';
import { parseRule, printRule, withUntil } from '../../time/rule.ts';
import { atStart, isDate, plainTime, throughDay } from '../../time/times.ts';
import { instantOf, inZone, localOf, utcOf } from '../../time/zones/zones.ts';
import {
  type Component,
  firstOf,
  type Property,
  propertiesOf,
  property,
  valueIn,
  withoutParams,
  withParam,
} from '../../vobject/model.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { isOldAlarm } from './alarms.ts';
import { attendeeFromOld } from './attendees.ts';
import { type AlarmFrame, alarmsFromOld, timeIn, zoneOfTime } from './device-alarms.ts';
import { ruleFromVcalendar } from './rules.ts';
import { valueFromOld } from './values.ts';
import { zoneOf } from './zones.ts';

/** The zone of the object, which its times are told by. */
const isOldZone = (name: string): boolean => name === 'TZ' || name === 'DAYLIGHT';

/** How the times of one item are to be read. */
interface Frame extends AlarmFrame {
  /** UTC times of a series are kept in its zone, so that it follows its clocks. */
  readonly repeats: boolean;
}

interface Read extends Frame {
  /** VEVENT, VTODO ... */
  readonly kind: string;
  /** That of the series, as it is stored. */
  readonly start: Property | undefined;
}

export function fromOldCalendar(calendar: Component): Component {
  const zone = zoneOf(calendar);
  const own = calendar.properties.filter(({ name }) => !isOldZone(name) && !isOfObject(name));
  return {
    name: 'VCALENDAR',
    properties: [property('VERSION', '2.0'), ...own.map(valueFromOld)],
    components: calendar.components.map((part) => partFromOld(part, zoneOf(part) ?? zone, calendar)),
  };
}

/** Times that name no zone go by the clocks of the start, else by those of the item. */
function partFromOld(part: Component, itemZone: string | undefined, calendar: Component): Component {
  const first = firstOf(part, 'DTSTART') ?? firstOf(part, 'DUE');
  const zone = zoneOfTime(first, { zone: itemZone, calendar });
  const span: Span = { start: timeIn(part, 'DTSTART'), end: timeIn(part, 'DTEND'), zone };
  const repeats = propertiesOf(part, 'RRULE').some((one) => !isEmpty(one));
  const frame: Frame = { zone, clock: isAllDay(part, span) ? clockOf(span) : undefined, repeats, calendar };
  const own = part.properties.filter((one) => !isEmpty(one) && !isOldAlarm(one.name) && !isOldZone(one.name));
  const start = first && timeFromOld(first, plainTime(first.value) ?? first.value.trim(), frame);
  const properties = own.flatMap((one) => propertyFromOld(one, { ...frame, kind: part.name, start }));
  const { alarms, kept } = alarmsFromOld(part, frame);
  return {
    name: part.name,
    properties: [...properties, ...kept],
    components: [...part.components.map(innerFromOld), ...alarms],
  };
}

/** Parts of iCalendar in an old object: alarms, the clocks of a zone. */
const innerFromOld = (part: Component): Component => ({
  ...part,
  properties: part.properties.map(valueFromOld),
  components: part.components.map(innerFromOld),
});

/** A flag says so, or its times do; a start without a time is no time, whatever the flag. */
function isAllDay(part: Component, span: Span): boolean {
  const flag = flagOf(part);
  if (flag !== undefined && !/^\d{8}$/.test(span.start)) return flag;
  if (part.name === 'VTODO') return isTaskOfDays(part, span.zone);
  const entry = valueIn(part, 'X-EPOCAGENDAENTRYTYPE')?.trim().toUpperCase() ?? '';
  return part.name === 'VEVENT' && isOfDays(span, entry);
}

function propertyFromOld(source: Property, frame: Read): Property[] {
  const name = source.name === 'DCREATED' ? 'CREATED' : source.name;
  if (isTime(name) || isStamp(name)) return timesFromOld({ ...source, name }, frame);
  if (valueTypeOf(name) === 'rule') return rulesFromOld(source, frame);
  const value = source.value.trim();
  switch (name) {
    case 'CATEGORIES':
    case 'RESOURCES':
      return [
        {
          ...source,
          value: unescapeText(value)
            .split(/[;,]/)
            .map((one) => escapeText(one.trim()))
            .filter(Boolean)
            .join(','),
        },
      ];
    case 'STATUS':
      return [{ ...source, value: statusFromOld(value, frame) }];
    case 'GEO':
      return [{ ...source, value: placeFromOld(unescapeText(value)) }];
    case 'TRANSP':
      return [{ ...source, value: value === '0' ? 'OPAQUE' : /^\d+$/.test(value) ? 'TRANSPARENT' : value }];
    case 'ATTENDEE':
    case 'ORGANIZER':
      return [attendeeFromOld(source)];
    default:
      return [valueFromOld(source)];
  }
}

/** Events of iCalendar are confirmed where old ones are accepted; other words that they have not are kept. */
const statusFromOld = (value: string, { kind }: Read): string => {
  const status = value.toUpperCase().replace(/ /g, '-');
  return kind === 'VEVENT' && status === 'ACCEPTED' ? 'CONFIRMED' : status;
};

/** Longitude and latitude, the other way round there; a device that writes `;` goes by the newer standard. */
const placeFromOld = (place: string): string => place.replace(/^\s*([-+.\d]+)\s*,\s*([-+.\d]+)\s*$/, '$2;$1');

/** Lists stand between `;`, some write `,`. A day of a series that has a time means its time on that day. */
function timesFromOld(source: Property, frame: Read): Property[] {
  const values = unescapeText(source.value)
    .split(/[;,]/)
    .map((one) => one.trim())
    .filter(Boolean);
  return values
    .map((value) => timeFromOld(source, plainTime(value) ?? value, frame))
    .map((one) => (isDateOfSet(one.name) ? atStart(one, frame.start) : one));
}

function timeFromOld(source: Property, value: string, frame: Frame): Property {
  const { clock, repeats } = frame;
  const zone = zoneOfTime(source, frame);
  const plain = withoutParams(source, 'VALUE');
  if (!/^\d{8}(T\d{6}Z?)?$/.test(value)) return { ...plain, value };
  if (clock !== undefined && !isStamp(source.name))
    return withParam({ ...plain, value: dayOf(source.name, clock(value)) }, 'VALUE', 'DATE');
  if (value.endsWith('Z')) {
    const at = utcOf(value);
    if (!repeats || zone === undefined || at === undefined || isStamp(source.name))
      return { ...plain, value };
    return withParam({ ...plain, value: inZone(at, zone) }, 'TZID', zone);
  }
  if (zone === undefined || value.length === 8) return { ...plain, value };
  const at = isStamp(source.name) ? instantOf(value, zone) : undefined;
  return at === undefined
    ? withParam({ ...plain, value }, 'TZID', zone)
    : { ...plain, value: `${localOf(at)}Z` };
}

/** What is not understood stays as it is: with less it would be another rule. */
function rulesFromOld(source: Property, frame: Read): Property[] {
  const text = unescapeText(source.value).trim();
  const until = (end: string) => untilFromOld(end, frame);
  const known = parseRule(text);
  const rule =
    known === undefined
      ? ruleFromVcalendar(text, { start: frame.start?.value ?? '', until })
      : withUntil(known, until);
  return rule === undefined
    ? [{ ...source, name: `X-${source.name}`, value: text }]
    : [{ ...source, value: printRule(rule) }];
}

function untilFromOld(end: string, { clock, start }: Read): string {
  if (clock !== undefined) return clock(end).slice(0, 8);
  if (start === undefined) return end;
  return isDate(start) ? end.slice(0, 8) : throughDay(end, start);
}
