/** Contacts with pictures that cannot be compressed, the same for the same name. */
import { createHash } from 'node:crypto';
import { vcard } from './drafts.ts';

/** A contact whose picture has so many bytes, a third more as base64. */
export function withPhoto(name: string, bytes: number, ...lines: readonly string[]): string {
  const picture = createHash('shake256', { outputLength: bytes }).update(name).digest('base64');
  return vcard(name, ...lines, `PHOTO;ENCODING=B;TYPE=JPEG:${picture}`);
}
