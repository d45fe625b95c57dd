/** Lists of words: those in the fields of a name that are not names, and short forms of names. */
import { wordsOf } from './fold.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Salutations before a name, in lower case, with the sex that they tell. */
export const SALUTATIONS: { readonly [word: string]: 'm' | 'f' } = {
  ...{ herr: 'm', hr: 'm', mr: 'm', sir: 'm', monsieur: 'm', signor: 'm', señor: 'm' },
  ...{ frau: 'f', fr: 'f', mrs: 'f', ms: 'f', miss: 'f', madame: 'f', mme: 'f', mlle: 'f' },
  ...{ signora: 'f', señora: 'f', sra: 'f' },
};
/** Titles before a name. */
export const TITLES = list('dr prof professor dipl');
/** Titles only with a full stop, or after another title. Otherwise they are names: Phil, Nat, Ing. */
export const DOTTED_TITLES = list('ing med mag hon rer nat jur phil habil techn');
/** Degrees after a name. Case counts: Ma is a name, MA is a degree. */
export const DEGREES = /(?:[\s,]+(?:P[Hh]\.?D|M\.?A|B\.?A|M\.?Sc|B\.?Sc|M\.?B\.?A|LL\.?M)\.?)+\s*$/;

/** Words after a name that tell father and son apart. */
export const GENERATIONS: { readonly [word: string]: string } = {
  ...{ jr: 'jr', jun: 'jr', junior: 'jr', sr: 'sr', sen: 'sr', senior: 'sr' },
  ...{ ii: 'ii', iii: 'iii', iv: 'iv', '2nd': 'ii', '3rd': 'iii' },
};
/** Words of GENERATIONS that are also names. They tell a generation only with a full stop or in lower case. */
export const ALSO_NAMES = list('jun sen');

/** Words between two given names in an entry of two people: `Anna & Hans`, `Anna u. Hans`. */
export const JOINERS = list('und and y et u');
const JOINED = /[\p{L}\p{M}.](?:\s*[&+]\s*|\s+(?:[Uu]nd|UND|[Aa]nd|AND)\s+|\s+u\.\s*)\p{L}/u;
const JOINED_GIVEN = /[\p{L}\p{M}]\s+(?:y|et)\s+\p{L}/u;
/** `y` and `et` join people only before a given name, because they also stand in family names: Ortega y Gasset. */
const JOINED_BEFORE_FAMILY = /[\p{L}\p{M}]\s+(?:y|et)\s+\p{L}\S*\s+\p{L}/u;
/** Does the text of any field join two people? */
export const isJoined = (text: string): boolean => JOINED.test(text);
export const joinsGiven = (given: string): boolean => isJoined(given) || JOINED_GIVEN.test(given);
/** Does a whole name join two people? */
export const joinsPersons = (text: string): boolean => {
  const [before = '', after = ''] = text.split(',');
  return JOINED.test(before) || JOINED_BEFORE_FAMILY.test(before) || joinsGiven(after);
};

/** Particles before family names. People often leave them out. */
export const PARTICLES = list('von van de der den zu zur da di del la le el al');

const FIRM_FORMS =
  'gmbh ag kg ohg gbr ug mbh ltd inc llc corp corporation company co sa sarl bv nv oy ab plc verein ev';
/** Words that stand only in the names of firms. */
export const FIRM_WORDS = list(`${FIRM_FORMS} praxis kanzlei`);
/** Some words of firms are family names, too, if only their first letter is upper case. */
export const isFirmWord = (written: string): boolean =>
  FIRM_WORDS.has(written.toLowerCase()) && !/^(?:Sa|Co|Ab|Ag|Ev)$/.test(written);

/** Short forms, each followed by the names that it may stand for. They are only hints: not every Hans is a Johannes. */
const FAMILIAR = `hans johannes johann/max maximilian/alex alexander alexandra
chris christian christoph christopher christina/tom thomas/mike michael/michi michael michaela
sepp josef joseph/bob robert rob/bill william will/liz elizabeth elisabeth/lisa elisabeth/kathi katharina
kate katherine catherine/steffi stefanie/susi susanne/uli ulrich ulrike/andi andreas andrea/matt matthew
dan daniel/dave david/nick nicholas nikolas nikolaus/jim james/joe joseph/tony anthony/sam samuel samantha
ben benjamin/fritz friedrich/heinz heinrich/willi wilhelm/gabi gabriele/moni monika/basti sebastian
tobi tobias/flo florian/manu manuela manuel/nat natalie nathan nathaniel`
  .split(/[/\n]/)
  .map(wordsOf);

export const isFamiliar = (a: string, b: string): boolean =>
  FAMILIAR.some(([short, ...full]) => (short === a && full.includes(b)) || (short === b && full.includes(a)));
