/**
 * Which occurrence of a series an EXDATE means. A series has at most one occurrence a day here, and devices write its day,
 * the midnight of the day, or the time an hour beside it: they add weeks to the start in UTC, across a change of the clocks.
 */
import { type Component, type Property, propertiesOf } from '../vobject/model.ts';
import { instantOfTime, isDate, isInstant, itemTime, zoneOfTime } from './item-time.ts';
import { daysOfRule, isCounted } from './occurrences.ts';
import { parseRule, type Rule } from './rule.ts';
import { atStart, instantIn, startOf } from './times.ts';
import { DAY, inZone, localOf, utcOf } from './zones/zones.ts';

const HOUR = 3_600_000;
/** Days of a rule that are looked at: more than a daily series has in fifty years. */
const MOST = 20_000;

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
    const key = `${instantIn(date)} ${date.value.length}`;
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
  /** The instants of single extra dates. */
  readonly extra: ReadonlySet<number | undefined>;
}

/** Undefined if the days of the series cannot be counted. */
function seriesOf(part: Component, start: Property): Series | undefined {
  const rules = propertiesOf(part, 'RRULE').map(({ value }) => parseRule(value));
  const counted = rules.filter((rule) => rule !== undefined && isCounted(rule));
  const from = localIn(start, start);
  if (from === undefined || counted.length === 0 || counted.length < rules.length) return undefined;
  const extra = new Set(propertiesOf(part, 'RDATE').map(instantIn));
  return { start, from, extra, occurs: daysOf(counted as readonly Rule[], dayOf(from)) };
}

/** Tells which days the rules fall on. They are counted only as far as somebody asks. */
function daysOf(rules: readonly Rule[], first: number): (day: number) => boolean {
  const found = new Set<number>();
  const lists = rules.map((rule) => ({ days: daysOfRule(rule, first), reached: first - DAY, looked: 0 }));
  return (day) => {
    for (const list of lists)
      while (list.reached < day && list.looked < MOST) {
        const { value, done } = list.days.next();
        list.looked = done ? MOST : list.looked + 1;
        if (value === undefined) continue;
        list.reached = value;
        found.add(value);
      }
    return found.has(day);
  };
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
  const beside = [own, own - DAY, own + DAY].filter((day) => Math.abs(day + time - local) <= HOUR);
  const written = utcOf(one.value.slice(0, 8));
  const days = [
    ...(local === own ? [own] : []),
    ...(isDate(start) ? [own] : beside),
    ...(written !== undefined && /T000000Z?$/.test(one.value) ? [written] : []),
  ];
  const day = days.find(occurs);
  return day === undefined ? one : occurrenceOn(localOf(day).slice(0, 8), one, start);
}

function occurrenceOn(day: string, one: Property, start: Property): Property {
  const dated = { name: one.name, params: [], value: day };
  return isDate(start) ? { ...dated, params: start.params } : atStart(dated, start);
}

/** An exclusion without a zone is in that of the start. */
function inKindOf(start: Property, one: Property): Property {
  const isLocal = itemTime(one).kind === 'floating' && !isDate(start);
  if (!isLocal || itemTime(start).kind === 'floating') return one;
  const end = start.value.endsWith('Z') ? 'Z' : '';
  return {
    ...one,
    params: [...one.params, ...start.params.filter(({ name }) => name === 'TZID')],
    value: `${one.value}${end}`,
  };
}
