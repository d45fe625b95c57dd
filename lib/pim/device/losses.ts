/** The parts of an item that a device cannot hold: the device's view of the item is compared with the stored item. */

import type { Content } from '../content.ts';
import { journalOf } from '../formats/note.ts';
import type { Format } from '../formats/registry.ts';
import { isEmpty } from '../properties/parameters.ts';
import { isOutsideKey } from '../properties/table.ts';
import { identityOf, without } from '../same.ts';
import type { Component, Property } from '../vobject/model.ts';
import type { DeviceCapabilities } from './capabilities.ts';
import { seenOf } from './format-item.ts';

/**
 * Why a value is lost. `format`: the format cannot express it. `not-listed`: the device does not list the property.
 * `too-many`: the device takes fewer values. `cut`: the device takes shorter values. `not-taken`: the device does not take
 * this value.
 */
export type LossReason = 'format' | 'not-listed' | 'too-many' | 'cut' | 'not-taken';

export interface Loss {
  /** The name of the property: `TEL`. For a property inside an alarm or a zone: `VALARM TRIGGER`. */
  readonly field: string;
  readonly reason: LossReason;
  /** How many values are lost. */
  readonly count: number;
}

/** The properties of a component and of all components inside it, by field name (see `Loss`). */
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
 * The losses of an item on a device with this format and these capabilities. An item that cannot be parsed goes as it is
 * stored and loses nothing.
 */
export function losses(item: Content, format: Format, capabilities: DeviceCapabilities): Loss[] {
  const stored = treeIn(item);
  if (stored === undefined) return [];
  const bySeen = (limits: DeviceCapabilities) => {
    const tree = treeIn(seenOf(item, format, limits));
    return tree === undefined ? new Map<string, Property[]>() : fieldsOf(tree);
  };
  const { properties: _, ...all } = capabilities;
  const [expressed, held] = [bySeen(all), bySeen(capabilities)];
  return [...fieldsOf(stored)].flatMap(([field, properties]) => {
    const unexpressed = missing(properties, expressed.get(field) ?? []);
    const unheld = missing(properties, held.get(field) ?? []);
    const own = unheld.filter((one) => !unexpressed.includes(one));
    return [
      ...lossOf(field, 'format', unexpressed),
      ...Object.entries(
        Object.groupBy(own, (one) => reasonFor(one, held.get(field) ?? [], capabilities)),
      ).flatMap(([reason, list]) => lossOf(field, reason as LossReason, list)),
    ];
  });
}

const treeIn = ({ note, tree }: Content): Component | undefined =>
  note === undefined ? tree : journalOf(note);

/** The properties of `list` whose values lack in `others`. A value without its parameters or its group is not lost. */
function missing(list: readonly Property[], others: readonly Property[]): Property[] {
  const plain = ({ name, value }: Property): Property => ({ name, value, params: [] });
  const lost = new Set(without(list, others));
  const left = new Set(without(list.map(plain), others.map(plain)).map(identityOf));
  return [...lost].filter((one) => left.has(identityOf(plain(one))));
}

const lossOf = (field: string, reason: LossReason, lost: readonly Property[]): Loss[] =>
  lost.length === 0 ? [] : [{ field, reason, count: lost.length }];

/** Why the device does not hold a property that its format can express. */
function reasonFor(
  { name, value }: Property,
  held: readonly Property[],
  { properties }: DeviceCapabilities,
): LossReason {
  const limit = properties?.get(name);
  if (limit === undefined) return 'not-listed';
  const isLong = limit.maxSize !== undefined && Buffer.byteLength(value) > limit.maxSize;
  if (isLong && held.some((one) => one.value !== '' && value.startsWith(one.value))) return 'cut';
  if (limit.maxOccur !== undefined && held.length >= limit.maxOccur) return 'too-many';
  return 'not-taken';
}
