/** What a device has no room for as a whole: items beyond a number, and items that are larger than it takes. */
import type { Facts } from './facts.ts';
import type { Habits } from './habits.ts';
import type { Book } from './life.ts';
import { fullPhone } from './phones/all-phones.ts';
import { isOutlook } from './phones/phone.ts';
import { pictureOf } from './phones/pictures.ts';
import type { TypedItem } from './typed-item.ts';

/**
 * Part of the MaxObjSize. Smaller items must come; larger ones may be too large in one spelling, though they are not in
 * another.
 */
const SURE_PART = 0.6;

/** The largest object that the device says it takes, bytes. SyncML 1.0 cannot say it. */
export const largestOf = ({ maxObjSize, version }: Habits): number =>
  version === '1.0' ? Number.POSITIVE_INFINITY : (maxObjSize ?? Number.POSITIVE_INFINITY);

/** Bytes of the names of all the fields that the plug-ins of Outlook know: they come without a value, too. */
const frameOf = ({ phone }: Book): number => (isOutlook(phone) ? 3_500 : 0);

/**
 * May the item be too large for the device, as the device gets it? It may lack it then, or have it as it was before. What
 * it has said that it does not hold is no reason to lack it; a device that lists no properties gets all that is known.
 */
export function mayBeTooLarge(book: Book, facts: Facts): boolean {
  const { phone, largest } = book;
  const own = phone.write(phone.holds(facts));
  // In vCard 2.1 a letter beyond ASCII takes up to twelve octets.
  const texts = isListing(book) ? [own] : [own, phone.write(facts), fullPhone(phone.kind).write(facts)];
  const size = frameOf(book) + Math.max(...texts.map((text) => Buffer.byteLength(text)));
  return size > largest * SURE_PART;
}

/**
 * Does it say which properties this program holds? Items of Outlook have the fields that its plug-ins know. What a device says
 * of a content type may be what its programs hold together.
 */
const isListing = ({ phone, listed }: Book): boolean =>
  isOutlook(phone) || (listed !== undefined && listed === phone.options.properties?.length);

/** May the item ever have been too large? Nobody edits it there: it would be an edit of what it was before. */
export function mayHaveBeenTooLarge(book: Book, { ever }: TypedItem): boolean {
  let size = frameOf(book);
  for (const [fact, values] of ever)
    for (const value of values)
      size +=
        Buffer.byteLength(fact + value) + (fact === 'photo' && value !== '' ? pictureOf(value).length : 0);
  return size > book.largest * (SURE_PART / 2);
}
