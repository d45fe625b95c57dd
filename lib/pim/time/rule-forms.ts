/**
 * The simplest form of a recurrence rule: another rule that falls on the same days. Many calendars write a rule in a form
 * that the grammars of vCalendar 1.0 and SIF do not have, such as the last of all weekdays for the last day of the month.
 */
import { intervalOf, listOf, type Rule, withEntriesOnce } from './rule.ts';
import { DAY, isWeekday, localOf, WEEKDAYS } from './zones/zones.ts';

/** One step: a rule of another form, or undefined if the step does not fit the rule. `start` may be empty. */
type Step = (rule: Rule, start: string) => Rule | undefined;

const BY = ['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYYEARDAY', 'BYSETPOS'];
const TIMES = ['BYHOUR', 'BYMINUTE', 'BYSECOND'];

/** Each step leads to a form nearer to the simplest one, so this many steps are enough. */
const MOST_STEPS = 12;

/** `start` is the local start of the series, `yyyymmddThhmmss`, or empty if it is not known. */
export function simplestRule(rule: Rule, start: string): Rule {
  let form = withEntriesOnce(rule);
  for (let n = 0; n < MOST_STEPS; n += 1) {
    const next = STEPS.map((step) => step(form, start)).find((found) => found !== undefined);
    if (next === undefined) return form;
    form = next;
  }
  return form;
}

/** The frequency and the parts that limit it: `MONTHLY BYDAY,BYSETPOS`. */
export const shapeOf = (rule: Rule): string =>
  `${rule.get('FREQ')} ${BY.filter((name) => rule.has(name)).join()}`;

/** The rule with these parts set; a part that is undefined is removed. */
function withParts(rule: Rule, parts: { readonly [name: string]: string | undefined }): Rule {
  const made = new Map(rule);
  for (const [name, value] of Object.entries(parts))
    if (value === undefined) made.delete(name);
    else made.set(name, value);
  return made;
}

const numbersOf = (rule: Rule, name: string): number[] => listOf(rule, name).map(Number);
const hasAll = (days: readonly string[]): boolean => WEEKDAYS.every((day) => days.includes(day));

/** The only number of a part. Undefined if there are several or none. */
const onlyOf = (rule: Rule, name: string): number | undefined => {
  const [first, ...others] = numbersOf(rule, name);
  return others.length === 0 && Number.isInteger(first) ? first : undefined;
};

/** The time of the start is implied. */
const withoutTime: Step = (rule, start) => {
  const implied = TIMES.filter((name, at) => {
    const digits = start.slice(9 + 2 * at, 11 + 2 * at);
    return digits !== '' && onlyOf(rule, name) === Number(digits);
  });
  if (implied.length === 0) return undefined;
  return withParts(rule, Object.fromEntries(implied.map((name) => [name, undefined])));
};

/** All months limit nothing. A rule of years takes its date in each month that it names (see `monthsApart`). */
const withoutAllMonths: Step = (rule) =>
  rule.get('FREQ') !== 'YEARLY' && listOf(rule, 'BYMONTH').length === 12
    ? withParts(rule, { BYMONTH: undefined })
    : undefined;

/** Every day, limited to some: every week or month or year on these. */
const fromDaily: Step = (rule) => {
  if (rule.get('FREQ') !== 'DAILY') return undefined;
  if (Math.abs(onlyOf(rule, 'BYSETPOS') ?? 0) === 1) return withParts(rule, { BYSETPOS: undefined });
  if (intervalOf(rule) !== 1) return undefined;
  if (shapeOf(rule) === 'DAILY BYDAY') return withParts(rule, { FREQ: 'WEEKLY' });
  if (!rule.has('BYMONTHDAY') || rule.has('BYSETPOS')) return undefined;
  return withParts(rule, { FREQ: rule.has('BYMONTH') ? 'YEARLY' : 'MONTHLY' });
};

/** The weekdays of a week that begins with that day. */
function weekFrom(first: string): string[] {
  const at = Math.max(WEEKDAYS.indexOf(first), 0);
  return [...WEEKDAYS.slice(at), ...WEEKDAYS.slice(0, at)];
}

