/**
 * Recurrence rules in the grammar of vCalendar 1.0, `MP1 2+ TU #5`, read into the rules that are stored and written from
 * them. What is no word of the grammar makes a rule one that is not understood: with less it would be another one.
 */

import { plainTime } from '../../time/item-time.ts';
import {
  hasOthersThan,
  intervalOf,
  isMovedByWeekStart,
  listOf,
  parseRule,
  printRule,
  type Rule,
  withUntil,
} from '../../time/rule.ts';
import type { Property } from '../../vobject/model.ts';
import { unescapeText } from '../../vobject/text.ts';
import type { ReadFrame, WriteFrame } from './frames.ts';
import { byPart, type VcalendarFrequency } from './rule-words.ts';
import { untilFromVcalendar, untilToVcalendar } from './times.ts';

const FREQUENCIES: { readonly [kind in VcalendarFrequency]: string } = {
  D: 'DAILY',
  W: 'WEEKLY',
  MP: 'MONTHLY',
  MD: 'MONTHLY',
  YM: 'YEARLY',
  YD: 'YEARLY',
};

/** How often a rule without a count or an end takes place. */
const WITHOUT_END = 2;

/** What the rule leaves to its series. */
export interface SeriesOfRule {
  /** Start of the series, `yyyymmddThhmmss`; '' when nobody knows it. */
  readonly start: string;
  /** Turns the end of a rule of one grammar into that of the other. */
  readonly until: (end: string) => string;
}

/** A rule that is not understood stays as it is, under a name of its own: with less it would be another one. */
export function ruleFromProperty(source: Property, frame: ReadFrame): Property[] {
  const text = unescapeText(source.value).trim();
  const until = (end: string) => untilFromVcalendar(end, frame);
  const known = parseRule(text);
  const rule =
    known === undefined
      ? ruleFromVcalendar(text, { start: frame.start?.value ?? '', until })
      : withUntil(known, until);
  return rule === undefined
    ? [{ ...source, name: `X-${source.name}`, value: text }]
    : [{ ...source, value: printRule(rule) }];
}

export function ruleToProperty(source: Property, frame: WriteFrame): Property[] {
  const value = ruleTextOf(source, frame);
  return value === undefined ? [] : [{ ...source, value }];
}

/** The rule of a stored item as vCalendar 1.0 says it; undefined where that cannot say it. */
export function ruleTextOf({ value }: Property, frame: WriteFrame): string | undefined {
  const rule = parseRule(value);
  const until = (end: string) => untilToVcalendar(end, frame);
  return rule && ruleToVcalendar(rule, { start: frame.start?.value ?? '', until });
}

/** Undefined for what is no rule, or not only a rule of this grammar. */
export function ruleFromVcalendar(text: string, { start, until }: SeriesOfRule): Rule | undefined {
  const [first = '', ...words] = wordsIn(text);
  const [, kind, interval] = /^(D|W|MP|MD|YM|YD)(\d+)$/.exec(first) ?? [];
  const counts = words.filter((word) => /^#\d+$/.test(word)).map((word) => Number(word.slice(1)));
  const ends = words.flatMap((word) => plainTime(word) ?? []);
  const times = words.filter((word) => /^\d{4}$/.test(word));
  const rest = words.filter((word) => !/^(#\d+|\d{4})$/.test(word) && plainTime(word) === undefined);
  const [end] = ends;
  const [count = end === undefined ? WITHOUT_END : 0] = counts;
  const by = kind === undefined ? undefined : byPart(kind as VcalendarFrequency, rest, start);
  const isSimple = counts.length <= 1 && ends.length <= 1 && (count === 0 || end === undefined);
  // A time of day is that of the start: iCalendar has no other.
  const isAtStart = times.every((time) => time === start.slice(9, 13));
  if (by === undefined || !isSimple || !isAtStart || Number(interval) === 0) return undefined;
  return new Map([
    ['FREQ', FREQUENCIES[kind as VcalendarFrequency]],
    ['INTERVAL', String(Number(interval))],
    ...(by.values.length === 0 ? [] : ([[by.name, by.values.join(',')]] as const)),
    ...(end !== undefined ? ([['UNTIL', until(end)]] as const) : []),
    ...(end === undefined && count > 0 ? ([['COUNT', String(count)]] as const) : []),
  ]);
}

/** Between blanks; some write commas, `1+SU`, and the `$` that ends a week. */
const wordsIn = (text: string): string[] =>
  text
    .trim()
    .toUpperCase()
    .split(/[\s,]+/)
    .map((word) => word.replace(/\$$/, ''))
    .flatMap((word) => /^([+-]?\d+[+-]?)([A-Z]{2})$/.exec(word)?.slice(1) ?? word)
    .filter((word) => word !== '');

const KNOWN = [
  ...['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST'],
  ...['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYYEARDAY', 'BYSETPOS'],
];

/** Undefined when the grammar cannot say the rule. What the rule leaves out is the day or the month of the start. */
export function ruleToVcalendar(rule: Rule, { start, until }: SeriesOfRule): string | undefined {
  if (hasOthersThan(rule, KNOWN) || isMovedByWeekStart(rule, start)) return undefined;
  const words = wordsOfRule(rule, start);
  if (words === undefined) return undefined;
  const end = rule.get('UNTIL');
  return [...words, end !== undefined ? until(end) : `#${rule.get('COUNT') ?? 0}`].join(' ');
}

function wordsOfRule(rule: Rule, start: string): string[] | undefined {
  const interval = intervalOf(rule);
  const [days, dates, months] = ['BYDAY', 'BYMONTHDAY', 'BYMONTH'].map((name) => listOf(rule, name)) as [
    ...[readonly string[], readonly string[], readonly string[]],
  ];
  const limits = ['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYYEARDAY', 'BYSETPOS']
    .filter((name) => rule.has(name))
    .join();
  switch (`${rule.get('FREQ')} ${limits}`) {
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
      return days.length === 1 ? monthly(interval, placed(days[0] ?? '', rule.get('BYSETPOS'))) : undefined;
    case 'YEARLY ':
    case 'YEARLY BYMONTH':
      return [`YM${interval}`, ...months];
    case 'YEARLY BYMONTHDAY,BYMONTH':
      return isAt(start.slice(6, 8), dates) ? [`YM${interval}`, ...months] : undefined;
    case 'YEARLY BYDAY,BYMONTH':
      return isAt(start.slice(4, 6), months) ? monthly(interval * 12, days) : undefined;
    case 'YEARLY BYYEARDAY':
      return [`YD${interval}`, ...listOf(rule, 'BYYEARDAY')];
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
