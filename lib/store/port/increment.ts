/**
 * Increments: what one may hold, and what a row is after it. DynamoDB reckons for itself; the stores that do not, and
 * every row that begins with an increment, are held to the same result by `incremented`.
 *
 * Must not know: any adapter.
 */
import type { Attribute, Increment, Row } from './port.ts';
import { refusedBatch } from './refused.ts';

const ofIncrement = ({ amounts, initial = {}, attributes = {} }: Increment): [string, Attribute][] =>
  [amounts, initial, attributes]
    .flatMap((part) => Object.entries(part))
    .filter(([, value]) => value !== undefined);

/**
 * All attributes that an increment names. Throws a StoreError where it names one twice, adds nothing, or adds what is no
 * whole number.
 */
export function checkedIncrement(write: Increment): Row['attributes'] {
  const { table } = write.key;
  const named = ofIncrement(write);
  const amounts = Object.values(write.amounts);
  if (amounts.length === 0) throw refusedBatch(`an increment of nothing in ${table}`);
  if (!amounts.every(Number.isSafeInteger)) throw refusedBatch(`an increment in ${table} by no whole number`);
  const attributes = Object.fromEntries(named);
  if (Object.keys(attributes).length < named.length) {
    throw refusedBatch(`an increment in ${table} that names an attribute twice`);
  }
  return attributes;
}

/**
 * The row after an increment. `live`: the row as it is, absent where there is none or it expired. Throws a StoreError
 * where an attribute that is added to holds something other than a number.
 */
export function incremented(write: Increment, live?: Row): Row {
  const { key, amounts, initial, attributes, expires } = write;
  const before = live ?? { ...key, version: 0, attributes: {} };
  const sums = Object.entries(amounts).map(([name, amount]) => {
    const held = Object.hasOwn(before.attributes, name) ? before.attributes[name] : 0;
    if (typeof held !== 'number') throw refusedBatch(`an increment in ${key.table} of what is no number`);
    return [name, held + amount];
  });
  return {
    ...before,
    version: before.version + 1,
    attributes: { ...initial, ...before.attributes, ...attributes, ...Object.fromEntries(sums) },
    ...(expires === undefined ? {} : { expires }),
  };
}
