/** Stories of single appointments and of tasks and notes. */
import { event, note, prose, task } from '../../client/items.ts';
import { FIRST, on, type Scene, sync } from './step.ts';
import { alarm, appointment, todo } from './texts.ts';

const phone = on('phone', 'calendar');
const laptop = on('laptop', 'calendar');

const PLACES = [
  appointment('Utc', 'DTSTART:20270511T090000Z', 'DTEND:20270511T100000Z'),
  appointment(
    'Berlin',
    'DTSTART;TZID=Europe/Berlin:20270511T090000',
    'DTEND;TZID=Europe/Berlin:20270511T100000',
  ),
  appointment(
    'Red-eye flight',
    'DTSTART;TZID=America/New_York:20270511T220000',
    'DTEND;TZID=Europe/Berlin:20270512T120000',
  ),
  appointment('Floating', 'DTSTART:20270511T090000', 'DTEND:20270511T100000'),
  appointment('Lasting', 'DTSTART:20270512T090000Z', 'DURATION:PT1H30M'),
];
const WITH_ALARMS = [
  appointment('Before', 'DTSTART:20270511T090000Z', 'DTEND:20270511T100000Z', ...alarm(':-PT15M')),
  appointment(
    'Two',
    'DTSTART:20270511T090000Z',
    'DTEND:20270511T100000Z',
    ...alarm(':-PT15M'),
    ...alarm(':-P1D'),
  ),
  appointment(
    'At a time',
    ...['DTSTART:20270511T090000Z', 'DTEND:20270511T100000Z'],
    ...alarm(';VALUE=DATE-TIME:20270511T080000Z'),
  ),
];
const PEOPLE = appointment(
  'Meeting',
  ...['DTSTART:20270511T090000Z', 'DTEND:20270511T100000Z', 'CATEGORIES:Work,Travel', 'CLASS:PRIVATE'],
  ...['TRANSP:TRANSPARENT', 'PRIORITY:3', 'STATUS:TENTATIVE', 'URL:http://example.com/meeting'],
  'ORGANIZER;CN=Ada Lindqvist:mailto:ada@example.com',
  'ATTENDEE;CN="Öztürk, Bruno";PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:bruno@example.com',
  'ATTENDEE;CN=Carl;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:carl@example.com',
);

const wholeDays = [
  phone.add('fair', appointment('Fair', 'DTSTART;VALUE=DATE:20270510', 'DTEND;VALUE=DATE:20270513')),
  phone.add('birthday', appointment('Holiday', 'DTSTART;VALUE=DATE:20270520', 'DTEND;VALUE=DATE:20270521')),
  phone.add('no-end', appointment('No end', 'DTSTART;VALUE=DATE:20270525')),
];

export const EVENT_SCENES: readonly Scene[] = [
  {
    name: 'event-both-ways',
    about: 'each device adds an appointment, changes one and deletes one',
    datastores: ['calendar'],
    steps: [
      phone.add('fair', event('Trade fair', 11)),
      phone.add('talk', event('Talk', 12)),
      laptop.add('lunch', event('Lunch', 13)),
      ...FIRST,
      laptop.edit('Trade fair', ['T090000Z', 'T080000Z'], ['Room 3', 'Hall 1']),
      phone.delete('Lunch'),
      sync('phone'),
      sync('laptop'),
      laptop.delete('Talk'),
    ],
  },
  {
    name: 'event-whole-days',
    about: 'appointments of one and of several days; one gets a day longer',
    datastores: ['calendar'],
    steps: [...wholeDays, ...FIRST, laptop.edit('SUMMARY:Fair', ['20270513', '20270514']), sync('laptop')],
  },
  {
    name: 'event-whole-days-old-format',
    about: 'the same where the laptop speaks vCalendar 1.0 only',
    datastores: ['calendar'],
    oldFormats: ['laptop'],
    steps: [
      ...wholeDays,
      ...FIRST,
      laptop.edit('SUMMARY:Fair', ['SUMMARY:Fair', 'SUMMARY:Fair\r\nLOCATION:Köln']),
      sync('laptop'),
    ],
  },
  {
    name: 'event-zones',
    about: 'appointments in UTC, in two zones, of no zone, and with a duration',
    datastores: ['calendar'],
    steps: [
      ...PLACES.map((text, n) => phone.add(`place-${n}`, text)),
      ...FIRST,
      laptop.edit('SUMMARY:Berlin', ['SUMMARY:Berlin', 'SUMMARY:Berlin\r\nLOCATION:Mitte']),
      laptop.edit('SUMMARY:Red-eye', ['T220000', 'T230000']),
      sync('laptop'),
    ],
  },
  {
    name: 'event-zones-old-format',
    about: 'the same where the laptop speaks vCalendar 1.0 only',
    datastores: ['calendar'],
    oldFormats: ['laptop'],
    steps: [
      ...PLACES.map((text, n) => phone.add(`place-${n}`, text)),
      ...FIRST,
      laptop.edit('SUMMARY:Berlin', ['SUMMARY:Berlin', 'SUMMARY:Berlin\r\nLOCATION:Mitte']),
      sync('laptop'),
    ],
  },
  {
    name: 'event-alarms',
    about: 'one alarm, two, one at a time; one is moved and one taken away',
    datastores: ['calendar'],
    steps: [
      ...WITH_ALARMS.map((text, n) => phone.add(`alarm-${n}`, text)),
      ...FIRST,
      laptop.edit('SUMMARY:Before', ['-PT15M', '-PT45M']),
      laptop.edit('SUMMARY:At a time', [/BEGIN:VALARM.*END:VALARM\r\n/s, '']),
      sync('laptop'),
    ],
  },
  {
    name: 'event-alarms-old-format',
    about:
      'one alarm, two, one at a time on a laptop that speaks vCalendar 1.0 only; an appointment with one is moved there',
    datastores: ['calendar'],
    oldFormats: ['laptop'],
    steps: [
      ...WITH_ALARMS.map((text, n) => phone.add(`alarm-${n}`, text)),
      ...FIRST,
      laptop.edit('SUMMARY:Before', ['SUMMARY:Before', 'SUMMARY:Before\r\nLOCATION:Here']),
      sync('laptop'),
    ],
  },
  {
    name: 'event-people',
    about: 'organizer, attendees, categories, privacy and state; the text is changed',
    datastores: ['calendar'],
    steps: [
      phone.add('meeting', PEOPLE),
      ...FIRST,
      laptop.edit('Meeting', ['PRIORITY:3', 'PRIORITY:4']),
      sync('laptop'),
    ],
  },
  {
    name: 'event-texts',
    about: 'long, folded and odd texts in an appointment',
    datastores: ['calendar'],
    maxMsgSize: 10_240,
    steps: [
      phone.add('long', event('Long', 11, prose(9, 25_000))),
      phone.add('odd', event('Ödd 🎉\\, second\\; third', 12, 'tab\\n\\n=3D <x> \\\\n & 日本語')),
      phone.add('folded', event('Folded', 13, `${'äöü '.repeat(20)}\r\n  and on`)),
      ...FIRST,
      laptop.edit('SUMMARY:Folded', ['and on', 'and off']),
      sync('laptop'),
    ],
  },
];

