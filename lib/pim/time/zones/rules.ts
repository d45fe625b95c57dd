/** Reads a VTIMEZONE, and finds the IANA zone with the same offsets and transitions. */
import { type Component, valueIn } from '../../vobject/model.ts';
import { listOf, parseRule, type Rule } from '../rule.ts';
import { ANY_YEAR, constantZone, minutesOf, type ZoneTransition, zoneChanging } from './search.ts';
import { DAY, utcOf, WEEKDAYS } from './zones.ts';

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
}

/** The first zone that has the transitions of the definition. Undefined if there is none. */
export function zoneLike(definition: Component): string | undefined {
  const [one, other] = currentOf(definition);
  if (one === undefined) return undefined;
  if (other === undefined || one.offset === other.offset) return constantZone(one.offset);
  const began = Number(one.start.slice(0, 4));
  const years = one.rule === undefined ? [began] : [...YEARS, ...(began >= 1970 ? [began] : [])];
  for (const year of years) {
    const changes = [changeOf(one, other, year), changeOf(other, one, year)];
    const known = changes.filter((change) => change !== undefined);
    const zone = known.length < changes.length ? undefined : zoneChanging(known);
    if (zone !== undefined) return zone;
  }
  return undefined;
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
    return [
      { start: (valueIn(one, 'DTSTART') ?? '').trim(), rule: parseRule(valueIn(one, 'RRULE') ?? ''), offset },
    ];
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

/** The day of a yearly rule, in epoch ms: `-1SU` of a month, or the Sunday among some dates. */
function dayIn(year: number, rule: Rule, start: string): number | undefined {
  const part = (name: string) => rule.get(name) ?? '';
  const month = Number(part('BYMONTH') || start.slice(4, 6)) - 1;
  const [, ordinal = '', weekday = ''] = /^([+-]?\d+)?([A-Z]{2})$/.exec(part('BYDAY')) ?? [];
  const dates = listOf(rule, 'BYMONTHDAY').map(Number);
  const days = Array.from({ length: 31 }, (_, n) => new Date(Date.UTC(year, month, n + 1))).filter(
    (day) => day.getUTCMonth() === month && (weekday === '' || WEEKDAYS[day.getUTCDay()] === weekday),
  );
  if (dates.length > 0) return days.find((day) => dates.includes(day.getUTCDate()))?.getTime();
  if (weekday === '') return Date.UTC(year, month, Number(start.slice(6, 8)));
  const nth = Number(ordinal || part('BYSETPOS') || 1);
  return days.at(nth > 0 ? nth - 1 : nth)?.getTime();
}
