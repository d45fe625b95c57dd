/** Writes the types of entries for devices with the agenda of Symbian (E05). */
import { ANNIVERSARY, ENTRY_TYPE, newEntryType } from '../../time/entry-type.ts';
import { isDate } from '../../time/item-time.ts';
import { dayAfter } from '../../time/zones/zones.ts';
import { type Property, property } from '../../vobject/model.ts';

/** The properties of an event with its type. A type that the item has is kept: it agrees with the times already. */
export function withEntryType(properties: readonly Property[]): readonly Property[] {
  const start = properties.find(({ name }) => name === 'DTSTART');
  if (start === undefined) return properties;
  const type = properties.find(({ name }) => name === ENTRY_TYPE);
  if (type === undefined) return [...properties, property(ENTRY_TYPE, newEntryType(isDate(start)))];
  return type.value === ANNIVERSARY ? properties.map((one) => endOfAnniversary(one, start)) : properties;
}

/** The agenda lets an anniversary of one day end as it begins. */
const endOfAnniversary = (one: Property, start: Property): Property =>
  one.name === 'DTEND' && one.value === dayAfter(start.value, 1) ? { ...one, value: start.value } : one;
