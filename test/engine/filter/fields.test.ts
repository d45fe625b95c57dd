/** The field filter drops lines and changes none (F06). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepFields } from '../../../lib/engine/filter/fields.ts';

const lines = (...text: string[]): string => text.map((line) => `${line}\r\n`).join('');

const CARD = lines(
  ...['BEGIN:VCARD', 'VERSION:2.1', 'N:Roe;Jane', 'FN:Jane Roe', 'UID:1', 'item1.TEL;CELL:555'],
  ...['NOTE;QUOTED-PRINTABLE:a=', 'TEL:b', 'PHOTO;ENCODING=BASE64:AAAA', 'BBBB', '', 'EMAIL:j@example.com'],
  ...['AGENT:', 'BEGIN:VCARD', 'N:Agent', 'END:VCARD', 'END:VCARD'],
);
const EVENT = lines(
  ...[
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:x',
    'BEGIN:VTIMEZONE',
    'TZID:Here',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
  ],
  ...[
    'UID:1',
    'SUMMARY:Lunch',
    'DTSTART;TZID=Here:20260601T120000',
    'DESCRIPTION:long',
    ' er',
    'LOCATION:Inn',
  ],
  ...['BEGIN:VALARM', 'TRIGGER:-PT5M', 'DESCRIPTION:ring', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR'],
);

describe('keepFields', () => {
  it('keeps what is listed, and what makes it a contact', () => {
    expect(keepFields(CARD, 'text/x-vcard', ['tel'])).toBe(
      lines(
        ...['BEGIN:VCARD', 'VERSION:2.1', 'N:Roe;Jane', 'FN:Jane Roe', 'UID:1', 'item1.TEL;CELL:555'],
        'END:VCARD',
      ),
    );
    expect(keepFields(CARD, 'text/x-vcard', ['NOTE', 'PHOTO', 'AGENT'])).toBe(
      CARD.replace('item1.TEL;CELL:555\r\n', '').replace('EMAIL:j@example.com\r\n', ''),
    );
  });

  it('keeps an event, its time zone, and an alarm as a whole or not at all', () => {
    const bare = EVENT.replace(/DESCRIPTION:long\r\n er\r\nLOCATION:Inn\r\n/, '');
    expect(keepFields(EVENT, 'text/calendar', ['TRIGGER'])).toBe(bare);
    expect(keepFields(EVENT, 'text/calendar', ['LOCATION'])).toBe(
      EVENT.replace('DESCRIPTION:long\r\n er\r\n', '').replace(/BEGIN:VALARM[\s\S]*END:VALARM\r\n/, ''),
    );
  });

  it('leaves plain text alone', () => {
    expect(keepFields('N:x\nTEL:y', 'text/plain', ['TEL'])).toBe('N:x\nTEL:y');
  });

  it('changes nothing when all is listed, and nothing more the second time', () => {
    const word = fc.constantFrom(
      ...[
        'BEGIN:VCARD',
        'END:VCARD',
        'N:',
        'TEL:',
        'NOTE;QUOTED-PRINTABLE:',
        '=',
        '\r\n',
        '\n',
        ' ',
        'x',
        'é',
      ],
    );
    const body = fc.array(word).map((words) => words.join(''));
    fc.assert(
      fc.property(body, (text) => {
        expect(keepFields(text, 'text/vcard', ['N', 'TEL', 'NOTE', 'AGENT', ...namesIn(text)])).toBe(text);
        const once = keepFields(text, 'text/vcard', ['TEL']);
        expect(keepFields(once, 'text/vcard', ['TEL'])).toBe(once);
      }),
    );
  });
});

const namesIn = (text: string): string[] => text.match(/[\w-]+/g) ?? [];
