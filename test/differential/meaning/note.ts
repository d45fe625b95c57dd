/** The meaning of a note: its lines. The first one is its title. */
import { Fields, type Meaning } from './fields.ts';

export function noteMeaning(text: string): Meaning {
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trimEnd();
  const fields = new Fields();
  fields.add('text', plain);
  return fields.meaning(plain.split('\n')[0] ?? '');
}
