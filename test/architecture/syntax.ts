/** The syntax tree of a source file, as far as the rules ask for it. */
import { parseAst } from 'vitest/node';

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly body?: unknown;
  readonly declaration?: unknown;
  readonly declarations?: unknown;
  readonly discriminant?: unknown;
  readonly exported?: unknown;
  readonly expression?: unknown;
  readonly id?: unknown;
  readonly init?: unknown;
  readonly key?: unknown;
  readonly left?: unknown;
  readonly local?: unknown;
  readonly name?: unknown;
  readonly operator?: unknown;
  readonly params?: unknown;
  readonly property?: unknown;
  readonly right?: unknown;
  readonly source?: unknown;
  readonly specifiers?: unknown;
  readonly test?: unknown;
  readonly value?: unknown;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

/** The node and all that is in it. */
export function* nodesIn(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesIn(child);
}

const parsed = new Map<string, Node>();

export function treeOf(source: string): Node {
  const tree = parsed.get(source) ?? (parseAst(source, { lang: 'ts' }) as unknown as Node);
  parsed.set(source, tree);
  return tree;
}

export const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' ? String(node.name) : undefined;

export const textOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;

/**
 * The name of a member that is read, written or taken apart here: `a.name`, `a['name']`, `{ name: b }` or `{ name }`.
 * Declarations of types name members, too.
 */
export function memberOf(node: Node): string | undefined {
  if (node.type === 'MemberExpression') return nameOf(node.property) ?? textOf(node.property);
  return nameOf(node.key) ?? textOf(node.key);
}
