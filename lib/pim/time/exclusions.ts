/**
 * Which occurrence of a series an EXDATE means. A series has at most one occurrence a day here, and devices write its day,
 * the midnight of the day, or a time an hour beside it: they add weeks to the start in UTC, across a change of the clocks.
 */
import { type Component, type Property, propertiesOf } from '../vobject/model.ts';
import { spend } from '../work/budget.ts';
import { instantOfTime, isDate, isInstant, itemTime, zoneOfTime } from './item-time.ts';
import { countedRules, dayOf, daysOfRules, localIn } from './occurrence-days.ts';
import { atStart, instantIn, startOf, startOfPeriod } from './times.ts';
import { DAY, instantOf, localOf, offsetAt, utcOf } from './zones/zones.ts';

/** No clocks are changed by more, in ms. */
const MOST_BESIDE = 3 * 3_600_000;
/** The units of work to compare the clocks of two times. */
const CLOCKS = 20;

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
  const rules = countedRules(propertiesOf(part, 'RRULE'));
  const from = localIn(start, start);
  if (rules === undefined || from === undefined) return undefined;
  const extra = new Set(propertiesOf(part, 'RDATE').map((one) => instantIn(startOfPeriod(one))));
  return { start, from, extra, occurs: daysOfRules(rules, dayOf(from)) };
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
