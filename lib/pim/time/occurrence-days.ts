/**
 * Tells whether a series occurs on a day, by its rules (rule-days.ts). The search keeps its work small itself, because what
 * is stored is read without a budget.
 */
import type { Property } from '../vobject/model.ts';
import { spend } from '../work/budget.ts';
import { instantOfTime, isInstant, itemTime, zoneOfTime } from './item-time.ts';
import { intervalOf, parseRule, periodOf, type Rule, withEntriesOnce } from './rule.ts';
import { daysOfRule, isCounted, MOST_EMPTY, periodsOfRule, priceOf } from './rule-days.ts';
import { DAY, inZone, utcOf } from './zones/zones.ts';

/** A series with more rules is not looked at. */
const MOST_RULES = 5;
/** Days that are later after the start of the series are not looked for: about a hundred years in ms. */
const FARTHEST = 36_525 * DAY;
/** Units of work for one series. */
const MOST_WORK = 100_000;

/** The rules in the properties. Undefined if there are none, or if their days cannot be counted. */
export function countedRules(properties: readonly Property[]): readonly Rule[] | undefined {
  if (properties.length === 0 || properties.length > MOST_RULES) return undefined;
  const rules = properties.map(({ value }) => parseRule(value));
  const counted = rules.flatMap((rule) =>
    rule !== undefined && isCounted(rule) ? [withEntriesOnce(rule)] : [],
  );
  return counted.length < rules.length ? undefined : counted;
}

/** How the days of a rule are looked for. */
interface Search {
  readonly days: Iterator<number, unknown>;
  /** The usual time from one period to the next, in ms. */
  readonly period: number;
  /** The units of work for one period. */
  readonly price: number;
  /** The last day found. */
  reached: number;
  /** How many days are not found yet, by COUNT. */
  missing: number;
  /** Units of work. */
  left: number;
}

/** Tells which days (their midnights in epoch ms) the rules fall on, without regard to UNTIL. `first` is the day of the start. */
export function daysOfRules(rules: readonly Rule[], first: number): (day: number) => boolean {
  const tests = rules.map((rule) => {
    const left = MOST_WORK / rules.length;
    return rule.has('COUNT') ? searched(rule, first, left) : lookedUp(rule, first, left);
  });
  return (day) =>
    day === first || (day > first && day <= first + FARTHEST && tests.some((falls) => falls(day)));
}

/** A rule with COUNT is followed from its start up to the latest day that was asked for. */
function searched(rule: Rule, first: number, left: number): (day: number) => boolean {
  const found = new Set<number>();
  const period = Math.min(periodOf(rule) * intervalOf(rule) * DAY, FARTHEST);
  const missing = Number(rule.get('COUNT'));
  const days = daysOfRule(rule, first);
  const search: Search = { days, period, price: priceOf(rule), reached: first - DAY, missing, left };
  return (day) => {
    // The next day may be behind so many empty periods.
    while (search.reached < day && search.price * MOST_EMPTY <= search.left) found.add(nextOf(search));
    return found.has(day);
  };
}

/** Of any other rule only the period of the day is looked at. */
function lookedUp(rule: Rule, first: number, left: number): (day: number) => boolean {
  const periodOfDay = periodsOfRule(rule, first);
  const known = new Map<number, ReadonlySet<number>>();
  const price = priceOf(rule);
  let rest = left;
  return (day) => {
    const { at, days } = periodOfDay(day);
    const found = known.get(at);
    if (found !== undefined) return found.has(day);
    if (price > rest) return false;
    rest -= price;
    spend(price);
    const own = new Set(days());
    known.set(at, own);
    return own.has(day);
  };
}

/** The next day of the rule, which is paid for; infinite after the last. */
function nextOf(search: Search): number {
  const { value, done } = search.days.next();
  const day = done === true || typeof value !== 'number' ? Number.POSITIVE_INFINITY : value;
  // After the last day by COUNT, no period is looked at.
  const periods = search.missing > 0 ? Math.min((day - search.reached) / search.period, MOST_EMPTY) : 0;
  const work = search.price * periods;
  search.missing -= 1;
  search.left -= work;
  search.reached = day;
  spend(work);
  return day;
}

/** The midnight of a local time. */
export const dayOf = (local: number): number => Math.floor(local / DAY) * DAY;

/** The local time of a property by the clock of the start, in epoch ms as if it were in UTC. */
export function localIn(of: Property, start: Property): number | undefined {
  const [time, zone] = [itemTime(of), zoneOfTime(itemTime(start))];
  const at = isInstant(time) ? instantOfTime(time) : undefined;
  return at !== undefined && zone !== undefined ? utcOf(inZone(at, zone)) : (at ?? utcOf(time.local));
}
