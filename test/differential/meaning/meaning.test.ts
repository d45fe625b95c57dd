/** The same said in other words has the same meaning; another thing has not. */
import { describe, expect, it } from 'vitest';
import { oldMeaning, type ReadPart } from '../items/old-meaning.ts';
import { alarm, appointment, card, seriesWithChange, todo } from '../scenes/texts.ts';
import { meaningOf } from './meaning.ts';

const fieldsOf = (datastore: 'contacts' | 'calendar' | 'tasks' | 'notes', text: string) =>
  Object.fromEntries(meaningOf(datastore, text).fields);

describe('the meaning of a contact', () => {
  it('has no spelling', () => {
    const one = card('Ada', 'Lindqvist', 'TEL;TYPE=CELL,VOICE:1', 'BDAY:1970-03-05', 'ORG:Firm;;');
    const other = card(
      'Ada',
      'Lindqvist',
      'ORG:Firm',
      'BDAY:19700305',
      'REV:1',
      'tel;type=cell:1',
      'NOTE:',
      'GEO:;',
    );
    expect(meaningOf('contacts', other)).toEqual(meaningOf('contacts', one));
    expect(fieldsOf('contacts', one)).toMatchObject({
      'TEL cell': ['1'],
      BDAY: ['1970-03-05'],
      ORG: ['Firm'],
    });
  });

  it('is the bytes of a photo, and the parts of an address', () => {
    const text = card('Ada', 'Lindqvist', 'PHOTO;ENCODING=B;TYPE=PNG:AQID', 'ADR:;;a\\;b\\, c;d;;;');
    expect(fieldsOf('contacts', text)).toMatchObject({ PHOTO: ['3 bytes 039058c6'], ADR: [';;a\\;b, c;d'] });
  });
});

describe('the meaning of an appointment', () => {
  const BERLIN = ['DTSTART;TZID=Europe/Berlin:20270315T090000', 'DTEND;TZID=Europe/Berlin:20270315T100000'];

  it('is its instants, by whatever clock', () => {
    const utc = appointment('Fair', 'DTSTART:20270315T080000Z', 'DURATION:PT1H', 'TRANSP:OPAQUE');
    expect(meaningOf('calendar', appointment('Fair', ...BERLIN))).toEqual(meaningOf('calendar', utc));
  });

  it('is every time that a series happens, over the change of the clocks, with what was moved and left out', () => {
    const text = seriesWithChange(
      'Weekly',
      [...BERLIN, 'RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE;TZID=Europe/Berlin:20270322T090000'],
      [
        'RECURRENCE-ID;TZID=Europe/Berlin:20270405T090000',
        'DTSTART:20270406T090000Z',
        'DTEND:20270406T100000Z',
      ],
    );
    expect(fieldsOf('calendar', text).happens).toEqual([
      '2027-03-15T08:00:00Z to 2027-03-15T09:00:00Z',
      '2027-03-29T07:00:00Z to 2027-03-29T08:00:00Z',
      '2027-04-06T09:00:00Z to 2027-04-06T10:00:00Z',
    ]);
  });

  it('is when an alarm goes off, from the start', () => {
    const before = appointment('Fair', ...BERLIN, ...alarm(':-PT15M'));
    const at = appointment('Fair', ...BERLIN, ...alarm(';VALUE=DATE-TIME:20270315T074500Z'));
    expect(fieldsOf('calendar', before).alarm).toEqual(['DISPLAY -15 min']);
    expect(fieldsOf('calendar', at).alarm).toEqual(['DISPLAY -15 min']);
  });
});

describe('the meaning of what the second reader tells', () => {
  const part = (name: string, ...lines: readonly string[]): ReadPart => ({
    ...{ name, parts: [], alarms: [], happens: [] },
    properties: lines.map((line) => {
      const [head = '', ...value] = line.split(':');
      const [property = '', ...parameters] = head.split(';');
      const given = parameters.map((one) => one.split('=')).map(([key = '', text = '']) => [key, [text]]);
      return { name: property, parameters: Object.fromEntries(given), value: value.join(':') };
    }),
  });

  it('is that of the task that it was written from', () => {
    const old = part(
      'VTODO',
      'SUMMARY:Write',
      'DUE:20270520T000000',
      'STATUS:NEEDS ACTION',
      'CATEGORIES:a;b',
    );
    const text = todo('Write', 'DUE;VALUE=DATE:20270520', 'STATUS:NEEDS-ACTION', 'CATEGORIES:a,b');
    expect(oldMeaning({ ...part('VCALENDAR'), parts: [old] })).toEqual(meaningOf('tasks', text));
  });

  it('is that of the people who take part', () => {
    const old = part('VEVENT', 'SUMMARY:Fair', 'ATTENDEE;STATUS=ACCEPTED:Bruno <b@example.com>');
    const text = appointment('Fair', 'ATTENDEE;CN=Bruno;PARTSTAT=ACCEPTED:mailto:b@example.com');
    expect(oldMeaning({ ...part('VCALENDAR'), parts: [old] })).toEqual(meaningOf('calendar', text));
  });

  it('is a reason where the text cannot be read', () => {
    const { fields } = oldMeaning({ ...part(''), error: 'ParseError: line 3' });
    expect(fields.get('unreadable')).toEqual(['ParseError: line 3']);
  });
});
