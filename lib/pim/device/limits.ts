/** An item within what a device can hold: only its properties, so many of each, so long (D14-D16, D19). */

import { isEmpty } from '../properties/parameters.ts';
import { hasFreeParts, isNeeded, valueTypeOf } from '../properties/table.ts';
import { type Component, isEmbedded, type Property, sameLists } from '../vobject/model.ts';
import type { Abilities, PropertyLimits } from './capabilities.ts';

/** Empty properties are left out: some devices crash on them. The tree itself where all of it fits. */
export function withinAbilities(tree: Component, abilities: Abilities): Component {
  const { properties: limits } = abilities;
  const counts = new Map<string, number>();
  const fits = (one: Property): Property[] => {
    if (isEmpty(one) && !isNeeded(one.name)) return [];
    if (limits === undefined) return [one];
    const limit = limits.get(one.name);
    if (limit === undefined) return isNeeded(one.name) ? [one] : [];
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
      : [withinAbilities(inner, abilities)],
  );
  const isWhole =
    sameLists(properties, tree.properties, () => false) &&
    sameLists(components, tree.components, () => false);
  return isWhole ? tree : { ...tree, properties, components };
}

/** Parts of which the device lists at most the BEGIN. */
const keptWhole = (inner: Component, limits: Abilities['properties']): Component[] =>
  takesPart(inner.name, limits) ? [inner] : [];

/** Does the device take parts of this name, as far as it says? */
export function takesPart(name: string, limits: Abilities['properties']): boolean {
  const begins = limits?.get('BEGIN')?.values ?? [];
  return begins.length === 0 || begins.includes(name);
}

/**
 * A text is cut between characters, never inside an escape, nor before a space; so is the last part of a structured
 * value that fits. What is neither is left out: half of a rule, a length, a number or an address is another one.
 */
function withinSize(one: Property, { maxSize, noTruncate }: PropertyLimits): Property[] {
  if (maxSize === undefined || Buffer.byteLength(one.value) <= maxSize) return [one];
  const type = valueTypeOf(one.name);
  const isText = type === 'text' || hasFreeParts(one.name) || (type === 'other' && !one.value.includes(';'));
  if (noTruncate === true || isEmbedded(one) || !isText) return [];
  const marks: string[] = [];
  let size = 0;
  for (const mark of one.value.match(/\\.|[^\\]/gsu) ?? []) {
    size += Buffer.byteLength(mark);
    if (size > maxSize) break;
    marks.push(mark);
  }
  while (/^(?:\s|\\n)$/i.test(marks.at(-1) ?? '')) marks.pop();
  const value = marks.join('');
  return isEmpty({ ...one, value }) ? [] : [{ ...one, value }];
}
