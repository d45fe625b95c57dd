/**
 * Appointments of telephones that speak vCalendar 1.0. All show series by their own clock, that of Berlin, also over the change
 * of clocks, however they write the times.
 */
import { type Facts, factsOf, manyOf, onlyWords } from '../facts.ts';
import { dayAfter, dayOf, isDay } from './calendar-clock.ts';
import { cut, occurrenceOn, saidSeries, withoutMoved } from './calendar-holds.ts';
import { type Rule, ruleOf } from './calendar-rules.ts';
import { fieldLines, fieldsIn } from './icalendar-fields.ts';
import { lineIn, objectOf, type Part, readPart } from './lines.ts';
import type { Phone } from './phone.ts';
import { factOfOldRule, oldRuleText } from './vcalendar-rules.ts';
import {
  alarmTime,
  minutesOfAlarm,
  type OldTimes,
  oldTime,
  oldTimeIn,
  oldTimesIn,
  zoneLines,
} from './vcalendar-times.ts';

interface Program {
  readonly name: string;
  readonly times: OldTimes;
  /** Does it tell its zone? */
  readonly tellsZone: boolean;
  /** Does it tell days by the type of an entry in the agenda of Symbian? */
  readonly entryTypes?: boolean;
  readonly alarm: 'AALARM' | 'DALARM';
  readonly words: readonly string[];
  readonly properties?: readonly string[];
  /** Characters of a summary that it keeps. */
  readonly summary?: number;
  readonly canSay: (rule: Rule) => boolean;
  readonly narrows?: readonly string[];
}

function phoneOf(program: Program): Phone {
  const { name, words, properties, summary, canSay, narrows } = program;
  const holds = (facts: Facts): Facts => {
    const kept = saidSeries(onlyWords(withoutMoved(facts), words), canSay);
    return summary === undefined ? kept : cut(kept, 'summary', summary);
  };
  return {
    name,
    kind: 'calendar',
    options: { type: 'text/x-vcalendar', typeVersion: '1.0', ...(properties && { properties }) },
    read: (text) => holds(readAppointment(readPart(text))),
    write: (facts) => written(facts, program),
    holds,
    ...(narrows && { narrows }),
    ...(!program.tellsZone && { tellsNoZone: true }),
  };
}

function readAppointment(calendar: Part): Facts {
  const event = calendar.parts.find((part) => part.name === 'VEVENT');
  if (event === undefined) throw new Error('no appointment');
  const [first = '', last] = [oldTimeIn(event, 'DTSTART'), oldTimeIn(event, 'DTEND')];
  const inDays = isOfDays(event, first, last ?? first);
  const asShown = (time: string) => (inDays ? dayOf(time) : time);
  const start = asShown(first);
  const rule = factOfOldRule(lineIn(event, 'RRULE')?.value ?? '', start);
  const excluded = oldTimesIn(event, 'EXDATE')
    .map(asShown)
    .filter((time) => time === occurrenceOn(dayOf(time), start));
  return factsOf([
    ...fieldsIn(event, 'old'),
    ['start', start],
    ['end', inDays ? lastDayIn(start, last ?? '') : (last ?? start)],
    ['alarm', minutesOfAlarm(event, start)],
    ['rule', rule],
    ...(rule === undefined ? [] : excluded.map((time) => [`excluded ${dayOf(time)}`, 'yes'] as const)),
  ]);
}

const isMidnight = (time: string): boolean => time.endsWith('T00:00');

/** Is it an entry of days? By its type, or where it goes from midnight to midnight. */
function isOfDays(event: Part, start: string, end: string): boolean {
  const type = lineIn(event, 'X-EPOCAGENDAENTRYTYPE')?.value.toUpperCase();
  if (type !== undefined) return type === 'EVENT' || type === 'ANNIVERSARY';
  return isMidnight(start) && isMidnight(end);
}

/** The day after the last: an entry may end at the last midnight, or at its first. */
const lastDayIn = (start: string, end: string): string =>
  end === '' || dayOf(end) <= start
    ? dayAfter(start, 1)
    : isMidnight(end)
      ? dayOf(end)
      : dayAfter(dayOf(end), 1);

