/**
 * Rules about the inside of lib: cycles, the order of folders, names, parameters, lengths, phases.
 *
 * Each rule gives findings; a finding has a name (`subject`) that stays the same when lines move, so that an exception can
 * name it (exceptions.ts).
 */
import { dirname, join, normalize } from 'node:path';
import { parseAst } from 'vitest/node';
import { importsOf } from './layers.ts';

export interface Source {
  /** From the project's root: `lib/engine/step.ts`. */
  readonly file: string;
  readonly source: string;
}

export interface Finding {
  readonly rule: string;
  /** What breaks it. */
  readonly subject: string;
}

/** Folders from the lowest to the highest: a file imports from its own folder and from lower ones. */
export const FOLDER_ORDER: { readonly [room: string]: readonly (readonly string[])[] } = {
  // In one list: none imports another. '' are the files beside the folders.
  'lib/pim/': [['properties'], ['vobject'], ['time'], ['formats'], [''], ['device'], ['merge', 'match']],
  'lib/engine/': [
    ['model'],
    ['io'],
    ['state'],
    ['changes'],
    ['device', 'match'],
    ['context'],
    ['reply'],
    ['receive', 'send', 'sync', 'session'],
    ['commands'],
    [''],
  ],
};

export const MOST_PARAMETERS = 4;
export const MOST_FUNCTION_LINES = 40;
const PHASE_TABLE = 'lib/engine/state/package-phase.ts';

const importsIn = ({ file, source }: Source): string[] =>
  importsOf(source)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(dirname(file), specifier)));

/** Each circle once, its files in alphabetical order. */
export function cycles(sources: readonly Source[]): Finding[] {
  const graph = new Map(sources.map((one) => [one.file, importsIn(one)]));
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  // Tarjan's strongly connected components.
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file) ?? 0);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1 || graph.get(file)?.includes(file)) found.push(circle.sort());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found.map((circle) => ({ rule: 'no cycle of files', subject: circle.join(' + ') }));
}

/** Imports against the order of folders. */
export function upwardImports(sources: readonly Source[]): Finding[] {
  return Object.entries(FOLDER_ORDER).flatMap(([room, order]) => {
    const rank = (file: string): number => {
      const folder = file.slice(room.length).split('/').slice(0, -1)[0] ?? '';
      return order.findIndex((folders) => folders.includes(folder));
    };
    const folderOf = (file: string): string => dirname(file.slice(room.length)).split('/')[0] ?? '';
    return sources
      .filter(({ file }) => file.startsWith(room))
      .flatMap((one) =>
        importsIn(one)
          .filter((target) => target.startsWith(room) && folderOf(target) !== folderOf(one.file))
          .filter((target) => rank(target) >= rank(one.file) || rank(one.file) < 0)
          .map((target) => ({ rule: 'imports go down the folders', subject: `${one.file} -> ${target}` })),
      );
  });
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly body?: unknown;
  readonly declaration?: unknown;
  readonly declarations?: unknown;
  readonly discriminant?: unknown;
  readonly id?: unknown;
  readonly init?: unknown;
  readonly key?: unknown;
  readonly left?: unknown;
  readonly name?: unknown;
  readonly operator?: unknown;
  readonly params?: unknown;
  readonly property?: unknown;
  readonly right?: unknown;
  readonly value?: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

function* nodesIn(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesIn(child);
}

const parsed = new WeakMap<Source, Node>();

function treeOf(one: Source): Node {
  const tree = parsed.get(one) ?? (parseAst(one.source, { lang: 'ts' }) as unknown as Node);
  parsed.set(one, tree);
  return tree;
}

const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' ? String(node.name) : undefined;

/** Names that a file exports, without those that it only hands on. */
function exportsOf(one: Source): string[] {
  const statements = treeOf(one).body as Node[];
  return statements.flatMap((statement) => {
    const declared = statement.declaration;
    if (statement.type !== 'ExportNamedDeclaration' || !isNode(declared)) return [];
    const own = nameOf(declared.id);
    const declarators = (declared.declarations ?? []) as Node[];
    return own === undefined ? declarators.flatMap(({ id }) => nameOf(id) ?? []) : [own];
  });
}

/** One name, one meaning. */
export function doubleNames(sources: readonly Source[]): Finding[] {
  const files = new Map<string, Set<string>>();
  for (const one of sources)
    for (const name of exportsOf(one)) files.set(name, (files.get(name) ?? new Set()).add(one.file));
  return [...files]
    .filter(([, places]) => places.size > 1)
    .map(([name, places]) => ({
      rule: 'a name is exported once',
      subject: `${name}: ${[...places].sort().join(', ')}`,
    }));
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

interface Named {
  readonly name: string;
  readonly node: Node;
}

/** Functions with the name that they are bound to. */
function functionsOf(one: Source): Named[] {
  const names = new Map<unknown, string>();
  const found: Named[] = [];
  for (const node of nodesIn(treeOf(one))) {
    const bound = nameOf(node.id) ?? nameOf(node.key);
    if (bound !== undefined) for (const child of [node.init, node.value]) names.set(child, bound);
    if (FUNCTIONS.has(node.type))
      found.push({ name: nameOf(node.id) ?? names.get(node) ?? 'a function', node });
  }
  return found;
}

export function longParameterLists(sources: readonly Source[]): Finding[] {
  return sources.flatMap((one) =>
    functionsOf(one)
      .filter(({ node }) => (node.params as Node[]).length > MOST_PARAMETERS)
      .map(({ name }) => ({ rule: 'four parameters at most', subject: `${one.file}: ${name}` })),
  );
}

export function longFunctions(sources: readonly Source[]): Finding[] {
  const lines = (source: string, { start, end }: Node) => source.slice(start, end).split('\n').length;
  return sources.flatMap((one) =>
    functionsOf(one)
      .filter(({ node }) => lines(one.source, node) > MOST_FUNCTION_LINES)
      .map(({ name }) => ({ rule: 'forty lines at most', subject: `${one.file}: ${name}` })),
  );
}

const EQUALITY = new Set(['===', '!==', '==', '!=']);
const isPhase = (node: unknown): boolean =>
  nameOf(node) === 'phase' || (isNode(node) && nameOf(node.property) === 'phase');

/** Only the table of phases knows what a phase means. */
export function comparedPhases(sources: readonly Source[]): Finding[] {
  const compares = (node: Node): boolean =>
    (EQUALITY.has(String(node.operator)) && (isPhase(node.left) || isPhase(node.right))) ||
    (node.type === 'SwitchStatement' && isPhase(node.discriminant));
  return sources
    .filter(({ file }) => file !== PHASE_TABLE)
    .filter((one) => [...nodesIn(treeOf(one))].some(compares))
    .map(({ file }) => ({ rule: 'a phase is compared in its table only', subject: file }));
}

export const STRUCTURE_RULES = [
  cycles,
  upwardImports,
  doubleNames,
  longParameterLists,
  longFunctions,
  comparedPhases,
] as const;
