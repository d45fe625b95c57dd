/**
 * Compares the accents of Vietnamese names. There, words that differ only in accents are different names: Dũng and
 * Dung.
 */
import type { Name } from './names.ts';

/**
 * Accents that only Vietnamese uses, in decomposed form: hook, horn, dot below, tilde on e, i, u or y, two on one
 * vowel.
 */
const VIETNAMESE =
  /[aeiouy]\u{31b}?[\u{309}\u{323}]|[ou]\u{31b}|[eiuy]\u{303}|[aeo][\u{302}\u{306}][\u{300}\u{301}\u{303}]/u;
/** Vietnamese family names without such accents. */
const FAMILIES = new Set('lê hoàng đinh đoàn đào hà'.split(' '));

/** `left-out`: one side has no accents at all, because some devices cannot write them. */
export type Accents = 'same' | 'left-out' | 'other';

export function accents(a: Name, b: Name): Accents {
  const [one, two] = [wordsOf(a), wordsOf(b)];
  if (!isVietnamese(one) && !isVietnamese(two)) return 'same';
  if (!differs(one, two) && !differs(two, one)) return 'same';
  return isPlain(one) || isPlain(two) ? 'left-out' : 'other';
}

interface Word {
  readonly folded: string;
  readonly written: string;
}

function wordsOf({ given, family, written }: Name): Word[] {
  const all = [...written.given, ...written.family];
  return [...given, ...family].map((folded, n) => ({ folded, written: (all[n] ?? '').normalize('NFC') }));
}

const isVietnamese = (words: readonly Word[]): boolean =>
  words.some(({ written }) => FAMILIES.has(written) || VIETNAMESE.test(written.normalize('NFD')));
const isPlain = (words: readonly Word[]): boolean => words.every(({ written }) => /^[ -~]*$/.test(written));

/** Does one name have a word that the other has only with other accents? */
const differs = (one: readonly Word[], two: readonly Word[]): boolean =>
  one.some(({ folded, written }) => {
    const others = two.filter((other) => other.folded === folded);
    return others.length > 0 && !others.some((other) => lettersOf(other.written) === lettersOf(written));
  });

/** The letters and accents in sorted order. Hoà and Hòa are the same: the accent may stand on either vowel. */
const lettersOf = (written: string): string => [...written.normalize('NFD')].sort().join('');