/** Places among the weekdays of a week. The week begins with the day in WKST. */
const weekdaysAtPlaces: Step = (rule) => {
  if (shapeOf(rule) !== 'WEEKLY BYDAY,BYSETPOS') return undefined;
  const days = weekFrom(rule.get('WKST') ?? 'MO').filter((day) => listOf(rule, 'BYDAY').includes(day));
  const places = numbersOf(rule, 'BYSETPOS').flatMap((at) => days.at(at > 0 ? at - 1 : at) ?? []);
  return places.length === 0
    ? undefined
    : withParts(rule, { BYDAY: [...new Set(places)].join(), BYSETPOS: undefined });
};

/** All weekdays in the month or year, without places: those of every week. */
const everyWeek: Step = (rule) => {
  const isWhole = ['MONTHLY BYDAY', 'YEARLY BYDAY'].includes(shapeOf(rule)) && intervalOf(rule) === 1;
  return isWhole && listOf(rule, 'BYDAY').every(isWeekday) ? withParts(rule, { FREQ: 'WEEKLY' }) : undefined;
};

const everyDay: Step = (rule) =>
  shapeOf(rule) === 'WEEKLY BYDAY' && intervalOf(rule) === 1 && hasAll(listOf(rule, 'BYDAY'))
    ? withParts(rule, { FREQ: 'DAILY', BYDAY: undefined })
    : undefined;

/** Is the rule monthly, or about one month of the year? Then places are counted in that month. */
const isOfOneMonth = (rule: Rule): boolean =>
  rule.get('FREQ') === 'MONTHLY' || (rule.get('FREQ') === 'YEARLY' && onlyOf(rule, 'BYMONTH') !== undefined);

/** Places among all days of the month are dates; places of one weekday are its number. */
const placesInMonth: Step = (rule) => {
  const [days, places] = [listOf(rule, 'BYDAY'), listOf(rule, 'BYSETPOS')];
  const isPlaced = places.length > 0 && places.every((at) => at !== '0');
  if (!isOfOneMonth(rule) || !isPlaced || rule.has('BYMONTHDAY') || rule.has('BYYEARDAY')) return undefined;
  if (days.every(isWeekday) && hasAll(days))
    return withParts(rule, { BYDAY: undefined, BYSETPOS: undefined, BYMONTHDAY: places.join() });
  const [day = '', ...others] = days;
  if (others.length > 0 || day === '') return undefined;
  const isOne = places.length === 1 && Math.abs(Number(places[0])) === 1;
  if (!isWeekday(day)) return isOne ? withParts(rule, { BYSETPOS: undefined }) : undefined;
  if (places.some((at) => Math.abs(Number(at)) > 5)) return undefined;
  return withParts(rule, { BYSETPOS: undefined, BYDAY: places.map((at) => `${at}${day}`).join() });
};

/** The last of the dates 28 to 31 is the last day. The first or last of one date is that date. */
const placesOfDates: Step = (rule) => {
  const dates = numbersOf(rule, 'BYMONTHDAY');
  const at = onlyOf(rule, 'BYSETPOS') ?? 0;
  if (!isOfOneMonth(rule) || dates.length === 0 || rule.has('BYDAY')) return undefined;
  if (at === -1 && [28, 29, 30, 31].every((date) => dates.includes(date)) && dates.every((date) => date > 0))
    return withParts(rule, { BYMONTHDAY: '-1', BYSETPOS: undefined });
  return dates.length === 1 && Math.abs(at) === 1 ? withParts(rule, { BYSETPOS: undefined }) : undefined;
};

/** A weekday on one of the dates 8 to 14 is the second of the month; likewise the others. */
const weekOfDates: Step = (rule) => {
  const [days, dates] = [listOf(rule, 'BYDAY'), numbersOf(rule, 'BYMONTHDAY').sort((a, b) => a - b)];
  const form = shapeOf(rule);
  if (form !== 'MONTHLY BYDAY,BYMONTHDAY' && form !== 'YEARLY BYDAY,BYMONTHDAY,BYMONTH') return undefined;
  const [first = 0] = dates;
  if (!days.every(isWeekday) || !dates.every((date, n) => date === first + n) || dates.length !== 7)
    return undefined;
  const nth = first > 0 ? (first + 6) / 7 : first / 7;
  if (!Number.isInteger(nth) || nth > 4) return undefined;
  return withParts(rule, { BYMONTHDAY: undefined, BYDAY: days.map((day) => `${nth}${day}`).join() });
};

