/**
 * Modules with a switch: each that a bug spoils is loaded once, and what it exports is looked up at each use. So a bug is
 * planted and taken out again without loading anything anew.
 */
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Bug, Plant, Spoil } from './bug.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

interface Exports {
  readonly [name: string]: unknown;
}

/** By module; another map for each story. */
let planted: ReadonlyMap<string, Spoil> = new Map();
let isReached = false;

/**
 * Puts switches into all modules that these bugs spoil. Call it before a story is loaded; what was loaded before has none. A
 * table that a module makes while it is loaded keeps functions that look at the switch, but the constants of that moment.
 */
export function installSwitches(bugs: readonly Bug[]): void {
  const modules = new Set(bugs.flatMap(({ plants }) => plants.map(({ module }) => module)));
  for (const module of modules)
    vi.doMock(join(ROOT, module), async (original) => switched(module, (await original()) as Exports));
  vi.resetModules();
}

/** Was anything used that the plants of the last work spoiled? If not, its story never came by. */
export const wasReached = (): boolean => isReached;

/** Does the work while these plants are in. */
export async function whilePlanted<T>(plants: readonly Plant[], work: () => Promise<T>): Promise<T> {
  planted = new Map(plants.map(({ module, spoil }) => [module, spoil]));
  isReached = false;
  try {
    return await work();
  } finally {
    planted = new Map();
  }
}

function switched(module: string, own: Exports): Exports {
  let made: { readonly by: typeof planted; readonly exports: Exports } | undefined;
  const lookUp = (name: string): unknown => {
    const spoil = planted.get(module);
    if (spoil === undefined) return own[name];
    if (made?.by !== planted) made = { by: planted, exports: spoil(own as never) as Exports };
    if (!(name in made.exports)) return own[name];
    isReached = true;
    return made.exports[name];
  };
  const exports = {};
  for (const [name, value] of Object.entries(own))
    Object.defineProperty(exports, name, {
      enumerable: true,
      ...(isFunction(value) ? { value: calling(() => lookUp(name)) } : { get: () => lookUp(name) }),
    });
  return exports;
}

const calling =
  (find: () => unknown) =>
  (...values: readonly unknown[]): unknown =>
    (find() as (...values: readonly unknown[]) => unknown)(...values);

/** A class is looked up as a value: it is called by `new`, and others may extend it. */
const isFunction = (value: unknown): boolean =>
  typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value));
