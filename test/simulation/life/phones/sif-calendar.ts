/** What appointments and tasks have in common in SIF: texts, categories, class, priority, times. */
import { type Facts, manyOf } from '../facts.ts';
import { timeOf } from './calendar-clock.ts';
import { element, type Field } from './sif.ts';
import { categoriesOf, noteFacts, noteOf, yes } from './texts.ts';

/** The value of the first field of this name; an empty one counts as none. */
export const fieldValue = (fields: readonly Field[], name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value || undefined;
export const sifTime = (fields: readonly Field[], name: string): string | undefined =>
  timeOf(fieldValue(fields, name) ?? '');
export const isOn = (fields: readonly Field[], name: string): boolean =>
  ['1', 'true'].includes(fieldValue(fields, name)?.toLowerCase() ?? '');

/** By the numbers of Sensitivity; a personal one is not told apart. */
const CLASSES = [undefined, undefined, 'private', 'confidential'];
/** By the numbers of Importance. */
const PRIORITIES = ['9', undefined, '1'];

/** The facts of texts, categories, class, priority. */
export const sharedFacts = (fields: readonly Field[]): (readonly [string, string | undefined])[] => [
  ['summary', fieldValue(fields, 'Subject')],
  ...noteFacts(fieldValue(fields, 'Body')),
  ...yes('category', fieldValue(fields, 'Categories')?.split(/[,;]/) ?? []),
  ['class', CLASSES[Number(fieldValue(fields, 'Sensitivity') ?? 0)]],
  ['priority', PRIORITIES[Number(fieldValue(fields, 'Importance') ?? 1)]],
];

export const sharedElements = (facts: Facts): string[] => [
  element('Subject', facts.get('summary') ?? ''),
  element('Body', noteOf(facts) ?? ''),
  element('Categories', categoriesOf(facts).join(', ')),
  element('Sensitivity', String(CLASSES.indexOf(facts.get('class')))),
  element('Importance', String(PRIORITIES.indexOf(facts.get('priority')))),
];

/** Dates that a series has besides those of its rule, or lacks. */
export const datesOf = (facts: Facts, word: 'excluded' | 'added'): string[] =>
  manyOf(facts, word)
    .map(([date]) => date)
    .sort();
