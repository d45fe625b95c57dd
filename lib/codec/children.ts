/**
 * The children of an element in one form, so that both wires give the same tree.
 *
 * Owns: merging of text, white space between elements. Must not know: the encodings.
 */
import { isElement, type Node } from './tree.ts';

/** XML white space only. */
const blank = /^[ \t\r\n]*$/;

/** Joins adjacent strings, and drops empty strings and the white space between elements. */
export function settle(nodes: readonly Node[]): Node[] {
  const [first] = nodes;
  if (nodes.length === 1 && first !== undefined) return first === '' ? [] : [first];
  const structured = nodes.some(isElement);
  const merged: Node[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (typeof node === 'string' && typeof last === 'string') merged[merged.length - 1] = last + node;
    else if (node !== '') merged.push(node);
  }
  return structured ? merged.filter((node) => typeof node !== 'string' || !blank.test(node)) : merged;
}
