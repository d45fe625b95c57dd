/** Persons who share nothing of their own: names, birthday and address say who they are, and who lives with them. */
import { describe, expect, it } from 'vitest';
import { compare } from '../../../lib/pim/match/compare.ts';
import { areTwoNames, isMisspelt, slipsBetween } from '../../../lib/pim/match/names/given-names.ts';
import { card, MAIL, MOBILE, ready } from './pairs.ts';

/** Made of the parts of a name, an address and a birthday; an empty part is left out. */
function person(name: string, home = 'Lindenweg 7|Altdorf|12345', born = '1970-03-15', ...more: string[]) {
  const [street = '', city = '', code = ''] = home.split('|');
  return card(
    `N:${name};;;`,
    ...(home === '' ? [] : [`ADR;TYPE=HOME:;;${street};${city};;${code};`]),
    ...(born === '' ? [] : [`BDAY:${born}`]),
    ...more,
  );
}
const HOME = 'Lindenweg 7|Altdorf|12345';
const martina = person('Huber;Martina');

function matchClass(a: ReturnType<typeof card>, b: ReturnType<typeof card>): string {
  const [forth, back] = [compare(ready(a), ready(b)), compare(ready(b), ready(a))];
  expect([back.matchClass, back.score]).toEqual([forth.matchClass, forth.score]);
  return forth.matchClass;
}

