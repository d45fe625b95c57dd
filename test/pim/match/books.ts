/** Two address books of people of whom some are in both, written differently; who is who is known. */

import type { Content } from '../../../lib/pim/content.ts';
import { joinParts } from '../../../lib/pim/vobject/text.ts';
import { contentOf, readItem, type TextItem } from '../../kit/items.ts';
import { createRandom, type Random } from '../../simulation/random.ts';
import { type Person, town } from './people.ts';
import { type Entry, rewritten } from './written.ts';

export interface BookItem {
  /** The person; equal in both books. */
  readonly id: number;
  readonly item: TextItem;
  readonly content: Content;
  /** As it is sent. */
  readonly vcard: string;
}

export interface Books {
  readonly ours: readonly BookItem[];
  readonly theirs: readonly BookItem[];
  readonly pairs: number;
}

/** So many entries in our book and in theirs, so many of them the same people. */
export function books(seed: number, size = 1_000, pairs = 600, theirSize = size): Books {
  const random = createRandom(seed);
  const count = size + theirSize - pairs;
  const people = shuffled(random, town(random, count)).slice(0, count);
  const names = new Map<string, number>();
  for (const one of people) names.set(nameKey(one), (names.get(nameKey(one)) ?? 0) + 1);
  const ours = people.slice(0, size).map((one) => written(one, one, '3.0', random));
  const theirs = people.slice(size - pairs).map((one, n) => {
    const entry =
      n < pairs ? rewritten(one, random, (names.get(nameKey(one)) ?? 0) > 1 || one.isFirm === true) : one;
    return written(one, entry, '2.1', random);
  });
  return { ours, theirs: shuffled(random, theirs), pairs };
}

const nameKey = ({ given, family, firm, isFirm }: Person): string =>
  isFirm ? (firm ?? '') : [given, family].sort().join(' ');

export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [copy[at], copy[other]] = [copy[other] as T, copy[at] as T];
  }
  return copy;
}

/** The entry as a vCard of this version. */
export function written(
  { id }: Pick<Person, 'id'>,
  entry: Entry,
  version: '2.1' | '3.0',
  random: Random,
): BookItem {
  const vcard = `${['BEGIN:VCARD', `VERSION:${version}`, ...linesOf(entry, version, random), 'END:VCARD'].join('\r\n')}\r\n`;
  const item = readItem(version === '2.1' ? 'text/x-vcard' : 'text/vcard', vcard);
  return { id, vcard, item, content: contentOf(item) };
}

function linesOf(entry: Entry, version: '2.1' | '3.0', random: Random): string[] {
  const old = version === '2.1';
  const line = (name: string, value: string, ...types: string[]) => {
    const params = types.map((type) => (old ? `;${type}` : `;TYPE=${type}`)).join('');
    return `${name}${params}${old && /[^ -~]/.test(value) ? ';CHARSET=UTF-8' : ''}:${value}`;
  };
  const phone = (value: string | undefined, type: string) =>
    value === undefined ? [] : [line('TEL', spelledNumber(value, random), type)];
  const { sharedEmail, email, firm, department, street, place, born } = entry;
  const [homeSlot, workSlot] = entry.swapsSlots === true ? ['WORK', 'HOME'] : ['HOME', 'WORK'];
  const [zip = '', city = ''] = (place ?? '').split(' ');
  return [
    ...nameLines(entry, line),
    ...phone(entry.home, homeSlot),
    ...phone(entry.work, entry.isCell === true ? 'CELL' : workSlot),
    ...phone(entry.mobile, 'CELL'),
    ...[email, sharedEmail].flatMap((one) => (one === undefined ? [] : [line('EMAIL', one, 'INTERNET')])),
    ...(firm === undefined
      ? []
      : [line('ORG', joinParts(department === undefined ? [firm] : [firm, department]))]),
    ...(street === undefined ? [] : [line('ADR', joinParts(['', '', street, city, '', zip, '']), 'HOME')]),
    ...(born === undefined ? [] : [birthdayLine(born, old, random)]),
  ];
}

/** `--03-05` of a device that keeps no years: so, or as Apple has it. */
function birthdayLine(born: string, old: boolean, random: Random): string {
  const [, day] = /^--(\d\d-\d\d)$/.exec(born) ?? [];
  if (day !== undefined && random.chance(0.5)) return `BDAY;X-APPLE-OMIT-YEAR=1604:1604-${day}`;
  return `BDAY:${day !== undefined ? born : old ? born.replaceAll('-', '') : born}`;
}

function nameLines(entry: Entry, line: (name: string, value: string) => string): string[] {
  const { given, family, title = '', generation, naming = 'parts', firm } = entry;
  if (given === '' && family === '')
    return [line('N', ';;;;'), line('FN', entry.isMailbox === true ? (entry.email ?? '') : (firm ?? ''))];
  const suffix = generation === undefined ? '' : ` ${generation}`;
  const full = `${title} ${given} ${family}${suffix}`.replace(/ +/g, ' ').trim();
  switch (naming) {
    case 'text':
      return [line('N', `${full};;;;`), line('FN', full)];
    case 'family-first':
      return [line('FN', `${family}${suffix}\\, ${given}`)];
    case 'turned':
      return [
        line('N', joinParts([given, family, '', title, suffix.trim()])),
        line('FN', `${family} ${given}${suffix}`),
      ];
    default:
      return [line('N', joinParts([family, given, '', title, suffix.trim()])), line('FN', full)];
  }
}

/** `+49 170 1234567` or `+7 916 1234567` in one of the ways that people write it. */
function spelledNumber(number: string, random: Random): string {
  const [country, area = '', rest = ''] = number.split(' ');
  if (country === '+7')
    return random.pick([number, `8 (${area}) ${rest}`, `8${area}${rest}`, number.replaceAll(' ', '')]);
  return random.pick([
    number,
    number.replaceAll(' ', ''),
    `0${area}/${rest}`,
    `(0${area}) ${rest.slice(0, 3)}-${rest.slice(3)}`,
    `0049${area}${rest}`,
    `+49 (0) ${area} ${rest.slice(0, 2)} ${rest.slice(2)}`,
  ]);
}
