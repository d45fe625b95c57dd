/** Converts Outlook's recurrence patterns to rules and back. */
import { hasOthersThan, intervalOf, isMovedByWeekStart, listOf, type Rule } from '../../time/rule.ts';
import { simplestRule } from '../../time/rule-forms.ts';
import { utcOf, WEEKDAYS } from '../../time/zones/zones.ts';
import { field, fieldText, type SifField } from './xml.ts';

const TYPES = { daily: 0, weekly: 1, monthly: 2, monthNth: 3, yearly: 5, yearNth: 6 } as const;
const LAST = 5;
const LAST_ORDINAL = -1;

export const RECURRENCE_FIELDS = [
  ...['RecurrenceType', 'Interval', 'DayOfWeekMask', 'DayOfMonth', 'MonthOfYear', 'Instance', 'Occurrences'],
  ...['NoEndDate', 'PatternStartDate', 'PatternEndDate'],
];

const daysOf = (mask: number): string[] => WEEKDAYS.filter((_, n) => (mask & (1 << n)) !== 0);
const maskOf = (days: readonly string[]): number =>
  days.reduce((mask, day) => mask | (1 << WEEKDAYS.indexOf(day)), 0);

/** Reads a pattern. Undefined if it is not a valid one. `until` converts the last day or time to UNTIL. */
export function ruleFromSif(fields: readonly SifField[], until: (end: string) => string): Rule | undefined {
  const number = (name: string): number => Number(fieldText(fields, name) || 0);
  const kind = fieldText(fields, 'RecurrenceType');
  const pattern = kind === undefined || kind === '' ? undefined : partsOf(Number(kind), number);
  if (pattern === undefined) return undefined;
  const rule = new Map(pattern);
  const every = number('Interval');
  // Outlook counts the interval of years in months; some clients write years.
  const isYears = rule.get('FREQ') === 'YEARLY' && every > 0 && every % 12 === 0;
  const interval = isYears ? every / 12 : every;
  if (interval > 1) rule.set('INTERVAL', String(interval));
  const end = fieldText(fields, 'PatternEndDate') ?? '';
  const count = number('Occurrences');
  const endless = ['1', 'true'].includes(fieldText(fields, 'NoEndDate')?.toLowerCase() ?? '');
  if (!endless && count > 0) rule.set('COUNT', String(count));
  else if (!endless && /^\d{4}/.test(end)) rule.set('UNTIL', until(end));
  return rule;
}

type Parts = readonly (readonly [name: string, value: string])[];

function partsOf(kind: number, number: (name: string) => number): Parts | undefined {
  const [days, date, month] = [daysOf(number('DayOfWeekMask')), number('DayOfMonth'), number('MonthOfYear')];
  const nth = number('Instance') === LAST ? LAST_ORDINAL : number('Instance');
  const isNth = days.length > 0 && nth !== 0;
  // Several days with a place: "the last working day", "the second weekend day".
  const byDay: Parts =
    days.length === 1
      ? [['BYDAY', `${nth}${days[0]}`]]
      : [
          ['BYDAY', days.join(',')],
          ['BYSETPOS', String(nth)],
        ];
  const of = (frequency: string, ...parts: Parts): Parts => [['FREQ', frequency], ...parts];
  switch (kind) {
    case TYPES.daily:
      return of('DAILY');
    case TYPES.weekly:
      return days.length > 0 ? of('WEEKLY', ['BYDAY', days.join(',')]) : of('WEEKLY');
    case TYPES.monthly:
      return date > 0 ? of('MONTHLY', ['BYMONTHDAY', String(date)]) : of('MONTHLY');
    case TYPES.monthNth:
      return isNth ? of('MONTHLY', ...byDay) : undefined;
    case TYPES.yearly:
      return month > 0 && date > 0
        ? of('YEARLY', ['BYMONTH', String(month)], ['BYMONTHDAY', String(date)])
        : of('YEARLY');
    case TYPES.yearNth:
      return isNth && month > 0 ? of('YEARLY', ['BYMONTH', String(month)], ...byDay) : undefined;
    default:
      return undefined;
  }
}

interface Pattern {
  readonly type: number;
  readonly mask?: number;
  readonly date?: number;
  readonly month?: number;
  readonly nth?: number;
}

/** The last day of a month is the last of all weekdays. */
const LAST_DAY = { mask: maskOf(WEEKDAYS), nth: LAST };

const KNOWN = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS'];

/**
 * The fields of a rule, or of its simplest form. Undefined if Outlook has no such pattern. `start` is the local start of the
 * series, `yyyymmdd...`.
 */
