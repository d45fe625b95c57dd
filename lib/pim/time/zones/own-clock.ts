/**
 * Clocks that no known zone has, as an item defines them. Such a clock has a name that says all of it, so that it is used
 * like the name of a zone while an item is converted or merged. No stored item and no device has such a name.
 */

const MINUTE = 60_000;

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
  return day === undefined ? undefined : first.getTime() + day * 86_400_000;
}

/** Most transitions of a clock. Two a year since 1900 are fewer. Whoever asks for the time looks at each of them. */
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
  const inYear = onsets.map((onset) => yearlyOf(onset));
  return (instant) => {
    let [latest, offset] = [Number.NEGATIVE_INFINITY, first?.before ?? 0];
    for (const [n, onset] of onsets.entries()) {
      const at = lastBefore(instant, onset, inYear[n]);
      if (at !== undefined && at >= latest) [latest, offset] = [at, onset.after];
    }
    return offset;
  };
}

type Yearly = (year: number) => number | undefined;

/** The transition of a rule in a year, which is computed once a year. */
function yearlyOf({ start, before, rule }: Onset): Yearly | undefined {
  if (rule === undefined) return undefined;
  const time = ((start % 86_400_000) + 86_400_000) % 86_400_000;
  const known = new Map<number, number | undefined>();
  return (year) => {
    if (!known.has(year)) {
      const day = dayInYear(year, rule);
      known.set(year, day === undefined ? undefined : day + time - before * MINUTE);
    }
    return known.get(year);
  };
}

/** The last of the transitions that is not after the instant. */
function lastBefore(instant: number, { start, before, until }: Onset, yearly?: Yearly): number | undefined {
  const first = start - before * MINUTE;
  if (first > instant) return undefined;
  if (yearly === undefined) return first;
  const end = Math.min(instant, until ?? instant);
  const year = new Date(end).getUTCFullYear();
  return [year + 1, year, year - 1].map(yearly).find((at) => at !== undefined && at >= first && at <= end);
}
