/**
 * Converts recurrence rules between the grammar of vCalendar 1.0 (`MP1 2+ TU #5`) and the stored form. A rule with an
 * unknown word is not converted at all, because without the word it would be another rule.
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
import { shapeOf, simplestRule } from '../../time/rule-forms.ts';
import type { Property } from '../../vobject/model.ts';
import { unescapeText } from '../../vobject/text.ts';
import type { ReadFrame, WriteFrame } from './frames.ts';
import { byPart, frequencyNamed, type VcalendarFrequency } from './rule-words.ts';
import { untilFromVcalendar, untilToVcalendar } from './times.ts';

const FREQUENCIES: { readonly [kind in VcalendarFrequency]: string } = {
  D: 'DAILY',
  W: 'WEEKLY',
  MP: 'MONTHLY',
  MD: 'MONTHLY',
  YM: 'YEARLY',
  YD: 'YEARLY',
};

/** The count of a rule that has neither a count nor an end. */
const WITHOUT_END = 2;

/** Facts about the series that a rule needs. */
export interface SeriesOfRule {
  /** The start of the series, `yyyymmddThhmmss`. Empty if it is not known. */
  readonly start: string;
  /** Converts the end of a rule to the other grammar. */
  readonly until: (end: string) => string;
}

/** Converts the property of a rule. A rule that cannot be parsed is stored as it came, as `X-RRULE` or `X-EXRULE`. */
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

/** The rule of a series that starts at this local time. The end of the rule is left as it is. */
export function ruleAt({ value }: Property, start: string): Rule | undefined {
  const text = unescapeText(value).trim();
  return parseRule(text) ?? ruleFromVcalendar(text, { start, until: (end) => end });
}

export function ruleToProperty(source: Property, frame: WriteFrame): Property[] {
  const value = ruleTextOf(source, frame);
  return value === undefined ? [] : [{ ...source, value }];
}

/** The text of a stored rule in vCalendar 1.0. Undefined if vCalendar 1.0 cannot express it. */
export function ruleTextOf({ value }: Property, frame: WriteFrame): string | undefined {
  const rule = parseRule(value);
  const until = (end: string) => untilToVcalendar(end, frame);
  return rule && ruleToVcalendar(rule, { start: frame.start?.value ?? '', until });
}

