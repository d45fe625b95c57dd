/**
 * Counts how often branches of the server run while stories are told. V8 counts them itself, so that nothing in the server
 * knows of it; the stories take a third longer then.
 */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Branch } from './branches.ts';

/** How often each branch ran, by what happens in it. */
export type Counts = ReadonlyMap<string, number>;

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Where the branch is in its file, in UTF-16 units. Throws where its text is not there just once. */
export function placeOf({ file, text }: Branch): number {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const at = source.indexOf(text);
  if (at < 0 || source.indexOf(text, at + 1) >= 0)
    throw new Error(`${file} has not just one place with: ${text}`);
  return at;
}

/** Begins to count; the modules of the server must not be loaded yet. The result gives the counts since it was called last. */
export async function countBranches(branches: readonly Branch[]): Promise<() => Promise<Counts>> {
  const places = branches.map((branch) => ({
    name: branch.name,
    url: pathToFileURL(join(ROOT, branch.file)).href,
    at: placeOf(branch),
  }));
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return async () => {
    // V8 counts from zero again after each time.
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const scripts = new Map(result.map((script) => [script.url, script.functions]));
    return new Map(places.map(({ name, url, at }) => [name, countAt(scripts.get(url) ?? [], at)]));
  };
}

interface Counted {
  readonly ranges: readonly {
    readonly startOffset: number;
    readonly endOffset: number;
    readonly count: number;
  }[];
}

/** The count of the smallest range that the place is in. */
function countAt(functions: readonly Counted[], at: number): number {
  const around = functions
    .flatMap(({ ranges }) => ranges)
    .filter(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)
    .sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
  return around[0]?.count ?? 0;
}

export function added(a: Counts, b: Counts): Counts {
  const sum = new Map(a);
  for (const [name, count] of b) sum.set(name, (sum.get(name) ?? 0) + count);
  return sum;
}
