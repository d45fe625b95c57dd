/**
 * Where the time of a V8 CPU profile went: by owner, by function, by folder of lib. The scripted device runs in the
 * same process and uses the same codecs, so a sample belongs to the server or to the device by who called.
 *
 * Must not know: how a profile is made or printed.
 */

import type { Profiler } from 'node:inspector';
import { dirname } from 'node:path';

export type Profile = Profiler.Profile;

/** `runtime`: garbage collection, compiling, and waiting, which are nobody's. */
export type Owner = 'server' | 'device' | 'runtime';

export interface FunctionTime {
  readonly name: string;
  /** From the project's root, with the line: `lib/app/serve.ts:22`. What is in no file of lib says for which one it ran. */
  readonly place: string;
  readonly ms: number;
}
export interface FolderTime {
  readonly folder: string;
  readonly ms: number;
}

export interface Analysis {
  readonly owners: { readonly [owner in Owner]: number };
  /** Time of the runtime by what it did: `(garbage collector)`, `(program)`. */
  readonly runtime: readonly FunctionTime[];
  /** Of the server alone, the longest first. What is in no file of lib counts for the folder that called it. */
  readonly functions: readonly FunctionTime[];
  readonly folders: readonly FolderTime[];
}

/** Only the server has these on its stack. Codecs, messages and items are the device's tools, too. */
const SERVER = /^lib\/(app|engine|store)\//;
const DEVICE = /^test\//;
const NO_FILE = { file: '', line: 0 };

interface Frame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

export function analysed(profile: Profile, root: string): Analysis {
  const stacks = stacksOf(profile, root);
  const owners = { server: 0, device: 0, runtime: 0 };
  const [functions, folders, runtime] = [new Times(), new Times(), new Times()];
  for (const [id, ms] of selfTimes(profile)) {
    const stack = stacks.get(id) ?? [];
    const [leaf = { name: '(root)', ...NO_FILE }] = stack;
    const owner = ownerOf(stack);
    owners[owner] += ms;
    const caller = stack.find(({ file }) => file.startsWith('lib/'))?.file ?? '';
    const key = JSON.stringify([leaf.name, placeOf(leaf, caller)]);
    if (owner === 'runtime') runtime.add(key, ms);
    if (owner !== 'server') continue;
    functions.add(key, ms);
    folders.add(dirname(caller), ms);
  }
  const named = (times: Times): FunctionTime[] =>
    times.sorted().map(([key, ms]) => {
      const [name = '', place = ''] = JSON.parse(key) as string[];
      return { name, place, ms };
    });
  return {
    owners,
    runtime: named(runtime),
    functions: named(functions),
    folders: folders.sorted().map(([folder, ms]) => ({ folder, ms })),
  };
}

function placeOf({ file, line }: Frame, caller: string): string {
  const place = file === '' ? 'built in' : `${file}:${line}`;
  return file === caller || caller === '' ? place : `${place}, for ${caller}`;
}

/** Who called it, from the innermost call outwards. */
function ownerOf(stack: readonly Frame[]): Owner {
  const caller = stack.find(({ file }) => SERVER.test(file) || DEVICE.test(file));
  if (caller === undefined) return 'runtime';
  return SERVER.test(caller.file) ? 'server' : 'device';
}

class Times {
  readonly #times = new Map<string, number>();
  add(key: string, ms: number): void {
    this.#times.set(key, (this.#times.get(key) ?? 0) + ms);
  }
  sorted(): [string, number][] {
    return [...this.#times].sort(([, a], [, b]) => b - a);
  }
}

/** Milliseconds by node. */
function selfTimes({ samples = [], timeDeltas = [] }: Profile): Map<number, number> {
  const times = new Map<number, number>();
  samples.forEach((id, at) => {
    times.set(id, (times.get(id) ?? 0) + (timeDeltas[at] ?? 0) / 1000);
  });
  return times;
}

/** The calls of each node, the innermost first. */
function stacksOf({ nodes }: Profile, root: string): Map<number, readonly Frame[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stacks = new Map<number, readonly Frame[]>();
  const visit = (id: number, above: readonly Frame[]): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const stack = [frameOf(node, root), ...above];
    stacks.set(id, stack);
    for (const child of node.children ?? []) visit(child, stack);
  };
  const [first] = nodes;
  if (first !== undefined) visit(first.id, []);
  return stacks;
}

function frameOf({ callFrame }: Profiler.ProfileNode, root: string): Frame {
  const { functionName, url, lineNumber } = callFrame;
  const file = url
    .replace(/^file:\/\//, '')
    .replace(`${root}/`, '')
    .replace(/^.*\/node_modules\//, '');
  return { name: functionName === '' ? '(anonymous)' : functionName, file, line: lineNumber + 1 };
}
