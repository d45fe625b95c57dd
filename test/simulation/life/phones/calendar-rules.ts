/**
 * How an appointment repeats, as a fact: `DAILY`, `WEEKLY MO,WE`, `MONTHLY 15`, `MONTHLY 2TU`, `MONTHLY -1FR`, `YEARLY`; with an
 * interval `WEEKLY/2 MO`, and an end `DAILY x5` or `DAILY until 2030-06-30`, which is the last day. Here also the rule of
 * iCalendar. A rule that this grammar has no words for is the fact `RRULE ...` with its text.
 */
import { compact, dayOf, isDay, timeOf, utcText, weekdayOf } from './calendar-clock.ts';

export interface Rule {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  /** Weekdays of a week; a date of the month, or a weekday with its place in the month. */
  readonly on: readonly string[];
  readonly count?: number | undefined;
  /** The last day. */
  readonly until?: string | undefined;
}

/** From Sunday, as numbers of weekdays count. */
export const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
export const weekdayName = (time: string): string => WEEKDAYS[weekdayOf(time)] ?? '';
const fromMonday = (day: string): number => (WEEKDAYS.indexOf(day as 'SU') + 6) % 7;
export const dateIn = (time: string): string => String(Number(time.slice(8, 10)));
export const monthIn = (time: string): string => String(Number(time.slice(5, 7)));

/** The rule that a fact tells. Undefined where the fact is the text of a rule. */
export function ruleOf(fact: string): Rule | undefined {
  const [, frequency, interval = '1', on = '', count, until] =
    /^(DAILY|WEEKLY|MONTHLY|YEARLY)(?:\/(\d+))?(?: ([-A-Z\d,]+))??(?: x(\d+)| until (\S+))?$/.exec(fact) ??
    [];
  if (frequency === undefined) return undefined;
  return {
    frequency: frequency as Rule['frequency'],
    interval: Number(interval),
    on: on === '' ? [] : on.split(','),
    count: count === undefined ? undefined : Number(count),
    until,
  };
}

export function factOfRule({ frequency, interval, on, count, until }: Rule): string {
  const ordered = frequency === 'WEEKLY' ? [...on].sort((a, b) => fromMonday(a) - fromMonday(b)) : on;
  return [
    interval > 1 ? `${frequency}/${interval}` : frequency,
    ...(ordered.length > 0 ? [ordered.join(',')] : []),
    ...(count !== undefined ? [`x${count}`] : until !== undefined ? [`until ${until}`] : []),
  ].join(' ');
}

/** The last day of a series that ends at this time: a time before that of the start is too early for its day. */
export function lastDayOf(end: string, start: string): string {
  if (isDay(end) || isDay(start) || end.slice(11) >= start.slice(11)) return dayOf(end);
  return dayOf(new Date(Date.parse(`${dayOf(end)}T00:00Z`) - 1).toISOString());
}

/** The rule in iCalendar. `endOfDay`: a program that lets the last day end at its last second. */
export function rruleOf(fact: string, start: string, endOfDay = false): string {
  const rule = ruleOf(fact);
  if (rule === undefined) return fact.replace(/^RRULE /, '');
  const { frequency, interval, on, count, until } = rule;
  const by = frequency === 'WEEKLY' || /[A-Z]/.test(on[0] ?? '') ? 'BYDAY' : 'BYMONTHDAY';
  const end =
    until !== undefined && !isDay(start) ? `${until}T${endOfDay ? '23:59' : start.slice(11)}` : until;
  return [
    `FREQ=${frequency}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(on.length > 0 ? [`${by}=${on.join(',')}`] : []),
    ...(count !== undefined ? [`COUNT=${count}`] : []),
    ...(end !== undefined ? [`UNTIL=${isDay(end) ? compact(end) : utcText(end)}`] : []),
  ].join(';');
}

const KNOWN = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'BYMONTHDAY', 'BYMONTH'];

/** The fact of a rule of iCalendar, of a series with this start. */
export function factOfRrule(text: string, start: string): string {
  const parts = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string]));
  const list = (name: string): string[] => parts.get(name)?.split(',') ?? [];
  const frequency = parts.get('FREQ') ?? '';
  const [days, dates, months] = [list('BYDAY'), list('BYMONTHDAY'), list('BYMONTH')];
  const until = parts.get('UNTIL');
  const count = parts.get('COUNT');
  const rest = {
    interval: Number(parts.get('INTERVAL') ?? 1),
    count: count === undefined ? undefined : Number(count),
    until: until === undefined ? undefined : lastDayOf(timeOf(until) ?? '', start),
  };
  const isKnown = [...parts.keys()].every((name) => KNOWN.includes(name));
  const found = isKnown ? onDays(frequency, { days, dates, months }, start) : undefined;
  if (found === undefined) return `RRULE ${text}`;
  return factOfRule({ ...rest, ...found, interval: rest.interval * (found.times ?? 1) });
}

interface Days {
  readonly days: readonly string[];
  readonly dates: readonly string[];
  readonly months: readonly string[];
}

/** `times`: so many months are in the interval. */
type Found = Pick<Rule, 'frequency' | 'on'> & { readonly times?: number };

function onDays(frequency: string, { days, dates, months }: Days, start: string): Found | undefined {
  const given = [days, dates, months].map((list) => list.length);
  const isOwnMonth = months.length === 0 || (months.length === 1 && months[0] === monthIn(start));
  switch (frequency) {
    case 'DAILY':
      return given.join() === '0,0,0' ? { frequency, on: [] } : undefined;
    case 'WEEKLY':
      if (dates.length + months.length > 0) return undefined;
      return { frequency, on: days.length > 0 ? days : [weekdayName(start)] };
    case 'MONTHLY':
      if (months.length > 0 || days.length + dates.length > 1) return undefined;
      if (days.length > 0 && !/^-?\d/.test(days[0] ?? '')) return undefined;
      return { frequency, on: days.length > 0 ? days : dates.length > 0 ? dates : [dateIn(start)] };
    case 'YEARLY': {
      if (!isOwnMonth || days.length + dates.length > 1) return undefined;
      if (days.length > 0)
        return months.length > 0 ? { frequency: 'MONTHLY', on: days, times: 12 } : undefined;
      return dates.length === 0 || dates[0] === dateIn(start) ? { frequency, on: [] } : undefined;
    }
    default:
      return undefined;
  }
}
