/** The names of properties that a device is known to hold, because it sent them. An empty property counts, too. */
import type { Content } from '../content.ts';
import type { ParsedItem } from '../formats/registry.ts';
import type { SifDocument } from '../formats/sif/xml.ts';
import { storedNameOf } from '../properties/table.ts';
import type { ReadItem } from '../read-item.ts';
import type { Component, Property } from '../vobject/model.ts';
import { filledTree } from './filled-fields.ts';

/** Fields of SIF that are flags. A flag says about these properties that the item has none of them. */
const FLAGS: { readonly [field: string]: readonly string[] } = {
  IsRecurring: ['RRULE', 'EXDATE'],
  ReminderSet: ['VALARM'],
  BusyStatus: ['TRANSP', 'X-MICROSOFT-CDO-BUSYSTATUS'],
  Sensitivity: ['CLASS'],
  Importance: ['PRIORITY'],
  Complete: ['COMPLETED', 'PERCENT-COMPLETE', 'STATUS'],
};

/** Not a property: this name is added for devices that send a series and its exceptions in one item. */
export const SEVERAL_EVENTS = 'VEVENT+';

/**
 * The names of the sent properties in the stored form. For alarms the name is VALARM,
 * for exceptions RECURRENCE-ID. The item as it came (`parsed`) still has the empty properties.
 */
export function sentProperties({ parsed, content }: ReadItem): string[] {
  const names = new Set(parsed && otherNames(parsed));
  for (const object of content.objects) addNames(object, names);
  if (hasSeveralEvents(content)) names.add(SEVERAL_EVENTS);
  return [...names].sort();
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

/** Adds the names of all properties of a component and of all components inside it, and VALARM for alarms. */
function addNames({ name, properties, components }: Component, names: Set<string>): void {
  if (name === 'VALARM') names.add(name);
  for (const one of properties) names.add(one.name);
  for (const inner of components) addNames(inner, names);
}

const isBlank = ({ value }: Property): boolean => value === '' || /^[;, ]+$/.test(value);
const emptyNames = ({ properties, components }: Component): string[] => {
  const own = properties.filter(isBlank).map(({ name }) => storedNameOf(name));
  return components.length === 0 ? own : [...own, ...components.flatMap(emptyNames)];
};

/** The names of the properties into which the fields of SIF are read. */
function sifNames(document: SifDocument): string[] {
  if (document.root === 'note') return NOTE_NAMES;
  const tree = filledTree(document);
  return tree === undefined
    ? []
    : [...namesIn(tree), ...document.fields.flatMap(({ name }) => FLAGS[name] ?? [])];
}
/**
 * The names of all properties. For an alarm it is VALARM alone, because SIF has no fields for the properties of an
 * alarm.
 */
const namesIn = ({ name, properties, components }: Component): string[] => [
  ...(name === 'VALARM' ? [name] : properties.map((one) => one.name)),
  ...components.flatMap(namesIn),
];
const NOTE_NAMES = ['SUMMARY', 'DESCRIPTION', 'CATEGORIES'];
