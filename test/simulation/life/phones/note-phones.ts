/** Programs for notes. Facts: `summary`, the first line, by which the story knows the item; `note LINE`; `category NAME`. */
import { type Facts, factsOf, onlyWords } from '../facts.ts';
import { lineIn, objectOf, partsOf, readPart, textIn, textLine } from './lines.ts';
import type { Phone } from './phone.ts';
import { documentOf, element, overDocument, readFields } from './sif.ts';
import { categoriesOf, noteFacts, noteOf, yes } from './texts.ts';

/** A whole note: the first line, and the others. */
const bodyOf = (facts: Facts): string =>
  [facts.get('summary') ?? '', noteOf(facts)].filter((part) => part !== undefined).join('\n');

function factsOfBody(body: string, categories: readonly string[] = []): Facts {
  const [summary = '', ...lines] = body.split(/\r\n|\n/);
  return factsOf([
    ['summary', summary.trim()],
    ...noteFacts(lines.join('\n')),
    ...yes('category', categories),
  ]);
}

const ONLY_TEXT = (facts: Facts): Facts => onlyWords(facts, ['summary', 'note']);

const PLAIN: Phone = {
  name: 'plain text',
  kind: 'notes',
  options: { type: 'text/plain', typeVersion: '1.0' },
  read: (text) => factsOfBody(text),
  write: bodyOf,
  holds: ONLY_TEXT,
};

const VNOTE: Phone = {
  name: 'VNOTE',
  kind: 'notes',
  options: { type: 'text/x-vnote', typeVersion: '1.1' },
  read: (text) => {
    const note = readPart(text);
    return factsOfBody(
      textIn(note, 'BODY', 'old') ?? '',
      partsOf(lineIn(note, 'CATEGORIES')?.value ?? '', 'old'),
    );
  },
  write: (facts) =>
    objectOf('old', 'VNOTE', [
      'VERSION:1.1',
      textLine('old', 'BODY', bodyOf(facts)),
      ...(categoriesOf(facts).length > 0 ? [`CATEGORIES:${categoriesOf(facts).join(';')}`] : []),
    ]),
  holds: (facts) => onlyWords(facts, ['summary', 'note', 'category']),
};

const OUTLOOK: Phone = {
  name: 'Outlook',
  kind: 'notes',
  options: { type: 'text/x-s4j-sifn', typeVersion: '1.0' },
  read: (text) => {
    const fields = new Map(readFields(text).map(({ name, value }) => [name, value]));
    return factsOfBody(fields.get('Body') ?? '', (fields.get('Categories') ?? '').split(/[,;]/));
  },
  write: (facts) =>
    documentOf('note', [
      element('Subject', facts.get('summary')),
      element('Body', bodyOf(facts)),
      element('Categories', categoriesOf(facts).join(', ')),
      element('Color', '3'),
    ]),
  holds: (facts) => onlyWords(facts, ['summary', 'note', 'category']),
  over: overDocument,
};

/** The first one holds all. */
export const NOTE_PHONES: readonly [Phone, ...Phone[]] = [VNOTE, PLAIN, OUTLOOK];
