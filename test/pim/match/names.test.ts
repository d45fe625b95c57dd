/** Names of any kind: whose words are titles elsewhere, of twins, of mothers and daughters, in other letters. */
import { describe, expect, it } from 'vitest';
import { between, card, HOME, MAIL, MOBILE, WORK } from './pairs.ts';

const FIRM = 'ORG:Alibaba';
const OTHER_MOBILE = 'TEL;TYPE=CELL:+49 171 2222222';
const OTHER_MAIL = 'EMAIL:private@other.example';
const BORN = 'BDAY:1990-02-03';
const STREET = 'ADR;TYPE=HOME:;;Via Roma 1;Roma;;00100;';

/** Both sides of one row: a name, then what else its card says. */
const each = (
  rows: readonly (readonly [one: readonly string[], other: readonly string[], matchClass: string])[],
) => it.each(rows.map(([one, other, matchClass]) => [one[0], other[0], matchClass, one, other] as const));
const check = (one: readonly string[], other: readonly string[]) => between(card(...one), card(...other));

describe('names that are titles elsewhere', () => {
  each([
    [['N:Ma;Jack;;;', FIRM, MOBILE], ['N:Ma;Lily;;;', FIRM, MAIL], 'different'],
    [['N:Sen;Amartya;;;', FIRM, WORK], ['N:Sen;Indrani;;;', FIRM, WORK], 'different'],
    [['N:Bae;Suzy;;;', FIRM], ['N:Bae;Doona;;;', FIRM], 'different'],
    [['N:Ba;Ho;;;', FIRM], ['N:Ba;Lan;;;', FIRM], 'different'],
    [['N:Ing;Wei;;;', HOME], ['N:Ing;Mei;;;', HOME], 'different'],
    [['N:Herr;Lutz;;;', HOME], ['N:Herr;Anna;;;', HOME], 'different'],
    [['N:Hon;Ka;;;', FIRM, MAIL], ['N:Hon;Li;;;', FIRM, MAIL], 'different'],
    [['N:Lee;Mae;;;', HOME], ['N:Lee;May;;;', HOME], 'different'],
    [['N:Kim;Jun;;;', HOME], ['N:Kim;Junior;;;', HOME], 'different'],
    [['N:Tanaka;Jun;;;', HOME], ['N:Tanaka;Sen;;;', HOME], 'different'],
    [['N:Collins;Phil;;;'], ['FN:Phil Collins'], 'same'],
    [['N:Ma;Jack;;;', MOBILE], ['FN:Ma Jack', MOBILE], 'same'],
    [['N:Tanaka;Jun;;;'], ['FN:Jun Tanaka'], 'same'],
    [['N:Gruber;Eva;;Mag.;', MOBILE], ['FN:Eva Gruber MA', MOBILE], 'same'],
    [['N:Müller;Hans;;;'], ['FN:Dipl.-Ing. Dr. med. Hans Müller'], 'same'],
    [['N:Müller;Hans;;;jun.'], ['FN:Hans Müller jun.'], 'same'],
    [['N:Müller;Hans;jun.;;', HOME], ['N:Müller;Hans;;;', HOME], 'different'],
    [['N:Sá;Maria;;;'], ['FN:Maria Sá'], 'same'],
  ])('%s and %s: %s', (_, __, matchClass, one, other) => {
    expect(check(one, other)).toBe(matchClass);
  });
});

