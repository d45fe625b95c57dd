/** SIF, the XML of Outlook's plug-ins: fields of one level, but for the dates of a series and its zone. Facts of both kinds. */
import { type Facts, manyOf } from '../facts.ts';
import { timeOf } from './calendar-clock.ts';
import { categoriesOf, noteOf, yes } from './calendar-holds.ts';

export interface Field {
  readonly name: string;
  readonly value: string;
}

/** All fields without fields inside, in their order. A document may come in base64. */
export function readFields(text: string): Field[] {
  const plain = /^\s*</.test(text) ? text : Buffer.from(text, 'base64').toString('utf8');
  return [...plain.matchAll(/<(\w+)(?: [^>]*)?>([^<]*)<\/\1>/g)].map(([, name = '', value = '']) => ({
    name,
    value: unescaped(value),
  }));
}

const SIGNS: readonly (readonly [sign: string, entity: string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
];
const unescaped = (value: string): string =>
  SIGNS.toReversed()
    .reduce((text, [sign, entity]) => text.replaceAll(entity, sign), value)
    .replace(/\r\n|&#13;\n?/g, '\n');

/** A field with a value. */
export const element = (name: string, value: string): string =>
  `<${name}>${SIGNS.reduce((text, [sign, entity]) => text.replaceAll(sign, entity), value)}</${name}>`;

export const documentOf = (root: string, elements: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>\n<SIFVersion>1.1</SIFVersion>\n${elements.join('\n')}\n</${root}>`;

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
  ...yes('note', fieldValue(fields, 'Body')?.split('\n') ?? []),
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
