/**
 * When an item takes place, as far as SINCE and BEFORE ask (F13).
 *
 * Owns: which properties bound an item in time. Must not know: filters. In doubt an item lies in the window: to send
 * one too many does less harm than to withhold one.
 */
import { DAY, HOUR, type Moment, parseDate, parseDuration } from './dates.ts';
import { type Line, textOf } from './lines.ts';

/** From `start` to `end`, which does not belong to it unless both are the same. Undefined: open on that side. */
export interface Occupied {
  readonly start: Moment | undefined;
  readonly end: Moment | undefined;
}

const ALWAYS: Occupied = { start: undefined, end: undefined };
const DATED = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);

/** One span for each event, task or dated journal entry; none when the lines have no such component. */
export function spansOf(lines: readonly Line[]): Occupied[] {
  const components = new Map<readonly string[], Line[]>();
  for (const line of lines) {
    if (!DATED.has(line.path.at(-1) ?? '')) continue;
    const own = components.get(line.path);
    if (own === undefined) components.set(line.path, [line]);
    else own.push(line);
  }
  return [...components.values()].filter(isDated).map(spanOf);
}

/** A note is no appointment, unless it says of which day it is. */
const isDated = (lines: readonly Line[]): boolean =>
  lines[0]?.path.at(-1) !== 'VJOURNAL' || lines.some(({ name }) => name === 'DTSTART');

function spanOf(lines: readonly Line[]): Occupied {
  const valuesOf = (wanted: string) =>
    lines.filter(({ name }) => name === wanted).map((line) => textOf(line));
  const dateOf = (name: string) => parseDate(valuesOf(name)[0] ?? '');
  const due = dateOf('DUE');
  const start = dateOf('DTSTART') ?? due ?? dateOf('DTEND');
  if (start === undefined || valuesOf('RDATE').length > 0) return ALWAYS;
  const stop = dateOf('DTEND') ?? (due === undefined ? undefined : dayEnd(due));
  const duration = parseDuration(valuesOf('DURATION')[0] ?? '');
  const end = latest(dayEnd(start), stop ?? (duration === undefined ? start : later(start, duration)));
  const rules = [...valuesOf('RRULE'), ...valuesOf('X-RRULE')].filter((rule) => rule !== '');
  return { start, end: rules.reduce<Moment | undefined>((last, rule) => seriesEnd(start, last, rule), end) };
}

const later = (moment: Moment, ms: number): Moment => ({ ...moment, ms: moment.ms + ms, dateOnly: false });
const latest = (a: Moment, b: Moment): Moment => (b.ms > a.ms ? b : a);
/** A date without a time lasts its whole day; a DTEND before its DTSTART, or on the same date, changes nothing. */
const dayEnd = (moment: Moment): Moment => (moment.dateOnly ? later(moment, DAY) : moment);

/** Where a series surely is over. Endless ones, and those that only count, may have an occurrence any time. */
function seriesEnd(start: Moment, end: Moment | undefined, rule: string): Moment | undefined {
  const until = parseDate(untilOf(rule));
  if (end === undefined || until === undefined) return undefined;
  return latest(end, later(dayEnd(until), end.ms - start.ms));
}

/** UNTIL of a rule of iCalendar; the date that may end a rule of vCalendar 1.0. '' when there is none. */
const untilOf = (rule: string): string =>
  /=/.test(rule) ? (/(?:^|;)UNTIL=([^;]+)/i.exec(rule)?.[1] ?? '') : (/\s(\S+)$/.exec(rule)?.[1] ?? '');

/** Local time is ahead of UTC by 14 hours at most, and behind it by 12. */
const AHEAD = 14 * HOUR;
const BEHIND = 12 * HOUR;

/** Is `a` possibly before `b`? Two local times, like two in UTC, compare exactly. */
function mayPrecede(a: Moment, b: Moment): boolean {
  if (a.zone === b.zone) return a.ms < b.ms;
  return a.zone === 'local' ? a.ms - AHEAD < b.ms : a.ms < b.ms + BEHIND;
}

/** Does any part of the span lie at or after the bound? */
export function reaches({ start, end }: Occupied, since: Moment): boolean {
  if (end === undefined || mayPrecede(since, end)) return true;
  return start?.ms === end.ms && end.ms === since.ms;
}

/** Does any part of the span lie before the bound? */
export const beginsBefore = ({ start }: Occupied, before: Moment): boolean =>
  start === undefined || mayPrecede(start, before);
