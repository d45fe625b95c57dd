/** Fields of SIF for which vCard and iCalendar have no word: kept as `X-SIF-` properties, given back to whoever speaks SIF. */
import { type Component, type Property, paramOf, property, withParam } from '../model.ts';
import { escapeText, unescapeText } from '../syntax/text.ts';
import { field, type SifField } from './xml.ts';

const PREFIX = 'X-SIF-';
/** A property's name has no case. */
const SPELLING = 'X-ELEMENT';

export function keptField({ name, value }: SifField): Property[] {
  if (value === '') return [];
  const kept = property(`${PREFIX}${name.toUpperCase()}`, escapeText(value));
  return [withParam(kept, SPELLING, name)];
}

/** `written`: fields that the rest of the item already says. */
export function givenBack(item: Component, written: readonly SifField[]): SifField[] {
  const names = new Set(written.map(({ name }) => name.toUpperCase()));
  return item.properties.flatMap((one) => {
    const name = one.name.startsWith(PREFIX) ? one.name.slice(PREFIX.length) : '';
    if (name === '' || names.has(name)) return [];
    return [field(paramOf(one, SPELLING) ?? name, unescapeText(one.value))];
  });
}
