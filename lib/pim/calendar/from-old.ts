/** vCalendar 1.0 as iCalendar 2.0. What has no counterpart keeps its name. */
import {
  type Component,
  isEmpty,
  type Property,
  paramOf,
  propertiesOf,
  property,
  valueIn,
  withoutParams,
  withParam,
} from '../model.ts';
import { escapeText, textParts, unescapeText } from '../syntax/text.ts';
import { alarmFromOld, isOldAlarm, type Times } from './alarms.ts';
import { ruleFromOld } from './recurrence.ts';
import { DAY, instantOf, inZone, localOf, utcOf, zoneOf } from './zones.ts';

const ALL_DAY_FLAGS: { readonly [name: string]: string } = {
  'X-FUNAMBOL-ALLDAY': '1',
  'X-MICROSOFT-CDO-ALLDAYEVENT': 'TRUE',
};
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

/** How the times of one item are to be read. */
interface Frame {
  readonly zone: string | undefined;
  readonly allDay: boolean;
  /** UTC times of a series are kept in its zone, so that it follows its clocks. */
  readonly repeats: boolean;
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
  const repeats = propertiesOf(part, 'RRULE').some((one) => !isEmpty(one));
  const frame: Frame = { zone, allDay: isAllDay(part), repeats };
  const properties = part.properties
    .filter(
      (one) =>
        !isEmpty(one) &&
        !isOldAlarm(one.name) &&
        !['TZ', 'DAYLIGHT', ...Object.keys(ALL_DAY_FLAGS)].includes(one.name),
    )
    .flatMap((one) => propertyFromOld(one, frame));
  const times: Times = {
    start: instant(valueIn(part, 'DTSTART'), frame),
    end: instant(valueIn(part, 'DTEND') ?? valueIn(part, 'DUE'), frame),
  };
  const alarms = oldAlarms(part).flatMap(
    (one) => alarmFromOld(one, (time) => instant(time, frame), times) ?? [],
  );
  return { name: part.name, properties, components: [...part.components, ...alarms] };
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

/** A flag says so, the start has no time, or it goes from midnight to midnight of no zone. */
function isAllDay(part: Component): boolean {
  for (const [name, yes] of Object.entries(ALL_DAY_FLAGS)) {
    const value = valueIn(part, name);
    if (value !== undefined) return value.trim().toUpperCase() === yes;
  }
  if (part.name !== 'VEVENT') return false;
  const [start = '', end = ''] = [valueIn(part, 'DTSTART')?.trim(), valueIn(part, 'DTEND')?.trim()];
  if (/^\d{8}$/.test(start)) return true;
  if (/T000000Z$/.test(start)) return /T240000Z?$/.test(end);
  return /T000000$/.test(start) && end !== start && /T(000000|240000|2359\d\d)$/.test(end);
}

const instant = (text: string | undefined, { zone }: Frame): number | undefined => {
  if (text === undefined) return undefined;
  const plain = text.trim();
  return plain.endsWith('Z') || zone === undefined ? utcOf(plain) : instantOf(plain, zone);
};

function propertyFromOld(source: Property, frame: Frame): Property[] {
  const name = source.name === 'DCREATED' ? 'CREATED' : source.name;
  if (TIMES.has(name)) return timesFromOld({ ...source, name }, frame);
  const value = source.value.trim();
  switch (name) {
    case 'RRULE':
      return rulesFromOld(source, frame);
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
      return [{ ...source, value: value.toUpperCase().replace(/ /g, '-') }];
    case 'TRANSP':
      return [{ ...source, value: value === '0' ? 'OPAQUE' : /^\d+$/.test(value) ? 'TRANSPARENT' : value }];
    case 'ATTENDEE':
    case 'ORGANIZER':
      return [attendeeFromOld(source)];
    default:
      return [source];
  }
}

/** Lists stand between `;`, some write `,`. */
function timesFromOld(source: Property, frame: Frame): Property[] {
  const values = unescapeText(source.value)
    .split(/[;,]/)
    .map((one) => one.trim())
    .filter(Boolean);
  return values.map((value) => timeFromOld(source, value, frame));
}

function timeFromOld(source: Property, value: string, { zone, allDay, repeats }: Frame): Property {
  const plain = withoutParams(source, 'VALUE');
  if (!/^\d{8}(T\d{6}Z?)?$/.test(value)) return { ...plain, value };
  if (allDay && !STAMPS.has(source.name))
    return withParam({ ...plain, value: dayOf(source.name, value) }, 'VALUE', 'DATE');
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

/** The end of a day is the beginning of the next. */
function dayOf(name: string, value: string): string {
  const isEnd = name === 'DTEND' && /T(24|2359)/.test(value);
  const day = utcOf(value.slice(0, 8));
  return isEnd && day !== undefined ? localOf(day + DAY).slice(0, 8) : value.slice(0, 8);
}

function rulesFromOld(source: Property, frame: Frame): Property[] {
  const rule = ruleFromOld(unescapeText(source.value), (end) => {
    if (frame.allDay || /^\d{8}$/.test(end)) return end.slice(0, 8);
    const at = instant(end, frame);
    return frame.zone === undefined || at === undefined ? end : `${localOf(at)}Z`;
  });
  return rule === undefined ? [{ ...source, name: 'X-RRULE' }] : [{ ...source, value: rule }];
}

/** `Name <address>` with ROLE, STATUS, RSVP and EXPECT. */
function attendeeFromOld(source: Property): Property {
  const text = unescapeText(source.value).trim();
  const [, named = '', address = text] = /^(.*?)\s*<([^<>]+)>$/.exec(text) ?? [];
  const status = paramOf(source, 'STATUS')?.toUpperCase().replace(/ /g, '-');
  const role = paramOf(source, 'ROLE')?.toUpperCase();
  const rsvp = paramOf(source, 'RSVP')?.toUpperCase();
  const plain = withoutParams(source, 'STATUS', 'RSVP', 'TYPE');
  const params = [
    ...(named === '' ? [] : [{ name: 'CN', values: [named.replace(/^"|"$/g, '')] }]),
    ...plain.params.filter(({ name }) => name !== 'ROLE'),
    ...(role === undefined ? [] : [{ name: 'ROLE', values: [ROLES[role] ?? role] }]),
    ...(status === undefined ? [] : [{ name: 'PARTSTAT', values: [PARTSTATS[status] ?? status] }]),
    ...(rsvp === undefined ? [] : [{ name: 'RSVP', values: [rsvp === 'YES' ? 'TRUE' : 'FALSE'] }]),
  ];
  const isAddress = /^[^\s:]+@[^\s:]+$/.test(address);
  return { ...plain, params, value: isAddress ? `mailto:${address}` : address };
}

export const ROLES: { readonly [role: string]: string } = {
  ATTENDEE: 'REQ-PARTICIPANT',
  ORGANIZER: 'CHAIR',
  OWNER: 'X-OWNER',
};
export const PARTSTATS: { readonly [status: string]: string } = { CONFIRMED: 'X-CONFIRMED', SENT: 'X-SENT' };
