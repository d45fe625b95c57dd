/** Does a content have properties of these names? */

import type { Content } from '../../pim/content.ts';
import type { Component } from '../../pim/vobject/model.ts';

/** True also for a text in part rows that was not read. */
export function mentions(content: Content | undefined, names: ReadonlySet<string>): boolean {
  if (names.size === 0 || content === undefined) return false;
  return !content.isWhole || content.objects.some((object) => hasOneOf(object, names));
}

/** BEGIN and END are in every object. */
const hasOneOf = ({ properties, components }: Component, names: ReadonlySet<string>): boolean =>
  ['BEGIN', 'END'].some((name) => names.has(name)) ||
  properties.some(({ name }) => names.has(name)) ||
  components.some((inner) => hasOneOf(inner, names));
