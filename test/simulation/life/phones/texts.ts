/** What all kinds of items say alike: a note of lines of which each counts, and categories. */
import { type Facts, manyOf, wordOf } from '../facts.ts';

/** Facts of many: the lines of a note, categories. Blank ones say nothing. */
export const yes = (word: string, values: readonly string[]): (readonly [string, string])[] =>
  values.map((value) => value.trim()).flatMap((value) => (value === '' ? [] : [[`${word} ${value}`, 'yes']]));

/** As `yes`, of a format in which a blank beside a value belongs to it. */
export const yesWithBlanks = (word: string, values: readonly string[]): (readonly [string, string])[] =>
  values.flatMap((value) => (value === '' ? [] : [[`${word} ${value}`, 'yes']]));

/** A note, line by line. */
export const noteFacts = (note: string | undefined): (readonly [string, string])[] =>
  yes('note', note?.split('\n') ?? []);

/** The note of these facts: undefined when it has no line. */
export const noteOf = (facts: Facts): string | undefined =>
  manyOf(facts, 'note')
    .map(([line]) => line)
    .join('\n') || undefined;

export const categoriesOf = (facts: Facts): string[] =>
  manyOf(facts, 'category')
    .map(([name]) => name)
    .sort();

/** The first of a word, in the order of the facts; all facts of other words. */
export function firstOfWord(facts: Facts, word: string, most: number): Facts {
  let count = 0;
  return new Map(
    [...facts].filter(([fact]) => {
      if (wordOf(fact) !== word) return true;
      count += 1;
      return count <= most;
    }),
  );
}