describe('a person', () => {
  it.each([
    ['has moved', 'Huber;Martina', 'Amselweg 3|Neustadt|54321', '1970-03-15'],
    [
      'has a slip in the family name, and has moved',
      'Hubre;Martina',
      'Amselweg 3|Neustadt|54321',
      '1970-03-15',
    ],
    ['has the names turned', 'Martina;Huber', HOME, '1970-03-15'],
    ['has them turned, and a slip in the family name', 'Martina;Hubre', HOME, '1970-03-15'],
    ['has them turned, and a slip in the given name', 'Martinna;Huber', HOME, '1970-03-15'],
    ['has nothing but the given name', 'Martina;', HOME, '1970-03-15'],
    ['has a slip in the given name', 'Huber;Martinna', HOME, '1970-03-15'],
    ['has a slip at its beginning', 'Huber;Nartina', HOME, '1970-03-15'],
    ['has slips in all names and in the street', 'Hubre;Martinna', 'Lindnweg 7|Altdorf|12345', '1970-03-15'],
    ['has slips in place and postcode', 'Huber;Martinna', 'Lindenweg 7|Altdrof|12354', '1970-03-15'],
    [
      'has a slip in the given name, and no number',
      'Huber;Martinna',
      'Lindenweg|Altdorf|12345',
      '1970-03-15',
    ],
    ['has married', 'Winkler;Martina', HOME, '1970-03-15'],
    ['has another digit in the day', 'Huber;Martina', HOME, '1970-03-16'],
    ['has another digit in the month', 'Huber;Martina', HOME, '1970-04-15'],
    ['has another digit in the year', 'Huber;Martina', HOME, '1971-03-15'],
    ['has another digit in the birthday, and a slip in the name', 'Hubre;Martina', HOME, '1973-03-15'],
    ['has day and month turned', 'Huber;Martina', HOME, '1970-15-03'],
  ])('is the same who %s', (_, name, home, born) => {
    expect(matchClass(martina, person(name, home, born))).toBe('same');
  });

  it.each([
    ['a twin, a letter apart', 'Huber;Marina', HOME, '1970-03-15'],
    ['a twin with another name', 'Huber;Petra', HOME, '1970-03-15'],
    ['a twin of whom nothing but the family name is known', 'Huber;', HOME, '1970-03-15'],
    ['a twin whose name is misspelt', 'Huber;Marinna', HOME, '1970-03-15'],
    ['a twin whose names are turned', 'Marina;Huber', HOME, '1970-03-15'],
    ['a name that is as near to two', 'Huber;Martna', HOME, '1970-03-15'],
    ['an initial', 'Huber;M.', HOME, '1970-03-15'],
    ['a slip in the name, and another house', 'Huber;Martinna', 'Amselweg 3|Altdorf|12345', '1970-03-15'],
    ['another family name, and another house', 'Winkler;Martina', 'Amselweg 3|Altdorf|12345', '1970-03-15'],
    ['a slip in the birthday, and another house', 'Huber;Martina', 'Amselweg 3|Altdorf|12345', '1970-03-16'],
    ['another day, as of mother and daughter', 'Huber;Martina', HOME, '1998-06-22'],
    ['another day and a slip in the street', 'Huber;Martina', 'Lindnweg 7|Altdorf|12345', '1971-03-16'],
    ['no birthday, and a slip in the given name', 'Huber;Martinna', HOME, ''],
    ['no birthday, and names turned', 'Martina;Hubre', HOME, ''],
    ['no birthday, and a slip in the street', 'Huber;Martina', 'Lindnweg 7|Altdorf|12345', ''],
  ])('is asked about: %s', (_, name, home, born) => {
    expect(matchClass(martina, person(name, home, born))).toBe('possible');
  });

  it.each([
    ['her husband', 'Huber;Peter', HOME, '1968-11-02'],
    ['her sister', 'Huber;Sabine', HOME, '1973-11-02'],
    ['her sister, a letter apart', 'Huber;Marina', HOME, '1973-11-02'],
    ['a neighbour', 'Winkler;Petra', 'Lindenweg 9|Altdorf|12345', '1973-11-02'],
    ['of one birthday', 'Winkler;Petra', 'Amselweg 3|Neustadt|54321', '1970-03-15'],
    ['her namesake', 'Huber;Martina', 'Amselweg 3|Neustadt|54321', '1973-11-02'],
  ])('is another one: %s', (_, name, home, born) => {
    expect(matchClass(martina, person(name, home, born))).toBe('different');
  });

  it('with a birthday that is missing is linked by the full name at one address, as father and son would be', () => {
    expect(matchClass(martina, person('Huber;Martina', HOME, ''))).toBe('same');
  });

  describe('with no town and no postcode in the addresses', () => {
    it.each([
      [
        'a slip in the given name, and another street',
        'Huber;Martinna',
        'Amselweg 7',
        '1970-03-15',
        'possible',
      ],
      ['another family name', 'Winkler;Martina', 'Lindenweg 7', '1970-03-15', 'possible'],
      ['a slip in the birthday', 'Huber;Martina', 'Lindenweg 7', '1980-03-15', 'possible'],
      ['a slip in the given name', 'Huber;Martinna', 'Lindenweg 7', '1970-03-15', 'same'],
      ['another family name, and a town', 'Winkler;Martina', 'Lindenweg 7|Altdorf', '1970-03-15', 'possible'],
      ['neither a birthday nor the street', 'Huber;Martinna', 'Amselweg 7', '', 'different'],
    ])('has %s', (_, name, home, born, expected) => {
      expect(matchClass(person('Huber;Martina', 'Lindenweg 7'), person(name, home, born))).toBe(expected);
    });
  });

  it('does not live in a street with no name that is like another such', () => {
    const [one, other] = ['7|Altdorf', '7|Neustadt'];
    expect(matchClass(person('Huber;Martina', one), person('Huber;Martinna', other))).toBe('possible');
  });

  it('does not live in a street of a very long text that is like any other such', () => {
    const [one, other] = ['Linden', 'Amsel'].map((word) => `${`${word} `.repeat(70)}7|Altdorf`);
    expect(matchClass(person('Huber;Martina', one), person('Winkler;Martina', other))).toBe('possible');
  });

  it.each([
    ['12 Linden Street|Kingsbury|2600', '12 Linden St.|Kingsbury|2600'],
    ['12 Linden Street|Kingsbury|2600', '12 LINDEN STREET|KINGSBURY|2600'],
    ['Lindenstraße 12a|Altdorf|12345', 'Lindenstr. 12A|Altdrof|12345'],
    ['Lindenstraße 12|Altdorf|12345', 'Lindenstr. 12|Altdorf|12354'],
  ])('has one address, in other words: %s and %s', (one, other) => {
    expect(matchClass(person('Huber;Martina', one), person('Winkler;Martina', other))).toBe('same');
  });

  it.each([
    ['Jaslena', 'Jasleena'],
    ['Ravindra', 'Rajindra'],
  ])('with a given name that nobody knows is asked about: %s and %s', (one, other) => {
    expect(matchClass(person(`Huber;${one}`), person(`Huber;${other}`))).toBe('possible');
  });

  it.each([
    ['Maren', 'Maren-Sophie'],
    ['Karl', 'Karl-Heinz'],
  ])('is no twin with a hyphen: %s and %s', (one, other) => {
    expect(matchClass(person(`Huber;${one}`), person(`Huber;${other}`))).toBe('possible');
  });

  it.each([
    ['Nguyễn;Dũng', 'Nguyễn;Dung'],
    ['Nguyễn;Dũng', 'Nguyen;Dung'],
  ])('whose accents are another name, or left out, is asked about: %s and %s', (one, other) => {
    expect(matchClass(person(one), person(other))).toBe('possible');
  });

  it('with other names in full than in its parts is asked about', () => {
    const [one, other] = ['Anna Huber', 'Eva Huber'].map((full) =>
      person('Huber;Anna', HOME, '1970-03-15', `FN:${full}`),
    );
    expect(one && other && matchClass(one, other)).toBe('possible');
  });

  it('with two known given names is never linked, with one mobile number and mailbox', () => {
    const [one, other] = ['Karin', 'Katrin'].map((given) =>
      person(`Huber;${given}`, HOME, '1970-03-15', MOBILE, MAIL),
    );
    expect(one && other && matchClass(one, other)).toBe('possible');
  });

  it('with two birthdays that are other days is never linked, with one mobile number and mailbox', () => {
    const [one, other] = ['1970-03-15', '1998-06-22'].map((born) =>
      person('Huber;Karin', HOME, born, MOBILE, MAIL),
    );
    expect(one && other && matchClass(one, other)).toBe('possible');
  });

  it('with a slip in the given name is known by a mobile number, where the address is another', () => {
    const [one, other] = [
      person('Huber;Martina', HOME, '1970-03-15', MOBILE),
      person('Huber;Martinna', 'Amselweg 3|Neustadt|54321', '1970-03-15', MOBILE),
    ];
    expect(matchClass(one, other)).toBe('same');
  });
});

