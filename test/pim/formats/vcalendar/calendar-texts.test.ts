/** Texts, addresses and what nobody knows, between the escapes of vCalendar 1.0 and those of iCalendar 2.0. */

import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { E, event, linesOf, written } from '../sif/sif.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const calendar = (version: string, ...own: readonly string[]) =>
  ['BEGIN:VCALENDAR', `VERSION:${version}`, ...own, 'END:VCALENDAR', ''].join('\r\n');
const TIMES = ['DTSTART:20080101T100000Z', 'DTEND:20080101T110000Z'];
const fromOld = (...own: readonly string[]) =>
  readItem(OLD.type, calendar('1.0', ...event(...TIMES, ...own)));
const item = (...own: readonly string[]) =>
  readItem('text/calendar', calendar('2.0', ...event(...TIMES, ...own)));

describe('a value of an old calendar', () => {
  it.each([
    ['ATTACH;VALUE=URL:http://a.example/b,c;d', 'ATTACH;VALUE=URL:http://a.example/b,c;d'],
    ['URL:http://a.example/b,c;d', 'URL:http://a.example/b,c;d'],
    ['X-PLACE:http://a.example/b,c;d', 'X-PLACE:http://a.example/b,c;d'],
    ['FREEBUSY:20080101T100000Z/PT1H,20080102T100000Z/PT1H', undefined],
    ['COMMENT:a,b;c', 'COMMENT:a\\,b\\;c'],
    ['CONTACT:a,b;c', 'CONTACT:a\\,b\\;c'],
    ['RELATED-TO:a,b;c', 'RELATED-TO:a\\,b\\;c'],
  ])('%s', (old, line = old) => {
    const stored = fromOld(old);
    expect(linesOf(stored.body)).toEqual(event(...TIMES, line));
    const again = writeItem(stored, OLD);
    expect(linesOf(again.body)).toContain(old);
    expect(readItem(OLD.type, again.body)).toEqual(stored);
    expect(item(line)).toEqual(stored);
  });

  it.each([
    ['X-FOO;ENCODING=QUOTED-PRINTABLE:C:\\dir,one=0D=0Atwo', 'X-FOO:C:\\\\dir,one\\ntwo'],
    ['ATTACH;ENCODING=QUOTED-PRINTABLE:C:\\new,a', 'ATTACH:C:\\new,a'],
  ])('%s', (old, line) => {
    const stored = fromOld(old);
    expect(linesOf(stored.body)).toEqual(event(...TIMES, line));
    expect(linesOf(writeItem(stored, OLD).body)).toContain(old);
    expect(readItem(OLD.type, writeItem(stored, OLD).body)).toEqual(stored);
  });

  it('in a part of iCalendar too', () => {
    const alarm = ['BEGIN:VALARM', 'ACTION:AUDIO', 'ATTACH:http://a.example/b,c', 'TRIGGER:-PT5M'];
    expect(linesOf(fromOld(...alarm, 'END:VALARM').body)).toContain('ATTACH:http://a.example/b,c');
  });
});

it('a new calendar with all of them comes back from an old device as it was', () => {
  const own = ['ATTACH:file:///C:\\new,a;b', 'URL:http://a.example/b,c;d', 'RELATED-TO:a\\,b\\;c\\\\d'];
  const stored = item(...own, 'COMMENT:a\\,b\\nc', 'X-LIST:a,b;c');
  expect(readItem(OLD.type, writeItem(stored, OLD).body)).toEqual(stored);
});

describe('what old devices do not decode is never quoted-printable', () => {
  const LONG = '040000008200E00074C5B7101A82E00800000000'.repeat(3);
  it.each([
    [`UID:${LONG}`, `UID:${LONG}`],
    ['UID:C:\\\\new\\,1', 'UID:C:\\\\new,1'],
    ['UID:ü@example.com', 'UID;CHARSET=UTF-8:ü@example.com'],
    [`RELATED-TO:${LONG}`, `RELATED-TO:${LONG}`],
  ])('%s', (line, old) => {
    const stored = item(line);
    expect(linesOf(stored.body)).toContain(line);
    expect(writeItem(stored, OLD).body.split('\r\n')).toContain(old);
    expect(readItem(OLD.type, writeItem(stored, OLD).body)).toEqual(stored);
  });

  it('so it is with the dates of a series', () => {
    const days = Array.from({ length: 9 }, (_, n) => `2026031${n}T100000Z`);
    const rule = 'RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12';
    const stored = item(rule, ...days.map((day) => `EXDATE:${day}`));
    const { body } = writeItem(stored, OLD);
    expect(body.split('\r\n')).toContain(`EXDATE:${days.join(';')}`);
    expect(body).not.toContain('QUOTED');
    expect(readItem(OLD.type, body)).toEqual(stored);
  });

  it('and with the id of a contact', () => {
    const card = readItem(
      'text/vcard',
      `BEGIN:VCARD\r\nVERSION:3.0\r\nN:A;;;;\r\nUID:${LONG}\r\nEND:VCARD\r\n`,
    );
    expect(writeItem(card, { type: 'text/x-vcard', version: '2.1' }).body).toContain(`\r\nUID:${LONG}\r\n`);
  });
});

describe('who takes part', () => {
  it.each([
    ['MAILTO:John Doe <john@example.com>', 'CN=John Doe:mailto:john@example.com'],
    ['John Doe <MAILTO:john@example.com>', 'CN=John Doe:mailto:john@example.com'],
    ['"John Doe" <john@example.com>', 'CN=John Doe:mailto:john@example.com'],
    ['John Doe<john@example.com>', 'CN=John Doe:mailto:john@example.com'],
  ])('%s', (text, line) => expect(linesOf(fromOld(`ATTENDEE:${text}`).body)).toContain(`ATTENDEE;${line}`));

  it.each(['<john@example.com>', 'john@example.com', 'mailto:john@example.com', 'mailto:<john@example.com>'])(
    '%s is nothing but an address',
    (text) => expect(linesOf(fromOld(`ATTENDEE:${text}`).body)).toContain('ATTENDEE:mailto:john@example.com'),
  );
});

describe('BusyStatus', () => {
  it.each([
    ['TRANSPARENT', 'BUSY', '0'],
    ['TRANSPARENT', 'OOF', '0'],
    ['TRANSPARENT', 'FREE', '0'],
    ['OPAQUE', 'FREE', '2'],
    ['OPAQUE', 'TENTATIVE', '1'],
    ['OPAQUE', 'OOF', '3'],
    [undefined, 'FREE', '0'],
    [undefined, 'OOF', '3'],
    ['OPAQUE', 'WORKINGELSEWHERE', '2'],
  ])('of %s and %s is %s', (transparency, word, BusyStatus) => {
    const own = transparency === undefined ? [] : [`TRANSP:${transparency}`];
    const lines = event(...TIMES, ...own, `X-MICROSOFT-CDO-BUSYSTATUS:${word}`);
    expect(written(E, lines)).toMatchObject({ BusyStatus });
  });
});
