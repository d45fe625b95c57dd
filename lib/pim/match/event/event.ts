/** Prepares and compares appointments and tasks. */

import { distance } from 'fastest-levenshtein';
import { mainOf } from '../../formats/icalendar/exceptions.ts';
import { type ItemTime, instantOfTime, isFloating, itemTime } from '../../time/item-time.ts';
import { type Recurrence, recurrenceOf, sameRecurrence } from '../../time/recurrence.ts';
import { withClockNames } from '../../time/zones/clocks-in-item.ts';
import { DAY, utcOf } from '../../time/zones/zones.ts';
import { type Component, firstOf, valueIn } from '../../vobject/model.ts';
import { unescapeText } from '../../vobject/text.ts';
import { isTelling, wordsOf } from '../names/fold.ts';
import { DIFFERENT, type MatchResult, type Reason } from '../result.ts';

export interface PreparedEvent {
  readonly kind: 'event' | 'task';
  readonly uid?: string;
  /** Does it have an id at all, also one that tells nothing? */
  readonly hasUid: boolean;
  readonly summary: string;
  /** The start. For a task, its due time, or else its start. */
  readonly start?: ItemTime;
  /** Set where one occurrence of a series is an item of its own: which occurrence. */
  readonly occurrence?: ItemTime;
  readonly recurrence: Recurrence;
  readonly location: string;
  readonly isDone: boolean;
}

/** The most characters of a summary or a location that are compared. */
const MOST_TEXT = 1_000;

export function prepareEvent(calendar: Component): PreparedEvent | undefined {
  const main = mainOf(withClockNames(calendar));
  if (main === undefined) return undefined;
  const text = (name: string) => plainOf(unescapeText(valueIn(main, name) ?? ''));
  const isTask = main.name === 'VTODO';
  const started = firstOf(main, 'DTSTART');
  const start = (isTask ? firstOf(main, 'DUE') : undefined) ?? started;
  const occurrence = firstOf(main, 'RECURRENCE-ID');
  const uid = valueIn(main, 'UID') ?? '';
  return {
    kind: isTask ? 'task' : 'event',
    ...(isTelling(uid) && { uid }),
    hasUid: uid !== '',
    summary: text('SUMMARY'),
    ...(start && { start: itemTime(start) }),
    ...(occurrence && { occurrence: itemTime(occurrence) }),
    recurrence: recurrenceOf(main),
    location: text('LOCATION'),
    isDone: firstOf(main, 'COMPLETED') !== undefined || valueIn(main, 'STATUS') === 'COMPLETED',
  };
}

/** The folded words of a text. A text without words is compared by its characters. */
function plainOf(text: string): string {
  const words = wordsOf(text.slice(0, MOST_TEXT)).join(' ');
  return words === '' ? text.slice(0, MOST_TEXT).replace(/\s+/g, ' ').trim() : words;
}

/** Equal for times that are the same. It is epoch ms for an instant, and the text for a day or a floating time. */
const keyOf = (time: ItemTime): number | string =>
  isFloating(time) ? time.local : (instantOfTime(time) ?? time.local);

/** Are two times the same? A floating time equals the same local time in any zone, and a day equals its midnight. */
function sameTime(a: ItemTime, b: ItemTime): boolean {
  if (isAllDay(a) !== isAllDay(b)) return midnightOf(a) === midnightOf(b);
  return isFloating(a) === isFloating(b) ? keyOf(a) === keyOf(b) : a.local === b.local;
}

const isAllDay = ({ kind }: ItemTime): boolean => kind === 'day';
const midnightOf = ({ local }: ItemTime): string => local.replace(/T0000(?:00)?$/, '');

/** The largest offset of a zone from UTC, in milliseconds. */
const FARTHEST = 14 * 3_600_000;
const QUARTER = 900_000;

/** Is one a day and the other an instant that is midnight of that day in some zone? Phones wrote all-day events so. */
function mayBeMidnight(a: ItemTime, b: ItemTime): boolean {
  const [day, time] = isAllDay(a) ? [a, b] : [b, a];
  const begins = utcOf(day.local);
  const at = isFloating(time) ? undefined : instantOfTime(time);
  if (at === undefined || begins === undefined) return false;
  return Math.abs(at - begins) <= FARTHEST && at % QUARTER === 0;
}

/** Characters of a day, `yyyymmdd`. */
const DAY_LENGTH = 8;
const dayOf = ({ local }: ItemTime): string => local.slice(0, DAY_LENGTH);

/** Blocking keys of an appointment or a task, the most telling first. */
export function eventBlockingKeys({ uid, summary, start }: PreparedEvent): string[] {
  const keys = uid === undefined ? [] : [`u ${uid}`];
  if (start !== undefined) {
    keys.push(`s ${keyOf(start)}`, `c ${start.local}`);
    if (summary !== '') keys.push(`d ${dayOf(start)} ${summary}`);
  }
  if (summary !== '') keys.push(summaryKey(summary), `h ${summary.split(' ').slice(0, 2).join(' ')}`);
  return keys;
}

const summaryKey = (summary: string): string => `t ${summary}`;

