/**
 * What a step may know of the world, and how it asks for more.
 *
 * A step is run on the facts that are known. A fact that is asked for and not known is noted in `missing`, and counts
 * as absent in that run. The result of such a run is thrown away: the caller reads all missing facts in one store call,
 * and runs the step again. So the code that uses a fact is also the code that plans its read.
 */
import type { ReadKinds } from './reads.ts';

export type ReadKind = keyof ReadKinds;
export type Read = { [K in ReadKind]: { readonly read: K } & ReadKinds[K]['ask'] }[ReadKind];
export type Answer<K extends ReadKind> = ReadKinds[K]['answer'];

/**
 * Thrown to end a run that cannot go on without a fact. Never leaves the engine; has no stack trace, which would be
 * slow.
 */
export class Pending extends Error {
  constructor() {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super('a fact is not read yet');
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Each value has its length before it: no two reads have the same key. */
export function readKey(read: Read): string {
  let key = '';
  for (const value of Object.values(read)) {
    const text = String(value);
    key += `${text.length}:${text}`;
  }
  return key;
}

export class Facts {
  readonly known: ReadonlyMap<string, unknown>;
  readonly missing = new Map<string, Read>();

  constructor(known: ReadonlyMap<string, unknown>) {
    this.known = known;
  }

  /** The fact; undefined when the store has none, or when it is not read yet. In that case it is noted as missing. */
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

  /** Is the fact read? The store may have none. */
  isKnown<K extends ReadKind>(read: { readonly read: K } & ReadKinds[K]['ask']): boolean {
    return this.known.has(readKey(read as unknown as Read));
  }

  private knownAt(key: string, read: Read): unknown {
    if (!this.known.has(key)) this.missing.set(key, read);
    return this.known.get(key);
  }
}
