/** Converts Outlook's appointments (SIF-E) and tasks (SIF-T) to iCalendar 2.0 and back. */
import { dayClock } from '../../time/all-day.ts';
import { isDate, isInstant, itemTime, plainTime } from '../../time/item-time.ts';
import { withListedDates } from '../../time/listed-dates.ts';
import { parseRule, printRule } from '../../time/rule.ts';
import { atStart, startOf, startOfPeriod, throughDay, timesOf } from '../../time/times.ts';
import { withClockNames, withClocksDefined } from '../../time/zones/clocks-in-item.ts';
import { dayAfter, localOf, utcText } from '../../time/zones/zones.ts';
import {
  type Component,
  firstOf,
  type Property,
  propertiesOf,
  property,
  valueIn,
} from '../../vobject/model.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { isEvent, withoutExceptions } from '../icalendar/exceptions.ts';
import { isDone, withTaskState } from '../icalendar/task-state.ts';
import { alarmFields, alarmFromSif, alarmToSif, isOn } from './alarm.ts';
import { attendeesFromSif, attendeesToSif } from './attendees.ts';
import { CODE_FIELDS, codesFromSif, codesToSif } from './codes.ts';
import { RECURRENCE_FIELDS, ruleFromSif, ruleToSif } from './recurrence.ts';
import { SHARED_FIELDS, sharedFromSif, sharedToSif } from './shared.ts';
import { dayText, type Frame, timeFromSif, timeToSif, zoneFromSif, zoneToSif } from './times.ts';
import { givenBack, isKept, keptField } from './unknown.ts';
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
  const zone = zoneFromSif(fields);
  const [start = '', end = ''] = ['Start', 'End'].map((name) => plainTime(text(name)) ?? '');
  const isAllDay = !isTask && isOn(text('AllDayEvent'));
  const frame: Frame = {
    zone,
    clock: isAllDay ? dayClock({ start, end, zone }) : undefined,
    repeats: isOn(text('IsRecurring')),
  };
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
  const start = timeFromSif(
    'DTSTART',
    fieldText(fields, 'Start') ?? fieldText(fields, 'StartDate') ?? '',
    frame,
  );
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
  const fields: SifField[] = [field('SIFVersion', '1.1')];
  for (const [to, from] of TEXTS) {
    const value = valueIn(part, from);
    if (value !== undefined && value !== '') fields.push(field(to, unescapeText(value)));
  }
  fields.push(...(isTask ? taskFields(part, utc) : eventFields(part, utc)));
  fields.push(...seriesFields(part, utc));
  fields.push(...sharedToSif(part), ...codesToSif(part), ...alarmToSif(part), ...attendeesToSif(part));
  return { root: isTask ? 'task' : 'appointment', fields: [...fields, ...givenBack(part, fields)] };
}

const textField = (name: string, value: string | undefined): SifField[] =>
  value === undefined ? [] : [field(name, value)];

function eventFields(part: Component, utc: boolean): SifField[] {
  const [start, end] = [firstOf(part, 'DTSTART'), firstOf(part, 'DTEND')];
  const allDay = start !== undefined && isDate(start);
  const lasts = timesOf(part).end;
  const last = allDay
    ? dayText(lasts === undefined ? start.value : dayAfter(localOf(lasts).slice(0, 8), -1))
    : (timeToSif(end, utc) ?? (lasts === undefined ? undefined : endText(start, lasts)));
  return [
    field('AllDayEvent', allDay ? '1' : '0'),
    ...textField('Start', timeToSif(start, utc)),
    ...textField('End', last ?? timeToSif(start, utc)),
  ];
}

/** The text of a computed end. It is in UTC if the start is a known instant. */
const endText = (start: Property | undefined, end: number): string =>
  start !== undefined && isInstant(itemTime(start)) ? utcText(end) : localOf(end);

/** The due time of a task. For a task with a length it is the end. */
function dueOf(part: Component): Property | undefined {
  const [start, due] = [firstOf(part, 'DTSTART'), firstOf(part, 'DUE')];
  const { end } = timesOf(part);
  if (due !== undefined || start === undefined || end === undefined) return due;
  if (isDate(start)) return property('DUE', localOf(end).slice(0, 8));
  return property('DUE', endText(start, end));
}

const taskFields = (part: Component, utc: boolean): SifField[] => [
  ...textField('StartDate', timeToSif(firstOf(part, 'DTSTART'), utc)),
  ...textField('DueDate', timeToSif(dueOf(part), utc)),
  ...textField('DateCompleted', timeToSif(firstOf(part, 'COMPLETED'), utc)),
  ...textField('PercentComplete', valueIn(part, 'PERCENT-COMPLETE')),
];

/** In Outlook a series of single dates is a pattern that falls on its start alone, with dates that are added. */
const ONCE = parseRule('FREQ=DAILY;COUNT=1');

const isOfDates = (part: Component): boolean =>
  firstOf(part, 'RDATE') !== undefined &&
  ['RRULE', 'X-RRULE'].every((name) => firstOf(part, name) === undefined) &&
  !isKept(part, 'RecurrenceType');

/** The pattern of a series. Undefined if Outlook has none; it can leave out dates, but not by a rule. */
function patternOf(part: Component): SifField[] | undefined {
  const [first, ...others] = propertiesOf(part, 'RRULE');
  const rule = isOfDates(part) ? ONCE : parseRule(first?.value ?? '');
  const isExpressed = ['EXRULE', 'X-EXRULE'].every((name) => firstOf(part, name) === undefined);
  if (rule === undefined || !isExpressed || others.length > 0) return undefined;
  return ruleToSif(rule, startOf(part)?.value ?? '');
}

/** Can Outlook say the rules of the part, if it has any? */
export const isSaidInSif = (part: Component): boolean =>
  firstOf(part, 'RRULE') === undefined || patternOf(part) !== undefined;

function seriesFields(part: Component, utc: boolean): SifField[] {
  const [start, pattern] = [startOf(part), patternOf(part)];
  if (pattern === undefined) {
    const isUnknown = firstOf(part, 'RRULE') === undefined && isKept(part, 'RecurrenceType');
    return isUnknown ? [field('IsRecurring', '1'), ...zoneToSif(part)] : [field('IsRecurring', '0')];
  }
  const dates = (name: string, list: readonly Property[]): SifField[] =>
    list.flatMap((one) => textField(name, timeToSif(atStart(one, start), utc)));
  const exceptions = [
    ...dates('ExcludeDate', propertiesOf(part, 'EXDATE')),
    ...dates('IncludeDate', propertiesOf(part, 'RDATE').map(startOfPeriod)),
  ];
  return [
    ...[field('IsRecurring', '1'), ...pattern],
    ...(exceptions.length > 0 ? [field('Exceptions', '', exceptions)] : []),
    ...zoneToSif(part),
  ];
}
