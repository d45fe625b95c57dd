/** Stories of series: rules, excluded dates, occurrences that were moved. */
import { FIRST, on, type Scene, sync } from './step.ts';
import { appointment, seriesWithChange } from './texts.ts';

const phone = on('phone', 'calendar');
const laptop = on('laptop', 'calendar');

const BERLIN = ['DTSTART;TZID=Europe/Berlin:20270301T090000', 'DTEND;TZID=Europe/Berlin:20270301T100000'];
const WEEKLY = appointment('Weekly', ...BERLIN, 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=10');
const EXCLUDED = appointment(
  'Excluded',
  ...BERLIN,
  ...['RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270426T070000Z', 'EXDATE;TZID=Europe/Berlin:20270308T090000'],
);
const RULES = [
  appointment(
    'Daily',
    'DTSTART:20270301T090000Z',
    'DTEND:20270301T093000Z',
    'RRULE:FREQ=DAILY;INTERVAL=2;COUNT=8',
  ),
  appointment('Days', ...BERLIN, 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;COUNT=12'),
  appointment(
    'Last Friday',
    ...['DTSTART;TZID=Europe/Berlin:20270326T090000', 'DTEND;TZID=Europe/Berlin:20270326T100000'],
    'RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=6',
  ),
  appointment('Date', ...BERLIN, 'RRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=6'),
  appointment(
    'Yearly',
    'DTSTART;VALUE=DATE:20270305',
    'DTEND;VALUE=DATE:20270306',
    'RRULE:FREQ=YEARLY;COUNT=5',
  ),
  appointment('Forever', 'DTSTART;VALUE=DATE:20270306', 'DTEND;VALUE=DATE:20270307', 'RRULE:FREQ=YEARLY'),
];
const MOVED = [
  'RECURRENCE-ID;TZID=Europe/Berlin:20270315T090000',
  ...['DTSTART;TZID=Europe/Berlin:20270315T140000', 'DTEND;TZID=Europe/Berlin:20270315T150000'],
];
const addRules = RULES.map((text, n) => phone.add(`rule-${n}`, text));

export const SERIES_SCENES: readonly Scene[] = [
  {
    name: 'series-changed',
    about: 'a weekly series over the change of the clocks is moved by an hour, and gets another place',
    datastores: ['calendar'],
    steps: [
      phone.add('weekly', WEEKLY),
      ...FIRST,
      laptop.edit('Weekly', [
        'DTSTART;TZID=Europe/Berlin:20270301T09',
        'DTSTART;TZID=Europe/Berlin:20270301T08',
      ]),
      sync('laptop'),
      sync('phone'),
      phone.edit('Weekly', ['SUMMARY:Weekly', 'SUMMARY:Weekly\r\nLOCATION:Room 5']),
    ],
  },
  {
    name: 'series-excluded',
    about: 'a series with an excluded date; each device excludes one more',
    datastores: ['calendar'],
    steps: [
      phone.add('excluded', EXCLUDED),
      ...FIRST,
      laptop.edit('Excluded', ['RRULE', 'EXDATE;TZID=Europe/Berlin:20270322T090000\r\nRRULE']),
      sync('laptop'),
      sync('phone'),
      phone.edit('Excluded', ['RRULE', 'EXDATE;TZID=Europe/Berlin:20270405T090000\r\nRRULE']),
    ],
  },
  {
    name: 'series-excluded-old-format',
    about: 'the same where the laptop speaks vCalendar 1.0 only',
    datastores: ['calendar'],
    oldFormats: ['laptop'],
    steps: [
      phone.add('excluded', EXCLUDED),
      ...FIRST,
      laptop.edit('Excluded', ['SUMMARY:Excluded', 'SUMMARY:Excluded\r\nLOCATION:Room 5']),
      sync('laptop'),
    ],
  },
  {
    name: 'series-excluded-on-both',
    about: 'each device excludes another date without knowing of the other',
    datastores: ['calendar'],
    steps: [
      phone.add('excluded', EXCLUDED),
      ...FIRST,
      laptop.edit('Excluded', ['RRULE', 'EXDATE;TZID=Europe/Berlin:20270322T090000\r\nRRULE']),
      phone.edit('Excluded', ['RRULE', 'EXDATE;TZID=Europe/Berlin:20270405T090000\r\nRRULE']),
      sync('laptop'),
      sync('phone'),
    ],
  },
  {
    name: 'series-rules',
    about: 'series of every kind; one gets fewer times',
    datastores: ['calendar'],
    steps: [
      ...addRules,
      ...FIRST,
      laptop.edit('SUMMARY:Daily', [/;(COUNT|UNTIL)=[^;\r\n]*/, ';COUNT=4']),
      sync('laptop'),
    ],
  },
  {
    name: 'series-rules-old-format',
    about: 'series of every kind on a laptop that speaks vCalendar 1.0 only; one gets a place there',
    datastores: ['calendar'],
    oldFormats: ['laptop'],
    steps: [
      ...addRules,
      ...FIRST,
      laptop.edit('SUMMARY:Last Friday', ['SUMMARY:Last Friday', 'SUMMARY:Last Friday\r\nLOCATION:Room 5']),
      sync('laptop'),
    ],
  },
  {
    name: 'series-occurrence-moved',
    about: 'one occurrence of a series is moved, as an item of its own, and moved again by the other device',
    datastores: ['calendar'],
    steps: [
      phone.add('weekly', WEEKLY),
      phone.add('moved', appointment('Weekly', ...MOVED, 'LOCATION:Elsewhere')),
      ...FIRST,
      laptop.edit('Elsewhere', ['T140000', 'T130000']),
      sync('laptop'),
    ],
  },
  {
    name: 'series-occurrence-inside',
    about: 'one occurrence of a series is moved, in the same text',
    datastores: ['calendar'],
    steps: [
      phone.add(
        'weekly',
        seriesWithChange('Weekly', [...BERLIN, 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=10'], MOVED),
      ),
      ...FIRST,
    ],
  },
  {
    name: 'series-occurrence-old-format',
    about:
      'a series and its moved occurrence on a laptop that speaks vCalendar 1.0 only, which moves the occurrence',
    datastores: ['calendar'],
    oldFormats: ['laptop'],
    steps: [
      phone.add('weekly', WEEKLY),
      phone.add('moved', appointment('Weekly', ...MOVED, 'LOCATION:Elsewhere')),
      ...FIRST,
      laptop.edit('Elsewhere', ['LOCATION:Elsewhere', 'LOCATION:Anywhere']),
      sync('laptop'),
    ],
  },
  {
    name: 'series-deleted',
    about: 'a series is deleted whole, and another one while the other device moves it',
    datastores: ['calendar'],
    steps: [
      phone.add('weekly', WEEKLY),
      phone.add('excluded', EXCLUDED),
      ...FIRST,
      laptop.delete('Weekly'),
      laptop.delete('Excluded'),
      phone.edit('Excluded', ['SUMMARY:Excluded', 'SUMMARY:Excluded\r\nLOCATION:Room 5']),
      sync('laptop'),
      sync('phone'),
    ],
  },
];
