/** Stories of single appointments. */
import { event, prose } from '../../client/items.ts';
import { FIRST, on, type Scene, sync } from './step.ts';
import { alarm, appointment } from './texts.ts';

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
