/** Two ways to write one value: what one side has of the other's in its own spelling is not added to it. */
import { kindOf } from '../kinds.ts';
import type { Property } from '../model.ts';
import { textParts, unescapeText } from '../syntax/text.ts';

/** Digits at the end of a telephone number that tell it: country and trunk prefixes differ in how they are written. */
const TELLING = 8;

/** Equal for values that mean the same. */
export function meaningOf({ name, value }: Property): string {
  switch (name) {
    case 'TEL': {
      const digits = value.replace(/\D/g, '');
      return digits.length >= TELLING ? digits.slice(-TELLING) : value.toLowerCase();
    }
    case 'URL':
      return value
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/\/$/, '');
    default:
      return kindOf(name) === 'parts' || name === 'LABEL'
        ? textParts(value).map(plain).join(';').replace(/;+$/, '')
        : plain(unescapeText(value));
  }
}

const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();
