/** vCalendar 1.0 as iCalendar 2.0. What has no counterpart keeps its name. */
import {
  type Component,
  firstOf,
  isEmpty,
  type Property,
  propertiesOf,
  property,
  valueIn,
  withoutParams,
  withParam,
} from '../model.ts';
import { escapeText, textParts, unescapeText } from '../syntax/text.ts';
import { alarmFromOld, isOldAlarm, type Times } from './alarms.ts';
import { attendeeFromOld } from './attendees.ts';
import { type Clock, clockOf, DAY_FLAGS, dayOf, flagOf, isOfDays, isTaskOfDays, type Span } from './days.ts';
import { zoneOf } from './old-zones.ts';
import { ruleFromOld } from './recurrence.ts';
import { atStart, isDate, plainTime, throughDay } from './times.ts';
import { instantOf, inZone, localOf, utcOf } from './zones.ts';

const TIMES = new Set([
  'DTSTART',
  'DTEND',
  'DUE',
  'COMPLETED',
  'CREATED',
  'LAST-MODIFIED',
  'RECURRENCE-ID',
  'EXDATE',
  'RDATE',
]);
/** Those that say when something was done, not when it is: in UTC, whatever the event's zone. */
const STAMPS = new Set(['COMPLETED', 'CREATED', 'LAST-MODIFIED']);

const LISTS = new Set(['EXDATE', 'RDATE']);

/** How the times of one item are to be read. */
interface Frame {
  readonly zone: string | undefined;
  /** For an item of days: what each time is on the clock that tells its day. */
  readonly clock: Clock | undefined;
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
  const own = calendar.properties.filter(({ name }) => !['TZ', 'DAYLIGHT', 'VERSION'].includes(name));
  return {
    name: 'VCALENDAR',
    properties: [property('VERSION', '2.0'), ...own],
    components: calendar.components.map((part) => partFromOld(part, zoneOf(part) ?? zone)),
  };
}

function partFromOld(part: Component, zone: string | undefined): Component {
  const span: Span = { start: timeIn(part, 'DTSTART'), end: timeIn(part, 'DTEND'), zone };
  const repeats = propertiesOf(part, 'RRULE').some((one) => !isEmpty(one));
  const frame: Frame = { zone, clock: isAllDay(part, span) ? clockOf(span) : undefined, repeats };
  const left = new Set(['TZ', 'DAYLIGHT', ...DAY_FLAGS]);
  const own = part.properties.filter((one) => !isEmpty(one) && !isOldAlarm(one.name) && !left.has(one.name));
  const first = firstOf(part, 'DTSTART') ?? firstOf(part, 'DUE');
  const start = first && timeFromOld(first, plainTime(first.value) ?? first.value.trim(), frame);
  const properties = own.flatMap((one) => propertyFromOld(one, { ...frame, kind: part.name, start }));
  const times = alarmTimes(part, frame);
  const alarms = oldAlarms(part).flatMap(
    (one) => alarmFromOld(one, (time) => instant(plainTime(time) ?? time, frame), times) ?? [],
  );
  return { name: part.name, properties, components: [...part.components, ...alarms] };
}

const timeIn = (part: Component, name: string): string => {
  const value = valueIn(part, name)?.trim() ?? '';
  return plainTime(value) ?? value;
};

/** What alarms are measured against: the start, and the time at which a task is due. */
function alarmTimes(part: Component, frame: Frame): Times {
  const [start, end] = ['DTSTART', part.name === 'VTODO' ? 'DUE' : 'DTEND'].map((name) => {
    const time = timeIn(part, name);
    if (frame.clock === undefined || frame.zone === undefined) return instant(time, frame);
    return instant(`${frame.clock(time).slice(0, 8)}T000000`, frame);
  });
  return part.name === 'VTODO' && end !== undefined ? { start: undefined, end } : { start, end };
}

/** Many devices say one alarm twice, to be heard and to be seen: without a sound of its own it is the one that is seen. */
function oldAlarms({ properties }: Component): Property[] {
  const alarms = properties.filter(({ name }) => isOldAlarm(name));
  const partsOf = ({ value }: Property) => textParts(value).map((text) => text.trim());
  const seen = alarms.filter(({ name }) => name === 'DALARM').map(partsOf);
  return alarms.filter((alarm) => {
    const [time, , , sound = ''] = partsOf(alarm);
    const again = seen.some(([at, , , text]) => at === time && (sound === '' || sound === text));
    return alarm.name !== 'AALARM' || !again;
  });
}

/** A flag says so, or its times do; a start without a time is no time, whatever the flag. */
function isAllDay(part: Component, span: Span): boolean {
  const flag = flagOf(part);
  if (flag !== undefined && !/^\d{8}$/.test(span.start)) return flag;
  if (part.name === 'VTODO') return isTaskOfDays(part, span.zone);
  const entry = valueIn(part, 'X-EPOCAGENDAENTRYTYPE')?.trim().toUpperCase() ?? '';
  return part.name === 'VEVENT' && isOfDays(span, entry);
}

const instant = (plain: string, { zone }: Frame): number | undefined =>
  plain.endsWith('Z') || zone === undefined ? utcOf(plain) : instantOf(plain, zone);

function propertyFromOld(source: Property, frame: Read): Property[] {
  const name = source.name === 'DCREATED' ? 'CREATED' : source.name;
  if (TIMES.has(name)) return timesFromOld({ ...source, name }, frame);
  if (name === 'RRULE') return rulesFromOld(source, frame);
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
    case 'URL':
    case 'ATTACH':
      return [{ ...source, value: unescapeText(value) }];
    case 'TRANSP':
      return [{ ...source, value: value === '0' ? 'OPAQUE' : /^\d+$/.test(value) ? 'TRANSPARENT' : value }];
    case 'ATTENDEE':
    case 'ORGANIZER':
      return [attendeeFromOld(source)];
    default:
      return [source];
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
    .map((one) => (LISTS.has(one.name) ? atStart(one, frame.start) : one));
}

function timeFromOld(source: Property, value: string, { zone, clock, repeats }: Frame): Property {
  const plain = withoutParams(source, 'VALUE');
  if (!/^\d{8}(T\d{6}Z?)?$/.test(value)) return { ...plain, value };
  if (clock !== undefined && !STAMPS.has(source.name))
    return withParam({ ...plain, value: dayOf(source.name, clock(value)) }, 'VALUE', 'DATE');
  if (value.endsWith('Z')) {
    const at = utcOf(value);
    if (!repeats || zone === undefined || at === undefined || STAMPS.has(source.name))
      return { ...plain, value };
    return withParam({ ...plain, value: inZone(at, zone) }, 'TZID', zone);
  }
  if (zone === undefined || value.length === 8) return { ...plain, value };
  const at = STAMPS.has(source.name) ? instantOf(value, zone) : undefined;
  return at === undefined
    ? withParam({ ...plain, value }, 'TZID', zone)
    : { ...plain, value: `${localOf(at)}Z` };
}

function rulesFromOld(source: Property, frame: Read): Property[] {
  const rule = ruleFromOld(unescapeText(source.value), (end) => untilFromOld(end, frame));
  return rule === undefined ? [{ ...source, name: 'X-RRULE' }] : [{ ...source, value: rule }];
}

function untilFromOld(end: string, { clock, start }: Read): string {
  if (clock !== undefined) return clock(end).slice(0, 8);
  if (start === undefined) return end;
  return isDate(start) ? end.slice(0, 8) : throughDay(end, start);
}
