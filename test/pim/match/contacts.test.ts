/** One test for each way in which two contacts are one, or only look as if. */
import { describe, expect, it } from 'vitest';
import { compare } from '../../../lib/pim/match/compare.ts';
import { between, card, HOME, hans, MAIL, MOBILE, ready, WORK } from './pairs.ts';

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
    expect(between(hans, card(...lines))).toBe('possible');
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
  ])('in any script: %s and %s', (formatted, parts, matchClass) => {
    const [one, other] = [card('N:;;;;', `FN:${formatted}`, HOME), card(`N:${parts};;;`, HOME)];
    expect(between(one, other)).toBe(matchClass);
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

  it('with a long UID is the same where one has no name, unless something contradicts', () => {
    const uid = 'UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1';
    const anna = (...lines: string[]) => card(uid, 'N:Huber;Anna;;;', ...lines);
    const nameless = (...lines: string[]) => card(uid, 'TEL:+49 89 5551234', ...lines);
    expect(between(nameless(), anna())).toBe('same');
    expect(between(nameless(), nameless(MOBILE))).toBe('same');
    expect(between(nameless('BDAY:1950-02-02'), anna('BDAY:1980-02-02'))).toBe('possible');
    expect(between(nameless(MAIL), anna('EMAIL:other@x.example'))).toBe('possible');
    expect(between(nameless('ORG:Acme'), anna('ORG:Acme'))).toBe('possible');
    expect(between(card('TEL:+49 89 5551234', 'UID:12'), card('N:Huber;Anna;;;', 'UID:12'))).toBe(
      'different',
    );
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
