/**
 * Which occurrence of a series an EXDATE means. A series has at most one occurrence a day here, and devices write its day,
 * the midnight of the day, or a time an hour beside it: they add weeks to the start in UTC, across a change of the clocks.
 */
import { type Component, type Property, propertiesOf } from '../vobject/model.ts';
import { spend } from '../work/budget.ts';
import { instantOfTime, isDate, isInstant, itemTime, zoneOfTime } from './item-time.ts';
import { daysOfRule, isCounted } from './occurrences.ts';
import { intervalOf, listOf, parseRule, periodOf, type Rule, withEntriesOnce } from './rule.ts';
import { atStart, instantIn, startOf, startOfPeriod } from './times.ts';
import { DAY, instantOf, inZone, localOf, offsetAt, utcOf } from './zones/zones.ts';

/** A series with more rules is not looked at. */
const MOST_RULES = 5;
/** An exclusion that is later after the start of the series stays as it is: about a hundred years in ms. */
const FARTHEST = 36_525 * DAY;
/** No clocks are changed by more, in ms. */
const MOST_BESIDE = 3 * 3_600_000;
/** The units of work to compare the clocks of two times. */
const CLOCKS = 20;
/**
 * Units of work for one series. What is stored is read without a budget, so this alone keeps the work small. A daily
 * series of a hundred years takes half of it.
 */
const MOST_WORK = 100_000;
/** So many empty periods are looked at for the next day of a rule. */
const MOST_EMPTY = 400;

/** The properties of a series with its exclusions as times of its occurrences, as far as they mean one. */
export function withMeantExclusions(part: Component): Component {
  const [start, dates] = [startOf(part), propertiesOf(part, 'EXDATE')];
  if (start === undefined || dates.length === 0) return part;
  const series = seriesOf(part, start);
  if (series === undefined) return part;
  const meant = new Map(dates.map((one) => [one, inKindOf(start, meantBy(one, series))]));
  if (dates.every((one) => meant.get(one) === one)) return part;
  const kept = new Set<string>();
  const properties = part.properties.flatMap((one): Property[] => {
    const date = meant.get(one);
    if (date === undefined) return [one];
    const key = `${instantIn(date) ?? date.value} ${date.value.length}`;
    if (kept.has(key)) return [];
    kept.add(key);
    return [date];
  });
  return { ...part, properties };
}

interface Series {
  readonly start: Property;
  /** The local time of the start, in epoch ms as if it were in UTC. */
  readonly from: number;
  /** Does an occurrence begin on the day (its midnight in epoch ms)? */
  readonly occurs: (day: number) => boolean;
  /** The instants of single extra dates, and of the starts of extra periods. */
  readonly extra: ReadonlySet<number | undefined>;
}

