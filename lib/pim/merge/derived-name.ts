/** The full name (FN) of a contact. In most contacts a program has composed it of the parts of the name (N). */
import { formattedName } from '../formats/vcard/canonical.ts';
import type { Property } from '../vobject/model.ts';
import { escapeText, textParts, unescapeText } from '../vobject/text.ts';
import type { Sides } from './sides.ts';

/**
 * Merges the properties of a contact by `merge`, with rules for FN. Where each side has composed its FN of its N, the FN is
 * composed again of the merged N. Otherwise an FN that somebody wrote wins over a composed one. A device that changes N and
 * is not shown FN, or sends the FN that it was shown, would leave an outdated FN behind: there the changed words of N are
 * replaced in FN. An FN with words of its own, which the device was shown, stays.
 */
export function withMadeName(
  sides: Sides<readonly Property[]>,
  merge: (sides: Sides<readonly Property[]>) => readonly Property[],
): readonly Property[] {
  const { now, was, seen, sent } = sides;
  const isMade = [now, was, sent].every((list) => textIn(list, 'FN') === '' || hasMadeName(list));
  if (isMade && hasMadeName(now) && hasMadeName(sent)) return remade(sides, merge);
  if (textIn(now, 'FN') !== '' && textIn(sent, 'FN') !== '') {
    // An FN that somebody wrote wins over one that was composed.
    const follows = was.length === 0 ? hasMadeName(sent) : hasMadeName(seen) && hasMadeName(sent);
    if (follows || (was.length === 0 && areSameWords(now, sent)))
      return merge({ ...sides, sent: withName(sent, seen) });
    const renames = was.length === 0 || (hasMadeName(was) && textIn(seen, 'FN') !== textIn(sent, 'FN'));
    if (renames && hasMadeName(now)) return merge({ ...sides, now: withName(now, was), was });
  }
  const changed = textIn(seen, 'N') !== textIn(sent, 'N') && textIn(seen, 'FN') === textIn(sent, 'FN');
  const isOutdated = textIn(seen, 'FN') === '' || (isOfName(seen) && !isOfName(sent));
  if (!isOutdated || !changed) return merge(sides);
  if (hasMadeName(now)) return remade(sides, merge);
  const merged = merge(sides);
  const names: Names = [textIn(now, 'N'), textIn(merged, 'N')].map(textParts) as [string[], string[]];
  return merged.map((one) => (one.name === 'FN' ? { ...one, value: renamed(one.value, names) } : one));
}

function remade(
  { now, was, seen, sent }: Sides<readonly Property[]>,
  merge: (sides: Sides<readonly Property[]>) => readonly Property[],
): readonly Property[] {
  const nameless = (list: readonly Property[]) => list.filter(({ name }) => name !== 'FN');
  const merged = merge({ now, was: nameless(was), seen: nameless(seen), sent: nameless(sent) });
  const made = formattedName(textIn(merged, 'N'));
  return merged.map((one) => (one.name === 'FN' ? { ...one, value: made } : one));
}

type Names = readonly [was: readonly string[], is: readonly string[]];

/** Updates an FN that has its own order and additions: each part of N that changed is replaced where FN contains it. */
const renamed = (formatted: string, [was, is]: Names): string =>
  escapeText(
    was.reduce((text, part, n) => {
      const at = part === '' || part === is[n] ? -1 : text.search(wordPattern(part));
      return at < 0 ? text : `${text.slice(0, at)}${is[n] ?? ''}${text.slice(at + part.length)}`;
    }, unescapeText(formatted)),
  );

const wordPattern = (part: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u');

/** The list with the FN of the other list. If the other list has no FN, the result has none. */
const withName = (list: readonly Property[], other: readonly Property[]): readonly Property[] => [
  ...list.filter(({ name }) => name !== 'FN'),
  ...other.filter(({ name }) => name === 'FN'),
];

/** Do both lists have the same words in FN, in any order? */
const areSameWords = (one: readonly Property[], other: readonly Property[]): boolean =>
  wordsIn(unescapeText(textIn(one, 'FN'))).join(' ') === wordsIn(unescapeText(textIn(other, 'FN'))).join(' ');

/** Are all words of FN words of N? */
function isOfName(list: readonly Property[]): boolean {
  const words = new Set(wordsIn(textParts(textIn(list, 'N')).join(' ')));
  return wordsIn(unescapeText(textIn(list, 'FN'))).every((word) => words.has(word));
}

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .sort();

const textIn = (list: readonly Property[], name: string): string =>
  list.find((one) => one.name === name)?.value ?? '';
const hasMadeName = (list: readonly Property[]): boolean =>
  textIn(list, 'N') !== '' && textIn(list, 'FN') === formattedName(textIn(list, 'N'));
