/**
 * The blocking keys of an item: hashes of its most telling properties. Two renderings of the same item share at least one
 * key, so only items with a common key are compared.
 */
import type { Content } from '../content.ts';
import { digest } from '../digest.ts';
import { contactBlockingKeys } from './contact/contact.ts';
import { eventBlockingKeys } from './event/event.ts';
import { noteBlockingKeys } from './note/note.ts';
import { type Prepared, prepare } from './prepare.ts';

const MOST = 12;

/** Raised when items get other blocking keys than before, so that match indexes with the former keys are made anew. */
export const BLOCKING_EDITION = 2;

/** The hash of a blocking key, 6 characters. */
export const hashedKey = (text: string): string => digest(text).slice(0, 6);

/** At most twelve keys of 6 characters, the most telling first. None for an item that cannot be parsed. */
export function listBlockingKeys(item: Content): readonly string[] {
  const prepared = prepare(item);
  const texts = prepared === undefined ? [] : textsOf(prepared);
  return [...new Set(texts)].slice(0, MOST).map(hashedKey);
}

function textsOf(prepared: Prepared): string[] {
  switch (prepared.kind) {
    case 'contact':
      return contactBlockingKeys(prepared);
    case 'note':
      return noteBlockingKeys(prepared);
    default:
      return eventBlockingKeys(prepared);
  }
}
