/** Recurrence rules: one spelling for those of iCalendar 2.0, and both ways to the grammar of vCalendar 1.0. */
import { oldRule } from '../formats/vcalendar/rules.ts';
import { utcOf } from './zones/zones.ts';

/** Parts in a fixed order, what is the default left out. */
export function canonicalRule(rule: string): string {
  const parts = partsOf(rule);
  if (parts.get('INTERVAL') === '1') parts.delete('INTERVAL');
  const ordered = [...parts].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return ordered.map(([name, value]) => `${name}=${value}`).join(';');
}

const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * Weeks begin on Monday unless WKST says another day. Does the rule fall on other dates so? Of several weeks, where a day
 * is no longer in that of the start. Grammars without a word for it cannot say such a rule.
 */
export function isMovedByWeekStart(parts: ReadonlyMap<string, string>, start: string): boolean {
  const [first, at] = [WEEK.indexOf(parts.get('WKST') ?? 'MO'), utcOf(start.slice(0, 8))];
  if (parts.get('FREQ') !== 'WEEKLY' || Number(parts.get('INTERVAL') ?? 1) < 2 || first < 1) return false;
  const days = (parts.get('BYDAY')?.split(',') ?? []).map((day) => WEEK.indexOf(day));
  const from = at === undefined ? days[0] : (new Date(at).getUTCDay() + 6) % 7;
  const placeIn = (day: number, week: number): number => (day - week + 7) % 7;
  return from !== undefined && days.some((day) => placeIn(day, first) - placeIn(from, first) !== day - from);
}

const ORDER = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL'];
const rank = (name: string): number => (ORDER.indexOf(name) + ORDER.length + 1) % (ORDER.length + 1);

const partsOf = (rule: string): Map<string, string> =>
  new Map(
    rule
      .toUpperCase()
      .replace(/\s/g, '')
      .split(';')
      .flatMap((part): [string, string][] => {
        const [name = '', value = ''] = part.split('=');
        return value === '' ? [] : [[name, value]];
      }),
  );

const isNew = (rule: string): boolean => partsOf(rule).has('FREQ');

/**
 * A rule in either grammar, whatever the version of its object; undefined for what is none. `until` turns the end of one in
 * the old grammar into an UNTIL, `start` is that of the series.
 */
export const ruleIn = (text: string, until: (end: string) => string, start = ''): string | undefined =>
  isNew(text) ? canonicalRule(text) : ruleFromOld(text, until, start);

/** One in the new grammar in an object of the old version: its end is read as such. */
export const withUntil = (rule: string, until: (end: string) => string): string =>
  rule.replace(/(^|;)UNTIL=(\d{8}(?:T\d{6}Z?)?)(?=;|$)/i, (_, before: string, end: string) => {
    return `${before}UNTIL=${until(end)}`;
  });

/** `MP1 2+ TU #5` as `FREQ=MONTHLY;...`; undefined for what is not understood. `until` turns an end date into an UNTIL. */
export function ruleFromOld(text: string, until: (end: string) => string, start = ''): string | undefined {
  const rule = oldRule(text, start);
  if (rule === undefined) return undefined;
  const { frequency, interval, by, count, end } = rule;
  const parts = [
    `FREQ=${frequency}`,
    `INTERVAL=${interval}`,
    ...(by === undefined ? [] : [by]),
    ...(end !== undefined ? [`UNTIL=${until(end)}`] : count > 0 ? [`COUNT=${count}`] : []),
  ];
  return canonicalRule(parts.join(';'));
}

/**
 * The rule in the old grammar; undefined when that cannot say it. `end` turns an UNTIL into an end date, `start` is that of
 * the series, `yyyymmdd...`: what the rule leaves out is its day or month.
 */
export function ruleToOld(rule: string, end: (until: string) => string, start = ''): string | undefined {
  const parts = partsOf(rule);
  const known = [
    'FREQ',
    'INTERVAL',
    'COUNT',
    'UNTIL',
    'WKST',
    'BYDAY',
    'BYMONTHDAY',
    'BYMONTH',
    'BYYEARDAY',
    'BYSETPOS',
  ];
  if ([...parts.keys()].some((name) => !known.includes(name))) return undefined;
  const words = isMovedByWeekStart(parts, start) ? undefined : oldWords(parts, start);
  if (words === undefined) return undefined;
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  const last = until !== undefined ? end(until) : `#${count ?? 0}`;
  return [...words, last].join(' ');
}

function oldWords(parts: ReadonlyMap<string, string>, start: string): string[] | undefined {
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const list = (name: string) => parts.get(name)?.split(',') ?? [];
  const [days, dates, months] = [list('BYDAY'), list('BYMONTHDAY'), list('BYMONTH')];
  const limits = ['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYYEARDAY', 'BYSETPOS']
    .filter((name) => parts.has(name))
    .join();
  switch (`${parts.get('FREQ')} ${limits}`) {
    case 'DAILY ':
      return [`D${interval}`];
    case 'DAILY BYDAY': // each week on these days
      return interval === 1 ? ['W1', ...days] : undefined;
    case 'WEEKLY ':
    case 'WEEKLY BYDAY':
      return [`W${interval}`, ...days];
    case 'MONTHLY ':
    case 'MONTHLY BYMONTHDAY':
      return [`MD${interval}`, ...dates.map(ordinalWord)];
    case 'MONTHLY BYDAY':
      return monthly(interval, days);
    case 'MONTHLY BYDAY,BYSETPOS':
      return days.length === 1 ? monthly(interval, placed(days[0] ?? '', parts.get('BYSETPOS'))) : undefined;
    case 'YEARLY ':
    case 'YEARLY BYMONTH':
      return [`YM${interval}`, ...months];
    case 'YEARLY BYMONTHDAY,BYMONTH':
      return isAt(start.slice(6, 8), dates) ? [`YM${interval}`, ...months] : undefined;
    case 'YEARLY BYDAY,BYMONTH':
      return isAt(start.slice(4, 6), months) ? monthly(interval * 12, days) : undefined;
    case 'YEARLY BYYEARDAY':
      return [`YD${interval}`, ...list('BYYEARDAY')];
    default:
      return undefined;
  }
}

/** Is it the only one, counted from the beginning, and that of the start? */
const isAt = (ofStart: string, numbers: readonly string[]): boolean =>
  numbers.length === 1 && Number(ofStart || numbers[0]) === Number(numbers[0]) && Number(numbers[0]) > 0;

const ordinalWord = (number: string): string =>
  number.startsWith('-') ? `${number.slice(1)}-` : `${number.replace('+', '')}+`;

/** The day at a place among those of a month; of one day that is counted already there is no other place. */
function placed(day: string, position = ''): string[] {
  if (/^[A-Z]/.test(day)) return [/^[+-]?[1-5]$/.test(position) ? `${position}${day}` : ''];
  return [/^[+-]?1$/.test(position) ? day : ''];
}

function monthly(interval: number, days: readonly string[]): string[] | undefined {
  const found = days.map((day) => /^([+-]?\d+)(SU|MO|TU|WE|TH|FR|SA)$/.exec(day));
  if (found.some((day) => day === null)) return undefined;
  return [`MP${interval}`, ...found.flatMap((day) => [ordinalWord(day?.[1] ?? ''), day?.[2] ?? ''])];
}
