/** A name that several of a book have is not certain by itself. */
import { describe, expect, it } from 'vitest';
import { decideMatch } from '../../../lib/pim/match/decide.ts';
import { listBlockingKeys, type TextItem } from '../../kit/items.ts';
import { books } from './books.ts';
import { byScore, counted, judged, recall } from './judge.ts';
import { card, HOME, MAIL, MOBILE, note, part, ready, WORK } from './pairs.ts';

/** What a sent item is to the first of these, which is free, where the rest of the book is taken. */
function beside(sent: TextItem, free: TextItem, ...taken: TextItem[]): string {
  const holdersOf = counted([free, ...taken].map(listBlockingKeys));
  const { link, review } = decideMatch(ready(sent), [{ at: 0, prepared: ready(free) }], holdersOf);
  if (link !== undefined) return 'linked';
  const [likely] = review;
  return likely === undefined
    ? 'another'
    : likely.reasons.includes('common-in-book')
      ? 'in review as common'
      : 'in review';
}

const anna = (...lines: string[]) => card('N:Huber;Anna;;;', ...lines);
const namesake = anna('TEL;TYPE=CELL:+49 171 5550000', 'EMAIL:other@mail.example');

describe('a contact with nothing but a name in common', () => {
  it('is linked if the name is rare in the book, or if nobody counts', () => {
    expect(beside(anna(MAIL), anna(MOBILE))).toBe('linked');
    expect(beside(anna(MAIL), anna(MOBILE), card('N:Roth;Anna;;;'), card('N:Huber;Karl;;;'))).toBe('linked');
    const others = [{ at: 0, prepared: ready(anna(MOBILE)) }];
    expect(decideMatch(ready(anna(MAIL)), others).link?.at).toBe(0);
  });

  it.each([
    ['a namesake', namesake],
    ['a namesake by another spelling', card('N:Hueber;Anna;;;')],
    ['a namesake whose name is one text, family name first', card('FN:Huber\\, Anna')],
    ['one of the family name and the initial', card('N:Huber;Astrid;;;')],
    ['one of the family name with only the initial', card('N:Huber;A.;;;')],
  ])('is for a review where the book also has %s', (_, other) => {
    expect(beside(anna(MAIL), anna(MOBILE), other)).toBe('in review as common');
    expect(beside(anna(), anna(MOBILE), other)).toBe('in review as common');
  });

  it('is not another because a copy of it is in the book', () => {
    const [one, copy] = [anna(MOBILE, HOME), anna(MOBILE, 'NOTE:twice')];
    const holdersOf = counted([one, copy].map(listBlockingKeys));
    const two = [one, copy].map((item, at) => ({ at, prepared: ready(item) }));
    expect(decideMatch(ready(anna(MAIL)), two, holdersOf).link?.at).toBe(0);
  });

  it('does not stand in the way of the one that has more in common', () => {
    const two = [anna(MOBILE), anna(MAIL, 'BDAY:1970-03-05')];
    const holdersOf = counted(two.map(listBlockingKeys));
    const candidates = two.map((item, at) => ({ at, prepared: ready(item) }));
    expect(decideMatch(ready(anna(MAIL)), candidates, holdersOf).link?.at).toBe(1);
  });
});

describe('a contact with a common name and something else in common is linked:', () => {
  const street = 'ADR;TYPE=HOME:;;Am Markt 5;Altdorf;;12345;';
  it.each([
    ['the mobile number', [MOBILE], [MOBILE]],
    ['the mailbox', [MAIL], [MAIL, MOBILE]],
    ['the number of the home', [HOME, MAIL], [HOME, MOBILE]],
    ['the number of the firm', [WORK, MAIL], [WORK, MOBILE]],
    ['the firm', ['ORG:Acme', MAIL], ['ORG:Acme Ltd', MOBILE]],
    ['the address', [street, MAIL], [street, MOBILE]],
    ['the birthday', ['BDAY:1970-03-05', MAIL], ['BDAY:19700305', MOBILE]],
    ['the day of the birthday', ['BDAY:--03-05', MAIL], ['BDAY:19700305', MOBILE]],
    ['a long UID', ['UID:4fbe8971-0bc3-424c-9c26', MAIL], ['UID:4fbe8971-0bc3-424c-9c26', MOBILE]],
  ])('%s', (_, sent, free) => {
    expect(beside(anna(...sent), anna(...free), namesake)).toBe('linked');
  });
});

describe('a firm with nothing but its name in common', () => {
  const firm = (...lines: string[]) => card('N:;;;;', 'FN:Sparkasse', 'ORG:Sparkasse', ...lines);
  const branch = firm('TEL;TYPE=WORK:+49 40 1112223');
  const clerk = card('N:Adam;Udo;;;', 'ORG:Sparkasse');
  it('is for a review where the book has several of it; its people do not count', () => {
    expect(beside(firm('EMAIL:info@sparkasse.example'), firm(WORK), clerk)).toBe('linked');
    expect(beside(firm('EMAIL:info@sparkasse.example'), firm(WORK), branch)).toBe('in review as common');
    expect(beside(firm(WORK), firm(WORK), branch)).toBe('linked');
  });
});

describe('a task with nothing but a summary in common', () => {
  const call = (...lines: string[]) => part('VTODO', 'SUMMARY:Call the bank', ...lines);
  const [may, june] = [call('DUE;VALUE=DATE:20300515'), call('DUE;VALUE=DATE:20300615')];
  it('is for a review where the book has several of it and only one of the two has a day', () => {
    expect(beside(call(), may)).toBe('linked');
    expect(beside(call(), may, june)).toBe('in review as common');
    expect(beside(may, call(), june)).toBe('in review as common');
    expect(beside(may, may, june)).toBe('linked');
    expect(beside(call(), call('PRIORITY:1'), call('PRIORITY:1'))).toBe('linked');
  });
});

describe('what has more than a name in common, however many have that name', () => {
  it('is linked: an appointment has its start, a note its lines', () => {
    const meeting = (day: string) => part('VEVENT', 'SUMMARY:Meeting', `DTSTART:203001${day}T090000Z`);
    expect(beside(meeting('15'), meeting('15'), meeting('22'), meeting('29'))).toBe('linked');
    const list = note('Shopping\nmilk\nbread\neggs');
    expect(beside(note('Shopping\nmilk\nbread\neggs\nsalt'), list, note('Shopping\nbeer'))).toBe('linked');
  });
});

describe('a large book, in which most names have a namesake', () => {
  it('has no wrong links, but has some where nobody counts, and loses few links', () => {
    const pair = books(5, 8_000, 900, 1_500);
    const uncounted = judged(
      pair,
      byScore(pair, () => 0),
    );
    const found = judged(pair, byScore(pair));
    expect(uncounted.wrong).toBeGreaterThanOrEqual(3);
    expect(found.mistakes.map(([a, b]) => [a.vcard, b.vcard])).toEqual([]);
    expect(recall(found)).toBeGreaterThanOrEqual(0.95);
    expect(found.review - uncounted.review).toBeLessThanOrEqual(15);
  });
});
