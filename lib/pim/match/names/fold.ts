/** Folds texts for comparison: case, accents, spellings of umlauts and punctuation are removed. */

/** Letters that Unicode does not decompose. */
const LETTERS: { readonly [letter: string]: string } = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const UMLAUTS: { readonly [letter: string]: string } = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** Most texts are ASCII: they have nothing to compose or to remove. */
const isAscii = (text: string): boolean => ASCII.test(text);
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters of ASCII
const ASCII = /^[\x00-\x7f]*$/;

/** Removes accents. In scripts that write vowels as combining characters, those are kept. */
const withoutAccents = (text: string): string =>
  isAscii(text) ? text.toLowerCase() : withoutMarks(text.toLowerCase());

const withoutMarks = (lower: string): string =>
  lower
    .normalize('NFKD')
    .replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}]\p{M}*)\p{M}/gu, '')
    .normalize('NFC')
    .replace(/[ßøæœłđðþı]/g, (letter) => LETTERS[letter] ?? letter);

/** `Müller`, `MUELLER` and `Muller` become equal. An `e` after a, o, u is always removed. */
export const fold = (text: string): string => withoutAccents(text).replace(/([aou])e/g, '$1');

/**
 * Are two words with the same folded form spellings of one word? Joe and Jo are not: neither was written with an
 * umlaut.
 */
export function isOneSpelling(a: string, b: string): boolean {
  const spelled = (word: string) =>
    withoutAccents(
      word
        .normalize('NFC')
        .toLowerCase()
        .replace(/[äöüøå]/g, (letter) => UMLAUTS[letter] ?? letter),
    );
  return a === b || withoutAccents(a) === withoutAccents(b) || spelled(a) === spelled(b);
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const ASCII_WORD = /[A-Za-z0-9]+/g;
const wordPattern = (text: string): RegExp => (isAscii(text) ? ASCII_WORD : WORD);

/** The folded words of a text. They have letters and digits only. */
export function wordsOf(text: string): string[] {
  if (text === '') return [];
  const folded = fold(text);
  return folded.match(wordPattern(folded)) ?? [];
}

/** The words as they are written, and whether a full stop follows. */
export function wordsIn(text: string): { readonly written: string; readonly isDotted: boolean }[] {
  if (text === '') return [];
  const composed = isAscii(text) ? text : text.normalize('NFC');
  return [...composed.matchAll(wordPattern(composed))].map(({ 0: written, index }) => ({
    written,
    isDotted: composed.charAt(index + written.length) === '.',
  }));
}

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/th|dt/g, 't'],
  [/ck|c(?!h)|q/g, 'k'],
  [/tz/g, 'z'],
  [/[ea][iy]/g, 'ai'],
  [/y/g, 'i'],
  // Only Latin: in other scripts a doubled letter may make another word.
  [/(\p{sc=Latin})\1+/gu, '$1'],
];

/** The sound of a folded word. Stephan and Stefan have the same sound, and so have Meyer and Maier. */
export const soundOf = (word: string): string =>
  SOUNDS.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word);

const LEAST_UID = 12;
/** Is a UID globally unique? Short UIDs are numbers that a device gave to its own items. */
export const isTelling = (uid: string): boolean => uid.length >= LEAST_UID;
