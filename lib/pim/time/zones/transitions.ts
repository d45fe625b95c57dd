/** The transitions of a zone by the zone data of the runtime, and the yearly rules that they follow. */
import { ANY_YEAR, type ZoneTransition } from './search.ts';
import { DAY, offsetAt } from './zones.ts';

/** Transitions in years without a rule are listed one by one, at least those in this range of years. */
const YEARS_BACK = 15;
const YEARS_AHEAD = 10;
const FIRST_YEAR = 1970;
const MINUTE = 60_000;
/** The offset is sampled twice a month, because no zone changes back sooner. */
const SAMPLES = Array.from({ length: 24 }, (_, n) => [n >> 1, n % 2 === 0 ? 1 : 16] as const);

/** The `nth` weekday of a month; -1 is the last. */
export interface YearlyRule {
  readonly month: number;
  readonly weekday: number;
  readonly nth: number;
}

export interface Clocks {
  /** The offset before all transitions, in minutes east of UTC. */
  readonly offset: number;
  /** The transitions before the rules begin, in order. */
  readonly changes: readonly ZoneTransition[];
  /** The yearly rules, each with its first transition. */
  readonly rules: readonly { readonly rule: YearlyRule; readonly first: ZoneTransition }[];
}

/** The first year of transitions that times of this year and later need: in January the last one of the year before counts. */
export const yearBefore = (year: number): number =>
  Math.min(Math.max(year - 1, FIRST_YEAR), ANY_YEAR - YEARS_BACK);

/** `from`: the first year of the transitions, where no rule gives them. */
export function clocksOf(zone: string, from: number): Clocks {
  const now = changesIn(zone, ANY_YEAR);
  const rules = now.flatMap((change, n) => {
    const found = rulesFor(change).find((rule) => holds(zone, { rule, n }, ANY_YEAR, ANY_YEAR + YEARS_AHEAD));
    return found === undefined ? [] : [{ rule: found, n }];
  });
  const isRuled = rules.length === now.length && rules.length > 0;
  const since = isRuled ? firstYear(zone, rules) : ANY_YEAR + YEARS_AHEAD + 1;
  const years = Array.from({ length: Math.max(0, since - from) }, (_, n) => from + n);
  const changes = years.flatMap((year) => changesIn(zone, year));
  const ruled = isRuled
    ? rules.flatMap(({ rule, n }) => {
        const first = changesIn(zone, since)[n];
        return first === undefined ? [] : [{ rule, first }];
      })
    : [];
  const earliest = changes[0] ?? ruled.map(({ first }) => first).sort((a, b) => a.at - b.at)[0];
  return { offset: earliest?.before ?? offsetAt(zone, Date.UTC(ANY_YEAR, 0, 1)), changes, rules: ruled };
}

/** A rule, and which of the transitions of a year it gives. */
interface Ruled {
  readonly rule: YearlyRule;
  readonly n: number;
}

function firstYear(zone: string, rules: readonly Ruled[]): number {
  let year = ANY_YEAR;
  while (year > FIRST_YEAR && rules.every((one) => holds(zone, one, year - 1, year - 1))) year -= 1;
  return year;
}

/** Does the rule give the `n`th transition of each of these years, always at the same local time? */
function holds(zone: string, { rule, n }: Ruled, from: number, to: number): boolean {
  const model = changesIn(zone, ANY_YEAR);
  const wanted = model[n];
  for (let year = from; year <= to; year += 1) {
    const changes = changesIn(zone, year);
    const change = changes[n];
    const isSame =
      change !== undefined &&
      wanted !== undefined &&
      changes.length === model.length &&
      change.before === wanted.before &&
      change.after === wanted.after &&
      localClock(change) % DAY === localClock(wanted) % DAY &&
      dayOfRule(rule, year) === startOfDay(localClock(change));
    if (!isSame) return false;
  }
  return true;
}

/** The local time just before the transition, in epoch ms as if it were UTC. */
export const localClock = ({ at, before }: ZoneTransition): number => at + before * MINUTE;
const startOfDay = (at: number): number => at - (((at % DAY) + DAY) % DAY);

function rulesFor(change: ZoneTransition): YearlyRule[] {
  const day = new Date(localClock(change));
  const [month, weekday] = [day.getUTCMonth(), day.getUTCDay()];
  return [Math.ceil(day.getUTCDate() / 7), -1].map((nth) => ({ month, weekday, nth }));
}

function dayOfRule({ month, weekday, nth }: YearlyRule, year: number): number {
  const from = nth > 0 ? Date.UTC(year, month, 1 + (nth - 1) * 7) : Date.UTC(year, month + 1, 0 - 6);
  return from + ((weekday - new Date(from).getUTCDay() + 7) % 7) * DAY;
}

const known = new Map<string, readonly ZoneTransition[]>();

function changesIn(zone: string, year: number): readonly ZoneTransition[] {
  const key = `${zone} ${year}`;
  const found = known.get(key) ?? searched(zone, year);
  known.set(key, found);
  return found;
}

function searched(zone: string, year: number): ZoneTransition[] {
  const instants = [...SAMPLES.map(([month, day]) => Date.UTC(year, month, day)), Date.UTC(year + 1, 0, 1)];
  return instants.slice(1).flatMap((to, n): ZoneTransition[] => {
    const from = instants[n] ?? to;
    const [before, after] = [offsetAt(zone, from), offsetAt(zone, to)];
    return before === after ? [] : [{ at: changeBetween(zone, from, to), before, after }];
  });
}

/** The instant of the transition between two instants, to the minute. */
export function changeBetween(zone: string, from: number, to: number): number {
  let [low, high] = [from, to];
  const before = offsetAt(zone, low);
  while (high - low > MINUTE) {
    const middle = Math.floor((low + high) / (2 * MINUTE)) * MINUTE;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
