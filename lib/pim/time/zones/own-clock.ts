/**
 * Clocks that no known zone has, as an item defines them. Such a clock has a name that says all of it, so that it is used
 * like the name of a zone while an item is converted or merged. No stored item has such a name.
 */

const MINUTE = 60_000;
const DAY_LENGTH = 86_400_000;

/** A day of each year: the `nth` of the days that fit, -1 for the last. */
export interface YearlyDay {
  /** January is 0. */
  readonly month: number;
  /** Sunday is 0; -1 for every weekday. */
  readonly weekday: number;
  /** Days of the month; none for every day. */
  readonly dates: readonly number[];
  readonly nth: number;
}

/** A transition, once or every year. */
export interface Onset {
  /** The local time before the transition, in epoch ms as if it were in UTC. Of a rule the first one. */
  readonly start: number;
  /** Minutes east of UTC. */
  readonly before: number;
  readonly after: number;
  readonly rule?: YearlyDay;
  /** The last instant of a rule, in epoch ms. */
  readonly until?: number;
}

/** The day in epoch ms. Undefined if there is none in that year. */
export function dayInYear(year: number, { month, weekday, dates, nth }: YearlyDay): number | undefined {
  const first = new Date(Date.UTC(year, month, 1));
  if (first.getUTCMonth() !== month) return undefined;
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const days = Array.from({ length }, (_, n) => n).filter(
    (n) =>
      (weekday < 0 || (first.getUTCDay() + n) % 7 === weekday) &&
      (dates.length === 0 || dates.includes(n + 1)),
  );
  const day = days.at(nth > 0 ? nth - 1 : nth);
  return day === undefined ? undefined : first.getTime() + day * DAY_LENGTH;
}

/** Most transitions of a clock. Two a year since 1900 are fewer. */
const MOST_ONSETS = 500;
/** Most of them that are rules. A rule has a day for each year in which it is asked. */
const MOST_RULES = 50;

/** Can transitions be used as a clock, as for how many they are? */
export const isClockSize = (all: readonly { readonly rule?: unknown }[]): boolean =>
  all.length <= MOST_ONSETS && all.filter(({ rule }) => rule !== undefined).length <= MOST_RULES;

const MARK = '\u0000';

export const clockName = (onsets: readonly Onset[]): string => `${MARK}${JSON.stringify(onsets)}`;

/** The transitions of a clock. Undefined for any other name. */
export function onsetsNamed(name: string): readonly Onset[] | undefined {
  if (!name.startsWith(MARK)) return undefined;
  try {
    const onsets: unknown = JSON.parse(name.slice(MARK.length));
    return Array.isArray(onsets) && isClockSize(onsets) && onsets.every(isOnset) ? onsets : undefined;
  } catch {
    return undefined; // a device sent such a name
  }
}

const isOnset = (one: Partial<Onset>): boolean =>
  [one.start, one.before, one.after].every(Number.isFinite) &&
  (one.rule === undefined || Array.isArray(one.rule.dates));

/** Minutes east of UTC at an instant (epoch ms). */
type Clock = (instant: number) => number;

/**
 * The offsets of assumed clocks (lib/pim/time/rule-clock.ts), in minutes: those of America and of Asia first, then those
 * farther from UTC. Each is a minute beside the hour, so that no zone has it.
 */
export const ASSUMED_OFFSETS = [-361, -481, -601, -661, 481, 601, 721, 839];

/** A clock that stands for one that is not known. */
export const assumedClock = (offset: number): string =>
  clockName([{ start: 0, before: offset, after: offset }]);

export function isAssumed(name: string): boolean {
  const [first, ...others] = onsetsNamed(name) ?? [];
  if (first === undefined || others.length > 0 || first.rule !== undefined) return false;
  return first.before === first.after && ASSUMED_OFFSETS.includes(first.after);
}

const clocks = new Map<string, Clock>();
/** Most characters in the names of the clocks that are kept. A usual name has 250, and a user needs few clocks. */
const MOST_KEPT = 500_000;
let kept = 0;

/** Undefined for a name that is not that of a clock. */
export function clockNamed(name: string): Clock | undefined {
  const known = clocks.get(name);
  if (known !== undefined) return known;
  const onsets = onsetsNamed(name);
  if (onsets === undefined) return undefined;
  const clock = clockOf(onsets);
  if (kept + name.length > MOST_KEPT) {
    clocks.clear();
    kept = 0;
  }
  clocks.set(name, clock);
  kept += name.length;
  return clock;
}

function clockOf(onsets: readonly Onset[]): Clock {
  const first = onsets.reduce<Onset | undefined>(
    (best, one) => (best === undefined || one.start < best.start ? one : best),
    undefined,
  );
  const all = onsets.map((onset, place) => ({ onset, place, yearly: yearlyOf(onset) }));
  const rules = all.filter(({ yearly }) => yearly !== undefined);
  const singles = all
    .filter(({ yearly }) => yearly === undefined)
    .map(({ onset, place }) => ({ at: instantOfStart(onset), place, after: onset.after }))
    .sort((a, b) => a.at - b.at || a.place - b.place);
  return (instant) => {
    let latest = singles[countUntil(singles, instant) - 1];
    for (const { onset, place, yearly } of rules) {
      const at = lastBefore(instant, onset, yearly);
      if (at === undefined) continue;
      // Of two at one instant the one that is written last.
      if (latest === undefined || at > latest.at || (at === latest.at && place > latest.place))
        latest = { at, place, after: onset.after };
    }
    return latest?.after ?? first?.before ?? 0;
  };
}

const instantOfStart = ({ start, before }: Onset): number => start - before * MINUTE;

/** How many of a sorted list are not after the instant. */
function countUntil(sortedOnes: readonly { readonly at: number }[], instant: number): number {
  let [from, to] = [0, sortedOnes.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sortedOnes[middle]?.at ?? 0) <= instant) from = middle + 1;
    else to = middle;
  }
  return from;
}

type Yearly = (year: number) => number | undefined;

/** The transition of a rule in a year, which is computed once a year. */
function yearlyOf({ start, before, rule }: Onset): Yearly | undefined {
  if (rule === undefined) return undefined;
  const time = ((start % DAY_LENGTH) + DAY_LENGTH) % DAY_LENGTH;
  const known = new Map<number, number | undefined>();
  return (year) => {
    if (!known.has(year)) {
      const day = dayInYear(year, rule);
      known.set(year, day === undefined ? undefined : day + time - before * MINUTE);
    }
    return known.get(year);
  };
}

/** The last of the transitions of a rule that is not after the instant. */
function lastBefore(instant: number, onset: Onset, yearly: Yearly | undefined): number | undefined {
  const first = instantOfStart(onset);
  if (first > instant || yearly === undefined) return undefined;
  const { until } = onset;
  const end = Math.min(instant, until ?? instant);
  const year = new Date(end).getUTCFullYear();
  return [year + 1, year, year - 1].map(yearly).find((at) => at !== undefined && at >= first && at <= end);
}
