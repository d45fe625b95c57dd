/**
 * Fields of SIF for which vCard and iCalendar have no word: kept as `X-SIF-` properties, given back to whoever speaks
 * SIF.
 */
import { type Component, firstOf, type Property, paramOf, property, withParam } from '../../vobject/model.ts';
import { FormatError } from '../../vobject/read.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { elementText, field, parseElement, type SifField } from './xml.ts';

const PREFIX = 'X-SIF-';
/** A property's name has no case. */
const SPELLING = 'X-ELEMENT';
/** How the value is written, where it is no text: a field with fields in it is its XML. */
const FORM = 'X-FORM';
const XML = 'XML';

/** Says what the document is, nothing of the item. */
const OF_DOCUMENT = new Set(['SIFVersion']);

export function keptField(source: SifField): Property[] {
  const { name, value } = source;
  if (!saysSomething(source) || OF_DOCUMENT.has(name)) return [];
  const isText = source.fields.length === 0;
  const text = escapeText(isText ? value : elementText(source));
  const kept = withParam(property(`${PREFIX}${name.toUpperCase()}`, text), SPELLING, name);
  return [isText ? kept : withParam(kept, FORM, XML)];
}

const saysSomething = ({ value, fields }: SifField): boolean => value !== '' || fields.some(saysSomething);

/** Does the item hold a field of that name? */
export const isKept = (item: Component, name: string): boolean =>
  firstOf(item, `${PREFIX}${name.toUpperCase()}`) !== undefined;

/** `written`: fields that the rest of the item already says. */
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

/** Nothing, where somebody has changed it into what is no XML. */
function elementIn(text: string): SifField[] {
  try {
    return [parseElement(text)];
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}
