/** Names of persons: read from N or FN, and compared whatever their order, spelling and completeness. */
import { distance } from 'fastest-levenshtein';
import { soundOf, wordsOf } from './fold.ts';

export interface Name {
  /** Folded words. */
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Of father and son: `jr`, `sr`, `ii` ... */
  readonly generation?: string;
}

const TITLES = new Set(
  'dr prof professor mr mrs ms miss herr hr frau fr dipl ing med phd mba msc bsc ma ba rer nat jur phil hon sir mag habil'.split(
    ' ',
  ),
);
const GENERATIONS: { readonly [word: string]: string } = {
  ...{ jr: 'jr', jun: 'jr', junior: 'jr', sr: 'sr', sen: 'sr', senior: 'sr' },
  ...{ ii: 'ii', iii: 'iii', iv: 'iv', '2nd': 'ii', '3rd': 'iii' },
};
/** Parts of family names that stand before them, and are left out as often. */
const PARTICLES = new Set([
  'von',
  'van',
  'de',
  'der',
  'den',
  'zu',
  'zur',
  'da',
  'di',
  'del',
  'la',
  'le',
  'el',
  'al',
]);

/** Words that only firms have in their names. */
export const FIRM_WORDS = new Set(
  'gmbh ag kg ohg gbr ug mbh ltd inc llc corp corporation company co sa sarl bv nv oy ab plc verein ev praxis kanzlei'.split(
    ' ',
  ),
);

/** Names in scripts that set no spaces: where one part ends is written by some, and by others not. */
const UNSPACED = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{M}]{2,10}$/u;

/** Parts of N (family, given, additional, prefix, suffix); FN where these say nothing. */
export function nameOf(parts: readonly string[], formatted: string): Name | undefined {
  const [family = '', given = '', additional = '', , suffix = ''] = parts;
  const words = (text: string) => wordsOf(text).filter((word) => !TITLES.has(word));
  const all = words([family, given, additional, suffix].join(' '));
  const generation = [...all, ...words(formatted)].flatMap((word) => GENERATIONS[word] ?? [])[0];
  const plain = (text: string) => words(text).filter((word) => GENERATIONS[word] === undefined);
  const mark = generation !== undefined && { generation };
  const [f, g] = [plain(family), [...plain(given), ...plain(additional)]];
  const whole = [...f, ...g].join('') || plain(formatted).join('');
  if (UNSPACED.test(whole)) return { family: [whole], given: [whole], ...mark };
  if (f.length > 0 && g.length > 0) return { family: f, given: g, ...mark };
  // Both in one field.
  const text = [family, given].find((field) => field.trim() !== '') ?? formatted;
  if (words(text).some((word) => FIRM_WORDS.has(word))) return undefined;
  const [before, after] = text.split(',');
  if (after !== undefined && plain(after).length > 0)
    return { family: plain(before ?? ''), given: plain(after), ...mark };
  const single = plain(text);
  if (single.length === 0 || single.length > 5) return undefined;
  return { given: single.slice(0, -1), family: single.slice(-1), ...mark };
}

/** `equal`; `alike`: one is a shorter, mistyped or familiar form; `given`: only the family name differs; `other`. */
export interface NameRelation {
  readonly relation: 'equal' | 'family-alike' | 'given-alike' | 'given' | 'other';
  /** Words that both have. */
  readonly words: number;
}

const OTHER: NameRelation = { relation: 'other', words: 0 };

export function relationOf(a: Name, b: Name): NameRelation {
  const turned: Name = { given: b.family, family: b.given };
  const straight = inOrder(a, b);
  if (straight.relation === 'equal') return straight;
  const other = inOrder(a, turned);
  return other.relation === 'equal' || straight.relation === 'other' ? other : straight;
}

function inOrder(a: Name, b: Name): NameRelation {
  const given = givenRelation(a.given, b.given);
  const family = familyRelation(a.family, b.family);
  const words = a.given.filter((word) => b.given.includes(word)).length;
  if (given === 'none') {
    // One word on each side: a family name, a first name, "Mama".
    return family === 'equal' && a.given.length === b.given.length
      ? { relation: 'equal', words: 1 }
      : family === 'equal'
        ? { relation: 'given-alike', words: 0 }
        : OTHER;
  }
  if (given === 'other') return OTHER;
  if (family === 'other') return given === 'equal' ? { relation: 'given', words } : OTHER;
  if (given === 'alike') return { relation: 'given-alike', words };
  return { relation: family === 'equal' ? 'equal' : 'family-alike', words: words + 1 };
}

