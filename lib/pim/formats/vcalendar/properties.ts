/**
 * Converts properties between vCalendar 1.0 and the stored form. The table has a row for each property that needs its
 * own conversion; others are converted by their value type. A property without a counterpart keeps its name.
 */
import { isDateOfSet, isStamp, isTime, valueTypeOf } from '../../properties/table.ts';
import type { Property } from '../../vobject/model.ts';
import { escapeText, splitParts, textList, unescapeText } from '../../vobject/text.ts';
import { deviceNameOfKept, isKeptAlarm } from './alarms.ts';
import { attendeeFromVcalendar, attendeeToVcalendar } from './attendees.ts';
import type { ReadFrame, WriteFrame } from './frames.ts';
import { ruleFromProperty, ruleToProperty } from './rules.ts';
import { timesFromVcalendar, timesToVcalendar, timeToVcalendar } from './times.ts';
import { valueFromVcalendar, valueToVcalendar } from './values.ts';

/** Both directions of one property. The result may be several properties, or none. */
interface Conversion {
  readonly fromVcalendar: (source: Property, frame: ReadFrame) => Property[];
  readonly toVcalendar: (source: Property, frame: WriteFrame) => Property[];
}

const value: Conversion = {
  fromVcalendar: (source) => [valueFromVcalendar(source)],
  toVcalendar: (source) => [valueToVcalendar(source)],
};
const time: Conversion = {
  fromVcalendar: timesFromVcalendar,
  toVcalendar: (source, frame) => [timeToVcalendar(source, frame)],
};
const dates: Conversion = {
  fromVcalendar: timesFromVcalendar,
  toVcalendar: (source, frame) => timesToVcalendar(source.name, [source], frame),
};
const stamp: Conversion = { fromVcalendar: timesFromVcalendar, toVcalendar: value.toVcalendar };
const rule: Conversion = { fromVcalendar: ruleFromProperty, toVcalendar: ruleToProperty };

/** Entries are separated by `;`, by some devices with `,`. So an entry cannot contain either of these. */
const list: Conversion = {
  fromVcalendar: (source) => {
    const entries = unescapeText(source.value.trim()).split(/[;,]/);
    const texts = entries.map((one) => escapeText(one.trim())).filter(Boolean);
    return [{ ...source, value: texts.join(',') }];
  },
  toVcalendar: (source) => {
    const texts = textList(source.value).map((text) => escapeText(text.replace(/[;,]/g, ' ')));
    return [{ ...source, value: texts.join(';') }];
  },
};

const attendee: Conversion = {
  fromVcalendar: (source) => [attendeeFromVcalendar(source)],
  toVcalendar: (source) => [attendeeToVcalendar(source)],
};

/** ACCEPTED of an event in vCalendar is CONFIRMED in iCalendar. Values that iCalendar does not have are kept. */
const status: Conversion = {
  fromVcalendar: (source, { kind }) => {
    const state = source.value.trim().toUpperCase().replace(/ /g, '-');
    return [{ ...source, value: kind === 'VEVENT' && state === 'ACCEPTED' ? 'CONFIRMED' : state }];
  },
  toVcalendar: (source) => [{ ...source, value: source.value.replace(/-/g, ' ') }],
};

/**
 * vCalendar has the longitude first, separated by a comma. A device that writes `;` follows iCalendar, with the
 * latitude first.
 */
const place: Conversion = {
  fromVcalendar: (source) => {
    const text = unescapeText(source.value.trim());
    return [{ ...source, value: text.replace(/^\s*([-+.\d]+)\s*,\s*([-+.\d]+)\s*$/, '$2;$1') }];
  },
  toVcalendar: (source) => [{ ...source, value: splitParts(source.value, ';').reverse().join() }],
};

const transparency: Conversion = {
  fromVcalendar: (source) => {
    const text = source.value.trim();
    return [{ ...source, value: text === '0' ? 'OPAQUE' : /^\d+$/.test(text) ? 'TRANSPARENT' : text }];
  },
  toVcalendar: (source) => [{ ...source, value: source.value === 'TRANSPARENT' ? '1' : '0' }],
};

/** A property that is stored under another name. It is written under the name of the device. */
const renamed = (name: string): Conversion => ({
  ...value,
  toVcalendar: (source) => [{ ...source, name }],
});

const CONVERSIONS: ReadonlyMap<string, Conversion> = new Map(
  Object.entries({
    CATEGORIES: list,
    RESOURCES: list,
    STATUS: status,
    GEO: place,
    TRANSP: transparency,
    ATTENDEE: attendee,
    ORGANIZER: attendee,
    COMPLETED: time,
    CREATED: { ...stamp, toVcalendar: (source) => [{ ...source, name: 'DCREATED' }] },
    // Rules that could not be parsed.
    'X-RRULE': renamed('RRULE'),
    'X-EXRULE': renamed('EXRULE'),
  } satisfies { readonly [name: string]: Conversion }),
);

function conversionOf(name: string): Conversion {
  const own = CONVERSIONS.get(name);
  if (own !== undefined) return own;
  if (isDateOfSet(name)) return dates;
  if (isTime(name)) return time;
  if (isStamp(name)) return stamp;
  if (valueTypeOf(name) === 'rule') return rule;
  return isKeptAlarm(name) ? renamed(deviceNameOfKept(name)) : value;
}

export function propertyFromVcalendar(source: Property, frame: ReadFrame): Property[] {
  const name = source.name === 'DCREATED' ? 'CREATED' : source.name;
  return conversionOf(name).fromVcalendar({ ...source, name }, frame);
}

export const propertyToVcalendar = (source: Property, frame: WriteFrame): Property[] =>
  conversionOf(source.name).toVcalendar(source, frame);
