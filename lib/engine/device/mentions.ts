/** Does an item have properties of these names? */
import type { Component } from '../../pim/vobject/model.ts';
import type { Item } from '../model/records.ts';

/** A text that lies in part rows counts as if it had. */
export function mentions({ content }: Item, names: ReadonlySet<string>): boolean {
  if (names.size === 0 || content === undefined) return false;
  return !content.isWhole || content.objects.some((object) => hasOneOf(object, names));
}

/** Every object has a BEGIN and an END. */
const hasOneOf = ({ properties, components }: Component, names: ReadonlySet<string>): boolean =>
  ['BEGIN', 'END'].some((name) => names.has(name)) ||
  properties.some(({ name }) => names.has(name)) ||
  components.some((inner) => hasOneOf(inner, names));
