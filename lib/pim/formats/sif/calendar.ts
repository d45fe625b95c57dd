/** Converts Outlook's appointments (SIF-E) and tasks (SIF-T) to iCalendar 2.0 and back. */
import { dayClock } from '../../time/all-day.ts';
import { isDate, isInstant, itemTime, plainTime } from '../../time/item-time.ts';
import { withListedDates } from '../../time/listed-dates.ts';
import { printRule } from '../../time/rule.ts';
import { dayClockOfRules, isUtc, zoneOfRules, zoneOnDay } from '../../time/rule-clock.ts';
import { atStart, throughDay, timesOf, zoneOfItem } from '../../time/times.ts';
import { withClockNames, withClocksDefined } from '../../time/zones/clocks-in-item.ts';
import { isAssumed } from '../../time/zones/own-clock.ts';
import { dayAfter, localOf, utcOf } from '../../time/zones/zones.ts';
import { type Component, firstOf, type Property, property, valueIn } from '../../vobject/model.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { isEvent, withoutExceptions } from '../icalendar/exceptions.ts';
import { isDone, withTaskState } from '../icalendar/task-state.ts';
import { alarmFields, alarmFromSif, alarmToSif, isOn } from './alarm.ts';
import { attendeesFromSif, attendeesToSif } from './attendees.ts';
import { CODE_FIELDS, codesFromSif, codesToSif } from './codes.ts';
import { emptyFields } from './empty.ts';
import { RECURRENCE_FIELDS, ruleFromSif } from './recurrence.ts';
import { isSaidInSif, seriesFields } from './series.ts';
import { SHARED_FIELDS, sharedFromSif, sharedToSif } from './shared.ts';
import {
  dayText,
  type Frame,
  instantToSif,
  timeFromSif,
  timeToSif,
  type WriteClock,
  zoneFromSif,
} from './times.ts';
import { givenBack, keptField } from './unknown.ts';
import { field, fieldText, type SifDocument, type SifField, wholeText } from './xml.ts';

const TEXTS = [
  ['Subject', 'SUMMARY'],
  ['Body', 'DESCRIPTION'],
  ['Location', 'LOCATION'],
] as const;

const KNOWN = [
  ...TEXTS.map(([name]) => name),
  ...CODE_FIELDS,
  ...SHARED_FIELDS,
  ...RECURRENCE_FIELDS,
  ...['Start', 'End', 'AllDayEvent', 'StartDate', 'DueDate', 'DateCompleted', 'PercentComplete'],
  ...['IsRecurring', 'Exceptions', 'Timezone', 'Attendees', 'SIFVersion'],
];

export function calendarFromSif({ root, fields }: SifDocument): Component {
  const text = (name: string) => fieldText(fields, name) ?? '';
  const isTask = root === 'task';
  const properties: Property[] = TEXTS.flatMap(([from, to]) => {
    const whole = wholeText(fields, from) ?? '';
    return whole === '' ? [] : [property(to, escapeText(whole))];
  });
  const told = zoneFromSif(fields);
  const [start = '', end = ''] = ['Start', 'End'].map((name) => plainTime(text(name)) ?? '');
  const isAllDay = !isTask && isOn(text('AllDayEvent'));
  const repeats = isOn(text('IsRecurring'));
  const days = dayClock({ start, end, zone: told });
  const clock = isAllDay ? dayClockOfRules(days, start, () => (repeats ? rulesIn(fields) : [])) : undefined;
  const isTold = !repeats || clock !== undefined || (told !== undefined && !isUtc(told));
  const zone = (isTold ? undefined : zoneByRules(fields)) ?? told;
  const frame: Frame = { zone, clock, repeats };
  properties.push(...(isTask ? taskTimes(text, frame) : eventTimes(text, frame)));
  if (frame.repeats) properties.push(...recurrence(fields, frame));
  properties.push(...sharedFromSif(fields), ...codesFromSif(fields, isTask), ...attendeesFromSif(fields));
  const converted = new Set([...KNOWN, ...alarmFields(fields)]);
  properties.push(...fields.filter(({ name }) => !converted.has(name)).flatMap(keptField));
  const item: Component = { name: isTask ? 'VTODO' : 'VEVENT', properties, components: [] };
  return withClocksDefined({
    ...VCALENDAR,
    components: [{ ...item, components: alarmFromSif(fields, item) }],
  });
}
const VCALENDAR = { name: 'VCALENDAR', properties: [property('VERSION', '2.0')] } as const;

