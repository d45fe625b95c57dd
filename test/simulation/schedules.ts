/** Appointments and tasks of a rich story: single ones, series with exclusions, whole days, zones, states of a task. */
import type { Edit, ItemKind } from './item-kinds.ts';
import { insert, isAt, set, withCategory, withLine } from './line-edits.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const object = (name: string, ...own: readonly string[]): string[] => [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', `BEGIN:${name}`, ...own, `END:${name}`, 'END:VCALENDAR'],
];

/** What starts and ends when; the number decides. A Monday of March 2030, in which no clocks change. */
const TIMES: readonly ((hour: number) => readonly string[])[] = [
  (hour) => [`DTSTART:20300304T${two(hour)}0000Z`, `DTEND:20300304T${two(hour)}3000Z`],
  () => ['DTSTART;VALUE=DATE:20300304', 'DTEND;VALUE=DATE:20300305'],
  (hour) => [...zoned(hour), 'RRULE:FREQ=WEEKLY;BYDAY=MO'],
  (hour) => zoned(hour),
  (hour) => [
    ...[`DTSTART:20300304T${two(hour)}0000Z`, `DTEND:20300304T${two(hour)}3000Z`],
    'RRULE:FREQ=WEEKLY;BYDAY=MO',
  ],
];
const zoned = (hour: number): string[] => [
  `DTSTART;TZID=Europe/Berlin:20300304T${two(hour)}0000`,
  `DTEND;TZID=Europe/Berlin:20300304T${two(hour)}3000`,
];
const hourOf = (number: number): number => 8 + (number % 10);

/** Moves a single appointment to another hour. A series keeps its start, by which its exclusions are. */
const moved: Edit = (lines, number) => {
  if (lines.some(isAt('RRULE'))) return lines;
  const change = (line: string) => line.replace(/T\d\d(\d{4}Z?)$/, `T${two(hourOf(number))}$1`);
  return lines.map((line) => (isAt('DTSTART')(line) || isAt('DTEND')(line) ? change(line) : line));
};

/** Deletes an occurrence of a series. */
const excluded: Edit = (lines, number) => {
  const start = lines.find(isAt('DTSTART'));
  if (start === undefined || !lines.some(isAt('RRULE'))) return lines;
  const at = new Date(Date.UTC(2030, 2, 4 + 7 * (1 + (number % 50)))).toISOString().slice(0, 10);
  const line = start.replace('DTSTART', 'EXDATE').replace(/\d{8}T/, `${at.replaceAll('-', '')}T`);
  return lines.includes(line) ? lines : insert(lines, line);
};

const ICALENDAR = 'text/calendar';

const dialectsOf = (listed: readonly string[], sif: string): Pick<ItemKind, 'dialects' | 'moreDialects'> => ({
  dialects: [
    { type: ICALENDAR },
    { type: 'text/x-vcalendar' },
    { type: ICALENDAR, properties: [...listed, 'LOCATION', 'CATEGORIES', 'DESCRIPTION', 'PRIORITY'] },
    { type: 'text/x-vcalendar', properties: listed },
    { type: ICALENDAR, properties: [...listed, 'DESCRIPTION'] },
  ],
  moreDialects: [
    { type: sif },
    { type: sif, properties: [...listed, 'DESCRIPTION'] },
    { type: ICALENDAR, properties: [...listed, 'DESCRIPTION'], sizes: { DESCRIPTION: 12 } },
  ],
});

const STRUCTURE = ['BEGIN', 'END', 'VERSION', 'SUMMARY'];

/** Edits of appointments and of tasks. */
const OF_ALL: ItemKind['edits'] = [
  ['X-ODD', (lines, number) => set(lines, 'X-ODD', `X-ODD:x${number}`)],
  ['CATEGORIES', withCategory],
  ['DESCRIPTION', (lines, number, random) => withLine('DESCRIPTION', lines, number, random)],
];

export const APPOINTMENTS: ItemKind = {
  datastore: 'calendar',
  ...dialectsOf([...STRUCTURE, 'DTSTART', 'DTEND', 'RRULE', 'EXDATE'], 'text/x-s4j-sife'),
  first: (name, number) =>
    object(
      'VEVENT',
      ...[`SUMMARY:${name}`, ...(TIMES[number % TIMES.length]?.(hourOf(number)) ?? [])],
      ...[`LOCATION:l${number}`, `X-ODD:x${number}`, `DESCRIPTION:n${number}`],
    ),
  edits: [
    ['LOCATION', (lines, number) => set(lines, 'LOCATION', `LOCATION:l${number}`)],
    ...OF_ALL,
    ['DTSTART', moved],
    ['EXDATE', excluded],
    ['EXDATE', excluded],
  ],
  growth: ['LOCATION', 'CATEGORIES', 'DESCRIPTION', 'X-ODD'],
};

/** Done, begun, or open again: one state in several properties. */
const STATES: readonly ((number: number) => readonly string[])[] = [
  () => ['STATUS:NEEDS-ACTION'],
  () => ['STATUS:IN-PROCESS', 'PERCENT-COMPLETE:50'],
  (number) => [
    'STATUS:COMPLETED',
    'PERCENT-COMPLETE:100',
    `COMPLETED:203003${two(1 + (number % 28))}T100000Z`,
  ],
];
const inState: Edit = (lines, number) => {
  const rest = lines.filter(
    (line) => !['STATUS', 'PERCENT-COMPLETE', 'COMPLETED'].some((name) => isAt(name)(line)),
  );
  return (STATES[number % STATES.length]?.(number) ?? []).reduce(insert, rest);
};

export const TASKS: ItemKind = {
  datastore: 'tasks',
  ...dialectsOf([...STRUCTURE, 'DUE', 'STATUS', 'PERCENT-COMPLETE', 'COMPLETED'], 'text/x-s4j-sift'),
  first: (name, number) =>
    object(
      'VTODO',
      ...[`SUMMARY:${name}`, `DUE;VALUE=DATE:203003${two(1 + (number % 28))}`, 'STATUS:NEEDS-ACTION'],
      ...[`X-ODD:x${number}`, `DESCRIPTION:n${number}`],
    ),
  edits: [
    ...OF_ALL,
    ['DUE', (lines, number) => set(lines, 'DUE', `DUE;VALUE=DATE:203003${two(1 + (number % 28))}`)],
    ['STATUS', inState],
    ['STATUS', inState],
  ],
  growth: ['CATEGORIES', 'DESCRIPTION', 'X-ODD'],
};
