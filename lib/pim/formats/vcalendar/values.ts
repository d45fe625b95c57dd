/**
 * Converts values of properties without their own conversion between vCalendar 1.0 and iCalendar 2.0, by their value
 * type. The reader of vCalendar 1.0 has escaped all values as texts.
 */
import { valueTypeOf } from '../../properties/table.ts';
import type { Property } from '../../vobject/model.ts';
import { escapeText, looseText, unescapeText } from '../../vobject/text.ts';

/** Is the value a text? For `X-SIF-` see lib/pim/formats/sif/unknown.ts. */
const isText = (name: string): boolean => name.startsWith('X-SIF-') || valueTypeOf(name) === 'text';

/**
 * Links get no escapes, texts get all. In an unknown property commas are not escaped, because it may be a list or a
 * link.
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
