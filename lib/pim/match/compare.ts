/** Compares two items: are they the same thing, written differently? */

import { spend } from '../work/budget.ts';
import { compareContacts } from './contact/compare-contacts.ts';
import type { Shared } from './contact/comparison-vector.ts';
import { compareEvents } from './event/event.ts';
import { compareNotes } from './note/note.ts';
import type { Prepared } from './prepare.ts';
import { DIFFERENT, type MatchResult } from './result.ts';

const NONE: Shared = new Set();
/** What a comparison costs without what grows with the items (lib/pim/work/budget.ts). */
const PAIR = 50;

/** `shared` are e-mail addresses and telephone numbers that are known to belong to several people. */
export function compare(a: Prepared, b: Prepared, shared: Shared = NONE): MatchResult {
  spend(PAIR);
  if (a.kind === 'contact') return b.kind === 'contact' ? compareContacts(a, b, shared) : DIFFERENT;
  if (a.kind === 'note') return b.kind === 'note' ? compareNotes(a, b) : DIFFERENT;
  return b.kind === 'event' || b.kind === 'task' ? compareEvents(a, b) : DIFFERENT;
}