function written(facts: Facts, program: Program): string {
  const { words, times, tellsZone, entryTypes } = program;
  const [start = '', end = '', alarm] = ['start', 'end', 'alarm'].map((word) => facts.get(word));
  const zone = tellsZone ? zoneLines(start) : [];
  const type = entryTypes ? [`X-EPOCAGENDAENTRYTYPE:${isDay(start) ? 'EVENT' : 'APPOINTMENT'}`] : [];
  return objectOf('old', 'VCALENDAR', [
    ...['VERSION:1.0', ...zone, 'BEGIN:VEVENT', ...type],
    ...fieldLines(facts, 'old', words),
    ...[`DTSTART:${oldTime(start, times)}`, `DTEND:${oldTime(end, times)}`],
    ...seriesLines(facts, start, times),
    ...(alarm === undefined ? [] : [alarmLine(alarm, start, program)]),
    'END:VEVENT',
  ]);
}

/** Without a zone the alarm of a day is by the clock of the day. */
function alarmLine(minutes: string, start: string, { alarm, times, tellsZone }: Program): string {
  const isLocal = isDay(start) && !tellsZone;
  return `${alarm}:${oldTime(alarmTime(minutes, start), isLocal ? 'local' : times)};;0;`;
}

function seriesLines(facts: Facts, start: string, times: OldTimes): string[] {
  const rule = ruleOf(facts.get('rule') ?? '');
  if (rule === undefined) return [];
  const excluded = manyOf(facts, 'excluded').map(([day]) => oldTime(occurrenceOn(day, start), times));
  const text = oldRuleText(rule, start, (day) => oldTime(occurrenceOn(day, start), times));
  return [`RRULE:${text}`, ...(excluded.length > 0 ? [`EXDATE:${excluded.sort().join(';')}`] : [])];
}

const TIMES = ['summary', 'start', 'end', 'alarm', 'rule'];
const STRUCTURE = ['BEGIN', 'END', 'VERSION', 'SUMMARY', 'DTSTART', 'DTEND', 'RRULE'];

/** A telephone with Symbian: times in UTC, with the zone. */
export const SYMBIAN_CALENDAR = phoneOf({
  name: 'Symbian calendar',
  times: 'utc',
  tellsZone: true,
  entryTypes: true,
  alarm: 'AALARM',
  words: [...TIMES, 'excluded', 'location', 'note', 'category', 'class', 'busy', 'priority'],
  properties: [
    ...[...STRUCTURE, 'EXDATE', 'LOCATION', 'DESCRIPTION', 'CATEGORIES', 'CLASS', 'TRANSP', 'PRIORITY'],
    ...['AALARM', 'TZ', 'DAYLIGHT', 'X-EPOCAGENDAENTRYTYPE'],
  ],
  canSay: () => true,
});

/** An old telephone: local times with its zone, few fields, and of series only their rules. */
export const LOCAL_CALENDAR = phoneOf({
  name: 'calendar in local time',
  times: 'local',
  tellsZone: true,
  alarm: 'DALARM',
  words: [...TIMES, 'location', 'category'],
  properties: [...STRUCTURE, 'LOCATION', 'CATEGORIES', 'DALARM', 'TZ', 'DAYLIGHT'],
  canSay: () => true,
});

/**
 * A little telephone that lists nothing and tells no zone: times in UTC, and of series only those of every day and of a day of
 * the week. It shows any other series as its first occurrence.
 */
export const LITTLE_CALENDAR = phoneOf({
  name: 'little calendar',
  times: 'utc',
  tellsZone: false,
  alarm: 'AALARM',
  words: TIMES,
  summary: 40,
  canSay: ({ frequency, on, interval }) =>
    interval === 1 && (frequency === 'DAILY' || (frequency === 'WEEKLY' && on.length === 1)),
  narrows: ['rule', 'excluded', 'moved', 'added'],
});
