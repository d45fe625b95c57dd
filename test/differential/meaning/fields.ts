/** The meaning of an item as a value, and what all kinds of items need to build one. */
import { createHash } from 'node:crypto';

export interface Meaning {
  /** What a person would call the item. */
  readonly title: string;
  /** Values of each field, sorted; a field without values is absent. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

/** Collects the values of fields, and drops what says nothing. */
export class Fields {
  readonly #values = new Map<string, string[]>();

  add(name: string, value: string): void {
    const said = value.replaceAll('\r\n', '\n').trim();
    if (said === '') return;
    const values = this.#values.get(name) ?? [];
    // A value that stands twice says no more than once.
    if (!values.includes(said)) this.#values.set(name, [...values, said]);
  }

  meaning(title: string): Meaning {
    const sorted = [...this.#values].map(([name, values]) => [name, values.toSorted()] as const);
    return { title, fields: new Map(sorted.toSorted(([one], [other]) => (one < other ? -1 : 1))) };
  }
}

/** Bytes as their number and the beginning of their hash. */
export function pictureText(base64: string): string {
  const bytes = Buffer.from(base64.replace(/\s/g, ''), 'base64');
  return `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`;
}
