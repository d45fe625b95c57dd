/**
 * Rules about the inside of lib: cycles, the order of folders, names, parameters, lengths, states, texts of items.
 *
 * Each rule gives findings; a finding has a name (`subject`) that stays the same when lines move, so that an exception can
 * name it (exceptions.ts).
 */
import { dirname, join, normalize } from 'node:path';
import { OUTGOING_PROGRESS, PROGRESS, SYNC_KINDS } from '../../lib/engine/model/datastore-state.ts';
import { importsOf } from './layers.ts';
import { isNode, memberOf, type Node, nameOf, nodesIn, textOf, treeOf } from './syntax.ts';

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
  'lib/pim/': [
    ['work'],
    ['properties'],
    ['vobject'],
    ['time'],
    ['formats'],
    [''],
    ['device'],
    ['merge', 'match'],
  ],
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
          .filter((target) => rank(target) >= rank(one.file) || rank(one.file) < 0 || rank(target) < 0)
          .map((target) => ({ rule: 'imports go down the folders', subject: `${one.file} -> ${target}` })),
      );
  });
}

/** Names that a file exports, without those that it only hands on. */
function exportsOf(one: Source): string[] {
  const statements = treeOf(one.source).body as Node[];
  const specifiersOf = (statement: Node) => (statement.specifiers ?? []) as Node[];
  const imported = statements
    .filter(({ type }) => type === 'ImportDeclaration')
    .flatMap((statement) => specifiersOf(statement).map(({ local }) => nameOf(local)));
  return statements.flatMap((statement) => {
    const declared = statement.declaration;
    if (statement.type !== 'ExportNamedDeclaration' || statement.source) return [];
    if (!isNode(declared))
      return specifiersOf(statement)
        .filter(({ local }) => !imported.includes(nameOf(local)))
        .flatMap(({ exported }) => nameOf(exported) ?? []);
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
  for (const node of nodesIn(treeOf(one.source))) {
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

const mentionsMember = (one: Source, names: readonly string[]): boolean =>
  [...nodesIn(treeOf(one.source))].some((node) => names.includes(memberOf(node) ?? nameOf(node) ?? ''));

const STATES = 'lib/engine/state/';
const MODEL = 'lib/engine/model/';
/** Writes the phase into an attribute of the session's row, for whoever looks at the table. */
const ROW_OF_SESSION = 'lib/store/step-io/writer.ts';

/** Only the table of phases knows what a phase means: nobody else so much as names one, under whatever name of its own. */
export function namedPhases(sources: readonly Source[]): Finding[] {
  return sources
    .filter(({ file }) => !file.startsWith(STATES) && !file.startsWith(MODEL) && file !== ROW_OF_SESSION)
    .filter((one) => mentionsMember(one, ['phase']))
    .map(({ file }) => ({ rule: 'a phase is named in its table only', subject: file }));
}

const EQUALITY = new Set(['===', '!==', '==', '!=']);
const KNOWN_STATES: readonly string[] = [...PROGRESS, ...OUTGOING_PROGRESS, ...SYNC_KINDS];
const isState = (node: unknown): boolean => KNOWN_STATES.includes(textOf(node) ?? '');

/** Likewise what the progress of a datastore means, and a kind of sync: others ask the tables by a question's name. */
export function comparedStates(sources: readonly Source[]): Finding[] {
  const compares = (node: Node): boolean =>
    (EQUALITY.has(String(node.operator)) && (isState(node.left) || isState(node.right))) ||
    (node.type === 'SwitchCase' && isState(node.test));
  return sources
    .filter(({ file }) => file.startsWith('lib/engine/') && !file.startsWith(STATES))
    .filter((one) => [...nodesIn(treeOf(one.source))].some(compares))
    .map(({ file }) => ({ rule: 'a state is compared in its table only', subject: file }));
}

/** Who opens the text of an item, makes a content of a text, or of a row. */
const ITEM_TEXTS: { readonly [member: string]: readonly string[] } = {
  storedText: [
    'lib/pim/content.ts',
    'lib/pim/formats/',
    'lib/pim/vobject/',
    'lib/pim/device/format-item.ts',
    'lib/store/rows/',
    'lib/store/step-io/',
  ],
  ofText: ['lib/pim/content.ts', 'lib/pim/read-item.ts'],
  ofRow: ['lib/pim/content.ts', 'lib/store/rows/'],
};

/** Inside, an item is a value: only readers, writers and rows have to do with its text. */
export function openedTexts(sources: readonly Source[]): Finding[] {
  return Object.entries(ITEM_TEXTS).flatMap(([member, allowed]) =>
    sources
      .filter(({ file }) => !allowed.some((place) => file.startsWith(place)))
      .filter((one) => mentionsMember(one, [member]))
      .map(({ file }) => ({
        rule: 'the text of an item is opened at its edges',
        subject: `${file}: ${member}`,
      })),
  );
}

export const STRUCTURE_RULES = [
  cycles,
  upwardImports,
  doubleNames,
  longParameterLists,
  longFunctions,
  namedPhases,
  comparedStates,
  openedTexts,
] as const;
