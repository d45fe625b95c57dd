/** Items of any device, as it sends them: every format, all that is odd in names, parameters and values. */
import fc from 'fast-check';
import { oddLine, oddText } from './odd-text.ts';

const usual = (...lines: readonly string[]) => fc.constantFrom(...lines);
const named = (names: readonly string[], types: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom('', ...types), oddLine(8))
    .map(([name, type, value]) => `${name}${type}:${value}`);

const CARD_NAMES = [
  'N',
  'FN',
  'ADR',
  'TEL',
  'EMAIL',
  'URL',
  'NOTE',
  'CATEGORIES',
  'NICKNAME',
  'ORG',
  'GEO',
  'BDAY',
];
const ODD_NAMES = [
  'item1.TEL',
  'item1.X-ABLABEL',
  'X-OWN',
  'X ODD',
  'AGENT',
  'KEY',
  'LABEL',
  'IMPP',
  'REV',
  'UID',
];
const TYPES = [
  ';TYPE=HOME',
  ';HOME;PREF',
  ';TYPE="a;b",c',
  ';X-ONE=a"b',
  ';VALUE=uri',
  ';LANGUAGE=de',
  ';TYPE=fax',
];
const cardLine = fc.oneof(
  { arbitrary: named([...CARD_NAMES, ...ODD_NAMES], TYPES), weight: 3 },
  {
    arbitrary: usual(
      ...[
        'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
        'PHOTO:data:image/png;base64,iVBORw0KGgo=',
        'LOGO;VALUE=uri:http://a.b',
      ],
      ...[
        'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=BC=0D=0A;x',
        'NOTE;ENCODING=b:w7w=',
        'BDAY:19800102',
      ],
      ...[
        'ADR;TYPE=WORK:;;1 Rd;Town;;1;X',
        'TEL;CELL:+49 170 1',
        'CATEGORIES:a,b\\,c',
        'GEO:1.5;2.5',
        'X-SPOUSE:Bob',
      ],
      ...[
        'AGENT:BEGIN:VCARD\\nVERSION:3.0\\nFN:B\\nN:B\\nEND:VCARD\\n',
        'REV:2020-01-02T03:04:05Z',
        'item2.EMAIL:a@b',
      ],
    ),
    weight: 3,
  },
);
const framed = (version: string, lines: readonly string[]): string =>
  ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n');
export const anyCard: fc.Arbitrary<readonly [type: string, text: string]> = fc
  .tuple(fc.constantFrom('2.1', '3.0', '3.0', '4.0'), fc.array(cardLine, { maxLength: 8 }))
  .map(([version, lines]) => [version === '2.1' ? 'text/x-vcard' : 'text/vcard', framed(version, lines)]);

const EVENT_NAMES = [
  'SUMMARY',
  'DESCRIPTION',
  'LOCATION',
  'CATEGORIES',
  'STATUS',
  'CLASS',
  'URL',
  'X-OWN',
  'COMMENT',
];
const eventLine = fc.oneof(
  { arbitrary: named(EVENT_NAMES, [';LANGUAGE=de', ';X-ONE="a;b"', ';ALTREP="http://a"']), weight: 2 },
  {
    arbitrary: usual(
      ...[
        'RRULE:FREQ=WEEKLY;BYDAY=MO',
        'RRULE:FREQ=MONTHLY;COUNT=5',
        'RRULE:W1 MO #5',
        'RRULE:FREQ=ODD',
        'EXDATE:20260316',
      ],
      ...[
        'EXDATE;TZID=Europe/Berlin:20260316T100000',
        'PRIORITY:1',
        'TRANSP:TRANSPARENT',
        'GEO:48.1;11.5',
        'UID:u-1',
      ],
      ...[
        'ATTENDEE;CN="B, ""ob""":mailto:b@example.com',
        'ORGANIZER:MAILTO:x@example.com',
        'LAST-MODIFIED:20200102T030405Z',
      ],
      ...[
        'DALARM:20260302T094500Z;PT5M;1;ring',
        'AALARM:20260302T094500Z',
        'ATTACH:http://a.b/c,d',
        'DUE:20260303T100000Z',
      ],
    ),
    weight: 3,
  },
  {
    arbitrary: usual(
      'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:s\r\nEND:VALARM',
      'BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER;VALUE=DATE-TIME:20260302T080000Z\r\nEND:VALARM',
    ),
    weight: 1,
  },
);
const STARTS = [
  ...['DTSTART:20260302T100000Z', 'DTSTART;TZID=Europe/Berlin:20260302T100000', 'DTSTART:20260302T100000'],
  ...['DTSTART;VALUE=DATE:20260302', 'DTSTART;TZID=Own:20260302T100000'],
];
const part = fc
  .tuple(
    fc.constantFrom('VEVENT', 'VEVENT', 'VTODO'),
    fc.constantFrom(...STARTS),
    fc.array(eventLine, { maxLength: 6 }),
  )
  .map(([kind, start, lines]) => [`BEGIN:${kind}`, start, ...lines, `END:${kind}`].join('\r\n'));
