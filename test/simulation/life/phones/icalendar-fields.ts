/** What appointments and tasks have in common in iCalendar: texts, categories, class, priority. */
import { type Facts, factsOf } from '../facts.ts';
import { escaped, type Generation, lineIn, linesIn, type Part, partsOf, textIn, textLine } from './lines.ts';
import { categoriesOf, noteOf, yes, yesWithBlanks } from './texts.ts';

const CLASSES: readonly string[] = ['PRIVATE', 'CONFIDENTIAL'];

/** High, or low; a normal one is no fact. */
export function priorityOf(text: string | undefined): string | undefined {
  const number = Number(text ?? 0);
  if (number === 0 || number === 5) return undefined;
  return number < 5 ? '1' : '9';
}

/** The facts that stand in lines of their own. */
export function fieldsIn(part: Part, generation: Generation): (readonly [string, string | undefined])[] {
  const separator = generation === 'old' ? ';' : ',';
  const own = lineIn(part, 'CLASS')?.value.toUpperCase() ?? '';
  const transparency = lineIn(part, 'TRANSP')?.value.toUpperCase();
  return [
    ['summary', textIn(part, 'SUMMARY', generation)],
    ['location', textIn(part, 'LOCATION', generation)],
    ...yes('note', textIn(part, 'DESCRIPTION', generation)?.split('\n') ?? []),
    ...(generation === 'old' ? yes : yesWithBlanks)(
      'category',
      linesIn(part, 'CATEGORIES').flatMap(({ value }) => partsOf(value, generation, separator)),
    ),
    ['class', CLASSES.includes(own) ? own.toLowerCase() : undefined],
    ['busy', transparency === 'TRANSPARENT' || transparency === '1' ? 'free' : undefined],
    ['priority', priorityOf(lineIn(part, 'PRIORITY')?.value)],
  ];
}

/** The lines of these facts. `words`: the kinds of facts that the program has. */
export function fieldLines(facts: Facts, generation: Generation, words: readonly string[]): string[] {
  const text = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [textLine(generation, name, value)];
  const categories = categoriesOf(facts);
  const isFree = facts.get('busy') === 'free';
  const priority = facts.get('priority');
  return [
    ...text('SUMMARY', facts.get('summary')),
    ...text('LOCATION', facts.get('location')),
    ...text('DESCRIPTION', noteOf(facts)),
    ...(categories.length > 0 ? [categoryLine(categories, generation)] : []),
    ...(words.includes('class') ? [`CLASS:${facts.get('class')?.toUpperCase() ?? 'PUBLIC'}`] : []),
    ...(words.includes('busy') ? [`TRANSP:${transparency(isFree, generation)}`] : []),
    ...(priority !== undefined ? [`PRIORITY:${priority}`] : []),
  ];
}

const transparency = (isFree: boolean, generation: Generation): string =>
  generation === 'old' ? (isFree ? '1' : '0') : isFree ? 'TRANSPARENT' : 'OPAQUE';

const categoryLine = (names: readonly string[], generation: Generation): string =>
  generation === 'old'
    ? textLine('old', 'CATEGORIES', names.join(';'))
    : `CATEGORIES:${names.map(escaped).join(',')}`;

/** The id of an item, of a program that gives ids: it keeps that with which an item came. */
export const withId = (facts: Facts, host: string): Facts =>
  factsOf([['uid', `${facts.get('summary')}@${host}`], ...facts]);
