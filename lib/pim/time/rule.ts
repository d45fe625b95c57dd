/**
 * Recurrence rules as values: this file parses, prints and examines them [RFC 5545 3.3.10].
 *
 * Stored items have rules of this grammar. The grammars of vCalendar 1.0 and SIF are in the folders of these formats, and
 * produce values of the same type.
 */
import { utcOf, WEEKDAYS } from './zones/zones.ts';

/** The parts of a rule by name, in upper case and in the order of the text. */
export type Rule = ReadonlyMap<string, string>;

/** Undefined for a text without FREQ, which is not a rule. */
export function parseRule(text: string): Rule | undefined {
  const parts = text
    .toUpperCase()
    .replace(/\s/g, '')
    .split(';')
    .flatMap((part): [string, string][] => {
      const [name = '', value = ''] = part.split('=');
      return value === '' ? [] : [[name, value]];
    });
  const rule = new Map(parts);
  return rule.has('FREQ') ? rule : undefined;
}

const ORDER = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL'];
const rank = (name: string): number => (ORDER.indexOf(name) + ORDER.length + 1) % (ORDER.length + 1);

/** Prints a rule in the stored spelling: parts in a fixed order, without the default interval. */
export function printRule(rule: Rule): string {
  return [...rule]
    .filter(([name, value]) => name !== 'INTERVAL' || value !== '1')
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
}

/** The values of a part. None if the rule does not have the part. */
export const listOf = (rule: Rule, name: string): readonly string[] => rule.get(name)?.split(',') ?? [];

/** The rule with every entry of its lists once: `1MO`, `+1MO` and `01MO` are the same. */
export const withEntriesOnce = (rule: Rule): Rule =>
  new Map(
    [...rule.keys()].map((name) => {
      const entries = listOf(rule, name).map((entry) => entry.replace(/^\+?(-?)0*(?=\d)/, '$1'));
      return [name, name.startsWith('BY') ? [...new Set(entries)].join() : (rule.get(name) ?? '')];
    }),
  );

export const intervalOf = (rule: Rule): number => Number(rule.get('INTERVAL') ?? 1);

const PERIODS: { readonly [frequency: string]: number } = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 };

/** The most days of a period of the rule: of a week, a month, a year. Without the interval. */
export const periodOf = (rule: Rule): number => PERIODS[rule.get('FREQ') ?? ''] ?? 1;

/** Does the rule have parts besides these? */
export const hasOthersThan = (rule: Rule, names: readonly string[]): boolean =>
  [...rule.keys()].some((name) => !names.includes(name));

const END = /^\d{8}(T\d{6}Z?)?$/;

/** Replaces UNTIL, if the rule has one that is a valid time. */
export function withUntil(rule: Rule, until: (end: string) => string): Rule {
  const end = rule.get('UNTIL');
  return end === undefined || !END.test(end) ? rule : new Map(rule).set('UNTIL', until(end));
}

/** The weekdays of a week that begins on Monday. */
const WEEK = [...WEEKDAYS.slice(1), ...WEEKDAYS.slice(0, 1)];

/**
 * Would the rule fall on other dates if weeks began on Monday and not on the day in WKST? That is so for a rule that skips
 * weeks, if another first day moves one of its weekdays into another week than the start. Grammars without WKST cannot
 * express such a rule. `start` is the start of the series, `yyyymmdd...`.
 */
export function isMovedByWeekStart(rule: Rule, start: string): boolean {
  const [first, at] = [WEEK.indexOf(rule.get('WKST') ?? 'MO'), utcOf(start.slice(0, 8))];
  if (rule.get('FREQ') !== 'WEEKLY' || intervalOf(rule) < 2 || first < 1) return false;
  const days = listOf(rule, 'BYDAY').map((day) => WEEK.indexOf(day));
  const from = at === undefined ? days[0] : (new Date(at).getUTCDay() + 6) % 7;
  const placeIn = (day: number, week: number): number => (day - week + 7) % 7;
  return from !== undefined && days.some((day) => placeIn(day, first) - placeIn(from, first) !== day - from);
}
