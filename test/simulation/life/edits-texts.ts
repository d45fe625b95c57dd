/** What people write: texts with signs that other programs read wrongly, long ones, and names of groups. */
import type { Random } from '../random.ts';

/** Parts of texts that mean something in a format, or in what the format goes in; and letters of several bytes. */
const SIGNS = [
  ...['', '', ' äöü', ' ß é ñ', ' 日本', ' 😀', ' 👩‍👩‍👧 𝒳'],
  ...['; half', ', two', ' "quoted"', ': x', ' a\\b', '  and  blanks'],
  ...[' =3D', ' equals=', ' & <b>', ' &amp; x', ' ]]> x', ' ]]>]]>', " 'it' #1 %41"],
  ` long${' ä'.repeat(40)}`,
];

export const text = (word: string, number: number, random: Random): string =>
  `${word}${number}${random.pick(SIGNS)}`;

/** A word that names a person or a group: without signs that part values. */
export const plain = (word: string, number: number, random: Random): string =>
  `${word}${number}${random.pick(['', '', ' äöü', ' und mehr'])}`;

/**
 * So long that it goes in chunks where messages are small. No part of it is like another. In some every word has a letter
 * of several bytes.
 */
export function longLine(number: number, random: Random): string {
  const letter = random.pick(['', '', 'ä', '日', '=']);
  const words = Array.from({ length: 200 + random.below(900) }, (_, n) => `w${letter}${n}`);
  return `n${number} ${words.join(' ')} e${number}`;
}