/** Undefined if the days of the series cannot be counted. */
function seriesOf(part: Component, start: Property): Series | undefined {
  const texts = propertiesOf(part, 'RRULE');
  if (texts.length === 0 || texts.length > MOST_RULES) return undefined;
  const rules = texts.map(({ value }) => parseRule(value));
  const counted = rules.flatMap((rule) =>
    rule !== undefined && isCounted(rule) ? [withEntriesOnce(rule)] : [],
  );
  const from = localIn(start, start);
  if (from === undefined || counted.length < rules.length) return undefined;
  const extra = new Set(propertiesOf(part, 'RDATE').map((one) => instantIn(startOfPeriod(one))));
  return { start, from, extra, occurs: daysOf(counted, dayOf(from)) };
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

/** Tells which days the rules fall on. They are counted up to the latest day that was asked for. */
function daysOf(rules: readonly Rule[], first: number): (day: number) => boolean {
  const found = new Set<number>();
  const searches = rules.map((rule): Search => {
    const period = Math.min(periodOf(rule) * intervalOf(rule) * DAY, FARTHEST);
    const missing = Number(rule.get('COUNT') ?? Number.POSITIVE_INFINITY);
    const state = { reached: first - DAY, missing, left: MOST_WORK / rules.length };
    return { days: daysOfRule(rule, first), period, price: priceOf(rule), ...state };
  });
  return (day) => {
    if (day > first + FARTHEST) return false;
    // The next day may be behind so many empty periods.
    for (const search of searches)
      while (search.reached < day && search.price * MOST_EMPTY <= search.left) found.add(nextOf(search));
    return found.has(day);
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

/** The units of work for the days of one period of a rule. They were measured. */
function priceOf(rule: Rule): number {
  const all = periodOf(rule);
  const months = listOf(rule, 'BYMONTH').length;
  const days = months > 0 ? Math.min(all, 31 * months) : all;
  const entries = [...rule.keys()]
    .filter((name) => name.startsWith('BY'))
    .flatMap((name) => listOf(rule, name));
  return 1 + all / 25 + (days * (5 + entries.length)) / 20;
}

const dayOf = (local: number): number => Math.floor(local / DAY) * DAY;

/** The local time of a property by the clock of the start, in epoch ms as if it were in UTC. */
function localIn(of: Property, start: Property): number | undefined {
  const [time, zone] = [itemTime(of), zoneOfTime(itemTime(start))];
  const at = isInstant(time) ? instantOfTime(time) : undefined;
  return at !== undefined && zone !== undefined ? utcOf(inZone(at, zone)) : (at ?? utcOf(time.local));
}

/** The occurrence that an exclusion means, or the exclusion as it is. */
function meantBy(one: Property, { start, from, occurs, extra }: Series): Property {
  const local = localIn(one, start);
  // The clock of a zone that only the item defines is not known here.
  const isUnknown = isInstant(itemTime(one)) && itemTime(start).kind === 'own-zone';
  if (local === undefined || isUnknown || extra.has(instantIn(one))) return one;
  const time = from - dayOf(from);
  const own = dayOf(local);
  if (local - own === time && isDate(one) === isDate(start)) return one;
  const beside = [own, own - DAY, own + DAY].filter((day) => isBeside(one, local, { start, at: day + time }));
  const written = utcOf(one.value.slice(0, 8));
  const days = [
    ...(local === own ? [own] : []),
    ...(isDate(start) ? [own] : beside),
    ...(written !== undefined && /T000000Z?$/.test(one.value) ? [written] : []),
  ];
  const day = days.find(occurs);
  return day === undefined ? one : occurrenceOn(localOf(day).slice(0, 8), one, start);
}

/**
 * Is the exclusion beside the time of the occurrence `at` by exactly as much as the clocks differ between the start of the
 * series and the occurrence? If the start has no zone, the clocks are those of the exclusion.
 */
function isBeside(one: Property, local: number, { start, at }: { start: Property; at: number }): boolean {
  if (local === at || Math.abs(local - at) > MOST_BESIDE) return false;
  spend(CLOCKS);
  const [begin, own] = [itemTime(start), itemTime(one)];
  const zone = zoneOfTime(begin) ?? (isInstant(begin) ? zoneOfTime(own) : undefined);
  const from = instantOfTime(begin);
  const then = zoneOfTime(begin) === undefined ? at : instantOf(localOf(at), zone ?? '');
  if (zone === undefined || from === undefined || then === undefined) return false;
  const minutes = Math.abs(offsetAt(zone, then) - offsetAt(zone, from));
  return Math.abs(local - at) === minutes * 60_000;
}

function occurrenceOn(day: string, one: Property, start: Property): Property {
  const dated = { name: one.name, params: [], value: day };
  return isDate(start) ? { ...dated, params: start.params } : atStart(dated, start);
}

/** An exclusion without a zone is in that of the start. */
function inKindOf(start: Property, one: Property): Property {
  const { kind, local } = itemTime(one);
  const isLocal = kind === 'floating' && utcOf(local) !== undefined && !isDate(start);
  if (!isLocal || itemTime(start).kind === 'floating') return one;
  const end = start.value.endsWith('Z') ? 'Z' : '';
  return {
    ...one,
    params: [...one.params, ...start.params.filter(({ name }) => name === 'TZID')],
    value: `${one.value}${end}`,
  };
}
