/** What people do to appointments and tasks alike: notes, categories, class, priority. */
import type { Random } from '../random.ts';
import { text } from './edits-texts.ts';
import { type Facts, manyOf, withFact } from './facts.ts';

/** `number`: no other edit of the story has it. */
export type Edit = (facts: Facts, number: number, random: Random) => Facts;

const added =
  (word: string, sign: string): Edit =>
  (facts, number) =>
    withFact(facts, `${word} ${sign}${number}`, 'yes');

const noteAdded: Edit = (facts, number, random) =>
  withFact(facts, `note ${text('n', number, random)}`, 'yes');

const takenAway =
  (word: string): Edit =>
  (facts, _, random) => {
    const own = manyOf(facts, word);
    return own.length === 0 ? facts : withFact(facts, `${word} ${random.pick(own)[0]}`, undefined);
  };

const oneOf =
  (fact: string, values: readonly (string | undefined)[]): Edit =>
  (facts, _, random) =>
    withFact(facts, fact, random.pick(values.filter((value) => value !== facts.get(fact))));

export const OF_ITEMS: readonly Edit[] = [
  ...[noteAdded, noteAdded, takenAway('note')],
  ...[added('category', 'c'), takenAway('category')],
  oneOf('class', [undefined, 'private', 'confidential']),
  oneOf('priority', [undefined, '1', '9']),
];
