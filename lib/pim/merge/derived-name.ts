/** The full name (FN) of a contact. In most contacts a program has composed it of the parts of the name (N). */
import { formattedName, isNameOfCompany } from '../formats/vcard/names.ts';
import { spacedText } from '../properties/text.ts';
import type { Property } from '../vobject/model.ts';
import { escapeText, textParts, unescapeText } from '../vobject/text.ts';
import type { Sides } from './sides.ts';

/**
 * Merges the properties of a contact by `merge`, with rules for FN. Where each side has composed its FN of its N, the FN is
 * composed again of the merged N. Otherwise an FN that somebody wrote wins over a composed one. A device that changes N and
 * is not shown FN, or sends the FN that it was shown, would leave an outdated FN behind: a composed FN is composed again,
 * in another one the changed words of N are replaced. An FN with words of its own, which the device was shown, stays.
 */
export function withMadeName(given: Lists, merge: Merge): readonly Property[] {
  const sides = withoutNameOfCompany(given);
  const { now, was, sent } = sides;
  const isMade = [now, was, sent].every((list) => textIn(list, 'FN') === '' || hasMadeName(list));
  if (isMade && hasMadeName(now) && hasMadeName(sent)) return remade(sides, merge);
  if (leavesName(sides)) {
    if (hasMadeName(now)) return remade(sides, merge);
    return withRenamed(sides, merge(withOwnName(sides)));
  }
  const merged = merge(withOwnName(sides));
  const isLeft = hasMadeName(now) && textIn(merged, 'FN') === textIn(now, 'FN');
  return isLeft && textIn(merged, 'N') !== textIn(now, 'N') ? withComposedName(merged) : merged;
}

/** A company without N gets none from a device that needs one, and makes it of the company's name. */
function withoutNameOfCompany(sides: Lists): Lists {
  const { now, was } = sides;
  const isMade = (one: Property) => one.name === 'N' && isNameOfCompany(one, now);
  if ([...now, ...was].some(({ name }) => name === 'N') || !sides.sent.some(isMade)) return sides;
  const without = (list: readonly Property[]) => list.filter((one) => !isMade(one));
  return { ...sides, seen: without(sides.seen), sent: without(sides.sent) };
}

type Lists = Sides<readonly Property[]>;
type Merge = (sides: Lists) => readonly Property[];

/** The sides where an FN that somebody wrote meets one that was composed: without the composed one, so that the other wins. */
function withOwnName(sides: Lists): Lists {
  const { now, was, seen, sent } = sides;
  if (textIn(now, 'FN') === '' || textIn(sent, 'FN') === '') return sides;
  const follows = was.length === 0 ? hasMadeName(sent) : hasMadeName(seen) && hasMadeName(sent);
  if (follows || (was.length === 0 && areSameWords(now, sent)))
    return { ...sides, sent: withName(sent, seen) };
  const renames = was.length === 0 || (hasMadeName(was) && textIn(seen, 'FN') !== textIn(sent, 'FN'));
  return renames && hasMadeName(now) ? { ...sides, now: withName(now, was) } : sides;
}

/** Did the device change N, and leave an FN of the words that N had? It may have written this FN in its own way. */
function leavesName({ seen, sent }: Lists): boolean {
  if (textIn(seen, 'N') === textIn(sent, 'N')) return false;
  const [shown, left] = [seen, sent].map((list) => spacedText(textIn(list, 'FN')));
  if (shown !== left) return false;
  return shown === '' || hasMadeName(seen) || (isOfName(seen) && !isOfName(sent));
}

/** The merged properties with an FN in which the words of N that were changed are replaced. */
function withRenamed({ now, seen }: Lists, merged: readonly Property[]): readonly Property[] {
  const before = textIn(now, 'N') === '' ? seen : now;
  const names: Names = [textParts(textIn(before, 'N')), textParts(textIn(merged, 'N'))];
  return merged.map((one) => (one.name === 'FN' ? { ...one, value: renamed(one.value, names) } : one));
}

function remade({ now, was, seen, sent }: Lists, merge: Merge): readonly Property[] {
  const nameless = (list: readonly Property[]) => list.filter(({ name }) => name !== 'FN');
  return withComposedName(merge({ now, was: nameless(was), seen: nameless(seen), sent: nameless(sent) }));
}

function withComposedName(list: readonly Property[]): readonly Property[] {
  const made = formattedName(textIn(list, 'N'));
  return list.map((one) => (one.name === 'FN' ? { ...one, value: made } : one));
}

type Names = readonly [was: readonly string[], is: readonly string[]];

/** Updates an FN that has its own order and case: each part of N that changed is replaced where FN contains it. */
function renamed(formatted: string, [was, is]: Names): string {
  const text = was.reduce(
    (before, part, n) => replacedPart(before, part, is[n] ?? ''),
    unescapeText(formatted),
  );
  return escapeText(text);
}

function replacedPart(text: string, part: string, changed: string): string {
  const at = part === '' || part === changed ? -1 : text.search(wordPattern(part));
  if (at < 0) return text;
  const found = text.slice(at, at + part.length);
  const isUpper = found !== part && found === found.toUpperCase();
  const made = `${text.slice(0, at)}${isUpper ? changed.toUpperCase() : changed}${text.slice(at + part.length)}`;
  return changed === '' ? made.replace(/\s+/g, ' ').replace(/^[\s,]+|[\s,]+$/g, '') : made;
}

const wordPattern = (part: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'iu');

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
