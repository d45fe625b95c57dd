/** What a device said of itself, and that what it is sent keeps to it. */
import { linesIn, plainText, readPart } from './phones/lines.ts';
import type { Phone } from './phones/phone.ts';

/** What the device said of the program. */
export type Said = Pick<Phone['options'], 'typeVersion' | 'properties' | 'most' | 'sizes'>;

/** Throws where an item comes in another version than the program told, or with more than it told to hold. */
export function checkTold(
  name: string,
  { typeVersion, properties, most = {}, sizes = {} }: Said,
  text: string,
): void {
  const version = /^VERSION:(.*?)\r?$/m.exec(text)?.[1];
  if (version === undefined) return;
  if (typeVersion !== undefined && version !== typeVersion)
    throw new Error(`${name} takes version ${typeVersion}, and is sent ${version}`);
  if (properties === undefined) return;
  const card = readPart(text);
  for (const [property, count] of Object.entries(most)) {
    const sent = linesIn(card, property).length;
    if (sent > count) throw new Error(`${name} holds ${count} of ${property}, and is sent ${sent}`);
  }
  const generation = /^[12]\.[01]$/.test(version) && version !== '2.0' ? 'old' : 'new';
  for (const [property, size] of Object.entries(sizes))
    for (const { value } of linesIn(card, property)) {
      const bytes = Buffer.byteLength(
        property === 'PHOTO' ? value.replace(/\s/g, '') : plainText(value, generation),
      );
      if (bytes > size) throw new Error(`${name} holds ${size} bytes of ${property}, and is sent ${bytes}`);
    }
}
