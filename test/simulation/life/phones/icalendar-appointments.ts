/**
 * Appointments of programs that speak iCalendar. The desktop one has all times in a zone and a definition beside; the telephone
 * of today has single times in UTC, and series in a zone.
 */
import { type Facts, factsOf, manyOf, onlyWords, withFact } from '../facts.ts';
import { dayOf, isDay, minutesBetween, steadyDefinition, zoneDefinition } from './calendar-clock.ts';
import { movedTo, occurrenceOn, wholeSeries } from './calendar-holds.ts';
import { factOfRrule, rruleOf } from './calendar-rules.ts';
import { fieldLines, fieldsIn, withId } from './icalendar-fields.ts';
import {
  allTimesIn,
  durationIn,
  endIn,
  type Spelling,
  steadyOffset,
  timeIn,
  timesIn,
  timesLine,
} from './icalendar-times.ts';
import { lineIn, linesIn, objectOf, type Part, readPart, textIn } from './lines.ts';
import type { Phone } from './phone.ts';

interface Program {
  readonly name: string;
  readonly host: string;
  readonly product: string;
  /** The name that it has for the zone. */
  readonly zone: string;
  /** Are the times of a single appointment in UTC? */
  readonly singleInUtc: boolean;
  readonly words: readonly string[];
  readonly properties?: readonly string[];
}

const WORDS = [
  ...['uid', 'summary', 'location', 'note', 'category', 'class', 'busy', 'start', 'end'],
  ...['rule', 'excluded', 'moved', 'added', 'clock', 'alarm'],
  'stray',
];

function phoneOf(program: Program): Phone {
  const { name, words, properties } = program;
  return {
    name,
    kind: 'calendar',
    options: { type: 'text/calendar', typeVersion: '2.0', ...(properties && { properties }) },
    read: (text) => onlyWords(readAppointment(readPart(text)), words),
    write: (facts) => written(facts, program),
    holds: (facts) => withId(wholeSeries(onlyWords(facts, words)), program.host),
  };
}

/** The rule of an appointment without one that has further dates: the rule is gone, an occurrence of its own is left. */
const ONCE = 'DAILY x1';

function readAppointment(calendar: Part): Facts {
  const events = calendar.parts.filter((part) => part.name === 'VEVENT');
  const exceptions = events.filter((part) => lineIn(part, 'RECURRENCE-ID') !== undefined);
  const main = events.find((part) => !exceptions.includes(part)) ?? events[0];
  if (main === undefined) throw new Error('no appointment');
  const start = timeIn(lineIn(main, 'DTSTART'), calendar) ?? '';
  const hasDates = exceptions.some((part) => part !== main) || lineIn(main, 'RDATE') !== undefined;
  const rule = lineIn(main, 'RRULE')?.value ?? (hasDates ? rruleOf(ONCE, '') : undefined);
  const facts = factsOf([
    ['uid', lineIn(main, 'UID')?.value],
    ...fieldsIn(main, 'new'),
    ['start', start],
    ['end', endIn(main, calendar, start)],
    ['alarm', alarmIn(main, start, calendar)],
  ]);
  if (rule === undefined) return facts;
  const clock = clockIn(main, calendar);
  const excluded = allTimesIn(main, 'EXDATE', calendar).filter(
    (time) => isDay(time) || time === occurrenceOn(dayOf(time), start, clock),
  );
  return wholeSeries(
    factsOf([
      ...facts,
      ['rule', factOfRrule(rule, start)],
      ['clock', clock],
      ...excluded.map((time) => [`excluded ${dayOf(time)}`, 'yes'] as const),
      ...allTimesIn(main, 'RDATE', calendar).map((time) => [`added ${time}`, 'yes'] as const),
      ...exceptions.map((part) => exceptionIn(part, calendar, main)),
    ]),
  );
}

/** The clock of a series that does not go by Berlin's: the minutes that it is ahead of UTC. */
function clockIn(main: Part, calendar: Part): string | undefined {
  const line = lineIn(main, 'DTSTART');
  const steady = line && steadyOffset(line, calendar);
  return steady === undefined ? undefined : String(steady);
}

function exceptionIn(part: Part, calendar: Part, main: Part): readonly [string, string] {
  const [id] = linesIn(part, 'RECURRENCE-ID').flatMap((line) => timesIn(line, calendar));
  const start = timeIn(lineIn(part, 'DTSTART'), calendar) ?? id ?? '';
  const [own, common] = [part, main].map((one) => textIn(one, 'SUMMARY', 'new'));
  const summary = own === undefined || own === common ? '' : ` ${own}`;
  const whole = timeIn(lineIn(main, 'DTSTART'), calendar) ?? '';
  const isOccurrence = id === occurrenceOn(dayOf(id ?? ''), whole, clockIn(main, calendar));
  // An exception of no occurrence is an appointment that nobody made.
  if (!isOccurrence && main !== part) return [`stray ${id}`, start];
  return [`moved ${dayOf(id ?? '')}`, `${start}/${endIn(part, calendar, start)}${summary}`];
}

