/** What beside the name says that two are one: numbers, mailboxes, birthdays, firms; and how far. */
import { describe, expect, it } from 'vitest';
import { compare } from '../../../lib/pim/match/compare.ts';
import { isEverybodys, isNamedAfter } from '../../../lib/pim/match/contact/mailboxes.ts';
import { phoneOf, planOf, samePhone } from '../../../lib/pim/properties/phone.ts';
import { between, card, HOME, MAIL, MOBILE, ready, WORK } from './pairs.ts';

const BOSCH = 'ORG:Bosch';
const OTHER_MOBILE = 'TEL;TYPE=CELL:+49 171 2222222';
const OTHER_MAIL = 'EMAIL:private@other.example';
const BUYING = 'EMAIL:einkauf@bosch.example';
const SWITCHBOARD = 'TEL;TYPE=CELL:+49 711 811000';
const thomas = (family: string, ...lines: string[]) => card(`N:${family};Thomas;;;`, BOSCH, ...lines);
const RANK = ['different', 'possible', 'same'];

describe('colleagues of one given name', () => {
  it.each([
    ['one team mailbox, other numbers', 'Müller', 'Wagner', [BUYING, MOBILE], [BUYING, OTHER_MOBILE]],
    ['a switchboard saved as CELL', 'Müller', 'Wagner', [SWITCHBOARD, MAIL], [SWITCHBOARD, OTHER_MAIL]],
    ['that, and names alike', 'Becher', 'Becker', [SWITCHBOARD, MAIL], [SWITCHBOARD]],
    ['one line, Becker and Decker', 'Becker', 'Decker', [WORK], [WORK]],
    ['one line, Bauer and Sauer', 'Bauer', 'Sauer', [WORK, MAIL], [WORK]],
    ['a line at home for the firm', 'Becher', 'Becker', [WORK], [WORK]],
  ])('are not linked: %s', (_, one, other, mine, yours) => {
    const matchClass = between(thomas(one, ...mine), thomas(other, ...yours));
    expect(RANK.indexOf(matchClass)).toBeLessThan(2);
    expect(matchClass).not.toContain(' ');
  });

  it('are one by number and mailbox, whatever they are called now', () => {
    expect(between(thomas('Müller', MOBILE, MAIL), thomas('Wagner', MOBILE, MAIL))).toBe('same');
  });

  it('of one number that others have too are not linked by it', () => {
    const shared = new Set(['+49305556677']);
    const [a, b] = [ready(card('N:Roth;Eva;;;', WORK)), ready(card('N:Rott;Eva;;;', WORK))];
    expect(compare(a, b, shared)).toMatchObject({
      matchClass: 'possible',
      reasons: ['name-alike', 'shared-number'],
    });
  });
});

describe('namesakes', () => {
  const hans = (...lines: string[]) => card('N:Müller;Hans;;;', ...lines);
  it.each(['1970-01-01', '1900-01-01', '1901-01-01', '1604-01-01', '1980-01-01', '2000-01-01', '1985-01-01'])(
    'with a birthday that nobody chose: %s',
    (day) => {
      const born = `BDAY:${day}`;
      expect(between(hans(born, MOBILE, MAIL), hans(born, OTHER_MOBILE, OTHER_MAIL))).toBe('possible');
    },
  );

  it('with one birthday and all else another', () => {
    const [one, other] = ['A', 'B'].map((firm) => [`ORG:${firm}`, 'BDAY:1970-03-05']) as [string[], string[]];
    expect(between(hans(...one, MOBILE, MAIL), hans(...other, OTHER_MOBILE, OTHER_MAIL))).toBe('possible');
    expect(between(hans(...one, MOBILE), hans(...one, OTHER_MOBILE))).toBe('same');
  });

  it('in one firm, each with his direct number', () => {
    const direct = 'TEL;TYPE=WORK:+49 711 8115678';
    expect(between(hans(BOSCH, WORK), hans(BOSCH, direct))).toBe('possible');
  });

  it('of whom the family has the mailbox', () => {
    const [one, other] = [MOBILE, OTHER_MOBILE].map((mobile) => hans('EMAIL:mueller@x.example', mobile));
    expect(one && other && between(one, other)).toBe('possible');
  });
});

