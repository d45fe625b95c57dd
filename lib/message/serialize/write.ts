/**
 * Building elements: the counterpart of the tolerant reader, strict in order and spelling.
 *
 * Owns: leaf, flag and optional elements. Must not know: which elements there are.
 */
import { type Element, element, type Namespace, type Node, type Version } from '../../codec/tree.ts';

/** No child for '': an empty element is what says "empty". */
const leafIn =
  (space: Namespace) =>
  (name: string, value: string | number | Uint8Array): Element => {
    const node: Node = typeof value === 'number' ? String(value) : value;
    return element(space, name, node === '' ? [] : [node]);
  };

/** Nothing when the value is absent, else its element. */
export function optional<T>(value: T | undefined, write: (value: T) => Element): Element[] {
  return value === undefined ? [] : [write(value)];
}

/** The optional leaves and flags of one namespace. */
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

/** Is the element, new in `since`, known to a peer of this version? Versions compare as their spellings do. */
export const knows = (version: Version, since: Version): boolean => version >= since;
