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
  ı: 'i',
};
const UMLAUTS: { readonly [letter: string]: string } = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** Marks that other scripts write their vowels with are letters of the word. */
const withoutMarks = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}]\p{M}*)\p{M}/gu, '')
    .normalize('NFC')
    .replace(/[ßøæœłđðþı]/g, (letter) => LETTERS[letter] ?? letter);

/** `Müller`, `MUELLER` and `Muller` are one; so are words that differ in an `e` behind a, o, u only. */
export const fold = (text: string): string => withoutMarks(text).replace(/([aou])e/g, '$1');

/** Two words that fold to one, and need no umlaut that nobody wrote for it: Joe is not Jo. */
export function isOneSpelling(a: string, b: string): boolean {
  const spelled = (word: string) =>
    withoutMarks(
      word
        .normalize('NFC')
        .toLowerCase()
        .replace(/[äöüøå]/g, (letter) => UMLAUTS[letter] ?? letter),
    );
  return a === b || withoutMarks(a) === withoutMarks(b) || spelled(a) === spelled(b);
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Folded words: letters and digits only. */
export const wordsOf = (text: string): string[] => fold(text).match(WORD) ?? [];
/** Words as they are written, and whether a full stop follows them. */
export const wordsIn = (text: string): { readonly written: string; readonly isDotted: boolean }[] =>
  [...text.normalize('NFC').matchAll(WORD)].map(({ 0: written, index }) => ({
    written,
    isDotted: text.normalize('NFC').charAt(index + written.length) === '.',
  }));

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/th|dt/g, 't'],
  [/ck|c(?!h)|q/g, 'k'],
  [/tz/g, 'z'],
  [/[ea][iy]/g, 'ai'],
  [/y/g, 'i'],
  // In other scripts a letter that is doubled is a word, or another one.
  [/(\p{sc=Latin})\1+/gu, '$1'],
];

/** A folded word by its sound: Stephan and Stefan, Meyer and Maier are one. */
export const soundOf = (word: string): string =>
  SOUNDS.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word);

const LEAST_UID = 12;
/** Is a UID the world's? Devices number their items by short ones of their own. */
export const isTelling = (uid: string): boolean => uid.length >= LEAST_UID;
