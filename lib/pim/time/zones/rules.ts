/** Reads a VTIMEZONE, and finds the IANA zone with the same offsets and transitions. */
import { type Component, propertiesOf, valueIn } from '../../vobject/model.ts';
import { hasOthersThan, intervalOf, listOf, parseRule, type Rule } from '../rule.ts';
import { clockName, dayInYear, isClockSize, type Onset, type YearlyDay } from './own-clock.ts';
import { ANY_YEAR, constantZone, minutesOf, type ZoneTransition, zoneChanging } from './search.ts';
import { DAY, instantOf, type LocalTime, offsetAt, utcOf, WEEKDAYS } from './zones.ts';

const YEAR_MS = 366 * DAY;
/**
 * Years in which a rule is compared with zones. In 2000 some rules were in force that have ended since, as in the
 * United States.
 */
const YEARS = [ANY_YEAR, 2000];

/** One STANDARD or DAYLIGHT component. */
interface Observance {
  /** DTSTART as it is written: in local time before the transition. */
  readonly start: string;
  /** Undefined if the transition happened only once. */
  readonly rule: Rule | undefined;
  /** Minutes east of UTC. */
  readonly offset: number;
  /** The offset before it, if the definition says that. */
  readonly before: number | undefined;
}

/** For which times a definition is needed. */
export interface Usage {
  /** The local times that name it. */
  readonly times: readonly LocalTime[];
  /** The last year of a series of them, as far as it is known. Undefined if there is no series. */
  readonly lastYear: number | undefined;
}

/**
 * The first zone that has the transitions of the definition, and tells the times for which it is needed as the definition
 * tells them. Undefined if there is none: rules end, and a definition may go on with them.
 */
export function zoneLike(definition: Component, usage: Usage): string | undefined {
  const [one, other] = currentOf(definition);
  if (one === undefined) return undefined;
  const onsets = onsetsIn(definition);
  const needed = { ...usage, times: someOf(usage.times) };
  const agrees = onsets === undefined ? () => true : likeClock(clockName(onsets), needed);
  if (other === undefined || one.offset === other.offset) return constantZone(one.offset, agrees);
  for (const year of yearsFor(one, needed)) {
    const changes = [changeOf(one, other, year), changeOf(other, one, year)];
    const known = changes.filter((change) => change !== undefined);
    const zone = known.length < changes.length ? undefined : zoneChanging(known, agrees);
    if (zone !== undefined) return zone;
  }
  return undefined;
}

/** Most times of an item for which a definition is compared with zones, and most years in which it is. */
const MOST_TIMES = 200;
const MOST_YEARS = 20;

/** The times, or as many of them from the first to the last. */
function someOf(times: readonly LocalTime[]): readonly LocalTime[] {
  if (times.length <= MOST_TIMES) return times;
  const all = [...new Set(times)].sort();
  const step = Math.max(1, (all.length - 1) / (MOST_TIMES - 1));
  const count = Math.min(all.length, MOST_TIMES);
  return Array.from({ length: count }, (_, n) => all[Math.round(n * step)] ?? '');
}

/** The years in which a definition is compared with zones. */
function yearsFor({ rule, start }: Observance, { times }: Usage): readonly number[] {
  const began = Number(start.slice(0, 4));
  if (rule === undefined) return [began];
  const needed = new Set(times.map((time) => Number(time.slice(0, 4))));
  return [...new Set([...YEARS, ...[...needed].slice(0, MOST_YEARS), began])].filter((year) => year >= 1970);
}

/** Weeks of two years, from a point of the week at which no clock changes. */
const WEEKS = Array.from({ length: 105 }, (_, n) => (n * 7 + 3.5) * DAY);

/** Does a zone tell the times as the clock does, and the last years of a series? Clock and zones are asked once. */
function likeClock(clock: string, { times, lastYear }: Usage): (zone: string) => boolean {
  const from = lastYear === undefined ? undefined : Date.UTC(lastYear - 1, 0, 1);
  const weeks = from === undefined ? [] : WEEKS.map((after) => from + after);
  const instants = times.map((time) => instantOf(time, clock));
  const offsets = weeks.map((at) => offsetAt(clock, at));
  const isLike = (zone: string): boolean =>
    times.every((time, n) => instantOf(time, zone) === instants[n]) &&
    weeks.every((at, n) => offsetAt(zone, at) === offsets[n]);
  const known = new Map<string, boolean>();
  return (zone) => {
    const found = known.get(zone) ?? isLike(zone);
    known.set(zone, found);
    return found;
  };
}

/** The offsets of a definition that are in force now, in minutes east of UTC. */
export const offsetsIn = (definition: Component): number[] =>
  currentOf(definition).map(({ offset }) => offset);