const tasks = on('phone', 'tasks');
const laptopTasks = on('laptop', 'tasks');
const TASKS = [
  todo('Day', 'DUE;VALUE=DATE:20270520', 'PRIORITY:1'),
  todo('Half done', 'DUE:20270520T150000Z', 'STATUS:IN-PROCESS', 'PERCENT-COMPLETE:40', 'CATEGORIES:Work'),
  todo('No date', 'DESCRIPTION:whenever\\, äöü'),
  todo('Begun', 'DTSTART:20270518T080000Z', 'DUE:20270520T150000Z', ...alarm(':-PT30M')),
];

export const TASK_SCENES: readonly Scene[] = [
  {
    name: 'task-done-and-reopened',
    about: 'a task is done on one device, and reopened on the other',
    datastores: ['tasks'],
    steps: [
      tasks.add('quote', task('Write the quote')),
      ...FIRST,
      laptopTasks.edit('Write', ['STATUS:NEEDS-ACTION', 'STATUS:COMPLETED\r\nCOMPLETED:20270519T100000Z']),
      sync('laptop'),
      sync('phone'),
      tasks.edit('Write', ['STATUS:COMPLETED', 'STATUS:NEEDS-ACTION'], [/COMPLETED:2[^\r\n]*\r\n/, '']),
    ],
  },
  {
    name: 'task-kinds',
    about: 'tasks with a day, half done, without a date, with start and alarm; one is moved',
    datastores: ['tasks'],
    steps: [
      ...TASKS.map((text, n) => tasks.add(`task-${n}`, text)),
      ...FIRST,
      laptopTasks.edit('SUMMARY:Begun', ['20270520T150000Z', '20270521T150000Z']),
      sync('laptop'),
    ],
  },
  {
    name: 'task-kinds-old-format',
    about: 'the same where the laptop speaks vCalendar 1.0 only',
    datastores: ['tasks'],
    oldFormats: ['laptop'],
    steps: [
      ...TASKS.map((text, n) => tasks.add(`task-${n}`, text)),
      ...FIRST,
      laptopTasks.edit('SUMMARY:No date', ['whenever', 'never']),
      sync('laptop'),
    ],
  },
];

const notes = on('phone', 'notes');
const laptopNotes = on('laptop', 'notes');

export const NOTE_SCENES: readonly Scene[] = [
  {
    name: 'note-both-ways',
    about: 'notes with odd texts; one is changed, one deleted',
    datastores: ['notes'],
    steps: [
      notes.add('odd', note('Ödd 🎉', '\ttab\n\n  blanks\n=3D <x> \\n & 日本語 ]]>')),
      notes.add('one-line', 'One line'),
      laptopNotes.add('shelf', note('Shelf')),
      ...FIRST,
      laptopNotes.edit('One line', ['One line', 'One longer line']),
      notes.delete('Shelf'),
      sync('phone'),
    ],
  },
  {
    name: 'note-long',
    about: 'a note of 40,000 characters, changed at its end',
    datastores: ['notes'],
    maxMsgSize: 10_240,
    steps: [
      notes.add('long', note('Long', `${prose(4, 40_000)}\nthe end`)),
      ...FIRST,
      laptopNotes.edit('Long', ['the end', 'the very end']),
      sync('laptop'),
    ],
  },
];
