/**
 * When an event, a task or a dated note takes place, for SINCE and BEFORE (F13).
 *
 * Each occurrence of a series counts: those of its rule and its RDATEs, without its EXDATEs and without the occurrences
 * that are written as exceptions. Times with a zone are instants. The occurrences of some rules cannot be counted, such
 * as those of a rule by hours. Such a series lies in every window that ends after its start, because to send one item
 * too many does less harm than to withhold one.
 */
import { ruleFromVcalendar } from '../pim/formats/vcalendar/rules.ts';
import { parseDuration } from '../pim/time/duration.ts';
import { itemTime, zoneOfTime } from '../pim/time/item-time.ts';
import { parseRule, type Rule } from '../pim/time/rule.ts';
import { daysOfRule, isCounted } from '../pim/time/rule-days.ts';
import { withClockNames } from '../pim/time/zones/clocks-in-item.ts';
import { DAY, instantOf, inZone, localOf, utcOf } from '../pim/time/zones/zones.ts';
import { type Component, firstOf, type Property, propertiesOf, valueIn } from '../pim/vobject/model.ts';
import { HOUR, type Moment, parseDate } from './dates.ts';

/**
 * A span from `start` to `end`. The end does not belong to it, unless both are equal. Undefined: open on that side.
 */
export interface Occupied {
  readonly start: Moment | undefined;
  readonly end: Moment | undefined;
}

/** The window of a filter: from `since` on, and before `before`. Undefined: no bound. */
export interface TimeWindow {
  readonly since?: Moment | undefined;
  readonly before?: Moment | undefined;
}

const DATED = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);

/**
 * The parts of an item that take place at some time. A note is one of them only if it has a date. Clocks that only the item
 * defines are named by `clockName`.
 */
export const datedParts = (item: readonly Component[]): Component[] =>
  item.flatMap((one) =>
    DATED.has(one.name)
      ? one.name !== 'VJOURNAL' || firstOf(one, 'DTSTART') !== undefined
        ? [one]
        : []
      : datedParts(withClockNames(one).components),
  );

/** How many occurrences are looked at: more than a daily series has in fifty years. */
const MOST = 20_000;
/** More than two clocks can differ, in milliseconds. */
const FAR = 2 * DAY;

/** Does any occurrence of the part lie in the window? `all`: the dated parts of its item, exceptions among them. */
export function liesIn(part: Component, all: readonly Component[], { since, before }: TimeWindow): boolean {
  const series = seriesOf(part, all);
  if (series === undefined) return true;
  for (const starts of series.starts) {
    let looked = 0;
    for (const local of starts) {
      looked += 1;
      if (local === 'any' || looked > MOST) return before === undefined || beginsBefore(series.first, before);
      // Far before the window the exact time does not matter.
      if (since !== undefined && local + series.lasts < since.ms - FAR) continue;
      const start = series.at(local);
      const occupied = { start, end: { ...later(start, series.lasts), zone: series.endZone } };
      if (before !== undefined && !beginsBefore(occupied, before)) break;
      if (!series.isLeftOut(start) && (since === undefined || reaches(occupied, since))) return true;
    }
  }
  return false;
}

interface Series {
  readonly first: Occupied;
  /** How long each occurrence lasts, milliseconds. */
  readonly lasts: number;
  /**
   * The zone of the ends. It may differ from that of the starts: a task may start at an instant and be due on a day.
   */
  readonly endZone: Moment['zone'];
  /**
   * Starts as local times of the series, each list in order. `any`: there may be starts at any time from there on.
   */
  readonly starts: readonly Iterable<number | 'any'>[];
  readonly at: (local: number) => Moment;
  readonly isLeftOut: (start: Moment) => boolean;
}

/** The series that a part is; undefined when its time cannot be read. */
function seriesOf(part: Component, all: readonly Component[]): Series | undefined {
  const own = ['DTSTART', 'DUE', 'DTEND'].flatMap((name) => firstOf(part, name) ?? []);
  const begin = own.find((one) => momentOf(one) !== undefined);
  const first = begin && momentOf(begin);
  if (begin === undefined || first === undefined) return undefined;
  const stop = endOf(part, first);
  const lasts = stop.ms - first.ms;
  const from = localOfMoment(begin, first);
  const rules = ['RRULE', 'X-RRULE'].flatMap((name) => propertiesOf(part, name));
  const dates = propertiesOf(part, 'RDATE').flatMap((one) =>
    one.value.split(',').map((value) => ({ ...one, value })),
  );
  return {
    first: { start: first, end: stop },
    lasts,
    endZone: stop.zone,
    starts: [
      [from],
      ...rules.flatMap(({ value }) => (value === '' ? [] : [startsOf(value, begin, from)])),
      ...dates.map((one) => {
        const moment = momentOf({ ...one, value: one.value.split('/')[0] ?? '' });
        return moment === undefined ? (['any'] as const) : [localOfMoment(begin, moment)];
      }),
    ],
    at: (local) => momentAt(begin, first, local),
    isLeftOut: leftOut(part, all),
  };
}

