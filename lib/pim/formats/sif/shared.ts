/** Converts the fields that contacts, appointments, tasks and notes have in common. */
import { type Component, type Property, propertiesOf, property, valueIn } from '../../vobject/model.ts';
import { joinList, textList } from '../../vobject/text.ts';
import { field, fieldText, type SifField } from './xml.ts';

/** The classes by the number of Sensitivity: normal, personal, private, confidential. */
const CLASSES = ['PUBLIC', 'X-PERSONAL', 'PRIVATE', 'CONFIDENTIAL'];

export const SHARED_FIELDS = ['Categories', 'Sensitivity'];

export function sharedFromSif(fields: readonly SifField[]): Property[] {
  const text = fieldText(fields, 'Categories') ?? '';
  const categories = text
    .split(text.includes(';') ? ';' : ',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const sensitivity = fieldText(fields, 'Sensitivity') ?? '';
  const named = /^\d$/.test(sensitivity) ? CLASSES[Number(sensitivity)] : undefined;
  return [
    ...(categories.length > 0 ? [property('CATEGORIES', joinList(categories))] : []),
    ...(named === undefined ? [] : [property('CLASS', named)]),
  ];
}

/** Writes a list with commas. If a name contains a comma, the list has semicolons, and a single name has one after it. */
function listText(names: readonly string[]): string {
  if (!names.some((name) => name.includes(','))) return names.join(', ');
  return names.length === 1 ? `${names[0]};` : names.join('; ');
}

export function sharedToSif(item: Component): SifField[] {
  const categories = propertiesOf(item, 'CATEGORIES').flatMap(({ value }) => textList(value));
  const sensitivity = CLASSES.indexOf(valueIn(item, 'CLASS')?.toUpperCase() ?? '');
  return [
    ...(categories.length > 0 ? [field('Categories', listText(categories))] : []),
    ...(sensitivity < 0 ? [] : [field('Sensitivity', String(sensitivity))]),
  ];
}
