/**
 * Pictures of contacts. Each is a real one, of one shade of grey, with a comment of so many words that makes it longer. The fact
 * `photo` says both: `110x400`. A program that shrinks pictures takes the words away, and the shade stays.
 */
import { png } from '../../../kit/photos.ts';
import { type Facts, withFact } from '../facts.ts';

/** Bytes of pictures in base64, by their facts. */
const made = new Map<string, string>();

/** The bytes, in base64. No part of the comment is like another. */
export function pictureOf(photo: string): string {
  const known = made.get(photo);
  if (known !== undefined) return known;
  const [shade = 0, words = 0] = photo.split('x').map(Number);
  const comment = `photo ${photo}: ${Array.from({ length: words }, (_, n) => `w${n}`).join(' ')}`;
  const picture = png(8, { shade, comment });
  made.set(photo, picture);
  return picture;
}

/** The fact of a picture in base64; `damaged` where no program made exactly these bytes. */
export function photoIn(base64: string): string {
  const bytes = base64.replace(/\s/g, '');
  const photo = /photo (\d+x\d+):/.exec(Buffer.from(bytes, 'base64').toString('latin1'))?.[1];
  return photo !== undefined && pictureOf(photo) === bytes
    ? photo
    : `damaged, ${bytes.length} of ${photo ?? 'unknown'}`;
}

/** A program that makes each picture that it gets as small as it can. */
export const shrunk = (facts: Facts): Facts =>
  withFact(facts, 'photo', facts.get('photo')?.replace(/x.*/, 'x0'));

/** A program that drops a picture of more characters in base64 than this. */
export const withSmallPhoto = (facts: Facts, most: number): Facts => {
  const photo = facts.get('photo');
  return photo !== undefined && pictureOf(photo).length > most ? withFact(facts, 'photo', undefined) : facts;
};

/** The line of the second generation. */
export const photoLine = (base64: string): string => `PHOTO;ENCODING=b;TYPE=PNG:${base64}`;
/** Of vCard 4.0. */
export const photoUri = (base64: string): string => `PHOTO:data:image/png;base64,${base64}`;
/** Of vCard 2.1: the bytes begin on a line of their own, and a blank line ends them. */
export const photoLines = (base64: string): string =>
  ['PHOTO;ENCODING=BASE64;TYPE=PNG:', ...(base64.match(/.{1,72}/g) ?? []).map((row) => ` ${row}`), ''].join(
    '\r\n',
  );