/** Parses a rule of vCalendar 1.0. Undefined for a text that is not such a rule, or has unknown words. */
export function ruleFromVcalendar(text: string, { start, until }: SeriesOfRule): Rule | undefined {
  const [first = '', ...words] = wordsIn(text);
  const [, letters = '', interval] = /^([A-Z]+)(\d+)$/.exec(first) ?? [];
  const counts = words.filter((word) => /^#\d+$/.test(word)).map((word) => Number(word.slice(1)));
  const ends = words.flatMap((word) => plainTime(word) ?? []);
  const times = words.filter((word) => /^\d{4}$/.test(word));
  const rest = words.filter((word) => !/^(#\d+|\d{4})$/.test(word) && plainTime(word) === undefined);
  const [end] = ends;
  const [count = end === undefined ? WITHOUT_END : 0] = counts;
  const kind = frequencyNamed(letters, rest);
  const by = kind && byPart(kind, rest, start);
  const isSimple = counts.length <= 1 && ends.length <= 1 && (count === 0 || end === undefined);
  // A time of day must be that of the start, because other times are not supported in the stored form.
  const isAtStart = times.every((time) => time === start.slice(9, 13));
  if (kind === undefined || by === undefined || !isSimple || !isAtStart || Number(interval) === 0)
    return undefined;
  return new Map([
    ['FREQ', FREQUENCIES[kind]],
    ['INTERVAL', String(Number(interval))],
    ...(by.values.length === 0 ? [] : ([[by.name, by.values.join(',')]] as const)),
    ...(end !== undefined ? ([['UNTIL', until(end)]] as const) : []),
    ...(end === undefined && count > 0 ? ([['COUNT', String(count)]] as const) : []),
  ]);
}

/**
 * The words of a rule, separated by blanks. Some devices write commas, `1+SU` without a blank, or `$` at the end of a
 * week.
 */
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

/**
 * Prints a rule in vCalendar 1.0: as it is or, where that grammar has no such form, in its simplest form. Undefined if the
 * grammar cannot express it. A day or month that the rule leaves out is that of the start.
 */
export function ruleToVcalendar(rule: Rule, { start, until }: SeriesOfRule): string | undefined {
  const words = wordsOf(rule, start) ?? wordsOf(simplestRule(rule, start), start);
  if (words === undefined) return undefined;
  const end = rule.get('UNTIL');
  return [...words, end !== undefined ? until(end) : `#${rule.get('COUNT') ?? 0}`].join(' ');
}

/** Does the grammar have the rule as it is, not only in its simplest form? */
export const isOwnRule = (rule: Rule, start: string): boolean => wordsOf(rule, start) !== undefined;

const wordsOf = (rule: Rule, start: string): string[] | undefined =>
  hasOthersThan(rule, KNOWN) || isMovedByWeekStart(rule, start) ? undefined : wordsOfRule(rule, start);

function wordsOfRule(rule: Rule, start: string): string[] | undefined {
  const interval = intervalOf(rule);
  const [days, dates, months] = ['BYDAY', 'BYMONTHDAY', 'BYMONTH'].map((name) => listOf(rule, name)) as [
    ...[readonly string[], readonly string[], readonly string[]],
  ];
  switch (shapeOf(rule)) {
    case 'DAILY ':
      return [`D${interval}`];
    case 'DAILY BYDAY': // the same as weekly on these days
      return interval === 1 ? ['W1', ...days] : undefined;
    case 'WEEKLY ':
    case 'WEEKLY BYDAY':
      return [`W${interval}`, ...days];
    case 'MONTHLY ':
    case 'MONTHLY BYMONTHDAY':
      return [`MD${interval}`, ...dates.map(ordinalWord)];
    case 'MONTHLY BYDAY':
      return monthly(interval, days) ?? (interval === 1 ? undefined : monthly(interval, inEachWeek(days)));
    case 'MONTHLY BYDAY,BYSETPOS':
      return days.length === 1 ? monthly(interval, placed(days[0] ?? '', rule.get('BYSETPOS'))) : undefined;
    case 'YEARLY ':
    case 'YEARLY BYMONTH':
      return [`YM${interval}`, ...months];
    case 'YEARLY BYMONTHDAY,BYMONTH':
      if (isAt(start.slice(6, 8), dates)) return [`YM${interval}`, ...months];
      return isAt(start.slice(4, 6), months) ? [`MD${interval * 12}`, ...dates.map(ordinalWord)] : undefined;
    case 'YEARLY BYDAY,BYMONTH':
      return isAt(start.slice(4, 6), months) ? monthly(interval * 12, days) : undefined;
    case 'YEARLY BYYEARDAY':
      return yearly(interval, listOf(rule, 'BYYEARDAY'));
    default:
      return undefined;
  }
}

/** vCalendar counts days of the year only from its beginning. */
const yearly = (interval: number, days: readonly string[]): string[] | undefined =>
  days.every((day) => Number(day) > 0) ? [`YD${interval}`, ...days] : undefined;

/** A weekday without a place has all places in a month. */
const inEachWeek = (days: readonly string[]): string[] =>
  days.flatMap((day) => (/^[A-Z]/.test(day) ? [1, 2, 3, 4, 5].map((nth) => `${nth}${day}`) : [day]));

/** Is there one number, counted from the beginning, and is it that of the start? */
const isAt = (ofStart: string, numbers: readonly string[]): boolean =>
  numbers.length === 1 && Number(ofStart || numbers[0]) === Number(numbers[0]) && Number(numbers[0]) > 0;

const ordinalWord = (number: string): string =>
  number.startsWith('-') ? `${number.slice(1)}-` : `${number.replace('+', '')}+`;

/** The weekday with a place in the month. A weekday that already has an ordinal can only have place 1. */
function placed(day: string, position = ''): string[] {
  if (/^[A-Z]/.test(day)) return [/^[+-]?[1-5]$/.test(position) ? `${position}${day}` : ''];
  return [/^[+-]?1$/.test(position) ? day : ''];
}

function monthly(interval: number, days: readonly string[]): string[] | undefined {
  const found = days.map((day) => /^([+-]?\d+)(SU|MO|TU|WE|TH|FR|SA)$/.exec(day));
  if (found.some((day) => day === null)) return undefined;
  return [`MP${interval}`, ...found.flatMap((day) => [ordinalWord(day?.[1] ?? ''), day?.[2] ?? ''])];
}
