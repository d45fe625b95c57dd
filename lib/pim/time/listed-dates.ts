/**
 * The occurrences of a series as a list of dates, for a format that cannot say its rules. Most rules have no end, so the list
 * has the occurrences of a window of time, and the first one.
 */
import { type Component, type Property, propertiesOf } from '../vobject/model.ts';
import { isDate } from './item-time.ts';
import { countedRules, dayOf, daysOfRules, localIn } from './occurrence-days.ts';
import type { Rule } from './rule.ts';
import { atStart, instantIn, startOf, startOfPeriod } from './times.ts';
import { DAY, localOf, utcOf } from './zones/zones.ts';

/** So many months are in the window, the one of its last day among them. */
const MONTHS = 14;

/** After so long a rule falls on the same days of the week again: 28 years, in ms. */
const LONGEST_GAP = 10_227 * DAY;

/** The rules of a series as tests of single dates. */
export interface ListableSeries {
  readonly start: Property;
  /** The local time of the start, in epoch ms as if it were in UTC. */
  readonly from: number;
  /** Do its rules fall on this local time? Dates that are excluded one by one count, too. */
  readonly occursAt: (local: number) => boolean;
}

/** Undefined if the part has no rule, or if the days of its rules cannot be counted. */
export function listableSeries(part: Component): ListableSeries | undefined {
  const start = startOf(part);
  const from = start && localIn(start, start);
  const rules = countedRules(propertiesOf(part, 'RRULE'));
  const left = propertiesOf(part, 'EXRULE');
  const excluding = left.length === 0 ? [] : countedRules(left);
  const isKnown = propertiesOf(part, 'X-RRULE').length + propertiesOf(part, 'X-EXRULE').length === 0;
  if (start === undefined || from === undefined || rules === undefined || excluding === undefined || !isKnown)
    return undefined;
  const [included, excluded] = [rules, excluding].map((list) =>
    list.map((rule) => testOf(rule, start, from)),
  );
  const occursAt = (local: number) =>
    local - dayOf(local) === from - dayOf(from) &&
    included?.some((test) => test(local)) === true &&
    excluded?.some((test) => test(local)) !== true;
  return { start, from, occursAt };
}

function testOf(rule: Rule, start: Property, from: number): (local: number) => boolean {
  const occurs = daysOfRules([rule], dayOf(from));
  const until = rule.get('UNTIL') ?? '';
  const end = { ...start, value: until, ...(until.endsWith('Z') && { params: [] }) };
  const at = until === '' ? undefined : localIn(end, start);
  const last = at === undefined ? Number.POSITIVE_INFINITY : isDate(end) ? at + DAY - 1 : at;
  return (local) => local <= last && occurs(dayOf(local));
}

/** The date in a property of the series at this local time. */
export const dateAt = (name: string, local: number, start: Property): Property =>
  isDate(start)
    ? { ...start, name, value: localOf(local).slice(0, 8) }
    : atStart({ name, params: [], value: localOf(local).slice(0, 8) }, start);

/**
 * The part with the dates of its occurrences in place of its rules, up to the day `until` (`yyyymmdd`). Undefined if it has no
 * rules, or if their days cannot be counted.
 */
export function withListedDates(part: Component, until: string): Component | undefined {
  const series = listableSeries(part);
  const end = utcOf(until);
  if (series === undefined || end === undefined) return undefined;
  const { start, from } = series;
  const extra = propertiesOf(part, 'RDATE');
  const alone = new Set([start, ...extra].map((one) => instantIn(startOfPeriod(one))));
  const excluded = propertiesOf(part, 'EXDATE').map(instantIn);
  const left = new Set([...alone, ...excluded]);
  const dates: Property[] = [];
  for (let day = firstListed(series, end); day <= end; day += DAY) {
    const local = day + from - dayOf(from);
    if (!series.occursAt(local)) continue;
    const date = dateAt('RDATE', local, start);
    if (!left.has(instantIn(date))) dates.push(date);
  }
  // The start is always an occurrence, so that it may have to be excluded; so may a date that was added.
  const isKept = (one: Property) =>
    !['RRULE', 'EXRULE'].includes(one.name) && (one.name !== 'EXDATE' || alone.has(instantIn(one)));
  return { ...part, properties: [...part.properties.filter(isKept), ...dates] };
}

/** Has the list up to the day `until` a date, or will a later list have one? No more where the series has ended. */
export function hasDatesLeft(part: Component, until: string): boolean {
  const series = listableSeries(part);
  const end = utcOf(until);
  if (series === undefined || end === undefined) return false;
  const { from } = series;
  const first = firstListed(series, end);
  for (let day = first; day <= first + LONGEST_GAP; day += DAY)
    if (series.occursAt(day + from - dayOf(from))) return true;
  return false;
}

/** The first day of the list that ends on this day. The start of the series is no date of the list. */
const firstListed = ({ from }: ListableSeries, end: number): number =>
  Math.max(windowBefore(end), dayOf(from) + DAY);

/** The first day of the window that ends on this day. */
function windowBefore(end: number): number {
  const last = new Date(end);
  return Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - MONTHS + 1, 1);
}
