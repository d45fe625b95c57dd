/**
 * The days on which a recurrence rule falls [RFC 5545 3.3.10].
 *
 * A day is represented by its midnight in UTC in milliseconds (`utcOf` of `yyyymmdd`). The time of day and the zone of the
 * series are left to the caller. Rules by hours, minutes, seconds or week numbers are not supported.
 */
import { intervalOf, listOf, periodOf, type Rule } from './rule.ts';
import { DAY, WEEKDAYS } from './zones/zones.ts';

const COUNTED = new Set([
  ...['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST'],
  ...['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYYEARDAY', 'BYSETPOS'],
]);
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

/** A weekday, with Sunday as 0. `nth` is its place in the month or year, 0 for every such weekday. */
interface Weekday {
  readonly weekday: number;
  readonly nth: number;
}

interface Wanted {
  readonly months: readonly number[];
  readonly dates: readonly number[];
  readonly yearDays: readonly number[];
  readonly weekdays: readonly Weekday[];
}

/** Are all parts of the rule supported here? */
export const isCounted = (rule: Rule): boolean =>
  FREQUENCIES.includes(rule.get('FREQ') ?? '') &&
  [...rule.keys()].every((name) => COUNTED.has(name)) &&
  Number.isInteger(intervalOf(rule)) &&
  intervalOf(rule) > 0 &&
  listOf(rule, 'BYDAY').every((day) => /^[+-]?\d{0,2}(SU|MO|TU|WE|TH|FR|SA)$/.test(day));

/** After so many empty periods the rule is taken to have ended. (29 February may be eight years away.) */
export const MOST_EMPTY = 400;

/**
 * The days of a supported rule, in order. The first is always the day of the start. COUNT is applied here. UNTIL is left to
 * the caller, who knows the time of day.
 */
export function* daysOfRule(rule: Rule, start: number): Generator<number> {
  const most = Number(rule.get('COUNT') ?? Number.POSITIVE_INFINITY);
  const wanted = wantedBy(rule);
  const positions = listOf(rule, 'BYSETPOS').map(Number);
  yield start;
  let found = 1;
  let empty = 0;
  for (let period = 0; found < most && empty < MOST_EMPTY; period += 1) {
    const days = atPositions(daysOfPeriod(rule, wanted, start, period), positions);
    empty = days.length === 0 ? empty + 1 : 0;
    for (const day of days) {
      if (day <= start || found >= most) continue;
      found += 1;
      yield day;
    }
  }
}

/**
 * Tells the days of the period of a supported rule without COUNT in which a day lies; the start is not always among them.
 * `start` is the day of the start.
 */
export function periodsOfRule(rule: Rule, start: number): (day: number) => Period {
  const wanted = wantedBy(rule);
  const positions = listOf(rule, 'BYSETPOS').map(Number);
  return (day) => {
    const at = Math.floor(stepsTo(rule, start, day) / intervalOf(rule));
    return { at, days: () => atPositions(daysOfPeriod(rule, wanted, start, at), positions) };
  };
}

interface Period {
  readonly at: number;
  readonly days: () => readonly number[];
}

/** How many days, weeks, months or years after that of the start the day lies. */
function stepsTo(rule: Rule, start: number, day: number): number {
  const [from, to] = [new Date(start), new Date(day)];
  const years = to.getUTCFullYear() - from.getUTCFullYear();
  switch (rule.get('FREQ')) {
    case 'DAILY':
      return Math.round((day - start) / DAY);
    case 'WEEKLY':
      return Math.floor((day - weekOf(start, rule)) / (7 * DAY));
    case 'MONTHLY':
      return years * 12 + to.getUTCMonth() - from.getUTCMonth();
    default:
      return years;
  }
}

/** The first day of the week in which the day lies. */
function weekOf(day: number, rule: Rule): number {
  const begin = WEEKDAYS.indexOf(rule.get('WKST') ?? 'MO');
  return day - ((new Date(day).getUTCDay() - begin + 7) % 7) * DAY;
}

/** Is the day one on which a supported rule falls, if the series starts there? */
export const fallsOn = (rule: Rule, day: number): boolean =>
  atPositions(daysOfPeriod(rule, wantedBy(rule), day, 0), listOf(rule, 'BYSETPOS').map(Number)).includes(day);

/** The units of work for the days of one period of a rule. They were measured. */
export function priceOf(rule: Rule): number {
  const all = periodOf(rule);
  const months = listOf(rule, 'BYMONTH').length;
  const days = months > 0 ? Math.min(all, 31 * months) : all;
  const entries = [...rule.keys()]
    .filter((name) => name.startsWith('BY'))
    .flatMap((name) => listOf(rule, name));
  return 1 + all / 25 + (days * (5 + entries.length)) / 20;
}