/** Minutes before the start, of the first alarm. */
function alarmIn(main: Part, start: string, calendar: Part): string | undefined {
  const trigger = main.parts.flatMap((part) => lineIn(part, 'TRIGGER') ?? [])[0];
  if (trigger === undefined) return undefined;
  const offset = durationIn(trigger.value);
  if (offset !== undefined) return String(-offset);
  const at = timeIn(trigger, calendar);
  return at === undefined ? undefined : String(minutesBetween(at, start));
}

function written(facts: Facts, program: Program): string {
  const start = facts.get('start') ?? '';
  const spelling = spellingOf(facts, program);
  const event = (lines: readonly string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
  const exceptions = manyOf(facts, 'moved').map(([day, value]) => {
    const to = movedTo(value);
    const own = to.summary === '' ? facts : withFact(facts, 'summary', to.summary);
    return event([
      ...commonLines(own, program),
      timesLine('RECURRENCE-ID', [occurrenceOn(day, start, facts.get('clock'))], spelling),
      timesLine('DTSTART', [to.start], spelling),
      timesLine('DTEND', [to.end], spelling),
    ]);
  });
  const zones = spelling === 'utc' || isDay(start) ? [] : definitionOf(spelling);
  const main = event([...commonLines(facts, program), ...timeLines(facts, spelling, program)]);
  return objectOf('new', 'VCALENDAR', [
    ...['VERSION:2.0', `PRODID:${program.product}`],
    ...[...zones, ...main, ...exceptions.flat()],
  ]);
}

function spellingOf(facts: Facts, { zone, singleInUtc }: Program): Spelling {
  const clock = facts.get('clock');
  if (clock === '0' || (singleInUtc && !facts.has('rule'))) return 'utc';
  return clock === undefined ? { zone } : { zone: `Steady ${clock}`, steady: clock };
}

const definitionOf = ({ zone, steady }: Exclude<Spelling, 'utc'>): readonly string[] =>
  steady === undefined ? zoneDefinition(zone) : steadyDefinition(zone, steady);

const commonLines = (facts: Facts, { words }: Program): string[] => [
  ...[`UID:${facts.get('uid')}`, 'DTSTAMP:20300101T000000Z'],
  ...fieldLines(facts, 'new', words),
];

function timeLines(facts: Facts, spelling: Spelling, { singleInUtc }: Program): string[] {
  const [start = '', end = '', rule, alarm] = ['start', 'end', 'rule', 'alarm'].map((word) =>
    facts.get(word),
  );
  const excluded = manyOf(facts, 'excluded').map(([day]) => occurrenceOn(day, start, facts.get('clock')));
  const added = manyOf(facts, 'added').map(([time]) => time);
  return [
    timesLine('DTSTART', [start], spelling),
    timesLine('DTEND', [end], spelling),
    ...(rule === undefined || rule === ONCE ? [] : [`RRULE:${rruleOf(rule, start, singleInUtc)}`]),
    ...excluded.sort().map((time) => timesLine('EXDATE', [time], spelling)),
    ...added.sort().map((time) => timesLine('RDATE', [time], spelling)),
    ...(alarm === undefined ? [] : alarmLines(alarm)),
  ];
}

const alarmLines = (minutes: string): string[] => [
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Reminder'],
  ...[`TRIGGER:${Number(minutes) < 0 ? 'PT' : '-PT'}${Math.abs(Number(minutes))}M`, 'END:VALARM'],
];

/** The names that programs of iCalendar list of appointments. */
const LISTED = [
  ...[
    'BEGIN',
    'END',
    'VERSION',
    'PRODID',
    'UID',
    'DTSTAMP',
    'SUMMARY',
    'LOCATION',
    'DESCRIPTION',
    'CATEGORIES',
  ],
  ...['CLASS', 'TRANSP', 'DTSTART', 'DTEND', 'DURATION', 'RRULE', 'EXDATE', 'RDATE', 'RECURRENCE-ID'],
  ...['TZID', 'TZOFFSETFROM', 'TZOFFSETTO', 'TZNAME', 'ACTION', 'TRIGGER'],
];

/** A calendar on a desktop. */
export const DESKTOP_CALENDAR = phoneOf({
  name: 'desktop calendar',
  host: 'desktop.example',
  product: '-//Desktop//Calendar//EN',
  zone: '/freeassociation.sourceforge.net/Europe/Berlin',
  singleInUtc: false,
  words: [...WORDS, 'priority'],
  properties: [...LISTED, 'PRIORITY'],
});

/** The calendar of a telephone of today, which lists nothing. */
export const PHONE_CALENDAR = phoneOf({
  name: 'telephone calendar',
  host: 'telephone.example',
  product: '-//Telephone//Calendar//EN',
  zone: 'Europe/Berlin',
  singleInUtc: true,
  words: WORDS,
});