describe('one name or two', () => {
  each([
    [['N:Schmidt;;;Herr;', HOME], ['N:Schmidt;;;Frau;', HOME], 'different'],
    [['FN:Mr. Smith', HOME], ['FN:Mrs. Smith', HOME], 'different'],
    [['N:Schmidt;Herr;;;', HOME], ['N:Schmidt;Frau;;;', HOME], 'different'],
    [['FN:Herr Schmidt', MOBILE], ['FN:Frau Schmidt', MOBILE], 'possible'],
    [['FN:Herr Schmidt', MOBILE], ['FN:Schmidt', MOBILE], 'same'],
    [['FN:Anna', HOME], ['FN:Anna', HOME, MAIL], 'possible'],
    [['N:Schmidt;Karl;;;', MOBILE], ['N:Schmidt;Karl-Heinz;;;', MAIL], 'possible'],
    [['N:Schmidt;Anna;;;', HOME], ['N:Schmidt;Anna-Lena;;;', HOME], 'possible'],
    [['N:Schmidt;Anna;;;', MOBILE], ['N:Schmidt;Anna-Lena;;;', MOBILE], 'possible'],
    [['N:Schmidt;Anna;;;', MOBILE], ['FN:Anna-Lena Schmidt', MOBILE], 'possible'],
    [['FN:Anna Schmidt', MOBILE], ['FN:Schmidt\\, Anna-Lena', MOBILE], 'possible'],
    [['N:Schmidt;Anna;;;', MOBILE], ['N:Schmidt;Anna-Lena;;;', MOBILE, MAIL], 'possible'],
    [['N:Schmidt;Anna;;;', MOBILE, MAIL], ['N:Schmidt;Anna-Lena;;;', MOBILE, MAIL], 'same'],
    [['N:Schmidt;Anna;;;', MOBILE], ['FN:Anna Lena Schmidt', MOBILE], 'same'],
    [['N:Meier-Schmidt;Anna;;;', MOBILE], ['FN:Anna Lena Meier-Schmidt', MOBILE], 'same'],
    [['N:Schmidt;Anna Lena;;;', MOBILE], ['N:Schmidt;Anna-Lena;;;', MOBILE], 'same'],
    [['N:García López;María;;;'], ['N:García López;María José;;;'], 'possible'],
    [['N:García López;María;;;', MOBILE], ['N:García López;María José;;;', MOBILE], 'same'],
    [['N:García;Juan;;;', FIRM, WORK], ['N:García Ruiz;Juan;;;', FIRM, WORK], 'possible'],
    [['N:García;Juan;;;', HOME], ['N:García Ruiz;Juan;;;', HOME], 'possible'],
    [['N:García;Juan;;;', MOBILE], ['N:García Ruiz;Juan;;;', MOBILE], 'same'],
    [['N:Martin;Thomas;;;', MOBILE], ['N:Thomas;Martin;;;', MAIL], 'possible'],
    [['N:Martin;Thomas;;;', HOME], ['N:Thomas;Martin;;;', HOME], 'same'],
    [['N:Smith;John;Q;;'], ['FN:Smith\\, John'], 'same'],
    [['N:Иванов;Иван;Петрович;;'], ['FN:Иванов Иван Петрович'], 'same'],
    [['N:García López;Juan;;;'], ['FN:Juan García López'], 'same'],
    [['N:Müller;Hans;;;', MOBILE], ['N:;Hans;;;', 'FN:Hans', MOBILE], 'same'],
    [['N:Müller;Anna;;;', MOBILE, HOME], ['FN:Müller', MOBILE, HOME], 'possible'],
    [['N:Müller;Hans-Peter;;;'], ['FN:Hanspeter Müller'], 'same'],
    [['N:Smith;Jo;;;', HOME], ['N:Smith;Joe;;;', HOME], 'possible'],
    [['N:Müller;Jürgen;;;'], ['N:Mueller;Juergen;;;'], 'same'],
  ])('%s and %s: %s', (_, __, matchClass, one, other) => {
    expect(check(one, other)).toBe(matchClass);
  });
});

describe('an initial', () => {
  each([
    [['N:Müller;S.;;;', MOBILE], ['N:Müller;S.;;;', 'EMAIL:sabine44@x.example'], 'possible'],
    [['N:Huber;A;;;'], ['N:Huber;A;;;'], 'possible'],
    [['N:Huber;A;;;'], ['FN:Huber A.'], 'possible'],
    [['N:Huber;A. B.;;;'], ['N:Huber;A.;;;'], 'possible'],
    [['N:Huber;A;;;', HOME], ['N:Huber;A;;;', HOME], 'same'],
    [['N:Huber;A;;;', MOBILE], ['FN:Huber A', MOBILE], 'same'],
    [['N:Huber;A.;;;', MAIL, WORK], ['N:Hubre;A.;;;', WORK], 'possible'],
    [['N:Huber;A.;;;', 'FN:Anna Huber', MAIL], ['N:Huber;A.;;;', 'FN:Anna Huber', HOME], 'same'],
    [['N:Smith;John;Q.;;'], ['N:Smith;John;;;'], 'same'],
  ])('is no given name: %s and %s: %s', (_, __, matchClass, one, other) => {
    expect(check(one, other)).toBe(matchClass);
  });
});

describe('an accent of Vietnamese', () => {
  const dung = ['N:Nguyễn;Dũng;;;', 'TEL;TYPE=CELL:+84 90 1234567'];
  each([
    [dung, ['N:Nguyễn;Dung;;;', MAIL], 'possible'],
    [dung, ['FN:Nguyễn Dung', MAIL], 'possible'],
    [dung, ['N:Nguyen;Dung;;;', MAIL], 'possible'],
    [dung, ['N:Nguyen;Dung;;;', 'TEL;TYPE=CELL:090 1234567'], 'same'],
    [dung, ['N:Nguyễn;Dũng;;;', MAIL], 'same'],
    [dung, ['N:Trần;Dung;;;', MAIL], 'different'],
    [['N:Nguyễn;Văn An;;;'], ['N:Nguyễn;Văn Ân;;;'], 'possible'],
    [['N:Lê;An;;;'], ['N:Lê;Ân;;;'], 'possible'],
    [['FN:Nguyễn Văn An'], ['FN:Nguyễn Văn Ân'], 'possible'],
    [['N:Trần;Hoà;;;'], ['N:Trần;Hòa;;;'], 'same'],
    [['N:Blanc;André;;;'], ['N:Blanc;Andre;;;'], 'same'],
    [['N:Conceição;João;;;'], ['N:Conceicao;Joao;;;'], 'same'],
    [['N:Đorđević;Đuro;;;'], ['N:Dordevic;Duro;;;'], 'same'],
  ])('is a letter, and those of others are none: %s and %s: %s', (_, __, matchClass, one, other) => {
    expect(check(one, other)).toBe(matchClass);
  });
});

