/** Appointments of a plug-in of Outlook, in SIF-E: times in UTC, series with a zone, days from the first to the last. */
import { type Facts, factsOf, onlyWords } from '../facts.ts';
import { changesOf, dayAfter, dayOf, isDay, midnightText, timeOf, utcText } from './calendar-clock.ts';
import { occurrenceOn, saidSeries, withoutMoved } from './calendar-holds.ts';
import {
  dateIn,
  factOfRule,
  lastDayOf,
  monthIn,
  type Rule,
  ruleOf,
  WEEKDAYS,
  weekdayName,
} from './calendar-rules.ts';
import type { Phone } from './phone.ts';
import { documentOf, element, type Field, readFields } from './sif.ts';
import { datesOf, fieldValue, isOn, sharedElements, sharedFacts, sifTime } from './sif-calendar.ts';

const WORDS = [
  ...['summary', 'location', 'note', 'category', 'class', 'busy', 'priority', 'start', 'end', 'alarm'],
  ...['rule', 'excluded', 'added'],
];

const holds = (facts: Facts): Facts => saidSeries(onlyWords(withoutMoved(facts), WORDS), () => true);

export const OUTLOOK_CALENDAR: Phone = {
  name: 'calendar of Outlook',
  kind: 'calendar',
  options: { type: 'text/x-s4j-sife', typeVersion: '1.0' },
  read: (text) => holds(readAppointment(readFields(text))),
  write: written,
  holds,
};

function readAppointment(fields: readonly Field[]): Facts {
  const inDays = isOn(fields, 'AllDayEvent');
  const asShown = (time: string) => (inDays ? dayOf(time) : time);
  const start = asShown(sifTime(fields, 'Start') ?? '');
  const end = asShown(sifTime(fields, 'End') ?? start);
  const minutes = isOn(fields, 'ReminderSet') ? fieldValue(fields, 'ReminderMinutesBeforeStart') : undefined;
  const rule = isOn(fields, 'IsRecurring') ? ruleIn(fields, start) : undefined;
  const times = (name: string) =>
    fields
      .filter((field) => field.name === name)
      .flatMap(({ value }) => timeOf(value) ?? [])
      .map(asShown);
  return factsOf([
    ...sharedFacts(fields),
    ['location', fieldValue(fields, 'Location')],
    ['busy', fieldValue(fields, 'BusyStatus') === '0' ? 'free' : undefined],
    ['start', start],
    ['end', inDays ? dayAfter(end, 1) : end],
    ['alarm', minutes],
    ['rule', rule],
    ...times('ExcludeDate')
      .filter((time) => time === occurrenceOn(dayOf(time), start))
      .map((time) => [`excluded ${dayOf(time)}`, 'yes'] as const),
    ...times('IncludeDate').map((time) => [`added ${time}`, 'yes'] as const),
  ]);
}

/** RecurrenceType, without those that fall on a weekday of a month of the year. */
const TYPES = { daily: '0', weekly: '1', monthly: '2', monthNth: '3', yearly: '5' } as const;
const LAST = 5;

function ruleIn(fields: readonly Field[], start: string): string | undefined {
  const number = (name: string) => Number(fieldValue(fields, name) ?? 0);
  const days = WEEKDAYS.filter((_, n) => (number('DayOfWeekMask') & (1 << n)) !== 0);
  const every = Math.max(number('Interval'), 1);
  const isEndless = isOn(fields, 'NoEndDate');
  const [count, until] = [number('Occurrences'), sifTime(fields, 'PatternEndDate')];
  const found = onDays(fieldValue(fields, 'RecurrenceType'), days, fields, start);
  return (
    found &&
    factOfRule({
      ...found,
      // Outlook counts years in months.
      interval: found.frequency === 'YEARLY' && every % 12 === 0 ? every / 12 : every,
      ...(!isEndless && count > 0 && { count }),
      ...(!isEndless && count === 0 && until !== undefined && { until: untilIn(until, start) }),
    })
  );
}

/** An end at midnight is that of its day. */
const untilIn = (until: string, start: string): string =>
  until.endsWith('T00:00') ? dayOf(until) : lastDayOf(until, start);