export function ruleToSif(rule: Rule, start: string): SifField[] | undefined {
  const form = [rule, simplestRule(rule, start)].find((one) => patternOf(one, start) !== undefined);
  const pattern = form && patternOf(form, start);
  if (form === undefined || pattern === undefined) return undefined;
  const { type, mask = 0, date = 0, month = 0, nth = 0 } = pattern;
  const [count, until] = [rule.get('COUNT'), rule.get('UNTIL')];
  const values: readonly (readonly [string, string | number])[] = [
    ...([
      ['RecurrenceType', type],
      ['Interval', intervalToSif(form)],
      ['DayOfWeekMask', mask],
    ] as const),
    ...([
      ['DayOfMonth', date],
      ['MonthOfYear', month],
      ['Instance', nth],
      ['Occurrences', count ?? 0],
    ] as const),
    ['NoEndDate', count === undefined && until === undefined ? 1 : 0],
    ['PatternStartDate', `${start.slice(0, 8)}T000000`],
    ['PatternEndDate', until === undefined ? '' : until.length === 8 ? `${until}T000000` : until],
  ];
  return values.map(([name, value]) => field(name, String(value)));
}

/** Does Outlook have the rule as it is, not only in its simplest form or as the last of all weekdays? */
export const isOwnPattern = (rule: Rule, start: string): boolean =>
  patternOf(rule, start) !== undefined && !rule.get('BYMONTHDAY')?.includes('-');

/** The interval. An interval of several years is written in months, as Outlook counts it. */
function intervalToSif(rule: Rule): number {
  const every = intervalOf(rule);
  return rule.get('FREQ') === 'YEARLY' && every > 1 ? every * 12 : every;
}

function patternOf(rule: Rule, start: string): Pattern | undefined {
  if (hasOthersThan(rule, KNOWN) || isMovedByWeekStart(rule, start)) return undefined;
  const days = listOf(rule, 'BYDAY');
  const [dates = [], months = []] = ['BYMONTHDAY', 'BYMONTH'].map((name) => listOf(rule, name).map(Number));
  const by = ['BYDAY', 'BYMONTHDAY', 'BYMONTH'].filter((name) => rule.has(name)).join();
  const one = (numbers: readonly number[]) => (numbers.length === 1 ? numbers[0] : undefined);
  const [date, month] = [one(dates) ?? Number(start.slice(6, 8)), one(months) ?? Number(start.slice(4, 6))];
  const isPlaced =
    rule.has('BYSETPOS') && !['MONTHLY BYDAY', 'YEARLY BYDAY,BYMONTH'].includes(`${rule.get('FREQ')} ${by}`);
  if (dates.length > 1 || months.length > 1 || date < LAST_ORDINAL || date === 0 || isPlaced)
    return undefined;
  switch (`${rule.get('FREQ')} ${by}`) {
    case 'DAILY ':
      return { type: TYPES.daily };
    case 'DAILY BYDAY': // the same as weekly on these days
      return rule.get('INTERVAL') === undefined ? weekly(days) : undefined;
    case 'WEEKLY ':
      return {
        type: TYPES.weekly,
        mask: maskOf([WEEKDAYS[new Date(utcOf(start.slice(0, 8)) ?? 0).getUTCDay()] ?? 'MO']),
      };
    case 'WEEKLY BYDAY':
      return weekly(days);
    case 'MONTHLY ':
    case 'MONTHLY BYMONTHDAY':
      return date > 0 ? { type: TYPES.monthly, date } : { type: TYPES.monthNth, ...LAST_DAY };
    case 'MONTHLY BYDAY':
      return nthOf(TYPES.monthNth, days, rule.get('BYSETPOS'));
    case 'YEARLY ':
    case 'YEARLY BYMONTH':
    case 'YEARLY BYMONTHDAY,BYMONTH':
      return date > 0 ? { type: TYPES.yearly, date, month } : { type: TYPES.yearNth, ...LAST_DAY, month };
    case 'YEARLY BYDAY,BYMONTH': {
      const found = nthOf(TYPES.yearNth, days, rule.get('BYSETPOS'));
      return found && { ...found, month };
    }
    default:
      return undefined;
  }
}

const weekly = (days: readonly string[]): Pattern | undefined =>
  days.every((day) => WEEKDAYS.includes(day)) ? { type: TYPES.weekly, mask: maskOf(days) } : undefined;

function nthOf(type: number, days: readonly string[], position: string | undefined): Pattern | undefined {
  const [, ordinal, single] = /^([+-]?\d)([A-Z]{2})$/.exec(days.length === 1 ? (days[0] ?? '') : '') ?? [];
  // A weekday that already has an ordinal can only have place 1.
  if (ordinal !== undefined && position !== undefined && Math.abs(Number(position)) !== 1) return undefined;
  const nth = Number(ordinal ?? position);
  const named = single === undefined ? days : [single];
  if (!(nth === LAST_ORDINAL || (nth > 0 && nth < LAST)) || !named.every((day) => WEEKDAYS.includes(day)))
    return undefined;
  return { type, mask: maskOf(named), nth: nth === LAST_ORDINAL ? LAST : nth };
}
