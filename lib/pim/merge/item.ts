/**
 * Merge in the device's view: `seen` is what the device would get of the item as it is, `sent` what it sent, both read
 * back. Only their difference is done to the item: what the device cannot hold is no part of either (D19, X02).
 */

import { formattedName } from '../contact/canonical.ts';
import { type StoredItem, treeOf } from '../formats.ts';
import { type Component, type Property, valueIn } from '../model.ts';
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
  const properties = mergeProperties(now.properties, before.properties, after.properties, complete);
  return {
    name: now.name,
    properties: before.properties.some(({ name }) => name === 'FN')
      ? properties
      : renamed(now.properties, properties),
    components: mergeParts(now.components, before.components, after.components, complete),
  };
}

/** A FN that was made of the N is made anew when a device changes the N without seeing the FN. */
function renamed(before: readonly Property[], after: readonly Property[]): readonly Property[] {
  const textIn = (list: readonly Property[], name: string) =>
    list.find((one) => one.name === name)?.value ?? '';
  const [n, fn] = [textIn(before, 'N'), textIn(before, 'FN')];
  const isMade = n !== textIn(after, 'N') && fn === textIn(after, 'FN') && fn === formattedName(n);
  if (!isMade) return after;
  return after.map((one) => (one.name === 'FN' ? { ...one, value: formattedName(textIn(after, 'N')) } : one));
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