/** Middle names may be left out; the ones that are there must agree. */
function givenRelation(a: readonly string[], b: readonly string[]): 'equal' | 'alike' | 'other' | 'none' {
  const [first, other] = [a[0], b[0]];
  if (first === undefined || other === undefined) return 'none';
  if (a.join('') === b.join('')) return 'equal';
  const middle = a.slice(1).some((word, n) => {
    const its = b[n + 1];
    return its !== undefined && !isInitialOf(word, its) && word !== its;
  });
  if (middle) return 'other';
  if (first === other) return 'equal';
  // A first name that is not used: Hans Peter, called Peter.
  if (a.length !== b.length && (a.includes(other) || b.includes(first))) return 'alike';
  return isInitialOf(first, other) || isFamiliar(first, other) || isMistyped(first, other)
    ? 'alike'
    : 'other';
}

const isInitialOf = (a: string, b: string): boolean =>
  (/^\p{L}$/u.test(a) && b.startsWith(a)) || (/^\p{L}$/u.test(b) && a.startsWith(b));

/** Sound alike, or a slip in the middle: what differs in its end only is another name (Martin, Martina). */
function isMistyped(a: string, b: string): boolean {
  if (a.charAt(0) !== b.charAt(0)) return soundOf(a) === soundOf(b);
  if (soundOf(a) === soundOf(b)) return true;
  if (Math.min(a.length, b.length) < 5 || a.at(-1) !== b.at(-1)) return false;
  return distance(a, b) === 1 || isTransposed(a, b);
}

/** Two letters changed places. */
function isTransposed(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((mark, n) => mark !== b.charAt(n));
  return a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2) === b;
}

/** Short forms of names, each with what it may stand for. A hint: many a Hans is no Johannes. */
const FAMILIAR = [
  ...[
    'hans johannes johann',
    'max maximilian',
    'alex alexander alexandra',
    'chris christian christoph christopher christina',
  ],
  ...[
    'tom thomas',
    'mike michael',
    'michi michael michaela',
    'sepp josef joseph',
    'bob robert rob',
    'bill william will',
  ],
  ...[
    'liz elizabeth elisabeth',
    'lisa elisabeth',
    'kathi katharina',
    'kate katherine catherine',
    'steffi stefanie',
    'susi susanne',
  ],
  ...[
    'uli ulrich ulrike',
    'andi andreas andrea',
    'matt matthew',
    'dan daniel',
    'dave david',
    'nick nicholas nikolas nikolaus',
  ],
  ...[
    'jim james',
    'joe joseph',
    'tony anthony',
    'sam samuel samantha',
    'ben benjamin',
    'fritz friedrich',
    'heinz heinrich',
  ],
  ...[
    'willi wilhelm',
    'gabi gabriele',
    'moni monika',
    'basti sebastian',
    'tobi tobias',
    'flo florian',
    'manu manuela manuel',
  ],
].map((line) => line.split(' ').map((word) => wordsOf(word)[0] ?? ''));

const isFamiliar = (a: string, b: string): boolean =>
  FAMILIAR.some(([short, ...full]) => (short === a && full.includes(b)) || (short === b && full.includes(a)));

function familyRelation(a: readonly string[], b: readonly string[]): 'equal' | 'alike' | 'other' {
  const [one, two] = [a, b].map((words) => {
    const main = words.filter((word) => !PARTICLES.has(word));
    return main.length > 0 ? main : words;
  }) as [string[], string[]];
  if (one.join('') === two.join('') || [...one].sort().join() === [...two].sort().join()) return 'equal';
  // A double name of which one side has a half.
  if (one.length !== two.length && (one.every((w) => two.includes(w)) || two.every((w) => one.includes(w))))
    return 'alike';
  const [x, y] = [one.join(''), two.join('')];
  if (soundOf(x) === soundOf(y)) return 'alike';
  const most = Math.min(x.length, y.length) >= 8 ? 2 : 1;
  return Math.min(x.length, y.length) >= 4 && (distance(x, y) <= most || isTransposed(x, y))
    ? 'alike'
    : 'other';
}