type Text = (name: string) => string;
const listOf = (one: Property | undefined): Property[] => (one === undefined ? [] : [one]);

function eventTimes(text: Text, frame: Frame): Property[] {
  const start = timeFromSif('DTSTART', text('Start'), frame);
  const end = timeFromSif('DTEND', text('End'), frame);
  if (frame.clock === undefined || end === undefined) return [...listOf(start), ...listOf(end)];
  // Outlook writes the last day, or the midnight at its end. DTEND is the day after it.
  const isMidnight =
    frame.clock(plainTime(text('End')) ?? '').endsWith('T000000') && end.value !== start?.value;
  return [...listOf(start), isMidnight ? end : { ...end, value: dayAfter(end.value, 1) }];
}

function taskTimes(text: Text, frame: Frame): Property[] {
  const completed = timeFromSif('COMPLETED', text('DateCompleted'), { ...frame, repeats: false });
  const percent = text('PercentComplete');
  return [
    ...listOf(timeFromSif('DTSTART', text('StartDate'), frame)),
    ...listOf(timeFromSif('DUE', text('DueDate'), frame)),
    ...listOf(completed),
    ...(/^\d{1,3}$/.test(percent) ? [property('PERCENT-COMPLETE', percent)] : []),
  ];
}

/**
 * The rule of a series, with the dates that are left out or added. The fields of an unknown pattern are kept as they
 * are.
 */
function recurrence(fields: readonly SifField[], frame: Frame): Property[] {
  const start = timeFromSif('DTSTART', startText(fields), frame);
  const rule = ruleFromSif(fields, (end) => untilOf(plainTime(end) ?? '', start, frame));
  const dates = fields.find(({ name }) => name === 'Exceptions')?.fields ?? [];
  const exceptions = dates.flatMap(({ name, value }) => {
    const to = name === 'ExcludeDate' ? 'EXDATE' : name === 'IncludeDate' ? 'RDATE' : undefined;
    return to === undefined ? [] : listOf(timeFromSif(to, value, frame)).map((one) => atStart(one, start));
  });
  if (rule === undefined)
    return fields
      .filter(({ name }) => name === 'Exceptions' || RECURRENCE_FIELDS.includes(name))
      .flatMap(keptField);
  const isOfDates = rule.get('COUNT') === '1' && exceptions.some(({ name }) => name === 'RDATE');
  return isOfDates ? exceptions : [property('RRULE', printRule(rule)), ...exceptions];
}

const startText = (fields: readonly SifField[]): string =>
  fieldText(fields, 'Start') ?? fieldText(fields, 'StartDate') ?? '';

const rulesIn = (fields: readonly SifField[]) => [ruleFromSif(fields, (end) => end)];

/**
 * The zone of a series in UTC whose rule goes by another day. The pattern starts on a local day: it tells that day also
 * where the rule has both it and the day in UTC.
 */
function zoneByRules(fields: readonly SifField[]): string | undefined {
  const start = plainTime(startText(fields)) ?? '';
  const at = start.endsWith('Z') ? utcOf(start) : undefined;
  if (at === undefined) return undefined;
  const first = plainTime(fieldText(fields, 'PatternStartDate') ?? '') ?? '';
  const series = { at, rulesAt: () => rulesIn(fields), zones: () => [] };
  return (first.endsWith('Z') ? undefined : zoneOnDay(series, first.slice(0, 8))) ?? zoneOfRules(series);
}

/** The UNTIL of a rule: a day if the start is a day, otherwise a time. */
function untilOf(end: string, start: Property | undefined, { clock }: Frame): string {
  if (clock !== undefined) return clock(end).slice(0, 8);
  return start === undefined || isDate(start) ? end.slice(0, 8) : throughDay(end, start);
}

