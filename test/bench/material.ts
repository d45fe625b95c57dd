/** Items to measure with: of one datastore, of one sort, the same for the same seed. Must not know: kinds of sync. */
import { createHash } from 'node:crypto';
import { contact, USUAL_BYTES } from './contacts.ts';
import type { DatastoreName } from './drafts.ts';
import { event } from './events.ts';
import type { Change } from './scripted-device.ts';

export interface Material {
  readonly datastore: DatastoreName;
  /** Another edition has another text, by a few characters. */
  readonly item: (seed: number, edition?: number) => string;
}

/** Bytes of a picture whose base64 has about 92 KB. */
const PHOTO_BYTES = 69_000;
const FOLDED_AT = 74;

/** The first bytes of a JPEG, then some that cannot be compressed, as those of a picture. */
function photo(seed: number): string {
  const start = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00]);
  const rest = createHash('shake256', { outputLength: PHOTO_BYTES - start.length })
    .update(`photo ${seed}`)
    .digest();
  return Buffer.concat([start, rest]).toString('base64');
}

/** A usual contact with its photo, folded as clients fold it. */
function contactWithPhoto(seed: number, edition = 0): string {
  const line = `PHOTO;ENCODING=b;TYPE=JPEG:${photo(seed)}`;
  const folded = line.match(new RegExp(`.{1,${FOLDED_AT}}`, 'g')) ?? [];
  return contact(seed, USUAL_BYTES, edition).replace('END:VCARD', `${folded.join('\r\n ')}\r\nEND:VCARD`);
}

export const CONTACTS: Material = {
  datastore: 'contacts',
  item: (seed, edition = 0) => contact(seed, USUAL_BYTES, edition),
};
export const EVENTS: Material = { datastore: 'calendar', item: event };
export const PHOTOS: Material = { datastore: 'contacts', item: contactWithPhoto };

/** So many new items, LUIDs from 1 on. */
export const newItems = ({ item }: Material, count: number): Change[] =>
  Array.from({ length: count }, (_, n) => ({ op: 'Add', luid: `c${n + 1}`, data: item(n + 1) }));

/** The same items in another edition. */
export const editedItems = ({ item }: Material, count: number, edition: number): Change[] =>
  Array.from({ length: count }, (_, n) => ({
    op: 'Replace',
    luid: `c${n + 1}`,
    data: item(n + 1, edition),
  }));
