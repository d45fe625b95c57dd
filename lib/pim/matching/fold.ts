/** Texts as they are compared: without case, accents, ways to write an umlaut, punctuation. */

/** Letters that Unicode does not take apart. */
const LETTERS: { readonly [letter: string]: string } = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/**
 * `Müller`, `MUELLER` and `Muller` are one; so are words that differ in an `e` behind a, o, u only. Marks that other
 * scripts write their vowels with are letters of the word.
 */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}]\p{M}*)\p{M}/gu, '')
    .normalize('NFC')
    .replace(/[ßøæœłđðþ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/([aou])e/g, '$1');

/** Folded words: letters and digits only. */
export const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/th|dt/g, 't'],
  [/ck|c(?!h)|q/g, 'k'],
  [/tz/g, 'z'],
  [/[ea][iy]/g, 'ai'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
];

/** A folded word by its sound: Stephan and Stefan, Meyer and Maier are one. */
export const soundOf = (word: string): string =>
  SOUNDS.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word);

const LEAST_UID = 12;
/** Is a UID the world's? Devices number their items by short ones of their own. */
export const isTelling = (uid: string): boolean => uid.length >= LEAST_UID;