const journal = fc
  .array(named(['DESCRIPTION', 'SUMMARY', 'CATEGORIES', 'X-OWN', 'DTSTART'], []), { maxLength: 4 })
  .map((lines) => ['BEGIN:VJOURNAL', ...lines, 'END:VJOURNAL'].join('\r\n'));
export const anyCalendar: fc.Arbitrary<readonly [type: string, text: string]> = fc
  .tuple(
    fc.constantFrom('1.0', '2.0', '2.0'),
    fc.oneof(
      { arbitrary: fc.array(part, { minLength: 1, maxLength: 2 }), weight: 5 },
      journal.map((one) => [one]),
    ),
  )
  .map(([version, parts]) => [
    version === '1.0' ? 'text/x-vcalendar' : 'text/calendar',
    ['BEGIN:VCALENDAR', `VERSION:${version}`, ...parts, 'END:VCALENDAR', ''].join('\r\n'),
  ]);

export const anyNote: fc.Arbitrary<readonly [type: string, text: string]> = fc.oneof(
  oddText(8).map((text): [string, string] => ['text/plain', text]),
  fc
    .array(named(['BODY', 'SUMMARY', 'CATEGORIES', 'CLASS', 'DCREATED', 'X-OWN'], []), { maxLength: 5 })
    .map((lines): [string, string] => [
      'text/x-vnote',
      ['BEGIN:VNOTE', 'VERSION:1.1', ...lines, 'END:VNOTE', ''].join('\r\n'),
    ]),
);

/** What is no item of its type, or several. */
const anyWreck: fc.Arbitrary<readonly [type: string, text: string]> = fc
  .tuple(
    fc.constantFrom('text/vcard', 'text/calendar', 'text/x-vcard', 'text/x-s4j-sifc'),
    anyCard,
    oddText(4),
  )
  .map(([type, [, card], more]) => [type, `${card}${more}${card}`]);

const SIF_FIELDS: { readonly [letter: string]: readonly string[] } = {
  c: [
    'FirstName',
    'LastName',
    'MobileTelephoneNumber',
    'Email1Address',
    'Body',
    'Categories',
    'Birthday',
    'Odd',
    'Größe',
  ],
  e: [
    'Subject',
    'Start',
    'End',
    'AllDayEvent',
    'Location',
    'ReminderSet',
    'IsRecurring',
    'Sensitivity',
    'Odd',
  ],
  t: ['Subject', 'StartDate', 'DueDate', 'Complete', 'Importance', 'Categories', 'Odd'],
  n: ['Subject', 'Body', 'Categories', 'Color'],
};
const ROOTS: { readonly [letter: string]: string } = { c: 'contact', e: 'appointment', t: 'task', n: 'note' };
const xmlText = oddText(5).map((text) => text.replace(/[<>&]/g, '').replace(/[^\P{Cc}\t\r\n]/gu, ''));
export const anySif = (...letters: readonly string[]): fc.Arbitrary<readonly [type: string, text: string]> =>
  fc.constantFrom(...letters).chain((letter) =>
    fc
      .uniqueArray(
        fc.tuple(
          fc.constantFrom(...(SIF_FIELDS[letter] ?? [])),
          fc.oneof(xmlText, fc.constantFrom('1', '0', '20260302T100000Z', '2026-03-02', '')),
        ),
        { selector: ([name]) => name, maxLength: 7 },
      )
      .map((fields): [string, string] => {
        const inner = fields.map(([name, value]) => `<${name}>${value}</${name}>`).join('');
        return [`text/x-s4j-sif${letter}`, `<${ROOTS[letter]}>${inner}</${ROOTS[letter]}>`];
      }),
  );

export const anyItem = fc.oneof(
  { arbitrary: anyCard, weight: 4 },
  { arbitrary: anyCalendar, weight: 4 },
  { arbitrary: anyNote, weight: 2 },
  { arbitrary: anySif('c', 'e', 't', 'n'), weight: 2 },
  { arbitrary: anyWreck, weight: 1 },
);