/** The starts that a rule names, up to its end. */
function* startsOf(text: string, begin: Property, from: number): Generator<number | 'any'> {
  const rule = parseRule(text) ?? ruleFromVcalendar(text, { start: begin.value, until: (end) => end });
  if (rule === undefined || !isCounted(rule)) return yield 'any';
  const day = Math.floor(from / DAY) * DAY;
  const last = lastStart(rule, begin);
  for (const one of daysOfRule(rule, day)) {
    const local = one + (from - day);
    if (local > last) return;
    yield local;
  }
}

/** The last local time of the series at which an occurrence may start. */
function lastStart(rule: Rule, begin: Property): number {
  const until = rule.get('UNTIL') ?? '';
  const moment = parseDate(until);
  if (moment === undefined) return Number.POSITIVE_INFINITY;
  if (moment.dateOnly) return moment.ms + DAY - 1;
  return localOfMoment(begin, moment);
}

/** Is an occurrence left out of the series, or written beside it as an exception? */
function leftOut(part: Component, all: readonly Component[]): (start: Moment) => boolean {
  if (firstOf(part, 'RECURRENCE-ID') !== undefined) return () => false;
  const uid = valueIn(part, 'UID');
  const exceptions = all.filter((other) => other !== part && valueIn(other, 'UID') === uid);
  const dates = [
    ...propertiesOf(part, 'EXDATE'),
    ...exceptions.flatMap((one) => propertiesOf(one, 'RECURRENCE-ID')),
  ];
  const moments = dates.flatMap((one) =>
    one.value.split(',').flatMap((value) => momentOf({ ...one, value }) ?? []),
  );
  const times = new Set(moments.map(({ ms }) => ms));
  const days = new Set(moments.flatMap(({ ms, dateOnly }) => (dateOnly ? [ms] : [])));
  return ({ ms }) => times.has(ms) || days.has(Math.floor(ms / DAY) * DAY);
}

/** The moment of a property. It is an instant if the zone of the time is known. */
function momentOf(of: Property): Moment | undefined {
  const moment = parseDate(of.value);
  const zone = zoneIn(of);
  if (moment?.zone !== 'local' || moment.dateOnly || zone === undefined) return moment;
  return { ...moment, ms: instantOf(localOf(moment.ms), zone) ?? moment.ms, zone: 'utc' };
}

const zoneIn = (of: Property): string | undefined => zoneOfTime(itemTime(of));

/**
 * The local time of a series at a moment, in milliseconds. Without a known zone it is the moment as it is written.
 */
function localOfMoment(begin: Property, { ms, zone }: Moment): number {
  const own = zoneIn(begin);
  return own === undefined || zone !== 'utc' ? ms : (utcOf(inZone(ms, own)) ?? ms);
}

/** The inverse of `localOfMoment`. */
function momentAt(begin: Property, { zone, dateOnly }: Moment, local: number): Moment {
  const own = zoneIn(begin);
  const ms = own === undefined ? local : (instantOf(localOf(local), own) ?? local);
  return { ms, zone, dateOnly };
}

/** The end of a part. A date without a time lasts its whole day. An end that is not after that is ignored. */
function endOf(part: Component, start: Moment): Moment {
  const [end, due] = ['DTEND', 'DUE'].map((name) => {
    const property = firstOf(part, name);
    return property && momentOf(property);
  });
  const lasts = parseDuration(valueIn(part, 'DURATION') ?? '') ?? 0;
  const stop = end ?? (due && dayEnd(due)) ?? later(start, lasts);
  const least = dayEnd(start);
  return stop.ms > least.ms ? stop : least;
}

const later = (moment: Moment, ms: number): Moment => ({ ...moment, ms: moment.ms + ms, dateOnly: false });
const dayEnd = (moment: Moment): Moment => (moment.dateOnly ? later(moment, DAY) : moment);

/** Local time is at most 14 hours ahead of UTC, and at most 12 behind it. */
const AHEAD = 14 * HOUR;
const BEHIND = 12 * HOUR;

/** May `a` be before `b`? Exact for two local times, and for two in UTC. */
function mayPrecede(a: Moment, b: Moment): boolean {
  if (a.zone === b.zone) return a.ms < b.ms;
  return a.zone === 'local' ? a.ms - AHEAD < b.ms : a.ms < b.ms + BEHIND;
}

/** Does a part of the span lie at or after the bound? */
export function reaches({ start, end }: Occupied, since: Moment): boolean {
  if (end === undefined || mayPrecede(since, end)) return true;
  return start?.ms === end.ms && end.ms === since.ms;
}

/** Does a part of the span lie before the bound? */
export const beginsBefore = ({ start }: Occupied, before: Moment): boolean =>
  start === undefined || mayPrecede(start, before);
