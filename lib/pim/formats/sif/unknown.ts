/**
 * Fields of SIF without a counterpart in vCard and iCalendar. They are stored as `X-SIF-` properties, and written again
 * for devices that take SIF, and for no others.
 */
import {
  type Component,
  firstOf,
  type Property,
  paramOf,
  property,
  withEach,
  withParam,
} from '../../vobject/model.ts';
import { FormatError } from '../../vobject/read.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { elementText, field, parseElement, type SifField } from './xml.ts';

const PREFIX = 'X-SIF-';
/** The parameter that holds the spelling of the field, because names of properties are always in upper case. */
const SPELLING = 'X-ELEMENT';
/** The parameter for the form of a value that is not a text. A field with fields inside is stored as its XML. */
const FORM = 'X-FORM';
const XML = 'XML';

/** Fields that are about the document and not about the item. */
const OF_DOCUMENT = new Set(['SIFVersion']);

export function keptField(source: SifField): Property[] {
  const { name, value } = source;
  if (!hasContent(source) || OF_DOCUMENT.has(name)) return [];
  const isText = source.fields.length === 0;
  const text = escapeText(isText ? value : elementText(source));
  const kept = withParam(property(`${PREFIX}${name.toUpperCase()}`, text), SPELLING, name);
  return [isText ? kept : withParam(kept, FORM, XML)];
}

const hasContent = ({ value, fields }: SifField): boolean => value !== '' || fields.some(hasContent);

/** Does the item have a stored field of that name? */
export const isKept = (item: Component, name: string): boolean =>
  firstOf(item, `${PREFIX}${name.toUpperCase()}`) !== undefined;

/** The item without stored fields, for formats other than SIF. If it has none, the same item is returned. */
export function withoutKeptFields(item: Component): Component {
  const isOther = ({ name }: Property) => !name.startsWith(PREFIX);
  const properties = item.properties.every(isOther) ? item.properties : item.properties.filter(isOther);
  const components = withEach(item.components, withoutKeptFields);
  const isSame = properties === item.properties && components === item.components;
  return isSame ? item : { ...item, properties, components };
}

/** The stored fields. `written` are the fields that were made of the other properties; these are not repeated. */
export function givenBack(item: Component, written: readonly SifField[]): SifField[] {
  const names = new Set(written.map(({ name }) => name.toUpperCase()));
  return item.properties.flatMap((one) => {
    const name = one.name.startsWith(PREFIX) ? one.name.slice(PREFIX.length) : '';
    if (name === '' || names.has(name)) return [];
    const text = unescapeText(one.value);
    if (paramOf(one, FORM) === XML) return elementIn(text);
    return [field(paramOf(one, SPELLING) ?? name, text)];
  });
}

/** The element in a stored XML text. None if somebody has changed the text to invalid XML. */
function elementIn(text: string): SifField[] {
  try {
    return [parseElement(text)];
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}
