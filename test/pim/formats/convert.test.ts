/** Conversions, as pairs: both ways. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem, writeItem } from '../../kit/items.ts';

const calendar = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join(
    '\r\n',
  );
const OLD: Format = { type: 'text/x-vcalendar', version: '1.0' };
const toOld = (...lines: readonly string[]) =>
  writeItem(readItem('text/calendar', calendar(...lines)), OLD).body;
const there = (...lines: readonly string[]) => readItem(OLD.type, toOld(...lines)).body;

describe('an event on an old device and back', () => {
  it.each<[string, string[]]>([
    ['an instant', ['DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z', 'SUMMARY:A; b\\, c\\nd']],
    ['a floating time', ['DTSTART:20260301T100000', 'DTEND:20260301T110000', 'SUMMARY:A']],
    ['days', ['DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260303', 'SUMMARY:A']],
    [
      'a series in its zone',
      [
        'DTSTART;TZID=Europe/Berlin:20260301T100000',
        'DTEND;TZID=Europe/Berlin:20260301T110000',
        'RRULE:FREQ=WEEKLY;BYDAY=SU',
        'EXDATE;TZID=Europe/Berlin:20260308T100000',
      ],
    ],
    [
      'a series in New York',
      [
        'DTSTART;TZID=America/New_York:20260301T100000',
        'DTEND;TZID=America/New_York:20260301T110000',
        'RRULE:FREQ=DAILY;UNTIL=20260401T140000Z',
      ],
    ],
    [
      'categories and a state',
      [
        'DTSTART:20260301T100000Z',
        'DTEND:20260301T110000Z',
        'CATEGORIES:Work,Home',
        'STATUS:TENTATIVE',
        'TRANSP:TRANSPARENT',
      ],
    ],
    [
      'somebody who comes',
      [
        'DTSTART:20260301T100000Z',
        'DTEND:20260301T110000Z',
        'ATTENDEE;CN=Ada;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:ada@example.com',
      ],
    ],
  ])('%s stays', (_, lines) => {
    expect(there(...lines)).toBe(readItem('text/calendar', calendar(...lines)).body);
  });

  it('an alarm stays relative', () => {
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'DESCRIPTION:Soon', 'END:VALARM'];
    const lines = ['DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z', ...alarm];
    expect(toOld(...lines)).toContain('DALARM:20260301T094500Z;;;Soon');
    expect(there(...lines)).toBe(readItem('text/calendar', calendar(...lines)).body);
  });

  it('an alarm that is said twice, to be heard and to be seen, is one; one with a sound of its own is two', () => {
    const event = (...alarms: string[]) =>
      [
        'BEGIN:VCALENDAR',
        'VERSION:1.0',
        'BEGIN:VEVENT',
        'DTSTART:20260301T100000Z',
        ...alarms,
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n');
    const alarmsOf = (...alarms: string[]) =>
      readItem('text/x-vcalendar', event(...alarms)).body.match(/ACTION:\w+/g);
    const seen = 'DALARM:20260301T094500Z;;;Soon';
    expect(alarmsOf('AALARM:20260301T094500Z;;;Soon', seen)).toEqual(['ACTION:DISPLAY']);
    expect(alarmsOf('AALARM:20260301T094500Z;;;', seen)).toEqual(['ACTION:DISPLAY']);
    expect(alarmsOf('AALARM:20260301T094500Z;;;bell.wav', seen)).toEqual(['ACTION:AUDIO', 'ACTION:DISPLAY']);
    expect(alarmsOf('AALARM:20260301T090000Z;;;Soon', seen)).toEqual(['ACTION:AUDIO', 'ACTION:DISPLAY']);
  });

  it('an exception of a series is left out of it', () => {
    const master = ['UID:1', 'DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z', 'RRULE:FREQ=DAILY'];
    const other = [
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:1',
      'RECURRENCE-ID:20260302T100000Z',
      'DTSTART:20260302T120000Z',
    ];
    const old = toOld(...master, ...other);
    expect(old).toContain('EXDATE:20260302T100000Z');
    expect(old.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  });

  it('a day that a device writes as times of UTC is that day', () => {
    const text =
      'BEGIN:VCALENDAR\r\nVERSION:1.0\r\nBEGIN:VEVENT\r\nDTSTART:20260301T000000Z\r\nDTEND:20260301T240000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
    const { body } = readItem(OLD.type, text);
    expect(body).toContain('DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20260302');
  });

  it('a sync never invites anybody', () => {
    const invitation = calendar('DTSTART:20260301T100000Z').replace(
      'VERSION:2.0',
      'VERSION:2.0\r\nMETHOD:REQUEST',
    );
    expect(readItem('text/calendar', invitation).body).not.toContain('METHOD');
  });

  it('a zone that only the item defines is the one like it', () => {
    const zone = [
      'END:VEVENT',
      'BEGIN:VTIMEZONE',
      'TZID:W. Europe',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
    ];
    const { body } = readItem('text/calendar', calendar('DTSTART;TZID=W. Europe:20260301T100000', ...zone));
    expect(body).toContain('DTSTART;TZID=Europe/Berlin:20260301T100000');
  });
});

describe('a contact in every version of vCard', () => {
  const FORMATS: readonly Format[] = [
    { type: 'text/x-vcard', version: '2.1' },
    { type: 'text/vcard', version: '3.0' },
    { type: 'text/vcard', version: '4.0' },
  ];
  const word = fc
    .string({ unit: fc.constantFrom(...'aB9 ,;:\\=\n"äß東😀'), minLength: 1, maxLength: 90 })
    .map((text) => `x${text.replace(/\\+$/, '')}x`);
  const escaped = (text: string) => text.replace(/[\\,;]/g, '\\$&').replace(/\n/g, '\\n');
  const contact = fc.record({
    family: word,
    given: word,
    note: word,
    city: word,
    tel: fc.stringMatching(/^\+?[0-9]{3,12}$/),
  });

  it('holds what it says, whichever it is written in', () => {
    fc.assert(
      fc.property(contact, fc.constantFrom(...FORMATS), ({ family, given, note, city, tel }, format) => {
        const lines = [
          `N:${escaped(family)};${escaped(given)};;;`,
          'FN:A',
          `NOTE:${escaped(note)}`,
          `TEL;TYPE=HOME,CELL:${tel}`,
        ];
        const adr = `ADR;TYPE=WORK:;;;${escaped(city)};;;`;
        const stored = readItem(
          'text/vcard',
          ['BEGIN:VCARD', 'VERSION:3.0', ...lines, adr, 'BDAY:1980-02-29', 'X-OWN:a;b', 'END:VCARD'].join(
            '\r\n',
          ),
        );
        const written = writeItem(stored, format);
        expect(written.type).toBe(format.type);
        expect(written.body.split('\r\n').every((line) => Buffer.byteLength(line) <= 76)).toBe(true);
        expect(readItem(format.type, written.body)).toEqual(stored);
      }),
    );
  });

  it.each([
    ['text/x-vcard', '2.1', 'TEL;CELL;HOME:1', 'PHOTO;TYPE=JPEG;ENCODING=BASE64:'],
    ['text/vcard', '4.0', 'TEL;TYPE=cell,home:1', 'PHOTO:data:image/jpeg;base64,/9j/QUJD'],
  ])('as %s %s', (type, version, tel, photo) => {
    const stored = readItem(
      'text/vcard',
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:A;;;;\r\nFN:A\r\nTEL;TYPE=home,cell:1\r\nPHOTO;ENCODING=b:/9j/QUJD\r\nEND:VCARD\r\n',
    );
    const { body } = writeItem(stored, { type, version });
    expect(body).toContain(tel);
    expect(body).toContain(photo);
  });

  it('in ISO-8859-1, as far as that goes', () => {
    const stored = readItem(
      'text/vcard',
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Jörg;;;;\r\nFN:東\r\nEND:VCARD\r\n',
    );
    const { body } = writeItem(stored, FORMATS[0] as Format, { utc: true, charset: 'iso-8859-1' });
    expect(body).toContain('N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F6rg;;;;');
    expect(body).toContain('FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=B1');
  });
});

describe('a note', () => {
  it('as VNOTE and back', () => {
    const stored = { type: 'text/plain', body: 'Milk, eggs;\nbread äöü' };
    const { body } = writeItem(stored, { type: 'text/x-vnote' });
    expect(body).toContain('BEGIN:VNOTE\r\nVERSION:1.1\r\nBODY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:');
    expect(readItem('text/x-vnote', body)).toEqual(stored);
  });
});

describe('within what a device can hold', () => {
  const stored = readItem(
    'text/vcard',
    'BEGIN:VCARD\r\nVERSION:3.0\r\nN:A;;;;\r\nFN:A\r\nTEL:1\r\nTEL:2\r\nNOTE:Hä\\, long\r\nX-OWN:1\r\nEND:VCARD\r\n',
  );
  const write = (properties: readonly [string, object][]) =>
    writeItem(
      stored,
      { type: 'text/vcard' },
      {
        utc: true,
        charset: 'utf-8',
        properties: new Map(properties.map(([name, limits]) => [name, { values: [], ...limits }])),
      },
    ).body;

  it('D14 D15: only what it lists, so many, so long', () => {
    const body = write([
      ['N', {}],
      ['TEL', { maxOccur: 1 }],
      ['NOTE', { maxSize: 5 }],
    ]);
    expect(body).toBe('BEGIN:VCARD\r\nVERSION:3.0\r\nN:A;;;;\r\nTEL:1\r\nNOTE:Hä\\,\r\nEND:VCARD\r\n');
  });
  it('D16: what may not be cut is left out', () => {
    expect(write([['NOTE', { maxSize: 5, noTruncate: true }]])).not.toContain('NOTE');
  });
});

it('what cannot be read is kept as it came', () => {
  const opaque = readItem('text/x-vcard', 'no card');
  expect(opaque.type).toBe('text/x-vcard');
  expect(writeItem(opaque, { type: 'text/vcard' })).toEqual(opaque);
});