export function compareEvents(a: PreparedEvent, b: PreparedEvent): MatchResult {
  if (a.kind !== b.kind || areTwoOccurrences(a, b)) return DIFFERENT;
  const reasons: Reason[] = [];
  const summary = summaries(a.summary, b.summary);
  if (summary !== 'other') reasons.push(summary === 'same' ? 'same-summary' : 'summary-alike');
  const score = { same: 4, alike: 2, other: -4 }[summary];
  // A series and its occurrences share one UID, so the UID counts only between two series or two occurrences.
  const isOne = (a.occurrence === undefined) === (b.occurrence === undefined);
  if (a.uid !== undefined && a.uid === b.uid && isOne) {
    const matchClass = summary !== 'other' || sameStart(a, b) ? 'same' : 'possible';
    return { matchClass, score: score + 8, reasons: ['same-uid', ...reasons] };
  }
  const weighed = a.kind === 'task' ? compareTasks(a, b, summary) : compareStarts(a, b, summary);
  return { ...weighed, score: score + weighed.score, reasons: [...reasons, ...weighed.reasons] };
}

const areTwoOccurrences = ({ occurrence: a }: PreparedEvent, { occurrence: b }: PreparedEvent): boolean =>
  a !== undefined && b !== undefined && !sameTime(a, b);

/** Do both start at the same instant, or at the same floating time or day? */
export const startsTogether = ({ start: a }: PreparedEvent, { start: b }: PreparedEvent): boolean =>
  a !== undefined && b !== undefined && keyOf(a) === keyOf(b);

const sameStart = (a: PreparedEvent, b: PreparedEvent): boolean =>
  a.start !== undefined && b.start !== undefined && sameTime(a.start, b.start);

/** `alike`: they differ by a typing error, or one is the beginning of the other. */
type Summaries = 'same' | 'alike' | 'other';

function summaries(a: string, b: string): Summaries {
  if (a === b) return a === '' ? 'other' : 'same';
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 5 && long.startsWith(short)) return 'alike';
  return short.length >= 6 && long.length < 200 && distance(a, b) <= Math.ceil(short.length / 10)
    ? 'alike'
    : 'other';
}

function compareStarts(a: PreparedEvent, b: PreparedEvent, summary: Summaries): MatchResult {
  const sameDay =
    a.start && b.start && (dayOf(a.start) === dayOf(b.start) || mayBeMidnight(a.start, b.start));
  if (summary === 'other') return DIFFERENT;
  if (!sameStart(a, b)) {
    const matchClass = sameDay || isSeriesMoved(a, b) ? 'possible' : 'different';
    return { matchClass, score: -1, reasons: ['other-start'] };
  }
  const elsewhere = a.location !== '' && b.location !== '' && summaries(a.location, b.location) === 'other';
  if (!sameRecurrence(a.recurrence, b.recurrence))
    return { matchClass: 'possible', score: 3, reasons: ['same-start', 'other-recurrence'] };
  const sure = summary === 'same' ? !elsewhere : a.location !== '' && a.location === b.location;
  return { matchClass: sure ? 'same' : 'possible', score: 5, reasons: ['same-start'] };
}

/**
 * Do two series differ by their beginning and end alone, with the same days of the week, month and year? One device may give a
 * birthday another year than the other does, or may begin a series on the day on which it was entered.
 */
function isSeriesMoved(a: PreparedEvent, b: PreparedEvent): boolean {
  const [rule, others] = [a.recurrence.meaning, b.recurrence.meaning];
  if (rule === '' || endless(rule) !== endless(others) || !a.start || !b.start) return false;
  const [one, other] = [a.start.local, b.start.local];
  const days = Math.round(((utcOf(dayOf(a.start)) ?? 0) - (utcOf(dayOf(b.start)) ?? 0)) / DAY);
  if (one.slice(DAY_LENGTH) !== other.slice(DAY_LENGTH)) return false;
  switch (/(?:^|;)FREQ=(\w+)/.exec(rule)?.[1]) {
    case 'WEEKLY':
      return days % 7 === 0 || rule.includes('BYDAY');
    case 'MONTHLY':
      return one.slice(6, DAY_LENGTH) === other.slice(6, DAY_LENGTH) || /BY(MONTH)?DAY/.test(rule);
    case 'YEARLY':
      return one.slice(4, DAY_LENGTH) === other.slice(4, DAY_LENGTH) || rule.includes('BY');
    default:
      return true;
  }
}

/** The rule without its end. */
const endless = (rule: string): string =>
  rule
    .split(';')
    .filter((part) => !/^(UNTIL|COUNT)=/.test(part))
    .join(';');

function compareTasks(a: PreparedEvent, b: PreparedEvent, summary: Summaries): MatchResult {
  if (summary === 'other') return DIFFERENT;
  const dated = a.start !== undefined && b.start !== undefined;
  if (dated && !sameDue(a.start, b.start))
    return { matchClass: 'different', score: -3, reasons: ['other-due'] };
  const due: Reason[] = dated ? ['same-due'] : [];
  if (a.isDone !== b.isDone && !dated) return { matchClass: 'possible', score: 0, reasons: ['other-status'] };
  if (summary !== 'same' || !sameRecurrence(a.recurrence, b.recurrence))
    return { matchClass: 'possible', score: dated ? 3 : 1, reasons: due };
  // Where only one has a due date, it may be any of several tasks with this summary.
  const isHalfDated = (a.start === undefined) !== (b.start === undefined);
  const ifRare = isHalfDated && { ifRare: [summaryKey(a.summary)] };
  return { matchClass: 'same', score: dated ? 3 : 1, reasons: due, ...ifRare };
}

/** Are two due times the same? The day is enough, because many devices store no time of day. */
const sameDue = (a: ItemTime, b: ItemTime): boolean => sameTime(a, b) || dayOf(a) === dayOf(b);
