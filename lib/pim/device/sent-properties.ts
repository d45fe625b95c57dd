/** Which properties a device has words for, told by what it sends: an empty one is a word, too. */
import type { Content } from '../content.ts';
import type { ParsedItem } from '../formats/registry.ts';
import { calendarFromSif } from '../formats/sif/calendar.ts';
import { contactFromSif } from '../formats/sif/contact.ts';
import type { SifDocument, SifField } from '../formats/sif/xml.ts';
import { storedNameOf } from '../properties/table.ts';
import type { Component, Property } from '../vobject/model.ts';

/** SIF says by a flag that there is nothing to say. */
const FLAGS: { readonly [field: string]: readonly string[] } = {
  IsRecurring: ['RRULE', 'EXDATE'],
  ReminderSet: ['VALARM'],
  BusyStatus: ['TRANSP', 'X-MICROSOFT-CDO-BUSYSTATUS'],
  Sensitivity: ['CLASS'],
  Importance: ['PRIORITY'],
  Complete: ['COMPLETED', 'PERCENT-COMPLETE', 'STATUS'],
};

/** A word of devices that send a series and its exceptions in one item. */
export const SEVERAL_EVENTS = 'VEVENT+';

/**
 * Names as they are stored, VALARM and RECURRENCE-ID for alarms and exceptions. `parsed`: the item as it came, with the
 * properties that say nothing.
 */
export function sentProperties(parsed: ParsedItem | undefined, content: Content): ReadonlySet<string> {
  const names = new Set<string>();
  for (const object of content.objects) addNames(names, object);
  if (hasSeveralEvents(content)) names.add(SEVERAL_EVENTS);
  if (parsed) for (const name of otherNames(parsed)) names.add(name);
  return names;
}

const otherNames = ({ objects, sif }: ParsedItem): string[] =>
  sif === undefined ? objects.flatMap(({ component }) => emptyNames(component)) : sifNames(sif);

export const hasSeveralEvents = ({ objects }: Content): boolean => eventsIn(objects) > 1;

const eventsIn = (components: readonly Component[]): number =>
  components.reduce(
    (sum, inner) =>
      sum + (inner.name === 'VEVENT' || inner.name === 'VTODO' ? 1 : 0) + eventsIn(inner.components),
    0,
  );

/** The properties of a component and of all in it, and alarms by the name of what they are. */
function addNames(names: Set<string>, { name, properties, components }: Component): void {
  if (name === 'VALARM') names.add(name);
  for (const one of properties) names.add(one.name);
  for (const inner of components) addNames(names, inner);
}

const isBlank = ({ value }: Property): boolean => /^[;, ]*$/.test(value);
const emptyNames = ({ properties, components }: Component): string[] => [
  ...properties.filter(isBlank).map(({ name }) => storedNameOf(name)),
  ...components.flatMap(emptyNames),
];

/** With something in each field, what it would be. */
function sifNames(document: SifDocument): string[] {
  const { root, fields } = document;
  if (root === 'note') return NOTE_WORDS;
  const full = fields.map((one): SifField => (one.value === '' ? { ...one, value: '1' } : one));
  try {
    const tree = root === 'contact' ? contactFromSif(full) : calendarFromSif({ root, fields: full });
    return [...namesSaid(tree), ...fields.flatMap(({ name }) => FLAGS[name] ?? [])];
  } catch (error) {
    if (error instanceof RangeError) return []; // times that no clock can count
    throw error;
  }
}
/** Of an alarm that the fields say nothing of what is in it. */
const namesSaid = ({ name, properties, components }: Component): string[] => [
  ...(name === 'VALARM' ? [name] : properties.map((one) => one.name)),
  ...components.flatMap(namesSaid),
];
const NOTE_WORDS = ['SUMMARY', 'DESCRIPTION', 'CATEGORIES'];