describe('given names', () => {
  it.each([
    ['marina', 'martina', true],
    ['anna', 'anne', true],
    ['stefan', 'stephan', false],
    ['marina', 'marinna', false],
    ['jaslena', 'jasmina', false],
  ])('%s and %s are two: %s', (one, other, are) => {
    expect([areTwoNames(one, other), areTwoNames(other, one)]).toEqual([are, are]);
  });

  it.each([
    ['wolfgang', 'wolfgnag', true],
    ['charlotte', 'charlote', true],
    ['marina', 'martina', false],
    ['jaslena', 'jasleena', false],
    ['tim', 'tiim', false],
    ['egon', 'egion', true],
    ['egon', 'egiion', false],
  ])('%s and %s are one, misspelt: %s', (one, other, is) => {
    expect([isMisspelt(one, other), isMisspelt(other, one)]).toEqual([is, is]);
  });

  it.each([
    ['same', 'same', 0],
    ['smae', 'same', 1],
    ['sam', 'same', 1],
    ['smaee', 'same', 2],
    ['a'.repeat(61), 'b'.repeat(61), Number.POSITIVE_INFINITY],
    ['', 'same', 4],
  ])('of %s and %s so many slips: %s', (one, other, slips) => {
    expect(slipsBetween(one, other)).toBe(slips);
  });
});
