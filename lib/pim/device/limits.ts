/** Limits an item to the capabilities of a device: which properties, how many of each, how long (D14-D16, D19). */

import { isEmpty } from '../properties/parameters.ts';
import { hasFreeParts, isNeeded, valueTypeOf } from '../properties/table.ts';
import { type Component, isEmbedded, type Property, sameLists } from '../vobject/model.ts';
import type { DeviceCapabilities, PropertyLimits } from './capabilities.ts';

/**
 * Empty properties are left out, because some devices crash on them. If all of the tree fits, the same tree is
 * returned. `isRequired` tells what the format requires, besides what is needed in every format.
 */
export function withinCapabilities(
  tree: Component,
  capabilities: DeviceCapabilities,
  isRequired: (name: string) => boolean = () => false,
): Component {
  const { properties: limits } = capabilities;
  const counts = new Map<string, number>();
  const isNeededHere = ({ name }: Property): boolean =>
    isNeeded(name) && !(name === 'DTSTART' && isPlainTask(tree));
  const fits = (one: Property): Property[] => {
    if (isEmpty(one) && !isNeededHere(one)) return [];
    if (limits === undefined) return [one];
    const limit = limits.get(one.name);
    if (limit === undefined) return isNeededHere(one) || isRequired(one.name) ? [one] : [];
    const count = (counts.get(one.name) ?? 0) + 1;
    counts.set(one.name, count);
    if (limit.maxOccur !== undefined && count > limit.maxOccur) return [];
    if (limit.values.length > 0 && !limit.values.includes(one.value)) return [];
    return withinSize(one, limit);
  };
  const properties = tree.properties.flatMap(fits);
  const components = tree.components.flatMap((inner) =>
    inner.name === 'VTIMEZONE' || inner.name === 'VALARM'
      ? keptWhole(inner, limits)
      : [withinCapabilities(inner, capabilities, isRequired)],
  );
  const isWhole =
    sameLists(properties, tree.properties, () => false) &&
    sameLists(components, tree.components, () => false);
  return isWhole ? tree : { ...tree, properties, components };
}

/**
 * A task needs no start, except for a series. A device that does not list it would drop it, and its next edit would delete it
 * for all.
 */
const isPlainTask = ({ name, properties }: Component): boolean =>
  name === 'VTODO' && !properties.some((one) => one.name === 'RRULE');

/** Zones and alarms are kept or left out as a whole: of these a device lists at most the BEGIN. */
const keptWhole = (inner: Component, limits: DeviceCapabilities['properties']): Component[] =>
  takesPart(inner.name, limits) ? [inner] : [];

/** Does the device take components of this name? A device that lists no values of BEGIN takes all. */
export function takesPart(name: string, limits: DeviceCapabilities['properties']): boolean {
  const begins = limits?.get('BEGIN')?.values ?? [];
  return begins.length === 0 || begins.includes(name);
}

/**
 * Cuts a value to the size that the device takes. Texts and structured values are cut between characters, never inside
 * an escape, and spaces at the cut are dropped. Any other value that is too long is left out, because half of a rule, a
 * length, a number or an address would be a different one.
 */
function withinSize(one: Property, { maxSize, noTruncate }: PropertyLimits): Property[] {
  if (maxSize === undefined || Buffer.byteLength(one.value) <= maxSize) return [one];
  const type = valueTypeOf(one.name);
  const isText = type === 'text' || hasFreeParts(one.name) || (type === 'other' && !one.value.includes(';'));
  if (noTruncate === true || isEmbedded(one) || !isText) return [];
  const characters: string[] = [];
  let size = 0;
  for (const character of one.value.match(/\\.|[^\\]/gsu) ?? []) {
    size += Buffer.byteLength(character);
    if (size > maxSize) break;
    characters.push(character);
  }
  while (/^(?:\s|\\n)$/i.test(characters.at(-1) ?? '')) characters.pop();
  const value = characters.join('');
  return isEmpty({ ...one, value }) ? [] : [{ ...one, value }];
}
