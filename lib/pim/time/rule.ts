/**
 * Recurrence rules as values: parsed, printed and asked about in one place [RFC 5545 3.3.10].
 *
 * Items are stored with rules of this grammar. The other grammars, those of vCalendar 1.0 and of SIF, stand with their
 * formats and turn their rules into values of this kind.
 */
import { utcOf, WEEKDAYS } from './zones/zones.ts';

/** The parts of a rule by their names, in upper case, in the order in which they were written. */
export type Rule = ReadonlyMap<string, string>;

/** Undefined for what is no rule: a rule has a FREQ. */
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

/** Parts in a fixed order, what is the default left out: the spelling that is stored. */
export function printRule(rule: Rule): string {
  return [...rule]
    .filter(([name, value]) => name !== 'INTERVAL' || value !== '1')
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
}

/** The values of a part, none where the rule does not have it. */
export const listOf = (rule: Rule, name: string): readonly string[] => rule.get(name)?.split(',') ?? [];

export const intervalOf = (rule: Rule): number => Number(rule.get('INTERVAL') ?? 1);

/** Does the rule have parts besides these? */
export const hasOthersThan = (rule: Rule, names: readonly string[]): boolean =>
  [...rule.keys()].some((name) => !names.includes(name));

const END = /^\d{8}(T\d{6}Z?)?$/;

/** The rule with another UNTIL, if it has one that is a time. */
export function withUntil(rule: Rule, until: (end: string) => string): Rule {
  const end = rule.get('UNTIL');
  return end === undefined || !END.test(end) ? rule : new Map(rule).set('UNTIL', until(end));
}

/** Weekdays as weeks have them that begin on Monday. */
const WEEK = [...WEEKDAYS.slice(1), ...WEEKDAYS.slice(0, 1)];

/**
 * Would the rule fall on other dates if weeks began on Monday, and not on the day that WKST names? It does where it skips
 * weeks and a day is then no longer in the week of the start. Grammars without a word for WKST cannot say such a rule.
 * `start`: of the series, `yyyymmdd...`.
 */
export function isMovedByWeekStart(rule: Rule, start: string): boolean {
  const [first, at] = [WEEK.indexOf(rule.get('WKST') ?? 'MO'), utcOf(start.slice(0, 8))];
  if (rule.get('FREQ') !== 'WEEKLY' || intervalOf(rule) < 2 || first < 1) return false;
  const days = listOf(rule, 'BYDAY').map((day) => WEEK.indexOf(day));
  const from = at === undefined ? days[0] : (new Date(at).getUTCDay() + 6) % 7;
  const placeIn = (day: number, week: number): number => (day - week + 7) % 7;
  return from !== undefined && days.some((day) => placeIn(day, first) - placeIn(from, first) !== day - from);
}
