/**
 * Zones that an item defines: which definition a name means. The name is a text in the definition and a parameter in a
 * time, and these are spelled in different ways [RFC 5545 3.2.19, 3.8.3.1].
 */
import { type Component, type Property, paramValues, valueIn } from '../../vobject/model.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { spend } from '../../work/budget.ts';

/** The name as a parameter can hold it. A parameter has no quotes, line ends and outer blanks. */
const plainName = (text: string): string =>
  text
    .trim()
    .replace(/^"([^"]*)"$/, '$1')
    .replace(/[\r\n]+/g, ' ')
    .replace(/"/g, "'")
    .trim();

const nameIn = (definition: Component): string => plainName(unescapeText(valueIn(definition, 'TZID') ?? ''));

/** The name of the zone in a property, such as a time. Commas separate values where the name has no quotes. */
export function zoneNameIn(of: Property): string | undefined {
  const values = paramValues(of, 'TZID');
  return values.length === 0 ? undefined : plainName(values.join(', '));
}

/** A text that is equal for spellings of one name: devices add and drop blanks, quotes and backslashes. */
const spellingOfZone = (name: string): string => name.replace(/[\\\s"']/g, '');

const isDefinition = ({ name }: Component): boolean => name === 'VTIMEZONE';

/** The definition that a name means: the one of this name, or else one of another spelling of it. */
export function zoneDefinition(name: string, calendar: Component | undefined): Component | undefined {
  const all = calendar?.components.filter(isDefinition) ?? [];
  spend(all.length);
  return (
    all.find((one) => nameIn(one) === plainName(name)) ??
    all.find((one) => spellingOfZone(nameIn(one)) === spellingOfZone(name))
  );
}

/** The name of a zone as its definition has it. Without a definition, the name itself. */
export function definedName(name: string, calendar: Component | undefined): string {
  const definition = zoneDefinition(name, calendar);
  return definition === undefined ? plainName(name) : nameIn(definition);
}

/** The definition with its name in one spelling. */
export const withPlainName = (definition: Component): Component => ({
  ...definition,
  properties: definition.properties.map((one) =>
    one.name === 'TZID' ? { ...one, value: escapeText(nameIn(definition)) } : one,
  ),
});

/** The names of all zones in the properties of a component, and of the components inside it. */
export const zoneNamesIn = ({ properties, components }: Component): string[] => [
  ...properties.flatMap((one) => zoneNameIn(one) ?? []),
  ...components.flatMap(zoneNamesIn),
];