describe('a dotless i', () => {
  each([
    [['N:Yılmaz;Ali;;;'], ['N:Yilmaz;Ali;;;'], 'same'],
    [['N:Yıldız;Işıl;;;', MAIL], ['N:Yildiz;Isil;;;', MAIL], 'same'],
    [['N:IŞIK;ALİ;;;', MOBILE], ['N:Işık;Ali;;;', MOBILE], 'same'],
    [['N:Işık;İnci;;;'], ['N:Isik;Inci;;;'], 'same'],
  ])('is an i: %s and %s: %s', (_, __, matchClass, one, other) => {
    expect(check(one, other)).toBe(matchClass);
  });
});

describe('a hint of the given name beside another family name', () => {
  each([
    [['N:Roth;Anthony;;;', MOBILE, MAIL], ['N:Haas;A.;;;', MOBILE, MAIL], 'possible'],
    [['N:Roth;Anthony;;;', MOBILE, HOME], ['N:Haas;A.;;;', MOBILE, HOME], 'different'],
    [['N:Roth;Sabine;;;', MOBILE, MAIL], ['N:Sabine;Haas;;;', MOBILE, MAIL], 'possible'],
  ])('%s and %s: %s', (_, __, matchClass, one, other) => {
    expect(check(one, other)).toBe(matchClass);
  });
});

describe('twins and others a letter apart', () => {
  const marco = ['N:Rossi;Marco;;;', BORN, STREET, MOBILE, 'EMAIL:marco@r.example'];
  each([
    [marco, ['N:Rossi;Mario;;;', BORN, STREET, OTHER_MOBILE, 'EMAIL:mario@r.example'], 'possible'],
    [['N:Roth;Marina;;;', HOME, BORN], ['N:Roth;Martina;;;', HOME, BORN], 'possible'],
    [['N:Huber;Marina;;;', MOBILE, BORN], ['N:Huber;Martina;;;', MOBILE, BORN], 'possible'],
    [['N:Huber;Marina;;;', MOBILE, HOME], ['N:Huber;Martina;;;', MOBILE, HOME], 'possible'],
    [['N:Huber;Julian;;;', MOBILE, BORN], ['N:Huber;Julien;;;', MOBILE, BORN], 'possible'],
    [['N:Rossi;Marco;;;', MOBILE, BORN], ['N:Rossi;Macro;;;', MOBILE, BORN], 'possible'],
    [
      ['N:Huber;Karin;;;', MOBILE, 'EMAIL:hhuber@x.example'],
      ['N:Huber;Katrin;;;', MOBILE, 'EMAIL:hhuber@x.example'],
      'possible',
    ],
    [
      ['N:Huber;Martina;;;', MOBILE, 'EMAIL:martina.huber@x.example'],
      ['N:Huber;Martna;;;', MOBILE, 'EMAIL:martina.huber@x.example'],
      'same',
    ],
    [['N:Roth;Karin;;;', HOME, 'EMAIL:familie.roth@x.example'], ['N:Roth;Katrin;;;', HOME], 'possible'],
    [
      ['N:Roth;Andi;;;', HOME, 'EMAIL:roth@x.example'],
      ['N:Roth;Andrea;;;', HOME, 'EMAIL:roth@x.example'],
      'possible',
    ],
    [['N:Cole;Nat;;;', HOME], ['N:Cole;Natalie;;;', HOME], 'possible'],
    [['N:李;丽;;;', HOME, MAIL], ['N:李;丽丽;;;', HOME, MAIL], 'different'],
    [['N:Rossi;Marco;;;', MOBILE, HOME], ['N:Rossi;Macro;;;', MOBILE, HOME], 'same'],
    [['N:Rossi;Marco;;;', MOBILE, HOME, MAIL], ['N:Rossi;Mario;;;', MOBILE, HOME, OTHER_MAIL], 'possible'],
  ])('%s and %s: %s', (_, __, matchClass, one, other) => {
    expect(check(one, other)).toBe(matchClass);
  });
});

describe('names in other letters', () => {
  const ivan = ['N:Иванов;Иван;;;', MOBILE, MAIL];
  it('may be one with what only one person has, unless its Latin names differ', () => {
    expect(check(ivan, ['N:Ivanov;Ivan;;;', MOBILE, MAIL])).toBe('possible');
    expect(check(['N:山田;太郎;;;', MAIL], ['N:Yamada;Taro;;;', MAIL])).toBe('possible');
    expect(check([...ivan, 'FN:Pyotr Petrov'], ['N:Ivanov;Ivan;;;', MOBILE, MAIL])).toBe('different');
    expect(check(ivan, ['N:Ivanov;Ivan;;;', HOME])).toBe('different');
    expect(check(ivan, ['N:Ivanov;Ivan;;;', MOBILE, OTHER_MAIL])).toBe('different');
  });
});
