/**
 * What an item says, whoever wrote it down and in whatever spelling: a title and fields with values. Read by ical.js, which
 * is no part of the product, so that a fault of our readers cannot hide a fault of our writers.
 */
import type { Datastore } from '../../client/syncevolution.ts';
import { calendarMeaning } from './calendar.ts';
import { cardMeaning } from './card.ts';
import type { Meaning } from './fields.ts';
import { noteMeaning } from './note.ts';

/** Never throws: an item that cannot be read has the field "unreadable". */
export function meaningOf(datastore: Datastore, text: string): Meaning {
  try {
    if (datastore === 'contacts') return cardMeaning(text);
    return datastore === 'notes' ? noteMeaning(text) : calendarMeaning(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { title: '(unreadable)', fields: new Map([['unreadable', [message]]]) };
  }
}
