/** An appointment or a task as it is compared. */

import { distance } from 'fastest-levenshtein';
import { mainOf } from '../../formats/icalendar/exceptions.ts';
import { type ItemTime, instantOfTime, isFloating, itemTime } from '../../time/item-time.ts';
import { ruleMeaning } from '../../time/rule-meaning.ts';
import { utcOf } from '../../time/zones/zones.ts';
import { type Component, firstOf, valueIn } from '../../vobject/model.ts';
import { unescapeText } from '../../vobject/text.ts';
import { isTelling, wordsOf } from '../names/fold.ts';
import { DIFFERENT, type MatchResult, type Reason } from '../result.ts';

export interface PreparedEvent {
  readonly kind: 'event' | 'task';
  readonly uid?: string;
  readonly summary: string;
  /** Of a task: its due time, or its start. */
  readonly start?: ItemTime;
  /** Of one occurrence of a series that is an item of its own: which one. */
  readonly occurrence?: ItemTime;
  /** What its rule means. */
  readonly rule: string;
  readonly location: string;
  readonly isDone: boolean;
}

/** Characters of a summary or a place that are compared. */
const MOST_TEXT = 1_000;

export function prepareEvent(calendar: Component): PreparedEvent | undefined {
  const main = mainOf(calendar);
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
    summary: text('SUMMARY'),
    ...(start && { start: itemTime(start) }),
    ...(occurrence && { occurrence: itemTime(occurrence) }),
    rule: ruleMeaning(valueIn(main, 'RRULE') ?? '', started && itemTime(started)),
    location: text('LOCATION'),
    isDone: firstOf(main, 'COMPLETED') !== undefined || valueIn(main, 'STATUS') === 'COMPLETED',
  };
}

/** Words, or the signs of a text that has none. */
function plainOf(text: string): string {
  const words = wordsOf(text.slice(0, MOST_TEXT)).join(' ');
  return words === '' ? text.slice(0, MOST_TEXT).replace(/\s+/g, ' ').trim() : words;
}

/** Equal for times that are the same: epoch ms of an instant; a day or a floating time as it stands there. */
const keyOf = (time: ItemTime): number | string =>
  isFloating(time) ? time.local : (instantOfTime(time) ?? time.local);

/** Is it the same time? A floating time is that of any zone, and a day begins at midnight. */
function sameTime(a: ItemTime, b: ItemTime): boolean {
  if (isAllDay(a) !== isAllDay(b)) return midnightOf(a) === midnightOf(b);
  return isFloating(a) === isFloating(b) ? keyOf(a) === keyOf(b) : a.local === b.local;
}

const isAllDay = ({ kind }: ItemTime): boolean => kind === 'day';
const midnightOf = ({ local }: ItemTime): string => local.replace(/T0000(?:00)?$/, '');

/** Milliseconds from one side of the day line to the other. */
const FARTHEST = 14 * 3_600_000;
const QUARTER = 900_000;

/** One is a day, the other an instant that is its midnight somewhere: phones wrote whole days so. */
function mayBeMidnight(a: ItemTime, b: ItemTime): boolean {
  const [day, time] = isAllDay(a) ? [a, b] : [b, a];
  const begins = utcOf(day.local);
  const at = isFloating(time) ? undefined : instantOfTime(time);
  if (at === undefined || begins === undefined) return false;
  return Math.abs(at - begins) <= FARTHEST && at % QUARTER === 0;
}

const dayOf = ({ local }: ItemTime): string => local.slice(0, 8);

/** Marks of an appointment or a task, the strongest first. */
export function eventMarks({ uid, summary, start }: PreparedEvent): string[] {
  const marks = uid === undefined ? [] : [`u ${uid}`];
  if (start !== undefined) {
    marks.push(`s ${keyOf(start)}`, `c ${start.local}`);
    if (summary !== '') marks.push(`d ${dayOf(start)} ${summary}`);
  }
  if (summary !== '') marks.push(`t ${summary}`, `h ${summary.split(' ').slice(0, 2).join(' ')}`);
  return marks;
}

export function compareEvents(a: PreparedEvent, b: PreparedEvent): MatchResult {
  if (a.kind !== b.kind || areTwoOccurrences(a, b)) return DIFFERENT;
  const reasons: Reason[] = [];
  const summary = summaries(a.summary, b.summary);
  if (summary !== 'other') reasons.push(summary === 'same' ? 'same-summary' : 'summary-alike');
  const score = { same: 4, alike: 2, other: -4 }[summary];
  // A series and each of its occurrences have one UID.
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

/** Do both start at the same instant, or at the same time by clocks that nobody names? */
export const startsTogether = ({ start: a }: PreparedEvent, { start: b }: PreparedEvent): boolean =>
  a !== undefined && b !== undefined && keyOf(a) === keyOf(b);

const sameStart = (a: PreparedEvent, b: PreparedEvent): boolean =>
  a.start !== undefined && b.start !== undefined && sameTime(a.start, b.start);

type Summaries = 'same' | 'alike' | 'other';

/** A slip, or one is the beginning of the other. */
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
  if (!sameStart(a, b))
    return { matchClass: sameDay ? 'possible' : 'different', score: -1, reasons: ['other-start'] };
  const elsewhere = a.location !== '' && b.location !== '' && summaries(a.location, b.location) === 'other';
  if (a.rule !== b.rule)
    return { matchClass: 'possible', score: 3, reasons: ['same-start', 'other-recurrence'] };
  const sure = summary === 'same' ? !elsewhere : a.location !== '' && a.location === b.location;
  return { matchClass: sure ? 'same' : 'possible', score: 5, reasons: ['same-start'] };
}

function compareTasks(a: PreparedEvent, b: PreparedEvent, summary: Summaries): MatchResult {
  if (summary === 'other') return DIFFERENT;
  const dated = a.start !== undefined && b.start !== undefined;
  if (dated && !sameDue(a.start, b.start))
    return { matchClass: 'different', score: -3, reasons: ['other-due'] };
  const due: Reason[] = dated ? ['same-due'] : [];
  if (a.isDone !== b.isDone && !dated) return { matchClass: 'possible', score: 0, reasons: ['other-status'] };
  const sure = summary === 'same' && a.rule === b.rule;
  return { matchClass: sure ? 'same' : 'possible', score: dated ? 3 : 1, reasons: due };
}

/** Many a device keeps the day only. */
const sameDue = (a: ItemTime, b: ItemTime): boolean => sameTime(a, b) || dayOf(a) === dayOf(b);