function wantedBy(rule: Rule): Wanted {
  const numbers = (name: string) => listOf(rule, name).map(Number);
  return {
    months: numbers('BYMONTH'),
    dates: numbers('BYMONTHDAY'),
    yearDays: numbers('BYYEARDAY'),
    weekdays: listOf(rule, 'BYDAY').map((day) => ({
      weekday: WEEKDAYS.indexOf(day.slice(-2)),
      nth: Number(day.slice(0, -2)),
    })),
  };
}

function atPositions(days: readonly number[], positions: readonly number[]): readonly number[] {
  if (positions.length === 0) return days;
  const chosen = positions.flatMap((at) => days.at(at > 0 ? at - 1 : at) ?? []);
  return [...new Set(chosen)].sort((a, b) => a - b);
}

/** The days of one period, in order. */
function daysOfPeriod(rule: Rule, wanted: Wanted, start: number, period: number): number[] {
  const steps = period * intervalOf(rule);
  const first = new Date(start);
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth()];
  switch (rule.get('FREQ')) {
    case 'DAILY':
      return [start + steps * DAY].filter((day) => fits(day, wanted));
    case 'WEEKLY': {
      const week = weekOf(start, rule) + steps * 7 * DAY;
      const days = wanted.weekdays.length > 0 ? wanted.weekdays : [{ weekday: first.getUTCDay(), nth: 0 }];
      const own = { ...wanted, weekdays: days };
      return spanOf(week, 7).filter((day) => fits(day, own));
    }
    case 'MONTHLY':
      return daysOfMonth(year, month + steps, withDate(wanted, first)).filter((day) =>
        isInMonths(day, wanted),
      );
    default:
      return daysOfYear(year + steps, wanted, first);
  }
}

const spanOf = (from: number, days: number): number[] =>
  Array.from({ length: days }, (_, n) => from + n * DAY);
const daysBetween = (from: number, to: number): number[] => spanOf(from, Math.round((to - from) / DAY));

const isInMonths = (day: number, { months }: Wanted): boolean =>
  months.length === 0 || months.includes(new Date(day).getUTCMonth() + 1);

/** A rule that names no day falls on the date of the start. */
const withDate = (wanted: Wanted, first: Date): Wanted =>
  wanted.dates.length + wanted.weekdays.length > 0 ? wanted : { ...wanted, dates: [first.getUTCDate()] };

/** Does the day fit the months, dates and weekdays of the rule? Places of weekdays (`nth`) are not tested here. */
function fits(day: number, wanted: Wanted): boolean {
  const date = new Date(day);
  const ends = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  const fromEnd = -Math.round((ends - day) / DAY);
  return (
    isInMonths(day, wanted) &&
    (wanted.dates.length === 0 ||
      wanted.dates.includes(date.getUTCDate()) ||
      wanted.dates.includes(fromEnd)) &&
    (wanted.weekdays.length === 0 || wanted.weekdays.some(({ weekday }) => weekday === date.getUTCDay()))
  );
}

/** The days of one month. If the rule names dates and weekdays, a day has to fit both. */
function daysOfMonth(year: number, month: number, wanted: Wanted): number[] {
  const all = daysBetween(Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1));
  return placed(all, wanted.weekdays).filter((day) => fits(day, { ...wanted, months: [], weekdays: [] }));
}

/** Those of the days that fall on one of the weekdays, at its place. Without weekdays, all days. */
function placed(days: readonly number[], weekdays: readonly Weekday[]): number[] {
  if (weekdays.length === 0) return [...days];
  const found = weekdays.flatMap(({ weekday, nth }) => {
    const own = days.filter((day) => new Date(day).getUTCDay() === weekday);
    return nth === 0 ? own : (own.at(nth > 0 ? nth - 1 : nth) ?? []);
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

function daysOfYear(year: number, wanted: Wanted, first: Date): number[] {
  const { months, dates, yearDays, weekdays } = wanted;
  const all = daysBetween(Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
  if (yearDays.length > 0) {
    const own = yearDays.flatMap((nth) => all.at(nth > 0 ? nth - 1 : nth) ?? []);
    return [...new Set(own)].sort((a, b) => a - b).filter((day) => fits(day, wanted));
  }
  if (dates.length + weekdays.length === 0) {
    const own = months.length > 0 ? months : [first.getUTCMonth() + 1];
    return ofMonths(year, own, { ...wanted, dates: [first.getUTCDate()] });
  }
  // The place of a weekday is counted within the named months, or within the year if no month is named.
  if (dates.length === 0 && months.length === 0) return placed(all, weekdays);
  return ofMonths(year, months.length > 0 ? months : Array.from({ length: 12 }, (_, n) => n + 1), wanted);
}

const ofMonths = (year: number, months: readonly number[], wanted: Wanted): number[] =>
  [...new Set(months)].sort((a, b) => a - b).flatMap((month) => daysOfMonth(year, month - 1, wanted));
