/** Spellings of phones and of Outlook's plug-ins that are read over, and those that they need. */
import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../kit/items.ts';

const CARD = { type: 'text/x-vcard', version: '2.1' };
const CALENDAR = { type: 'text/x-vcalendar', version: '1.0' };
const object = (name: string, version: string, lines: readonly string[], end = '\r\n') =>
  [`BEGIN:${name}`, `VERSION:${version}`, ...lines, `END:${name}`, ''].join(end);
const card = (...lines: readonly string[]) => readItem('text/vcard', object('VCARD', '3.0', lines));
const oldCard = (...lines: readonly string[]) => readItem(CARD.type, object('VCARD', '2.1', lines));
const event = (...lines: readonly string[]) =>
  readItem(
    CALENDAR.type,
    object('VCALENDAR', '1.0', ['BEGIN:VEVENT', 'DTSTART:20260301T100000Z', ...lines, 'END:VEVENT']),
  );
const linesFor = (item: ReturnType<typeof card>) => writeItem(item, CARD).body.split('\r\n');

describe('what a phone needs', () => {
  it('E09: a photo is labelled BASE64, and an empty line is behind it', () => {
    const lines = linesFor(card('N:Lovelace;Ada', 'PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG', 'NOTE:x'));
    const at = lines.findIndex((line) => line.startsWith('PHOTO'));
    expect(lines[at]).toMatch(/^PHOTO.*;ENCODING=BASE64.*:$/);
    expect(lines.slice(at + 1, at + 3)).toEqual([' QUJDREVG', '']);
  });
  it('E10: a mailbox says that it is one of the internet', () =>
    expect(linesFor(card('N:Lovelace;Ada', 'EMAIL;TYPE=HOME:ada@example.com'))).toContain(
      'EMAIL;INTERNET;HOME:ada@example.com',
    ));
  it('E33: no property is empty', () => {
    const lines = linesFor(card('N:Lovelace;Ada', 'NOTE:', 'TEL;TYPE=HOME:', 'ADR:;;;;;;', 'TITLE: '));
    expect(lines.filter((line) => /^[^:]+:[; ]*$/.test(line))).toEqual([]);
    expect(lines.join()).toContain('N:Lovelace;Ada');
  });
});

describe('what a phone writes', () => {
  it('E04: days from midnight to the 24th hour of UTC are days', () => {
    const times = ['DTSTART:20260301T000000Z', 'DTEND:20260301T240000Z'];
    const item = readItem(
      CALENDAR.type,
      object('VCALENDAR', '1.0', ['BEGIN:VEVENT', ...times, 'END:VEVENT']),
    );
    expect(item.body).toContain('DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20260302');
  });
  it.each(['A=0A=0D=', 'A=0a=0d= ', 'A=\r\n=0A=0D='])(
    'E22: a line end the wrong way round is none, and takes no line that follows: %j',
    (text) => {
      const { body } = oldCard('N:Lovelace;Ada', `NOTE;ENCODING=QUOTED-PRINTABLE:${text}`, 'TITLE:Dr.');
      expect(body).toMatch(/NOTE:A\r\n/);
      expect(body).toContain('TITLE:Dr.\r\n');
    },
  );
  it('E22: but it is within a text, as any break is', () => {
    const { body } = oldCard('N:Lovelace;Ada', 'NOTE;ENCODING=QUOTED-PRINTABLE:A=0A=0D=', 'more of it');
    expect(body).toMatch(/NOTE:A.*more of it\r\n/);
  });
  it('E23: a parameter without a value says nothing, and the property stays', () => {
    const { body } = oldCard('N:Lovelace;Ada', 'TEL;TYPE=;HOME:+491', 'EMAIL;X-CUSTOM=:ada@example.com');
    expect(body).toContain('+491\r\n');
    expect(body).toContain('ada@example.com\r\n');
    expect(body).toMatch(/TEL;TYPE=HOME:/);
  });
  it('E37: a state that events do not have is none to others', () => {
    const item = event('SUMMARY:Meal', 'STATUS:2');
    expect(writeItem(item, { type: 'text/calendar', version: '2.0' }).body).not.toMatch(/^STATUS:/m);
    expect(writeItem(item, CALENDAR).body).toContain('STATUS:2');
  });
  it.each(['\n', '\r', '\r\n'])('E59: lines may end with %j', (end) =>
    expect(readItem(CARD.type, object('VCARD', '2.1', ['N:Lovelace;Ada', 'TITLE:Dr.'], end))).toEqual(
      oldCard('N:Lovelace;Ada', 'TITLE:Dr.'),
    ),
  );
});