/** A day of the year that is not moved by the 29th of February is a date. */
const dateOfYear: Step = (rule) => {
  const nth = shapeOf(rule) === 'YEARLY BYYEARDAY' ? onlyOf(rule, 'BYYEARDAY') : undefined;
  if (nth === undefined || nth === 0 || nth > 59 || nth < -306) return undefined;
  const day = localOf(nth > 0 ? Date.UTC(2001, 0, nth) : Date.UTC(2002, 0, 1) + nth * DAY);
  const [BYMONTH, BYMONTHDAY] = [String(Number(day.slice(4, 6))), String(Number(day.slice(6, 8)))];
  return withParts(rule, { BYYEARDAY: undefined, BYMONTH, BYMONTHDAY });
};

/** The first weekdays of the year are in January, the last in December. */
const placesInYear: Step = (rule) => {
  const days = listOf(rule, 'BYDAY');
  const [ordinals, places] = [days.map((day) => Number(day.slice(0, -2))), numbersOf(rule, 'BYSETPOS')];
  const form = shapeOf(rule);
  if (form !== 'YEARLY BYDAY' && form !== 'YEARLY BYDAY,BYSETPOS') return undefined;
  const isPlaced = places.length > 0;
  // Four weeks are within the month, so so many of these weekdays are.
  const most = isPlaced ? 4 * days.length : 4;
  if (isPlaced && !days.every(isWeekday)) return undefined;
  const counted = isPlaced ? places : ordinals;
  if (counted.length > 0 && counted.every((at) => at > 0 && at <= most))
    return withParts(rule, { BYMONTH: '1' });
  return counted.every((at) => at < 0 && at >= -most) ? withParts(rule, { BYMONTH: '12' }) : undefined;
};

/** Dates of every month of the year. */
const datesOfEveryMonth: Step = (rule) => {
  const isWhole =
    ['YEARLY BYMONTHDAY', 'YEARLY BYDAY,BYMONTHDAY'].includes(shapeOf(rule)) && intervalOf(rule) === 1;
  return isWhole ? withParts(rule, { FREQ: 'MONTHLY' }) : undefined;
};

/** Months of every year. */
const monthsOfYear: Step = (rule) => {
  if (rule.get('FREQ') !== 'MONTHLY' || !rule.has('BYMONTH') || intervalOf(rule) !== 1) return undefined;
  const isOne = onlyOf(rule, 'BYMONTH') !== undefined;
  return isOne || !rule.has('BYSETPOS') ? withParts(rule, { FREQ: 'YEARLY' }) : undefined;
};

/** Every twelve months is every year. */
const yearsOfMonths: Step = (rule, start) => {
  const every = intervalOf(rule);
  const month = Number(start.slice(4, 6));
  if (rule.get('FREQ') !== 'MONTHLY' || every % 12 !== 0 || rule.has('BYMONTH') || month === 0)
    return undefined;
  const hasDay = rule.has('BYDAY') || rule.has('BYMONTHDAY');
  return withParts(rule, {
    FREQ: 'YEARLY',
    INTERVAL: String(every / 12),
    ...(hasDay && { BYMONTH: String(month) }),
  });
};

/** Months of the year that are equally far apart, with that of the start among them: every so many months. */
const monthsApart: Step = (rule, start) => {
  const months = numbersOf(rule, 'BYMONTH').sort((a, b) => a - b);
  const step = 12 / months.length;
  const [first = 0] = months;
  const isEven = months.length > 1 && months.every((month, n) => month === first + n * step);
  const isWithStart = months.includes(Number(start.slice(4, 6)));
  if (rule.get('FREQ') !== 'YEARLY' || intervalOf(rule) !== 1 || !isEven || !isWithStart) return undefined;
  if (rule.has('BYSETPOS') || rule.has('BYYEARDAY')) return undefined;
  return withParts(rule, { FREQ: 'MONTHLY', INTERVAL: String(step), BYMONTH: undefined });
};

const STEPS: readonly Step[] = [
  ...[withoutTime, withoutAllMonths, fromDaily, weekdaysAtPlaces, everyWeek, everyDay],
  ...[placesInMonth, placesOfDates, weekOfDates, dateOfYear, placesInYear, datesOfEveryMonth],
  ...[monthsOfYear, yearsOfMonths, monthsApart],
];