export interface SifDevice {
  readonly utc: boolean;
  /** See DeviceCapabilities. */
  readonly datesUntil?: string;
}

/** Converts a stored calendar: the series without its exceptions, or the single item. The rest stays on the server. */
export function calendarToSif(item: Component, { utc, datesUntil }: SifDevice): SifDocument | undefined {
  const calendar = withClockNames(item);
  const parts = calendar.components.filter(isEvent);
  const [main] = withoutExceptions({ ...calendar, components: parts }).components;
  if (main === undefined) return undefined;
  const listed =
    datesUntil === undefined || isSaidInSif(main) ? undefined : withListedDates(main, datesUntil);
  const shown = listed ?? main;
  const isTask = shown.name === 'VTODO';
  const properties = isTask ? withTaskState(shown.properties, isDone(shown.properties)) : shown.properties;
  const part = { ...shown, properties };
  const zone = zoneOfItem(part);
  // No person has a clock that is assumed, so no device is told times by it.
  const clock: WriteClock = { utc, zone: zone !== undefined && isAssumed(zone) ? undefined : zone };
  const fields: SifField[] = [field('SIFVersion', '1.1')];
  for (const [to, from] of TEXTS) {
    const value = valueIn(part, from);
    if (value !== undefined && value !== '') fields.push(field(to, unescapeText(value)));
  }
  fields.push(...(isTask ? taskFields(part, clock) : eventFields(part, clock)));
  fields.push(...seriesFields(part, clock));
  fields.push(...sharedToSif(part), ...codesToSif(part), ...alarmToSif(part, clock), ...attendeesToSif(part));
  fields.push(...emptyFields(fields, isTask ? OF_TASKS : OF_EVENTS));
  return { root: isTask ? 'task' : 'appointment', fields: [...fields, ...givenBack(part, fields)] };
}

const OF_BOTH = ['Body', 'Categories', ['Importance', '1'], ['Sensitivity', '0']] as const;
const OF_EVENTS = [...OF_BOTH, 'Location', ['BusyStatus', '2']] as const;
const OF_TASKS = [...OF_BOTH, 'StartDate', 'DueDate', 'DateCompleted'] as const;

const textField = (name: string, value: string | undefined): SifField[] =>
  value === undefined ? [] : [field(name, value)];

function eventFields(part: Component, clock: WriteClock): SifField[] {
  const [start, end] = [firstOf(part, 'DTSTART'), firstOf(part, 'DTEND')];
  const allDay = start !== undefined && isDate(start);
  const lasts = timesOf(part).end;
  const last = allDay
    ? dayText(lasts === undefined ? start.value : dayAfter(localOf(lasts).slice(0, 8), -1))
    : (timeToSif(end, clock) ?? (lasts === undefined ? undefined : endText(start, lasts, clock)));
  return [
    field('AllDayEvent', allDay ? '1' : '0'),
    ...textField('Start', timeToSif(start, clock)),
    ...textField('End', last ?? timeToSif(start, clock)),
  ];
}

/** The text of a computed end. It is an instant if the start is one. */
const endText = (start: Property | undefined, end: number, clock: WriteClock): string =>
  start !== undefined && isInstant(itemTime(start)) ? instantToSif(end, clock) : localOf(end);

/** The text of the due time of a task. For a task with a length it is the end. */
function dueText(part: Component, clock: WriteClock): string | undefined {
  const [start, due] = [firstOf(part, 'DTSTART'), firstOf(part, 'DUE')];
  const { end } = timesOf(part);
  if (due !== undefined || start === undefined || end === undefined) return timeToSif(due, clock);
  return isDate(start) ? dayText(localOf(end)) : endText(start, end, clock);
}

const taskFields = (part: Component, clock: WriteClock): SifField[] => [
  ...textField('StartDate', timeToSif(firstOf(part, 'DTSTART'), clock)),
  ...textField('DueDate', dueText(part, clock)),
  ...textField('DateCompleted', timeToSif(firstOf(part, 'COMPLETED'), clock)),
  field('PercentComplete', valueIn(part, 'PERCENT-COMPLETE') ?? (isDone(part.properties) ? '100' : '0')),
];
