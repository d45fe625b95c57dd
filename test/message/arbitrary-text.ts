/** The leaves of generated messages. */
import fc from 'fast-check';

const anyText = fc.string({ unit: 'grapheme', maxLength: 12 });
/** Text that trimming leaves alone. */
export const word: fc.Arbitrary<string> = anyText.map((text) => text.trim()).filter((text) => text !== '');
export const number: fc.Arbitrary<number> = fc.nat();
export const rawText: fc.Arbitrary<string> = anyText;

type Values<T> = { [K in keyof T]: T[K] extends fc.Arbitrary<infer V> ? V : never };
type Arbitraries = Record<string, fc.Arbitrary<unknown>>;

/** Records whose optional fields are present or not, never undefined. */
export function sparse<R extends Arbitraries, O extends Arbitraries>(
  required: R,
  optional: O,
): fc.Arbitrary<Values<R> & Partial<Values<O>>> {
  const options = { requiredKeys: Object.keys(required), noNullPrototype: true };
  return fc.record({ ...required, ...optional }, options) as fc.Arbitrary<Values<R> & Partial<Values<O>>>;
}
