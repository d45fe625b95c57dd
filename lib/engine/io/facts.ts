/**
 * What a step may know of the world, and how it asks for more.
 *
 * A step is run on the facts at hand. What it asks for and does not find is noted in `missing` and counts as absent
 * in that run, whose result is thrown away; the caller fetches all of it at once and runs the step again. So reads
 * are planned by the very code that uses them and cannot drift from it, and one run collects all that one more
 * store call can answer.
 */
import type { ReadKinds } from './reads.ts';

export type ReadKind = keyof ReadKinds;
export type Read = { [K in ReadKind]: { readonly read: K } & ReadKinds[K]['ask'] }[ReadKind];
export type Answer<K extends ReadKind> = ReadKinds[K]['answer'];

/** Thrown to end a run that cannot go on without a fact; never leaves the engine. Costs no stack trace. */
export class Pending extends Error {
  constructor() {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super('a fact is not read yet');
    Error.stackTraceLimit = stackTraceLimit;
  }
}

export const readKey = (read: Read): string => JSON.stringify(Object.values(read));

export class Facts {
  readonly known: ReadonlyMap<string, unknown>;
  readonly missing = new Map<string, Read>();

  constructor(known: ReadonlyMap<string, unknown>) {
    this.known = known;
  }

  /** The fact, or undefined when it is absent or not read yet (then it is noted as missing). */
  need<K extends ReadKind>(read: { readonly read: K } & ReadKinds[K]['ask']): Answer<K> | undefined {
    return this.knownAt(readKey(read as unknown as Read), read as unknown as Read) as Answer<K> | undefined;
  }

  /** As `need`, but ends this run when the fact is not read yet. */
  must<K extends ReadKind>(read: { readonly read: K } & ReadKinds[K]['ask']): Answer<K> | undefined {
    const key = readKey(read as unknown as Read);
    const value = this.knownAt(key, read as unknown as Read);
    if (!this.known.has(key)) throw new Pending();
    return value as Answer<K> | undefined;
  }

  private knownAt(key: string, read: Read): unknown {
    if (!this.known.has(key)) this.missing.set(key, read);
    return this.known.get(key);
  }
}
