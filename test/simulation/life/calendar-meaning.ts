/**
 * When an appointment takes place, by a library that reads and expands iCalendar by itself (ical.js): so two programs that say a
 * series in different ways are compared by what their users see.
 */
import ICAL from 'ical.js';
import { type Facts, manyOf } from './facts.ts';
import {
  compact,
  inClock,
  isDay,
  steadyDefinition,
  utcText,
  zoneDefinition,
} from './phones/calendar-clock.ts';
import { movedTo, occurrenceOn } from './phones/calendar-holds.ts';
import { rruleOf } from './phones/calendar-rules.ts';

const FIRST_YEAR = 2030;
const LAST_YEAR = 2032;
const ZONE = 'Europe/Berlin';

const known = new Map<string, readonly string[]>();
const zones = new Set<string>();

/** So many appointments are remembered at once: a story has thousands, of which most are compared soon after they were made. */
const MOST_KNOWN = 500;

/**
 * The occurrences from 2030 to 2032, or the first `most` of these, sorted: `start/end` in UTC
 * (`20300304T080000Z/20300304T090000Z`) or in days, and behind a blank the summary of an occurrence that has one of its own.
 */
export function occurrencesOf(facts: Facts, most = Number.POSITIVE_INFINITY): readonly string[] {
  const text = calendarText(facts);
  const key = `${most} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = expanded(text, most);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

/** An iCalendar text of what the facts say of times. */
function calendarText(facts: Facts): string {
  const [start = '', end = '', rule, clock] = ['start', 'end', 'rule', 'clock'].map((word) =>
    facts.get(word),
  );
  const times = (name: string, time: string) => timeLine(name, time, clock);
  const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'];
  const ofSeries =
    rule === undefined
      ? []
      : [
          `RRULE:${rruleOf(rule, start)}`,
          ...manyOf(facts, 'excluded').map(([day]) => times('EXDATE', occurrenceOn(day, start, clock))),
          ...manyOf(facts, 'added').map(([time]) => times('RDATE', time)),
        ];
  const exceptions = rule === undefined ? [] : manyOf(facts, 'moved');
  return [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0'],
    ...event(times('DTSTART', start), times('DTEND', end), ...ofSeries.sort()),
    ...exceptions.sort().flatMap(([day, value]) => {
      const to = movedTo(value);
      const own = [times('RECURRENCE-ID', occurrenceOn(day, start, clock)), times('DTSTART', to.start)];
      return event(...own, times('DTEND', to.end), `SUMMARY:${to.summary}`);
    }),
    'END:VCALENDAR',
  ].join('\r\n');
}

function timeLine(name: string, time: string, clock: string | undefined): string {
  if (isDay(time)) return `${name};VALUE=DATE:${compact(time)}`;
  if (clock === undefined) return `${name};TZID=${registered(ZONE, zoneDefinition(ZONE))}:${compact(time)}`;
  if (clock === '0') return `${name}:${utcText(time)}`;
  const zone = `steady ${clock}`;
  registered(zone, steadyDefinition(zone, clock));
  return `${name};TZID=${zone}:${compact(inClock(time, clock))}`;
}

/** The name of a zone that the library knows from now on. */
function registered(zone: string, definition: readonly string[]): string {
  if (zones.has(zone)) return zone;
  zones.add(zone);
  ICAL.TimezoneService.register(new ICAL.Component(ICAL.parse(definition.join('\r\n'))));
  return zone;
}

/** How the series ends within these years: how many occurrences there are, and when the last one is. */
export function endOf(facts: Facts): string {
  const key = `end ${calendarText(facts)}`;
  const [before] = known.get(key) ?? [];
  if (before !== undefined) return before;
  const event = eventIn(calendarText(facts));
  const iterator = event.iterator();
  let [count, last] = [0, ''];
  for (let next = iterator.next(); next && next.year <= LAST_YEAR; next = iterator.next()) {
    count += 1;
    last = next.toString();
  }
  const end = `${count} up to ${last.slice(0, 10)}`;
  known.set(key, [end]);
  return end;
}

function eventIn(text: string): ICAL.Event {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const [main, ...others] = calendar.getAllSubcomponents('vevent');
  if (main === undefined) throw new Error('there is no appointment');
  return new ICAL.Event(main, { exceptions: others.map((one) => new ICAL.Event(one)) });
}

function expanded(text: string, most: number): readonly string[] {
  const event = eventIn(text);
  if (!event.isRecurring()) return [span(event.startDate, event.endDate)];
  const found: string[] = [];
  const iterator = event.iterator();
  for (
    let next = iterator.next();
    next && next.year <= LAST_YEAR && found.length < most;
    next = iterator.next()
  ) {
    if (next.year < FIRST_YEAR) continue;
    const { startDate, endDate, item } = event.getOccurrenceDetails(next);
    const own = item.summary ?? '';
    found.push(span(startDate, endDate) + (own === '' ? '' : ` ${own}`));
  }
  return found.sort();
}

const span = (start: ICAL.Time, end: ICAL.Time): string => `${spelled(start)}/${spelled(end)}`;
const spelled = (time: ICAL.Time): string =>
  time.isDate ? time.toString() : utcOf(time.toJSDate().toISOString());
const utcOf = (iso: string): string => `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`;
