/** Stories of appointments that become something else: a whole day, a series, a single one. */
import { event } from '../../client/items.ts';
import { FIRST, on, type Scene, sync } from './step.ts';
import { alarm, appointment, todo } from './texts.ts';

const phone = on('phone', 'calendar');
const laptop = on('laptop', 'calendar');

const BERLIN = ['DTSTART;TZID=Europe/Berlin:20270301T090000', 'DTEND;TZID=Europe/Berlin:20270301T100000'];
const WEEKLY = appointment('Weekly', ...BERLIN, 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=10');
const REMINDED = appointment(
  'Fair',
  'DTSTART:20270511T090000Z',
  'DTEND:20270511T100000Z',
  ...alarm(':-PT15M'),
);
const MONTHLY_TASK = todo(
  'Pay rent',
  ...['DTSTART;VALUE=DATE:20270501', 'DUE;VALUE=DATE:20270503', 'RRULE:FREQ=MONTHLY;COUNT=6'],
);

export const CHANGED_EVENT_SCENES: readonly Scene[] = [
  {
    name: 'event-made-whole-day',
    about: 'an appointment becomes one of a whole day, and another one the reverse',
    datastores: ['calendar'],
    steps: [
      phone.add('fair', event('Trade fair', 11)),
      phone.add(
        'holiday',
        appointment('Holiday', 'DTSTART;VALUE=DATE:20270520', 'DTEND;VALUE=DATE:20270521'),
      ),
      ...FIRST,
      laptop.edit(
        'Trade fair',
        ['DTSTART:20270511T090000Z', 'DTSTART;VALUE=DATE:20270511'],
        ['DTEND:20270511T100000Z', 'DTEND;VALUE=DATE:20270512'],
      ),
      laptop.edit(
        'Holiday',
        ['DTSTART;VALUE=DATE:20270520', 'DTSTART:20270520T120000Z'],
        ['DTEND;VALUE=DATE:20270521', 'DTEND:20270520T130000Z'],
      ),
      sync('laptop'),
    ],
  },
  {
    name: 'event-made-series',
    about: 'an appointment becomes a series, and a series a single appointment',
    datastores: ['calendar'],
    steps: [
      phone.add('fair', event('Trade fair', 11)),
      phone.add('weekly', WEEKLY),
      ...FIRST,
      laptop.edit('Trade fair', ['SUMMARY', 'RRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY']),
      laptop.edit('Weekly', [/RRULE[^\r\n]*\r\n/, '']),
      sync('laptop'),
    ],
  },
  {
    name: 'event-made-series-old-format',
    about: 'the same on a laptop that speaks vCalendar 1.0 only',
    datastores: ['calendar'],
    oldFormats: ['laptop'],
    steps: [
      phone.add('fair', event('Trade fair', 11)),
      phone.add('weekly', WEEKLY),
      ...FIRST,
      laptop.edit('Trade fair', ['SUMMARY', 'RRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY']),
      laptop.edit('Weekly', [/RRULE[^\r\n]*\r\n/, '']),
      sync('laptop'),
    ],
  },
  {
    name: 'event-reminded-and-renamed',
    about: 'one device takes the alarm away, the other one changes the title at the same time',
    datastores: ['calendar'],
    steps: [
      phone.add('fair', REMINDED),
      ...FIRST,
      phone.edit('Fair', [/BEGIN:VALARM.*END:VALARM\r\n/s, '']),
      laptop.edit('Fair', ['SUMMARY:Fair', 'SUMMARY:Fair in Köln']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'event-alarm-and-time',
    about: 'one device moves an appointment, the other one sets its alarm earlier at the same time',
    datastores: ['calendar'],
    steps: [
      phone.add('fair', REMINDED),
      ...FIRST,
      phone.edit('Fair', ['20270511T090000Z', '20270512T090000Z'], ['20270511T100000Z', '20270512T100000Z']),
      laptop.edit('Fair', ['-PT15M', '-PT1H']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'event-added-alarm-old-format',
    about: 'a laptop that speaks vCalendar 1.0 only adds an alarm, and moves an appointment with one',
    datastores: ['calendar'],
    oldFormats: ['laptop'],
    steps: [
      phone.add('talk', event('Talk', 12)),
      phone.add('fair', REMINDED),
      ...FIRST,
      laptop.edit('SUMMARY:Talk', ['END:VEVENT', `${alarm(':-PT30M').join('\r\n')}\r\nEND:VEVENT`]),
      laptop.edit('SUMMARY:Fair', ['20270511T090000Z', '20270511T093000Z']),
      sync('laptop'),
    ],
  },
  {
    name: 'event-copied',
    about: 'a user copies an appointment with all that it has, and moves the copy',
    datastores: ['calendar'],
    steps: [
      phone.add('fair', event('Trade fair', 11)),
      ...FIRST,
      phone.add('fair-copy', event('Trade fair', 11).replaceAll('20270511', '20270518')),
      sync('phone'),
      laptop.edit('20270518', ['Room 3', 'Room 9']),
    ],
  },
  {
    name: 'series-moved-by-a-day',
    about: 'a series is moved to another weekday and made longer, while the other device excludes a date',
    datastores: ['calendar'],
    steps: [
      phone.add('weekly', WEEKLY),
      ...FIRST,
      phone.edit(
        'Weekly',
        [/DTSTART([^\r\n]*)20270301/, 'DTSTART$120270302'],
        [/DTEND([^\r\n]*)20270301/, 'DTEND$120270302'],
        ['BYDAY=MO', 'BYDAY=TU'],
      ),
      laptop.edit('Weekly', ['RRULE', 'EXDATE;TZID=Europe/Berlin:20270322T090000\r\nRRULE']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'task-series',
    about: 'a task of every month gets another priority',
    datastores: ['tasks'],
    steps: [
      on('phone', 'tasks').add('rent', MONTHLY_TASK),
      ...FIRST,
      on('laptop', 'tasks').edit('Pay rent', ['SUMMARY', 'PRIORITY:2\r\nSUMMARY']),
      sync('laptop'),
    ],
  },
  {
    name: 'task-done-old-format',
    about: 'a laptop that speaks vCalendar 1.0 only does a task, and the phone reopens it',
    datastores: ['tasks'],
    oldFormats: ['laptop'],
    steps: [
      on('phone', 'tasks').add(
        'write',
        todo('Write', 'DUE:20270520T150000Z', 'STATUS:NEEDS-ACTION', 'DESCRIPTION:now'),
      ),
      ...FIRST,
      on('laptop', 'tasks').edit('Write', [
        'STATUS:NEEDS-ACTION',
        'STATUS:COMPLETED\r\nCOMPLETED:20270519T100000Z',
      ]),
      sync('laptop'),
      sync('phone'),
      on('phone', 'tasks').edit(
        'Write',
        ['STATUS:COMPLETED', 'STATUS:NEEDS-ACTION'],
        [/COMPLETED:2[^\r\n]*\r\n/, ''],
      ),
    ],
  },
];
