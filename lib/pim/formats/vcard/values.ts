/** Brings the values of contacts to the stored spelling. */
import { hasListsInParts, isDay, isWord, partCountOf, valueTypeOf } from '../../properties/table.ts';
import { isEmbedded, type Property, withoutParams, withValue } from '../../vobject/model.ts';
import {
  escapeText,
  joinList,
  joinParts,
  splitParts,
  textList,
  textParts,
  unescapeText,
} from '../../vobject/text.ts';
import { canonicalDay } from './days.ts';
import { canonicalLink, isLink } from './media.ts';

export function withCanonicalValue(source: Property): Property {
  const { name, value } = source;
  if (isEmbedded(source)) return source;
  if (isLink(source)) return withValue(source, canonicalLink(value));
  if (name === 'GEO') return withValue(withoutParams(source, 'VALUE'), canonicalPlace(value));
  // In other dates midnight is a time.
  if (isDay(name)) return canonicalDay(source);
  const isList = valueTypeOf(name) === 'list';
  return withValue(source, isList ? joinList(textList(value)) : canonicalText(source));
}

function canonicalText({ name, value }: Property): string {
  switch (valueTypeOf(name)) {
    case 'text':
    case 'uri': // with VALUE=text
      return textIn(isWord(name) ? value.trim() : value);
    case 'parts':
      return padded(
        splitParts(value, ';').map(hasListsInParts(name) ? listIn : textIn),
        partCountOf(name),
      ).join(';');
    case 'time': // a time stamp; vCard 4.0 writes it without hyphens
      return value.trim().replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
    default:
      return value.replace(/\\([\s\S])/g, (escaped, next: string) => (/[,:]/.test(next) ? next : escaped));
  }
}

const textIn = (part: string): string => escapeText(unescapeText(part));

/**
 * Brings a list inside a part to the stored spelling. Blanks around entries are kept, because in some dialects it is
 * plain text.
 */
const listIn = (part: string): string => joinList(splitParts(part, ',').map(unescapeText));

function padded(parts: readonly string[], length: number): string[] {
  const texts = [...parts];
  while (texts.length > length && texts.at(-1) === '') texts.pop();
  while (texts.length < length) texts.push('');
  return texts;
}

/** Brings a place to the stored spelling: latitude and longitude, separated by `;`. */
function canonicalPlace(value: string): string {
  const [, latitude, longitude] =
    /^(?:geo:)?([-+]?[\d.]+)\s*[,;]\s*([-+]?[\d.]+)$/i.exec(unescapeText(value).trim()) ?? [];
  return latitude === undefined ? joinParts(textParts(value)) : `${latitude};${longitude}`;
}
