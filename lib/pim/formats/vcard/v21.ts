/** Converts properties between vCard 2.1 and the stored form, vCard 3.0. */
import { ONLY_VCARD_4 } from '../../properties/parameters.ts';
import { valueTypeOf } from '../../properties/table.ts';
import {
  isEmbedded,
  type Property,
  paramOf,
  typesOf,
  withoutParams,
  withParam,
  withValue,
} from '../../vobject/model.ts';
import { escapeText, joinList, looseText, textList, unescapeText } from '../../vobject/text.ts';
import { isLink } from './media.ts';
import { withTypes } from './types.ts';

/**
 * Converts a property of vCard 2.1. Its media and types are in the stored form already. In vCard 2.1 every value has
 * the escapes of a text.
 */
export function fromV21(source: Property): Property {
  const { name, value } = source;
  if (isLink(source)) return { ...source, value: unescapeText(value) };
  if (isEmbedded(source)) return source;
  if (valueTypeOf(name) === 'parts') return withValue(source, storedParts(value));
  return valueTypeOf(name) === 'list' ? { ...source, value: storedList(name, value) } : source;
}

/** A part that ends with a backslash is written with a blank behind it, because before the separator it would be an escape. */
const storedParts = (value: string): string =>
  value.includes('\\ ') ? value.replace(/(\\\\) (?=;|$)/g, '$1') : value;

/** The entries of a list. In a nickname a comma with a blank after it is plain text (`Smith, Jr.`). */
function storedList(name: string, value: string): string {
  const separator = name === 'NICKNAME' ? /;|,(?!\s)/ : /[,;]/;
  const entries = unescapeText(value).split(separator);
  return joinList(entries.map((one) => one.trim()).filter(Boolean));
}

export function toV21(source: Property): Property {
  const internet = source.name === 'EMAIL' ? withTypes(source, ['INTERNET', ...typesOf(source)]) : source;
  const plain = withoutParams(internet, ...ONLY_VCARD_4);
  // Some devices look for the encoding after the type.
  if (isEmbedded(plain)) return withParam(plain, 'ENCODING', 'b');
  const named = paramOf(plain, 'VALUE') === 'uri' ? withParam(plain, 'VALUE', 'URL') : plain;
  return { ...named, value: v21Value(source) };
}

function v21Value(source: Property): string {
  const { name, value } = source;
  if (isLink(source)) return looseText(escapeText(value));
  if (name === 'GEO') return value.replace(/^([-+\d.]+);([-+\d.]+)$/, '$1,$2');
  const kind = paramOf(source, 'VALUE') === 'text' ? 'text' : valueTypeOf(name);
  if (kind === 'text') return looseText(escapeText(unescapeText(value)));
  if (kind === 'list') return v21List(name, value);
  return value;
}

/**
 * Writes a list. Commas inside an entry are removed, because they would separate entries. In a nickname a comma gets a
 * blank after it instead.
 */
function v21List(name: string, value: string): string {
  const shown = (text: string): string =>
    name === 'NICKNAME' ? text.replace(/;/g, ' ').replace(/,\s*/g, ', ').trim() : text.replace(/[,;]/g, ' ');
  return textList(value)
    .map((text) => escapeText(shown(text)))
    .join(',');
}
