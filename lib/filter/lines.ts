/** The properties of an item, each with the components around it. An item that cannot be read has none. */
import type { Component } from '../pim/vobject/model.ts';
import { unescapeText } from '../pim/vobject/text.ts';

export interface Line {
  /** Upper case, without its group (`item1.TEL` is TEL). */
  readonly name: string;
  readonly value: string;
  /** Components around the line, outermost first; the same array for all lines of one component. */
  readonly path: readonly string[];
}

export const linesOf = (trees: readonly Component[]): Line[] => trees.flatMap((one) => linesIn(one, []));

function linesIn({ name, properties, components }: Component, outer: readonly string[]): Line[] {
  const path = [...outer, name];
  return [
    ...properties.map((one): Line => ({ name: one.name, value: one.value, path })),
    ...components.flatMap((inner) => linesIn(inner, path)),
  ];
}

/** The value without escapes. Base64 is not decoded. */
export const textOf = ({ value }: Line): string => unescapeText(value).trim();

const INNER = new Set(['VTIMEZONE', 'VALARM']);

/** Does the line belong to the item itself? Lines of an alarm, a time zone or a card inside a card do not. */
export const isOwn = ({ path }: Line): boolean =>
  !path.some((component, i) => INNER.has(component) || (component === 'VCARD' && i > 0));
