/**
 * Builds elements, strict in order and spelling, unlike the tolerant reader.
 *
 * Owns: leaf, flag and optional elements. Must not know: which elements there are.
 */
import { type Element, element, type Namespace, type Node, type Version } from '../../codec/tree.ts';

/** An element with this text. '' gives an empty element. */
const leafIn =
  (space: Namespace) =>
  (name: string, value: string | number | Uint8Array): Element => {
    const node: Node = typeof value === 'number' ? String(value) : value;
    return element(space, name, node === '' ? [] : [node]);
  };

/** A list of the value's element, or an empty list without a value. */
export function optional<T>(value: T | undefined, write: (value: T) => Element): Element[] {
  return value === undefined ? [] : [write(value)];
}

/** Writers of the leaves and flags of one namespace. */
export function writerOf(space: Namespace) {
  const leaf = leafIn(space);
  return {
    leaf,
    parent: (name: string, children: readonly Node[]): Element => element(space, name, children),
    leaves: (name: string, value: string | number | undefined): Element[] =>
      optional(value, (present) => leaf(name, present)),
    flag: (name: string, on: boolean | undefined): Element[] => (on === true ? [element(space, name)] : []),
  };
}

/** Does a peer of this version know an element that is new in `since`? Versions are compared by their spellings. */
export const knows = (version: Version, since: Version): boolean => version >= since;
