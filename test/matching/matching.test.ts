/** One test for each way in which two entries are one, or only look as if. */
import { describe, expect, it } from 'vitest';
import { readItem, type StoredItem } from '../../lib/pim/formats.ts';
import { Candidates } from '../../lib/pim/matching/candidates.ts';
import { compare } from '../../lib/pim/matching/compare.ts';
import { decide } from '../../lib/pim/matching/decide.ts';
import { marksOf } from '../../lib/pim/matching/marks.ts';
import { type Prepared, prepare } from '../../lib/pim/matching/prepare.ts';
import { books } from './books.ts';
import { byNameThenMail, byScore, judged, precision, recall } from './judge.ts';

const card = (...lines: string[]): StoredItem =>
  readItem('text/vcard', ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'));
const part = (name: 'VEVENT' | 'VTODO', ...lines: string[]): StoredItem =>
  readItem(
    'text/calendar',
    ['BEGIN:VCALENDAR', 'VERSION:2.0', `BEGIN:${name}`, ...lines, `END:${name}`, 'END:VCALENDAR', ''].join(
      '\r\n',
    ),
  );
const note = (body: string): StoredItem => ({ type: 'text/plain', body });
const ready = (item: StoredItem): Prepared => prepare(item) as Prepared;
/** The verdict, and whether one would be found for the other at all. */
function between(a: StoredItem, b: StoredItem): string {
  const { verdict } = compare(ready(a), ready(b));
  const turned = compare(ready(b), ready(a)).verdict;
  if (turned !== verdict) return `${verdict}, the other way ${turned}`;
  const found = new Candidates([marksOf(a)]).of(marksOf(b), () => true).length === 1;
  return verdict !== 'different' && !found ? `${verdict} but not found` : verdict;
}

const MOBILE = 'TEL;TYPE=CELL:+49 170 1234567';
const HOME = 'TEL;TYPE=HOME:+49 89 7654321';
const WORK = 'TEL;TYPE=WORK:+49 30 5556677';
const MAIL = 'EMAIL:hm77@mail.example';
const hans = card('N:Müller;Hans;;;', 'FN:Hans Müller', MOBILE, HOME, MAIL, 'BDAY:1970-03-05');

describe('a contact', () => {
  it.each([
    ['umlauts and the number in another spelling', ['N:Mueller;Hans;;;', 'TEL;TYPE=CELL:0170/1234567']],
    ['one text, family name first', ['FN:Müller\\, Hans', MAIL]],
    ['a title', ['N:Müller;Hans;;Dr.;', 'FN:Dr. Hans Müller', HOME]],
    ['given and family name in the wrong fields', ['N:Hans;Müller;;;', MOBILE]],
    ['a second given name', ['N:Müller;Hans;Georg;;', MAIL]],
    ['a slip in the family name, and the line', ['N:Mülelr;Hans;;;', HOME]],
    ['an initial, with the mobile number and the line', ['N:Müller;H.;;;', MOBILE, HOME]],
    ['a familiar form, with mailbox and birthday', ['N:Müller;Johannes;;;', MAIL, 'BDAY:19700305']],
    ['home and work swapped', ['N:Müller;Hans;;;', 'TEL;TYPE=WORK:089 7654321']],
    ['nothing but the name', ['N:Müller;Hans;;;', 'FN:Hans Müller', 'NOTE:met in Rome']],
    ['another family name, with mailbox and line', ['N:Schmidt;Hans;;;', MAIL, HOME]],
    ['no name, with mailbox', ['N:;;;;', 'FN:', MAIL]],
    ['day and month of the birthday turned', ['N:Müller;Hans;;;', 'BDAY:1970-05-03']],
  ])('is the same: %s', (_, lines) => {
    expect(between(hans, card(...lines))).toBe('same');
  });

  it.each([
    ['a given name like it, with the line that the family shares', ['N:Müller;Johannes;;;', HOME]],
    [
      'one name and another number and mailbox',
      ['N:Müller;Hans;;;', 'TEL;TYPE=CELL:+49 171 9', 'TEL;TYPE=CELL:+49 171 9999999', 'EMAIL:x@y.example'],
    ],
    ['no name, with the line of a household', ['N:;;;;', 'FN:', HOME]],
    ['an initial with the line', ['N:Müller;H.;;;', HOME]],
    ['one name, one mailbox, another birthday', ['N:Müller;Hans;;;', MAIL, 'BDAY:1999-09-09']],
    ['another family name with the mailbox alone', ['N:Schmidt;Hans;;;', MAIL]],
    ['a firm with his own mailbox', ['N:;;;;', 'FN:', 'ORG:Müller Bau GmbH', MAIL]],
  ])('may be the same: %s', (_, lines) => {
    expect(between(hans, card(...lines))).toBe('likely');
  });

  it.each([
    ['his wife, with line, mailbox and number', ['N:Müller;Helga;;;', HOME, MAIL, MOBILE]],
    ['his daughter Hanna', ['N:Müller;Hanna;;;', HOME, MAIL]],
    ['his son of his name', ['N:Müller;Hans;;;', HOME, 'BDAY:1998-01-01']],
    ['his son, marked as such', ['N:Müller;Hans;;;jun.', HOME]],
    ['somebody else at the same desk', ['N:Meier;Karl;;;', HOME]],
    ['the family as such', ['N:Schmidt;Karl;;;', MOBILE]],
  ])('is another one: %s', (_, lines) => {
    expect(between(hans, card(...lines))).toBe('different');
  });

  it.each([
    ['王小明', '王;小明', 'same'],
    ['山田 太郎', '山田;太郎', 'same'],
    ['김철수', '김;철수', 'same'],
    ['王小明', '王;大明', 'different'],
    ['राम शर्मा', 'शर्मा;रमा', 'different'],
    ['Анна Королёва', 'Королева;Анна', 'same'],
    ['山田がく', '山田;かく', 'different'],
  ])('in any script: %s and %s', (formatted, parts, verdict) => {
    const [one, other] = [card('N:;;;;', `FN:${formatted}`, HOME), card(`N:${parts};;;`, HOME)];
    expect(between(one, other)).toBe(verdict);
  });

  it('of a firm is none of its people, and is the firm in any legal form', () => {
    const firm = card(
      'N:;;;;',
      'FN:Holz Huber GmbH',
      'ORG:Holz Huber GmbH',
      WORK,
      'EMAIL:info@huber.example',
    );
    const person = card('N:Huber;Eva;;;', 'ORG:Holz Huber GmbH', WORK, 'EMAIL:info@huber.example');
    const colleague = card('N:Adam;Udo;;;', 'ORG:Holz Huber GmbH', WORK, 'EMAIL:info@huber.example');
    const again = card('N:Holz Huber;;;;', 'FN:Holz Huber', 'ORG:HOLZ HUBER', 'TEL:030 5556677');
    expect(between(firm, person)).toBe('different');
    expect(between(person, colleague)).toBe('different');
    expect(between(firm, again)).toBe('same');
    const named = card('N:Holz Huber;;;;', 'FN:Holz Huber', 'TEL:030 5556677');
    expect(between(firm, named)).toBe('same');
    expect(between(firm, card('N:Huber;;;;', 'FN:Huber', WORK))).toBe('different');
  });

  it('with a long UID is the same through changes of name, but no other given name', () => {
    const uid = 'UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1';
    expect(between(card('N:Roth;Eva;;;', uid), card('N:Braun;Eva;;;', uid))).toBe('same');
    expect(between(card('N:Roth;Eva;;;', uid), card('N:Roth;Ute;;;', uid))).toBe('different');
    expect(between(card('N:Roth;Eva;;;', 'UID:12'), card('N:Braun;Eva;;;', 'UID:12'))).toBe('different');
  });

  it('gives reasons that name nobody', () => {
    const { reasons, score } = compare(
      ready(hans),
      ready(card('N:Mueller;Hans;;;', MOBILE, 'EMAIL:z@z.example')),
    );
    expect(reasons).toEqual(['same-name', 'other-email', 'same-mobile']);
    expect(score).toBeGreaterThan(5);
  });
});

describe('an appointment', () => {
  const meeting = ['SUMMARY:Planning meeting', 'DTSTART:20300115T090000Z', 'DTEND:20300115T100000Z'];
  it.each([
    ['in another zone', ['SUMMARY:planning  meeting', 'DTSTART;TZID=Europe/Berlin:20300115T100000'], 'same'],
    ["at any zone's nine", ['SUMMARY:Planning meeting', 'DTSTART:20300115T090000'], 'same'],
    ['at another time of the day', ['SUMMARY:Planning meeting', 'DTSTART:20300115T110000Z'], 'likely'],
    ['every week', [...meeting, 'RRULE:FREQ=WEEKLY'], 'likely'],
    ['in another place', [...meeting, 'LOCATION:Rome'], 'same'],
    ['on another day', ['SUMMARY:Planning meeting', 'DTSTART:20300116T090000Z'], 'different'],
    ['of another name', ['SUMMARY:Dentist', 'DTSTART:20300115T090000Z'], 'different'],
  ])('%s', (_, lines, verdict) => {
    expect(between(part('VEVENT', ...meeting), part('VEVENT', ...lines))).toBe(verdict);
  });

  it('of a whole day is compared by the day; two places are two', () => {
    const day = ['SUMMARY:Fair', 'DTSTART;VALUE=DATE:20300115'];
    expect(between(part('VEVENT', ...day, 'LOCATION:Rome'), part('VEVENT', ...day))).toBe('same');
    expect(between(part('VEVENT', ...day, 'LOCATION:Rome'), part('VEVENT', ...day, 'LOCATION:Oslo'))).toBe(
      'likely',
    );
  });

  it('with its UID is the same wherever it was moved', () => {
    const uid = 'UID:b1946ac9-2a58-41f0';
    const moved = part('VEVENT', uid, 'SUMMARY:Planning meeting', 'DTSTART:20300301T090000Z');
    expect(between(part('VEVENT', uid, ...meeting), moved)).toBe('same');
  });
});

describe('one occurrence of a series, as an item of its own', () => {
  const uid = 'UID:0815-4711@calendar.example';
  const series = ['SUMMARY:Planning meeting', 'DTSTART:20300115T090000Z', 'RRULE:FREQ=WEEKLY', uid];
  const moved = ['SUMMARY:Planning meeting', 'DTSTART:20300122T100000Z', uid];
  const first = part('VEVENT', ...moved, 'RECURRENCE-ID:20300122T090000Z');
  it.each([
    ['the series', series, 'different'],
    [
      'another occurrence',
      ['SUMMARY:Planning meeting', 'DTSTART:20300129T100000Z', 'RECURRENCE-ID:20300129T090000Z', uid],
      'different',
    ],
    [
      'itself, moved again',
      ['SUMMARY:Planning meeting', 'DTSTART:20300123T080000Z', 'RECURRENCE-ID:20300122T090000Z', uid],
      'same',
    ],
    ['itself, of a device that cannot say so', moved, 'same'],
  ])('beside %s', (_, lines, verdict) => {
    expect(between(first, part('VEVENT', ...lines))).toBe(verdict);
  });
});

describe('a task', () => {
  it.each([
    ['due that day', ['SUMMARY:Call the bank', 'DUE;VALUE=DATE:20300115'], 'same'],
    ['without a day', ['SUMMARY:call the BANK'], 'same'],
    ['due another day', ['SUMMARY:Call the bank', 'DUE;VALUE=DATE:20300116'], 'different'],
    ['that is longer', ['SUMMARY:Call the bank about the loan', 'DUE;VALUE=DATE:20300115'], 'likely'],
    ['done, without a day', ['SUMMARY:Call the bank', 'STATUS:COMPLETED'], 'likely'],
  ])('%s', (_, lines, verdict) => {
    const task = part('VTODO', 'SUMMARY:Call the bank', 'DUE:20300115T160000Z');
    expect(between(task, part('VTODO', ...lines))).toBe(verdict);
  });
});

describe('a note', () => {
  it('is the same by its words, may be by its first line', () => {
    const list = note('Shopping\nmilk\n\nbread\neggs');
    expect(between(list, note('shopping\nmilk \nbread\neggs\n'))).toBe('same');
    expect(between(list, note('Shopping\nmilk\nbread\neggs\nsalt'))).toBe('same');
    expect(between(list, note('Shopping\nbeer'))).toBe('likely');
    expect(between(list, note('milk\nbread'))).toBe('different');
  });
});

describe('of several', () => {
  const candidates = (...items: StoredItem[]) => items.map((item, at) => ({ at, prepared: ready(item) }));

  it('the one that is clearly the best is linked', () => {
    const others = [card('N:Müller;Hans;;;', 'NOTE:x'), hans];
    expect(decide(ready(card('N:Müller;Hans;;;', MAIL, MOBILE)), candidates(...others)).link?.at).toBe(1);
  });

  it('two that are as good are looked at by somebody', () => {
    const two = [
      card('N:Müller;Hans;;;', 'TEL;TYPE=CELL:0171 1111111', 'EMAIL:a@a.example'),
      card('N:Müller;Hans;;;', 'TEL;TYPE=CELL:0172 2222222', 'EMAIL:b@b.example'),
    ];
    const { link, review } = decide(ready(card('N:Müller;Hans;;;')), candidates(...two));
    expect(link).toBeUndefined();
    expect(review.map(({ at }) => at)).toEqual([0, 1]);
  });

  it('two that are one themselves are no question', () => {
    expect(decide(ready(hans), candidates(hans, hans)).link?.at).toBe(0);
  });

  it("a number that two of them have is nobody's own", () => {
    const couple = [card('N:Müller;Hans;;;', MOBILE), card('N:Müller;Helga;;;', MOBILE)];
    expect(decide(ready(card('N:;;;;', 'FN:', MOBILE)), candidates(...couple)).link).toBeUndefined();
    expect(decide(ready(card('N:Müller;Helga;;;', MOBILE)), candidates(...couple)).link?.at).toBe(1);
  });
});

describe('marks', () => {
  it('are twelve at most, of six characters, and none of what cannot be read', () => {
    const many = Array.from({ length: 30 }, (_, n) => `EMAIL:${n}@mail.example`);
    const marks = marksOf(card('N:Müller;Hans;;;', ...many, MOBILE, HOME, WORK));
    expect(marks.length).toBeLessThanOrEqual(12);
    expect(marks.every((mark) => /^[\w-]{6}$/.test(mark))).toBe(true);
    expect(marksOf({ type: 'text/vcard', body: 'no card' })).toEqual([]);
  });

  it('that a crowd has are left out, unless there are no others', () => {
    const crowd = Array.from({ length: 60 }, (_, n) => ['crowd', `own${n}`]);
    const candidates = new Candidates(crowd);
    expect(candidates.of(['crowd', 'own59'], () => true)).toEqual([59]);
    expect(candidates.of(['crowd'], () => true)).toHaveLength(8);
  });
});

describe('two address books', () => {
  it('are joined as the goals say, with few comparisons, far better than by name and mailbox', () => {
    const pair = books(7);
    const ours = judged(pair, byScore(pair));
    const peers = judged(pair, byNameThenMail(pair));
    expect(ours.mistakes.map(([a, b]) => [a.vcard, b.vcard])).toEqual([]);
    expect(precision(ours)).toBeGreaterThanOrEqual(0.999);
    expect(recall(ours)).toBeGreaterThanOrEqual(0.95);
    expect(ours.compared).toBeLessThanOrEqual(8 * 1_000);
    expect(precision(peers)).toBeLessThan(0.95);
  });
});
