/** Reads the name of a person from N or FN. Titles and other words that are not names are removed from the ends. */
import { wordsIn, wordsOf } from './fold.ts';
import {
  ALSO_NAMES,
  DEGREES,
  DOTTED_TITLES,
  GENERATIONS,
  isFirmWord,
  isJoined,
  joinsGiven,
  joinsPersons,
  SALUTATIONS,
  TITLES,
} from './name-words.ts';

export interface Name {
  /** The folded words. */
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** The same words as they are written, in lower case. */
  readonly written: { readonly given: readonly string[]; readonly family: readonly string[] };
  /** Did the contact tell given name and family name apart? Otherwise the last word is taken as the family name. */
  readonly isOrdered: boolean;
  /** The word that tells father and son apart: `jr`, `sr`, `ii` ... */
  readonly generation?: string;
  /** The sex, if a salutation tells it. */
  readonly sex?: 'm' | 'f';
  /** Set for an entry of two people: Anna and Hans. */
  readonly isOfTwo?: true;
}

/** Names in scripts without spaces. Only some people write a space between the parts, so such a name is one word. */
const UNSPACED = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{M}]{2,10}$/u;
/** A text of more words is a firm or a sentence. */
const MOST_WORDS = 5;
/** The most characters of a field that are read. */
const MOST_TEXT = 300;

/** A mailbox or a number is not a name: a device wrote it because there was no name. */
const isName = (text: string): boolean => /\p{L}/u.test(text) && !/^\S+@\S+$/.test(text.trim());
export const nameIn = (text: string): string => (isName(text) ? text.slice(0, MOST_TEXT) : '');

/** Reads a name from the parts of N (family, given, additional, prefix, suffix), or from FN where N has no name. */
export function nameOf(parts: readonly string[], formatted: string): Name | undefined {
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = parts.map(nameIn);
  const full = nameIn(formatted);
  const [f, g, more] = [read(family, 1), read(given, isAddress(given) ? 0 : 1), read(additional, 0)];
  const whole = read(full, 2);
  const all = [f, g, more, read(suffix, 0, true), read(prefix, 0), whole];
  const [generation, sex] = [first(all, 'generation'), first(all, 'sex')];
  const traits = {
    ...(generation !== undefined && { generation }),
    ...(sex !== undefined && { sex }),
    ...(isOfTwo(family, given, full) && { isOfTwo: true as const }),
  };
  const [own, front] = [f.words, [...g.words, ...more.words]];
  const joined = [...own, ...front].join('') || whole.words.join('');
  if (UNSPACED.test(wordsOf(joined).join(''))) return made([joined], [joined], true, traits);
  if (own.length > 0 && front.length > 0) return made(front, own, true, traits);
  // Given name and family name are in one field.
  const text = [family, front.length > 0 ? given : ''].find((field) => field.trim() !== '') ?? full;
  if (wordsIn(text).some(({ written }) => isFirmWord(written))) return undefined;
  const [before = '', after] = text.split(',');
  const [last, behind] = [read(before, 1).words, read(after ?? '', 0).words];
  if (last.length > 0 && behind.length > 0) return made(behind, last, true, traits);
  const words = last.length > 0 && after !== undefined ? last : read(text, 2).words;
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  return made(words.slice(0, -1), words.slice(-1), false, traits);
}

/** Is it an entry of two people, by the parts of N or by FN? FN counts where it contains the given name of N. */
const isOfTwo = (family: string, given: string, full: string): boolean =>
  given.trim() === ''
    ? joinsPersons(family) || joinsPersons(full)
    : joinsGiven(given) || (full.includes(given.trim()) && isJoined(full));

const first = <Key extends 'generation' | 'sex'>(all: readonly Read[], key: Key): Read[Key] | undefined =>
  all.find((one) => one[key] !== undefined)?.[key];

function made(
  given: readonly string[],
  family: readonly string[],
  isOrdered: boolean,
  traits: Pick<Name, 'generation' | 'sex' | 'isOfTwo'>,
): Name {
  const lower = (words: readonly string[]) => words.map((word) => word.toLowerCase());
  const folded = (words: readonly string[]) => words.map((word) => wordsOf(word).join(''));
  const written = { given: lower(given), family: lower(family) };
  return { given: folded(given), family: folded(family), written, isOrdered, ...traits };
}

interface Read {
  /** The words as they are written. */
  readonly words: readonly string[];
  readonly generation?: string;
  readonly sex?: 'm' | 'f';
}

/** Does the text have nothing but salutations? Then it is not a given name. */
const isAddress = (text: string): boolean => wordsIn(text).every(({ written }) => isSalutation(written));
const isSalutation = (written: string): boolean => SALUTATIONS[written.toLowerCase()] !== undefined;

/** The words of a field, without titles before them and generations after them. At least `least` words are kept. */
function read(text: string, least: 0 | 1 | 2, isSuffix = false): Read {
  const short = text.replace(DEGREES, '');
  const own = wordsIn(short);
  const words = own.length >= least || short === text ? own : wordsIn(text);
  let sex: 'm' | 'f' | undefined;
  let isTitled = false;
  while (words.length > Math.min(least, 1)) {
    const [{ written, isDotted } = { written: '', isDotted: false }] = words;
    const word = written.toLowerCase();
    const isTitle = TITLES.has(word) || (DOTTED_TITLES.has(word) && (isDotted || isTitled));
    if (!isTitle && SALUTATIONS[word] === undefined) break;
    sex ??= SALUTATIONS[word];
    isTitled = true;
    words.shift();
  }
  const last = words.at(-1);
  const isSpare = words.length > (last?.isDotted ? Math.min(least, 1) : least);
  const generation = last && isSpare ? generationOf(last, words[0]?.written ?? '', isSuffix) : undefined;
  if (generation !== undefined) words.pop();
  return {
    words: words.map(({ written }) => written),
    ...(generation !== undefined && { generation }),
    ...(sex !== undefined && { sex }),
  };
}

/** The generation that a word tells. Jun and Sen do so only with a full stop, or in lower case after an upper-case word. */
function generationOf(
  { written, isDotted }: { written: string; isDotted: boolean },
  before: string,
  isSuffix: boolean,
): string | undefined {
  const word = written.toLowerCase();
  const isSmall = written === word && before !== before.toLowerCase();
  return ALSO_NAMES.has(word) && !isDotted && !isSmall && !isSuffix ? undefined : GENERATIONS[word];
}
