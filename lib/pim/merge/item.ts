/**
 * Merge in the device's view: `seen` is what the device would get of the item as it is, `sent` what it sent, both read
 * back. Only their difference is done to the item: what the device cannot hold is no part of either (D19, X02).
 */

import { type StoredItem, treeOf } from '../formats.ts';
import { type Component, valueIn } from '../model.ts';
import { writeObject } from '../syntax/write.ts';
import { mergeProperties } from './properties.ts';

/** `complete`: the device told which properties it holds. */
export function mergeInView(
  current: StoredItem,
  seen: StoredItem,
  sent: StoredItem,
  complete: boolean,
): StoredItem {
  const [now, before, after] = [treeOf(current), treeOf(seen), treeOf(sent)];
  if (now === undefined || before === undefined || after === undefined || current.type !== sent.type)
    return sent;
  const merged = mergeComponent(now, before, after, complete);
  return {
    type: current.type,
    body: writeObject(merged, now.name === 'VCARD' ? 'vcard-3.0' : 'icalendar-2.0'),
  };
}

function mergeComponent(now: Component, before: Component, after: Component, complete: boolean): Component {
  return {
    name: now.name,
    properties: mergeProperties(now.properties, before.properties, after.properties, complete),
    components: mergeParts(now.components, before.components, after.components, complete),
  };
}

/** Parts are known by what they are: the series, one of its exceptions, a zone, an alarm by its time. */
const nameOf = (part: Component): string =>
  [part.name, ...NAMES.map((name) => valueIn(part, name) ?? '')].join('\n');
const NAMES = ['RECURRENCE-ID', 'TZID', 'ACTION', 'TRIGGER'];

function mergeParts(
  now: readonly Component[],
  before: readonly Component[],
  after: readonly Component[],
  complete: boolean,
): readonly Component[] {
  const find = (list: readonly Component[], part: Component) =>
    list.find((one) => nameOf(one) === nameOf(part));
  const kept = now.flatMap((part) => {
    const [saw, has] = [find(before, part), find(after, part)];
    if (saw !== undefined && has === undefined) return part.name === 'VTIMEZONE' ? [part] : [];
    return [has === undefined ? part : mergeComponent(part, saw ?? has, has, complete)];
  });
  const added = after.filter((part) => find(now, part) === undefined && find(before, part) === undefined);
  return [...kept, ...added];
}
