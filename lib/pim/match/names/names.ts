/** Names of persons, read from N or FN: what is no name goes from their ends, as long as something else is left. */
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
  /** Folded words. */
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** The same words as they are written, in lower case. */
  readonly written: { readonly given: readonly string[]; readonly family: readonly string[] };
  /** Somebody said which is which; else the last word is taken for the family name. */
  readonly isOrdered: boolean;
  /** Of father and son: `jr`, `sr`, `ii` ... */
  readonly generation?: string;
  /** By the salutation. */
  readonly sex?: 'm' | 'f';
  /** An entry of two persons: Anna and Hans. */
  readonly isOfTwo?: true;
}

/** Names in scripts that set no spaces: where one part ends is written by some, and by others not. */
const UNSPACED = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{M}]{2,10}$/u;
/** More words are a firm, or a sentence. */
const MOST_WORDS = 5;
/** Characters of a field that are read. */
const MOST_TEXT = 300;

/** Nothing in a field that is a mailbox or a number: a device wrote it for want of a name. */
const isName = (text: string): boolean => /\p{L}/u.test(text) && !/^\S+@\S+$/.test(text.trim());
export const nameIn = (text: string): string => (isName(text) ? text.slice(0, MOST_TEXT) : '');

/** Parts of N (family, given, additional, prefix, suffix); FN where these say nothing. */
export function nameOf(parts: readonly string[], formatted: string): Name | undefined {
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = parts.map(nameIn);
  const full = nameIn(formatted);
  const [f, g, more] = [read(family, 1), read(given, isAddress(given) ? 0 : 1), read(additional, 0)];
  const whole = read(full, 2);
  const all = [f, g, more, read(suffix, 0, true), read(prefix, 0), whole];
  const [generation, sex] = [first(all, 'generation'), first(all, 'sex')];
  const marks = {
    ...(generation !== undefined && { generation }),
    ...(sex !== undefined && { sex }),
    ...(isOfTwo(family, given, full) && { isOfTwo: true as const }),
  };
  const [own, front] = [f.words, [...g.words, ...more.words]];
  const joined = [...own, ...front].join('') || whole.words.join('');
  if (UNSPACED.test(wordsOf(joined).join(''))) return made([joined], [joined], true, marks);
  if (own.length > 0 && front.length > 0) return made(front, own, true, marks);
  // Both in one field.
  const text = [family, front.length > 0 ? given : ''].find((field) => field.trim() !== '') ?? full;
  if (wordsIn(text).some(({ written }) => isFirmWord(written))) return undefined;
  const [before = '', after] = text.split(',');
  const [last, behind] = [read(before, 1).words, read(after ?? '', 0).words];
  if (last.length > 0 && behind.length > 0) return made(behind, last, true, marks);
  const words = last.length > 0 && after !== undefined ? last : read(text, 2).words;
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  return made(words.slice(0, -1), words.slice(-1), false, marks);
}

/** What the parts say, and FN where it says more of the same. */
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
  marks: Pick<Name, 'generation' | 'sex' | 'isOfTwo'>,
): Name {
  const lower = (words: readonly string[]) => words.map((word) => word.toLowerCase());
  const folded = (words: readonly string[]) => words.map((word) => wordsOf(word).join(''));
  const written = { given: lower(given), family: lower(family) };
  return { given: folded(given), family: folded(family), written, isOrdered, ...marks };
}

interface Read {
  /** As they are written. */
  readonly words: readonly string[];
  readonly generation?: string;
  readonly sex?: 'm' | 'f';
}

/** No given name, whatever field it stands in. */
const isAddress = (text: string): boolean => wordsIn(text).every(({ written }) => isSalutation(written));
const isSalutation = (written: string): boolean => SALUTATIONS[written.toLowerCase()] !== undefined;

/** The words of a field without titles before and generations behind them; so many are left as they are. */
function read(text: string, least: 0 | 1 | 2, isSuffix = false): Read {
  const whole = wordsIn(text);
  const short = wordsIn(text.replace(DEGREES, ''));
  const words = short.length >= least ? short : whole;
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

/** Jun and Sen are names: only with a full stop, or in small letters behind a capital one. */
function generationOf(
  { written, isDotted }: { written: string; isDotted: boolean },
  before: string,
  isSuffix: boolean,
): string | undefined {
  const word = written.toLowerCase();
  const isSmall = written === word && before !== before.toLowerCase();
  return ALSO_NAMES.has(word) && !isDotted && !isSmall && !isSuffix ? undefined : GENERATIONS[word];
}
