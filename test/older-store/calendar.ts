/** Events, tasks and notes of the story. All invented. */
const calendar = (...lines: readonly string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Older store//EN',
    ...lines,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const component = (name: string, uid: string, lines: readonly string[]): string[] => [
  `BEGIN:${name}`,
  `UID:${uid}@example.com`,
  'DTSTAMP:20261101T060000Z',
  ...lines,
  `END:${name}`,
];
const event = (uid: string, ...lines: readonly string[]): string[] => component('VEVENT', uid, lines);
const task = (uid: string, ...lines: readonly string[]): string =>
  calendar(...component('VTODO', uid, lines));

const BERLIN = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  ...['BEGIN:STANDARD', 'DTSTART:19701025T030000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'],
  ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'TZNAME:CET', 'END:STANDARD'],
  ...['BEGIN:DAYLIGHT', 'DTSTART:19700329T020000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'],
  ...['TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'TZNAME:CEST', 'END:DAYLIGHT'],
  'END:VTIMEZONE',
];
const alarm = (trigger: string): string[] => [
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Soon', `TRIGGER:${trigger}`, 'END:VALARM'],
];
const at = (start: string, end: string): string[] => [
  `DTSTART;TZID=Europe/Berlin:${start}`,
  `DTEND;TZID=Europe/Berlin:${end}`,
];

export const EVENTS: ReadonlyMap<string, string> = new Map([
  [
    'single',
    calendar(...event('single', 'DTSTART:20270503T090000Z', 'DTEND:20270503T100000Z', 'SUMMARY:Review')),
  ],
  [
    'alarm',
    calendar(
      ...BERLIN,
      ...event('alarm', ...at('20270504T140000', '20270504T150000'), 'SUMMARY:Zahnarzt', ...alarm('-PT15M')),
    ),
  ],
  [
    'weekly',
    calendar(
      ...BERLIN,
      ...event(
        'weekly',
        ...at('20270301T090000', '20270301T100000'),
        'RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270628T070000Z',
        'EXDATE;TZID=Europe/Berlin:20270308T090000',
        'SUMMARY:Jour fixe',
        'LOCATION:Zürich',
        ...alarm('-PT5M'),
      ),
    ),
  ],
  [
    'weekly-moved',
    calendar(
      ...BERLIN,
      ...event(
        'weekly',
        'RECURRENCE-ID;TZID=Europe/Berlin:20270315T090000',
        ...at('20270316T110000', '20270316T120000'),
        'SUMMARY:Jour fixe (moved)',
      ),
    ),
  ],
  [
    'monthly',
    calendar(
      ...BERLIN,
      ...event(
        'monthly',
        ...at('20270209T180000', '20270209T200000'),
        'RRULE:FREQ=MONTHLY;BYDAY=2TU',
        'SUMMARY:Book club',
      ),
    ),
  ],
  [
    'daily',
    calendar(
      ...event(
        'daily',
        ...['DTSTART:20270510T060000Z', 'DTEND:20270510T063000Z', 'RRULE:FREQ=DAILY;COUNT=5'],
        ...['EXDATE:20270512T060000Z', 'SUMMARY:Morning run'],
      ),
    ),
  ],
  [
    'fair',
    calendar(
      ...event(
        'fair',
        'DTSTART;VALUE=DATE:20270517',
        'DTEND;VALUE=DATE:20270520',
        'SUMMARY:Messe Düsseldorf',
      ),
    ),
  ],
  [
    'birthday',
    calendar(
      ...event(
        'birthday',
        ...['DTSTART;VALUE=DATE:20270228', 'DTEND;VALUE=DATE:20270301', 'RRULE:FREQ=YEARLY'],
        "SUMMARY:Ragnhild's birthday",
      ),
    ),
  ],
  [
    'cancelled',
    calendar(
      ...event('cancelled', 'DTSTART:20270521T090000Z', 'DTEND:20270521T100000Z', 'SUMMARY:To be deleted'),
    ),
  ],
]);

/** From the CRM: a series and a meeting of it at another time, in one item. */
export const WHOLE_SERIES = calendar(
  ...BERLIN,
  ...event(
    'board',
    ...at('20270302T090000', '20270302T100000'),
    'RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270420T070000Z',
    'SUMMARY:Board',
    'LOCATION:Here',
  ),
  ...event(
    'board',
    'RECURRENCE-ID;TZID=Europe/Berlin:20270316T090000',
    ...at('20270316T140000', '20270316T150000'),
    'SUMMARY:Board in the afternoon',
  ),
);

/** Of the laptop: one that the phone has too, written with less, and one of its own. */
export const OF_THE_LAPTOP: ReadonlyMap<string, string> = new Map([
  ['own-single', EVENTS.get('single') ?? ''],
  [
    'own-trip',
    calendar(...event('trip', 'DTSTART:20270601T070000Z', 'DTEND:20270603T180000Z', 'SUMMARY:Trip to Oslo')),
  ],
]);

export const TASKS: ReadonlyMap<string, string> = new Map([
  [
    'quote',
    task('quote', 'DUE:20270520T150000Z', 'SUMMARY:Write the quote', 'STATUS:NEEDS-ACTION', 'PRIORITY:1'),
  ],
  ['call', task('call', 'SUMMARY:Call the printer', 'DESCRIPTION:äöü ß €')],
  [
    'done',
    task(
      'done',
      'SUMMARY:Order paper',
      'STATUS:COMPLETED',
      'COMPLETED:20261112T120000Z',
      'PERCENT-COMPLETE:100',
    ),
  ],
  [
    'half',
    task('half', 'DUE;VALUE=DATE:20270601', 'SUMMARY:Tidy up', 'STATUS:IN-PROCESS', 'PERCENT-COMPLETE:40'),
  ],
]);

export const NOTES: ReadonlyMap<string, string> = new Map([
  ['codes', 'Door codes\ncafé: Straße 12\nKeller: 0815\n'],
  ['shelf', 'Shelf measures\n120 x 80 cm\n'],
  ['long', `A long note\n${'Lorem ipsum dolor sit amet, consectetur. '.repeat(200)}\n`],
  ['short', 'Milk\n'],
  ['gone', 'To be deleted\nsoon\n'],
]);