/** The observances in force now: standard and summer time, or only the one that was kept. */
function currentOf(definition: Component): Observance[] {
  const all = ['STANDARD', 'DAYLIGHT'].map((name) => observances(definition, name));
  const latest = all.flatMap((list) => list.at(-1) ?? []);
  const endless = all.flatMap(
    (list) => list.findLast(({ rule }) => rule !== undefined && isEndless(rule)) ?? [],
  );
  if (endless.length === 2) return endless;
  const [now, then] = latest.sort((a, b) => (a.start < b.start ? 1 : -1));
  if (now === undefined || then === undefined) return latest;
  // Two transitions in one year, written without a rule.
  const isPair = now.rule === undefined && then.rule === undefined && timeOf(now) - timeOf(then) < YEAR_MS;
  return isPair ? latest : [now];
}

const timeOf = ({ start }: Observance): number => utcOf(start) ?? 0;
const isEndless = (rule: Rule): boolean => !rule.has('UNTIL') && !rule.has('COUNT');

function observances(definition: Component, name: string): Observance[] {
  const found = definition.components.flatMap((one): Observance[] => {
    const offset = minutesOf(valueIn(one, 'TZOFFSETTO') ?? '');
    if (one.name !== name || offset === undefined) return [];
    const before = minutesOf(valueIn(one, 'TZOFFSETFROM') ?? '');
    const rule = parseRule(valueIn(one, 'RRULE') ?? '');
    // Single dates may be listed beside the start.
    const dates = propertiesOf(one, 'RDATE').flatMap(({ value }) => value.split(','));
    const starts = [valueIn(one, 'DTSTART') ?? '', ...dates].map((start) => start.trim());
    return starts.map((start, n) => ({ start, rule: n === 0 ? rule : undefined, offset, before }));
  });
  return found.sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** The transition from one observance to another in a year. */
function changeOf(to: Observance, from: Observance, year: number): ZoneTransition | undefined {
  const start = utcOf(to.start);
  if (start === undefined) return undefined;
  const time = start - (utcOf(to.start.slice(0, 8)) ?? 0);
  const day = to.rule === undefined ? utcOf(to.start.slice(0, 8)) : dayIn(year, to.rule, to.start);
  if (day === undefined || Number.isNaN(day)) return undefined;
  return { at: day + time - from.offset * 60_000, before: from.offset, after: to.offset };
}

/** The day of a yearly rule, in epoch ms. */
function dayIn(year: number, rule: Rule, start: string): number | undefined {
  const day = yearlyDay(rule, start);
  return day && dayInYear(year, day);
}

/** The day of a yearly rule: `-1SU` of a month, or the Sunday among some dates. */
function yearlyDay(rule: Rule, start: string): YearlyDay | undefined {
  const part = (name: string) => rule.get(name) ?? '';
  const month = Number(part('BYMONTH') || start.slice(4, 6)) - 1;
  const [, ordinal = '', weekday = ''] = /^([+-]?\d+)?([A-Z]{2})$/.exec(part('BYDAY')) ?? [];
  if (part('BYDAY') !== '' && !WEEKDAYS.includes(weekday)) return undefined;
  const dates = listOf(rule, 'BYMONTHDAY').map(Number);
  if (dates.length > 31) return undefined;
  if (dates.length === 0 && weekday === '')
    return { month, weekday: -1, dates: [Number(start.slice(6, 8))], nth: 1 };
  const nth = dates.length > 0 ? 1 : Number(ordinal || part('BYSETPOS') || 1);
  return { month, weekday: WEEKDAYS.indexOf(weekday), dates, nth };
}

const COUNTED = ['FREQ', 'INTERVAL', 'BYMONTH', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'UNTIL', 'COUNT', 'WKST'];

/** The transitions of a definition. Undefined if they cannot be counted, or are too many for a clock. */
export function onsetsIn(definition: Component): readonly Onset[] | undefined {
  const all = ['STANDARD', 'DAYLIGHT'].flatMap((name) => observances(definition, name));
  if (!isClockSize(all)) return undefined;
  // The first offset, and the first that differs from it.
  const first = all[0]?.offset;
  const second = all.find(({ offset }) => offset !== first)?.offset ?? first;
  const onsets = all.flatMap(
    (one) => onsetOf(one, one.before ?? (one.offset === first ? second : first) ?? one.offset) ?? [],
  );
  return onsets.length > 0 && onsets.length === all.length ? onsets : undefined;
}

function onsetOf({ start: text, rule, offset }: Observance, before: number): Onset | undefined {
  const start = utcOf(text);
  if (start === undefined) return undefined;
  const single = { start, before, after: offset };
  if (rule === undefined) return single;
  const day = yearlyDay(rule, text);
  const isYearly = rule.get('FREQ') === 'YEARLY' && intervalOf(rule) === 1 && !hasOthersThan(rule, COUNTED);
  if (day === undefined || !isYearly || dayInYear(ANY_YEAR, day) === undefined) return undefined;
  const until = untilOf(rule, start);
  return { ...single, rule: day, ...(until !== undefined && { until }) };
}

/** The end of a rule, in epoch ms. */
function untilOf(rule: Rule, start: number): number | undefined {
  const [end, count] = [rule.get('UNTIL'), rule.get('COUNT')];
  if (end !== undefined) return utcOf(end);
  return count === undefined ? undefined : Date.UTC(new Date(start).getUTCFullYear() + Number(count), 0, 1);
}
