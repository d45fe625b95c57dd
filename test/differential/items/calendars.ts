/** Appointments and tasks of which each shows one thing that iCalendar can say. */
import { alarm, appointment, todo } from '../scenes/texts.ts';
import { ODD_TEXTS, type SourceItem } from './source.ts';

const UTC = ['DTSTART:20270511T090000Z', 'DTEND:20270511T100000Z'];
/** The 15th of March 2027 is a Monday, and in Berlin the clocks change on the 28th. */
const STARTS: readonly (readonly [name: string, lines: readonly string[]])[] = [
  ['utc', ['DTSTART:20270315T090000Z', 'DTEND:20270315T100000Z']],
  ['berlin', ['DTSTART;TZID=Europe/Berlin:20270315T090000', 'DTEND;TZID=Europe/Berlin:20270315T100000']],
  [
    'new york',
    ['DTSTART;TZID=America/New_York:20270315T210000', 'DTEND;TZID=America/New_York:20270315T230000'],
  ],
  ['floating', ['DTSTART:20270315T090000', 'DTEND:20270315T100000']],
  ['day', ['DTSTART;VALUE=DATE:20270315', 'DTEND;VALUE=DATE:20270316']],
  ['days', ['DTSTART;VALUE=DATE:20270315', 'DTEND;VALUE=DATE:20270318']],
];
/** All fall on the start. */
const RULES = [
  ...['FREQ=DAILY', 'FREQ=DAILY;INTERVAL=3', 'FREQ=WEEKLY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU'],
  ...[
    'FREQ=MONTHLY',
    'FREQ=MONTHLY;BYMONTHDAY=15',
    'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15,20',
    'FREQ=MONTHLY;BYDAY=3MO',
  ],
  ...[
    'FREQ=MONTHLY;INTERVAL=3;BYDAY=3MO',
    'FREQ=MONTHLY;BYMONTHDAY=15,-1',
    'FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=15',
  ],
  ...[
    'FREQ=YEARLY',
    'FREQ=YEARLY;INTERVAL=2',
    'FREQ=YEARLY;BYMONTH=3;BYDAY=3MO',
    'FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=15',
  ],
];
const COUNT = ';COUNT=7';
const PEOPLE = [
  'ATTENDEE;CN=Bruno:mailto:bruno@example.com',
  'ATTENDEE;CN="Öztürk, Bruno";PARTSTAT=ACCEPTED:mailto:bruno@example.com',
  'ATTENDEE;PARTSTAT=DECLINED:mailto:bruno@example.com',
  'ATTENDEE;CN=Bruno;PARTSTAT=TENTATIVE;ROLE=OPT-PARTICIPANT;RSVP=TRUE:mailto:bruno@example.com',
  'ORGANIZER;CN=Ada:mailto:ada@example.com',
];
const OTHERS = [
  ...['STATUS:TENTATIVE', 'STATUS:CANCELLED', 'CLASS:PRIVATE', 'CLASS:CONFIDENTIAL', 'TRANSP:TRANSPARENT'],
  ...[
    'PRIORITY:1',
    'CATEGORIES:Work',
    'CATEGORIES:Work,Trip',
    'URL:http://example.com/a?b=c',
    'COMMENT:well',
  ],
  ...[
    'CONTACT:Ada',
    'RESOURCES:Room,Screen',
    'X-OWN:value',
    'ATTACH:http://example.com/file.pdf',
    'GEO:48.1;11.5',
  ],
];
const ALARMS: readonly (readonly string[])[] = [
  ...[':-PT15M', ':PT0S', ':-P1D', ':PT10M', ';RELATED=END:-PT5M', ';VALUE=DATE-TIME:20270511T080000Z'].map(
    (trigger) => alarm(trigger),
  ),
  [...alarm(':-PT15M'), ...alarm(':-PT1H')],
  ['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:-PT20M', 'END:VALARM'],
];

