/** What a device would not have of an item: the item is written for it, read back, and compared with what is stored. */

import type { Content } from '../content.ts';
import { journalOf } from '../formats/note.ts';
import type { Format } from '../formats/registry.ts';
import { isEmpty } from '../properties/parameters.ts';
import { isOutsideKey } from '../properties/table.ts';
import { identityOf, without } from '../same.ts';
import type { Component, Property } from '../vobject/model.ts';
import type { Abilities } from './capabilities.ts';
import { seenOf } from './format-item.ts';

/** The format has no word for it; the device does not list it; more than it takes; cut at its size; of no value it takes. */
export type LossReason = 'format' | 'not-listed' | 'too-many' | 'cut' | 'not-taken';

export interface Loss {
  /** `TEL`; in a part of the item `VALARM TRIGGER`. */
  readonly field: string;
  readonly reason: LossReason;
  /** Values of it. */
  readonly count: number;
}

/** Properties of a component by where they stand: `VALARM` of an event, its event for the rest. */
function fieldsOf(component: Component, inside = ''): Map<string, Property[]> {
  const found = new Map<string, Property[]>();
  for (const property of component.properties) {
    if (isOutsideKey(property.name) || isEmpty(property)) continue;
    const name = `${inside}${property.name}`;
    found.set(name, [...(found.get(name) ?? []), property]);
  }
  for (const inner of component.components)
    for (const [name, properties] of fieldsOf(inner, isMain(inner) ? inside : `${inner.name} `))
      found.set(name, [...(found.get(name) ?? []), ...properties]);
  return found;
}
const isMain = ({ name }: Component): boolean => name === 'VEVENT' || name === 'VTODO' || name === 'VJOURNAL';

/**
 * The fields that a device which takes this format, within its abilities, cannot hold of the item. What cannot be read
 * goes as it came and loses nothing.
 */
export function losses(item: Content, format: Format, abilities: Abilities): Loss[] {
  const stored = treeIn(item);
  if (stored === undefined) return [];
  const bySeen = (limits: Abilities) => {
    const tree = treeIn(seenOf(item, format, limits));
    return tree === undefined ? new Map<string, Property[]>() : fieldsOf(tree);
  };
  const { properties: _, ...all } = abilities;
  const [said, held] = [bySeen(all), bySeen(abilities)];
  return [...fieldsOf(stored)].flatMap(([field, properties]) => {
    const unsaid = missing(properties, said.get(field) ?? []);
    const unheld = missing(properties, held.get(field) ?? []);
    const own = unheld.filter((one) => !unsaid.includes(one));
    return [
      ...lossOf(field, 'format', unsaid),
      ...Object.entries(
        Object.groupBy(own, (one) => reasonFor(one, held.get(field) ?? [], abilities)),
      ).flatMap(([reason, list]) => lossOf(field, reason as LossReason, list)),
    ];
  });
}

const treeIn = ({ note, tree }: Content): Component | undefined =>
  note === undefined ? tree : journalOf(note);

/** A value that is there with fewer words about it, its type or its group, is not lost. */
function missing(list: readonly Property[], others: readonly Property[]): Property[] {
  const plain = ({ name, value }: Property): Property => ({ name, value, params: [] });
  const lost = new Set(without(list, others));
  const left = new Set(without(list.map(plain), others.map(plain)).map(identityOf));
  return [...lost].filter((one) => left.has(identityOf(plain(one))));
}

const lossOf = (field: string, reason: LossReason, lost: readonly Property[]): Loss[] =>
  lost.length === 0 ? [] : [{ field, reason, count: lost.length }];

/** Why the device does not hold a property that its format could say. */
function reasonFor(
  { name, value }: Property,
  held: readonly Property[],
  { properties }: Abilities,
): LossReason {
  const limit = properties?.get(name);
  if (limit === undefined) return 'not-listed';
  const isLong = limit.maxSize !== undefined && Buffer.byteLength(value) > limit.maxSize;
  if (isLong && held.some((one) => one.value !== '' && value.startsWith(one.value))) return 'cut';
  if (limit.maxOccur !== undefined && held.length >= limit.maxOccur) return 'too-many';
  return 'not-taken';
}
