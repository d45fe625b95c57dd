/** What all kinds of items say alike: a note of lines of which each counts, and categories. */

import type { Facts } from '../facts.ts';
import { manyOf } from '../facts.ts';

type Entries = (readonly [fact: string, value: string | undefined])[];

/** A note, line by line. Blank lines say nothing. */
export const noteFacts = (note: string | undefined): Entries =>
  (note ?? '')
    .split('\n')
    .map((line) => line.trim())
    .flatMap((line) => (line === '' ? [] : [[`note ${line}`, 'yes'] as const]));

/** The note of these facts: undefined when it has no line. */
export const noteOf = (facts: Facts): string | undefined => joined(facts, 'note', '\n');

export const categoryFacts = (categories: readonly string[]): Entries =>
  categories
    .map((one) => one.trim())
    .flatMap((one) => (one === '' ? [] : [[`category ${one}`, 'yes'] as const]));

export const categoriesOf = (facts: Facts): string[] =>
  manyOf(facts, 'category')
    .map(([name]) => name)
    .sort();

function joined(facts: Facts, word: string, separator: string): string | undefined {
  const parts = manyOf(facts, word).map(([part]) => part);
  return parts.length === 0 ? undefined : parts.join(separator);
}

/** Only the facts whose words stand in the list. */
export const onlyWords = (facts: Facts, words: readonly string[]): Facts =>
  new Map([...facts].filter(([fact]) => words.includes(fact.split(' ')[0] ?? '')));

/** The first of a word, in the order of the facts; all facts of other words. */
export function firstOfWord(facts: Facts, word: string, most: number): Facts {
  let count = 0;
  return new Map(
    [...facts].filter(([fact]) => {
      if (fact.split(' ')[0] !== word) return true;
      count += 1;
      return count <= most;
    }),
  );
}