function onDays(
  type: string | undefined,
  days: readonly string[],
  fields: readonly Field[],
  start: string,
): Pick<Rule, 'frequency' | 'on'> | undefined {
  const place = Number(fieldValue(fields, 'Instance') ?? 0);
  switch (type) {
    case TYPES.daily:
      return { frequency: 'DAILY', on: [] };
    case TYPES.weekly:
      return { frequency: 'WEEKLY', on: days.length > 0 ? days : [weekdayName(start)] };
    case TYPES.monthly:
      return { frequency: 'MONTHLY', on: [fieldValue(fields, 'DayOfMonth') ?? dateIn(start)] };
    case TYPES.monthNth:
      return days.length === 1
        ? { frequency: 'MONTHLY', on: [`${place === LAST ? -1 : place}${days[0]}`] }
        : undefined;
    case TYPES.yearly:
      return { frequency: 'YEARLY', on: [] };
    default:
      return undefined;
  }
}

function written(facts: Facts): string {
  const [start = '', end = '', alarm] = ['start', 'end', 'alarm'].map((word) => facts.get(word));
  return documentOf('appointment', [
    ...sharedElements(facts),
    element('Location', facts.get('location') ?? ''),
    element('BusyStatus', facts.get('busy') === 'free' ? '0' : '2'),
    element('AllDayEvent', isDay(start) ? '1' : '0'),
    element('Start', spelled(start)),
    element('End', isDay(end) ? dayAfter(end, -1) : spelled(end)),
    element('ReminderSet', alarm === undefined ? '0' : '1'),
    element('ReminderMinutesBeforeStart', alarm ?? '0'),
    ...seriesElements(facts, start),
  ]);
}

const spelled = (time: string): string => (isDay(time) ? time : utcText(time));

function seriesElements(facts: Facts, start: string): string[] {
  const rule = ruleOf(facts.get('rule') ?? '');
  if (rule === undefined) return [element('IsRecurring', '0')];
  const dates = [
    ...datesOf(facts, 'excluded').map((day) => element('ExcludeDate', spelled(occurrenceOn(day, start)))),
    ...datesOf(facts, 'added').map((time) => element('IncludeDate', spelled(time))),
  ];
  return [
    element('IsRecurring', '1'),
    ...patternElements(rule, start),
    `<Exceptions>${dates.join('')}</Exceptions>`,
    ...(isDay(start) ? [] : zoneElements(start)),
  ];
}

function patternElements(rule: Rule, start: string): string[] {
  const { frequency, interval, count, until } = rule;
  const { type, mask = 0, date = '0', month = '0', place = '0' } = patternOf(rule, start);
  return [
    element('RecurrenceType', type),
    element('Interval', String(frequency === 'YEARLY' ? interval * 12 : interval)),
    element('DayOfWeekMask', String(mask)),
    element('DayOfMonth', date),
    element('MonthOfYear', month),
    element('Instance', place),
    element('Occurrences', String(count ?? 0)),
    element('NoEndDate', count === undefined && until === undefined ? '1' : '0'),
    element('PatternStartDate', midnightText(dayOf(start))),
    element('PatternEndDate', until === undefined ? '' : midnightText(until)),
  ];
}

interface Pattern {
  readonly type: string;
  readonly mask?: number;
  readonly date?: string;
  readonly month?: string;
  readonly place?: string;
}

function patternOf({ frequency, on }: Rule, start: string): Pattern {
  const [, place, day] = /^(-?\d)([A-Z]{2})$/.exec(on[0] ?? '') ?? [];
  if (frequency === 'DAILY') return { type: TYPES.daily };
  if (frequency === 'WEEKLY') return { type: TYPES.weekly, mask: maskOf(on) };
  if (frequency === 'YEARLY') return { type: TYPES.yearly, date: dateIn(start), month: monthIn(start) };
  if (day === undefined) return { type: TYPES.monthly, date: on[0] ?? dateIn(start) };
  return { type: TYPES.monthNth, mask: maskOf([day]), place: place === '-1' ? String(LAST) : (place ?? '') };
}

const maskOf = (days: readonly string[]): number =>
  days.reduce((mask, day) => mask | (1 << WEEKDAYS.indexOf(day as 'SU')), 0);

/** Berlin's clock, in the year in which the series begins. */
function zoneElements(start: string): string[] {
  const [summer, winter] = changesOf(Number(start.slice(0, 4)));
  const change = [element('DSTOffset', '+0200'), element('DSTStart', summer), element('DSTEnd', winter)];
  return [`<Timezone>${element('BasicOffset', '+0100')}<DayLight>${change.join('')}</DayLight></Timezone>`];
}