const event = (title: string, ...lines: readonly string[]): SourceItem => ({
  title,
  text: appointment(title, ...lines),
});
const task = (title: string, ...lines: readonly string[]): SourceItem => ({
  title,
  text: todo(title, ...lines),
});

export const EVENTS: readonly SourceItem[] = [
  ...STARTS.map(([name, lines]) => event(`at ${name}`, ...lines)),
  event('lasting', 'DTSTART:20270511T090000Z', 'DURATION:PT1H30M'),
  event('a day without end', 'DTSTART;VALUE=DATE:20270315'),
  ...RULES.flatMap((rule) =>
    STARTS.map(([name, lines]) => event(`${rule.slice(5)} ${name}`, ...lines, `RRULE:${rule}${COUNT}`)),
  ),
  event('until', ...(STARTS[1]?.[1] ?? []), 'RRULE:FREQ=WEEKLY;UNTIL=20270426T070000Z'),
  event('until a day', ...(STARTS[4]?.[1] ?? []), 'RRULE:FREQ=WEEKLY;UNTIL=20270426'),
  event('forever', ...(STARTS[1]?.[1] ?? []), 'RRULE:FREQ=WEEKLY'),
  event(
    'excluded',
    ...(STARTS[1]?.[1] ?? []),
    `RRULE:FREQ=WEEKLY${COUNT}`,
    'EXDATE;TZID=Europe/Berlin:20270329T090000',
  ),
  event('excluded day', ...(STARTS[4]?.[1] ?? []), `RRULE:FREQ=WEEKLY${COUNT}`, 'EXDATE;VALUE=DATE:20270329'),
  event(
    'added',
    ...(STARTS[1]?.[1] ?? []),
    `RRULE:FREQ=WEEKLY${COUNT}`,
    'RDATE;TZID=Europe/Berlin:20270331T090000',
  ),
  ...PEOPLE.map((line, n) => event(`person ${n}`, ...UTC, line)),
  ...OTHERS.map((line) => event(`with ${line.split(':')[0]} ${line.split(':')[1]}`, ...UTC, line)),
  ...ALARMS.map((lines, n) => event(`alarm ${n}`, ...UTC, ...lines)),
  event('alarm of a day', ...(STARTS[4]?.[1] ?? []), ...alarm(':-PT9H')),
  ...['DESCRIPTION', 'LOCATION', 'CATEGORIES'].flatMap((name) =>
    ODD_TEXTS.map(([text, value]) => event(`${name.toLowerCase()} ${text}`, ...UTC, `${name}:${value}`)),
  ),
];

export const TASKS: readonly SourceItem[] = [
  ...[
    'DUE:20270520T150000Z',
    'DUE;VALUE=DATE:20270520',
    'DUE;TZID=Europe/Berlin:20270520T150000',
    'DUE:20270520T150000',
  ].map((line, n) => task(`due ${n}`, line)),
  task('begun', 'DTSTART:20270518T080000Z', 'DUE:20270520T150000Z'),
  task('begun on a day', 'DTSTART;VALUE=DATE:20270518', 'DUE;VALUE=DATE:20270520'),
  task('done', 'STATUS:COMPLETED', 'COMPLETED:20270519T100000Z', 'PERCENT-COMPLETE:100'),
  ...['NEEDS-ACTION', 'IN-PROCESS', 'CANCELLED'].map((state) => task(`state ${state}`, `STATUS:${state}`)),
  task('half done', 'STATUS:IN-PROCESS', 'PERCENT-COMPLETE:50'),
  ...['1', '5', '9'].map((priority) => task(`priority ${priority}`, `PRIORITY:${priority}`)),
  task('alarm', 'DUE:20270520T150000Z', ...alarm(';RELATED=END:-PT30M')),
  ...['CLASS:PRIVATE', 'CATEGORIES:Work,Trip', 'LOCATION:Town', 'URL:http://example.com'].map((line) =>
    task(`with ${line.split(':')[0]}`, line),
  ),
  ...ODD_TEXTS.map(([name, value]) => task(`text ${name}`, `DESCRIPTION:${value}`)),
];