describe('a birthday', () => {
  const born = (...lines: string[]) => card('N:Müller;Hans;;;', ...lines);
  it.each([
    ['BDAY:1970-03-05', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-05', HOME, 'same'],
    ['BDAY:1970-03-05', 'BDAY:--0305', HOME, 'same'],
    ['BDAY:1970-03-05', 'BDAY:--03-09', HOME, 'different'],
    ['BDAY:1970-03-05', 'BDAY:1970-03-04', MOBILE, 'same'],
    ['BDAY:1970-03-01', 'BDAY:1970-02-28', MOBILE, 'same'],
    ['BDAY:1970-03-05', 'BDAY:1970-03-04', HOME, 'possible'],
    ['BDAY:1970-03-05', 'BDAY:1970-01-01', HOME, 'same'],
    ['BDAY:1970-03-05', 'BDAY:1985-01-01', HOME, 'different'],
  ])('%s and %s', (one, other, line, matchClass) => {
    expect(between(born(one, line), born(other, line))).toBe(matchClass);
  });
});

describe('a number', () => {
  it.each([
    ['+7 916 123-45-67', '8 (916) 123-45-67', true],
    ['+7 916 123-45-67', '916 123 45 67', true],
    ['+375 29 123-45-67', '8 029 123-45-67', true],
    ['+49 (0)171/1234567', '0171-1234567', true],
    ['+49 89 7654321', '089 7654321', true],
    ['+36 30 123 4567', '06 30 123 4567', true],
    ['+49 916 1234567', '8 916 1234567', false],
    ['+49 89 7654321', '+43 89 7654321', false],
    ['+49 171 1234567', '0172 1234567', false],
  ])('%s and %s', (one, other, same) => {
    const [a, b] = [phoneOf(one), phoneOf(other)];
    expect(a && b && [samePhone(a, b), samePhone(b, a)]).toEqual([same, same]);
  });

  it.each([
    ['+49 170 1234567', 'mobile'],
    ['+49 711 811000', 'fixed'],
    ['0711 811000', undefined],
    ['+1 212 555 0100', undefined],
    ['+7 916 123 45 67', 'mobile'],
  ])('says what it is by the plan of its country: %s, %s', (text, plan) => {
    const phone = phoneOf(text);
    expect(phone && planOf(phone)).toBe(plan);
  });

  it('alone in two spellings is one card', () => {
    expect(between(card('TEL:+49 89 1111111'), card('TEL:089 1111111'))).toBe('same');
    expect(between(card('TEL:+49 89 1111111', MAIL), card('TEL:089 1111111', OTHER_MAIL))).toBe('possible');
    expect(between(card('TEL;TYPE=CELL:+7 916 123-45-67'), card('TEL;TYPE=CELL:89161234567'))).toBe('same');
  });
});

describe('a mailbox', () => {
  it.each(['hm77@mail.example', 'MAIL', 'hans.mueller@x.example'])(
    'in the place of a name is none: %s',
    (text) => {
      const mail = text === 'MAIL' ? MAIL : `EMAIL:${text}`;
      const [, address = ''] = mail.split(':');
      const named = card('N:Müller;Hans;;;', mail);
      const local = text === 'MAIL' ? (address.split('@')[0] ?? '') : address;
      expect(between(named, card(`N:${local};;;;`, `FN:${local}`, mail))).toBe('same');
    },
  );

  it.each([
    ['einkauf@x.example', true],
    ['Buchhaltung2@x.example'.toLowerCase(), true],
    ['info.berlin@x.example', true],
    ['roth@x.example', true],
    ['roth440@x.example', true],
    ['familie-roth@x.example', true],
    ['mail561018@x.example', false],
    ['bosch@x.example', true],
    ['h.roth@x.example', false],
    ['hans@x.example', false],
  ])('is of everybody: %s, %s', (email, everybodys) => {
    const owner = { name: { given: ['hans'], family: ['roth'] }, organisation: ['bosch'] };
    expect(isEverybodys(email, [owner])).toBe(everybodys);
  });
});

describe('a mailbox that has the name of its owner', () => {
  it.each([
    ['hans@x.example', true, false],
    ['hans.roth77@x.example', true, true],
    ['hansroth@x.example', true, true],
    ['roth@x.example', false, false],
    ['linie3@x.example', false, false],
  ])('%s: of Hans %s, of Hans who is Johannes elsewhere %s', (email, alone, both) => {
    const named = (given: string) => ({ name: { given: [given], family: ['roth'] }, organisation: [] });
    expect(isNamedAfter(email, [named('hans')])).toBe(alone);
    expect(isNamedAfter(email, [named('hans'), named('johannes')])).toBe(both);
  });

  it('says in one firm who it is, and a team mailbox does not', () => {
    const at = (email: string) => [thomas('Wagner', WORK, email), thomas('Müller', WORK, email)] as const;
    expect(between(...at('EMAIL:linie3@bosch.example'))).toBe('possible');
    expect(between(...at('EMAIL:thomas.wagner@bosch.example'))).toBe('same');
  });
});

describe('a firm', () => {
  it.each([
    ['ORG:Siemens;Sales', 'ORG:Siemens;Service', WORK, 'possible'],
    ['ORG:Siemens;Sales', 'ORG:Siemens', 'NOTE:x', 'possible'],
    ['ORG:Siemens;Sales', 'ORG:Siemens;Sales', 'NOTE:x', 'same'],
    ['ORG:Siemens', 'ORG:Siemens AG', 'NOTE:x', 'same'],
    ['ORG:Müller', 'ORG:Autohaus Müller', WORK, 'same'],
  ])('%s and %s', (one, other, line, matchClass) => {
    expect(between(card(one, line), card(other, line))).toBe(matchClass);
  });

  it('of which one name is a part of the other is not it', () => {
    const [one, other] = [card('ORG:Sparkasse', 'TEL:+49 89 1111111'), card('ORG:Sparkasse Köln')];
    expect(compare(ready(one), ready(other)).matchClass).toBe('possible');
  });
});
