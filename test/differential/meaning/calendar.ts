/** The meaning of an appointment or a task of iCalendar: its properties, its alarms, and when it happens. */
import ICAL from 'ical.js';
import { Fields, type Meaning } from './fields.ts';
import { minutesBetween, timeText } from './times.ts';

/** Written by whichever program stored the item last; nothing that a user entered. */
const OF_THE_WRITER = new Set(['uid', 'dtstamp', 'created', 'last-modified', 'sequence']);
/** They show in the occurrences. */
const OF_THE_SERIES = new Set(['dtstart', 'dtend', 'duration', 'rrule', 'rdate', 'exdate', 'exrule']);
/** Values that mean the same as the property's absence. */
const DEFAULTS = new Set([
  ...['CLASS PUBLIC', 'TRANSP OPAQUE', 'PRIORITY 0', 'STATUS CONFIRMED', 'PERCENT-COMPLETE 0'],
]);
/** More of a series without an end are not looked at. */
const MOST_OCCURRENCES = 60;

/** Throws when there is neither an appointment nor a task. */
export function calendarMeaning(text: string): Meaning {
  const calendar = openCalendar(text);
  const parts = calendar.getAllSubcomponents().filter(({ name }) => name === 'vevent' || name === 'vtodo');
  const main = parts.find((part) => !part.hasProperty('recurrence-id')) ?? parts[0];
  if (main === undefined) throw new Error('neither an appointment nor a task');
  const fields = new Fields();
  for (const part of parts) addPart(fields, part, part === main);
  addOccurrences(fields, main, parts);
  const title = String(main.getFirstPropertyValue('summary') ?? '(no title)').trim();
  return fields.meaning(title);
}

/** Zones mean what this text says that they mean. */
function openCalendar(text: string): ICAL.Component {
  const calendar = new ICAL.Component(ICAL.parse(text.trim()));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar;
}

function addPart(fields: Fields, part: ICAL.Component, isMain: boolean): void {
  const replaced = part.getFirstPropertyValue('recurrence-id');
  const place = isMain || replaced === null ? '' : `at ${timeText(replaced as ICAL.Time)} `;
  for (const property of part.getAllProperties()) {
    const { name } = property;
    if (OF_THE_WRITER.has(name) || (OF_THE_SERIES.has(name) && part.name === 'vevent')) continue;
    const texts =
      name === 'attendee' || name === 'organizer'
        ? [personText(property)]
        : property.getValues().map(valueText);
    for (const text of texts) addField(fields, `${place}${name.toUpperCase()}`, text);
  }
  for (const alarm of part.getAllSubcomponents('valarm')) fields.add(`${place}alarm`, alarmText(part, alarm));
}

/** Leaves out what means the same as the property's absence. */
export function addField(fields: Fields, name: string, value: string): void {
  if (!DEFAULTS.has(`${name} ${value}`)) fields.add(name, value);
}

/** Somebody who takes part, with what is not taken for granted. */
export interface Participant {
  readonly address: string;
  readonly name?: string | undefined;
  readonly state?: string | undefined;
}

export const participantText = ({ address, name, state }: Participant): string => {
  const mail = address.replace(/^mailto:/i, '');
  const said = state === undefined || state === 'NEEDS-ACTION' ? '' : ` ${state}`;
  return `${name === undefined || name === mail ? '' : `${name} `}<${mail}>${said}`;
};

function personText(property: ICAL.Property): string {
  const parameter = (name: string): string | undefined => {
    const value = property.getParameter(name);
    return value === undefined ? undefined : String(value);
  };
  const address = String(property.getFirstValue());
  return participantText({ address, name: parameter('cn'), state: parameter('partstat') });
}

const valueText = (value: unknown): string =>
  value instanceof ICAL.Time ? timeText(value) : Array.isArray(value) ? value.join(';') : String(value);

/** Minutes from the start, or from what the task is due; the same for an alarm that names its instant. */
function alarmText(part: ICAL.Component, alarm: ICAL.Component): string {
  const action = String(alarm.getFirstPropertyValue('action') ?? 'DISPLAY');
  const trigger = alarm.getFirstProperty('trigger');
  const value = trigger?.getFirstValue();
  const start = part.getFirstPropertyValue('dtstart') ?? part.getFirstPropertyValue('due');
  const end = part.getFirstPropertyValue('dtend') ?? part.getFirstPropertyValue('due') ?? start;
  if (!(start instanceof ICAL.Time) || !(end instanceof ICAL.Time)) return `${action} ${valueText(value)}`;
  if (value instanceof ICAL.Time) return `${action} ${minutesBetween(start, value)} min`;
  const isFromEnd = String(trigger?.getParameter('related') ?? 'START').toUpperCase() === 'END';
  if (!(value instanceof ICAL.Duration)) return `${action} ${valueText(value)}`;
  const moved = (isFromEnd ? end : start).clone();
  moved.isDate = false;
  moved.addDuration(value);
  return `${action} ${minutesBetween(start, moved)} min`;
}

/** Start and end of each time it happens, with those that were moved. */
function addOccurrences(fields: Fields, main: ICAL.Component, parts: readonly ICAL.Component[]): void {
  const start = main.getFirstPropertyValue('dtstart');
  if (!(start instanceof ICAL.Time) || main.name !== 'vevent') return;
  const event = new ICAL.Event(main, { exceptions: parts.filter((part) => part !== main) });
  if (!event.isRecurring()) return fields.add('happens', spanText(event.startDate, event.endDate));
  const iterator = event.iterator();
  for (let found = 0; found < MOST_OCCURRENCES; found += 1) {
    const next = iterator.next() as ICAL.Time | undefined;
    if (!next) return;
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    fields.add('happens', spanText(startDate, endDate));
  }
  fields.add('happens', 'and so on');
}

const spanText = (start: ICAL.Time, end: ICAL.Time): string => `${timeText(start)} to ${timeText(end)}`;
