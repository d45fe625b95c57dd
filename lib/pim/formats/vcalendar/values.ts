/**
 * Values that no rule of their own brings from vCalendar 1.0 to iCalendar 2.0 and back, by what they are. The reader
 * of vCalendar 1.0 escapes them all as texts.
 */
import { valueTypeOf } from '../../properties/table.ts';
import type { Property } from '../../vobject/model.ts';
import { escapeText, looseText, unescapeText } from '../../vobject/text.ts';

/** `X-SIF-`: lib/pim/formats/sif/unknown.ts. */
const isText = (name: string): boolean => name.startsWith('X-SIF-') || valueTypeOf(name) === 'text';

/**
 * Addresses have no escapes, one text has all. In what nobody knows commas are what they were: it may be a list, or an
 * address.
 */
export function valueFromVcalendar(source: Property): Property {
  const { name, value } = source;
  if (valueTypeOf(name) === 'uri') return { ...source, value: unescapeText(value.trim()) };
  if (isText(name)) return { ...source, value: escapeText(unescapeText(value)) };
  return {
    ...source,
    value: value.replace(/\\([\s\S])/g, (escaped, next) => (next === ',' ? ',' : escaped)),
  };
}

export function valueToVcalendar(source: Property): Property {
  const { name, value } = source;
  if (valueTypeOf(name) === 'uri') return { ...source, value: looseText(escapeText(value)) };
  return name.startsWith('X-') ? source : { ...source, value: looseText(value) };
}
