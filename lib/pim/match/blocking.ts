/** Marks of an item: two ways to write it share one of them. */
import type { Content } from '../content.ts';
import { digest } from '../digest.ts';
import { contactMarks } from './contact/contact.ts';
import { eventMarks } from './event/event.ts';
import { noteMarks } from './note/note.ts';
import { type Prepared, prepare } from './prepare.ts';

const MOST = 12;

/** 6 characters each, the strongest first, twelve at most; none of an item that cannot be read. */
export function marksOf(item: Content): readonly string[] {
  const prepared = prepare(item);
  const texts = prepared === undefined ? [] : textsOf(prepared);
  return [...new Set(texts)].slice(0, MOST).map((text) => digest(text).slice(0, 6));
}

function textsOf(prepared: Prepared): string[] {
  switch (prepared.kind) {
    case 'contact':
      return contactMarks(prepared);
    case 'note':
      return noteMarks(prepared);
    default:
      return eventMarks(prepared);
  }
}
