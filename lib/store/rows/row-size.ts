/**
 * How many bytes DynamoDB counts for a row, by its published rules ("DynamoDB item sizes and formats"). Both adapters
 * hold rows to the same size, so that what runs on one machine also runs on AWS.
 *
 * Must not know: what the limits are for, or any adapter.
 */
import type { Attribute, Key, Row } from '../port/port.ts';
import { ATTRIBUTE } from './schema.ts';

/** Bytes of an empty list or map. */
const COLLECTION_BYTES = 3;
/** Bytes of each element of a list or map, beside its value. */
const ELEMENT_BYTES = 1;

const utf8 = (text: string): number => Buffer.byteLength(text, 'utf8');

/**
 * One byte for two significant digits (zeros at either end do not count), one more byte, and one for a minus sign.
 */
export function numberBytes(value: number): number {
  const digits = Number.isSafeInteger(value) ? digitsOfInteger(Math.abs(value)) : digitsOf(value);
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}

/** How many significant digits. */
function digitsOfInteger(value: number): number {
  let rest = value;
  while (rest > 0 && rest % 10 === 0) rest /= 10;
  let digits = 0;
  for (; rest > 0; rest = Math.floor(rest / 10)) digits += 1;
  return digits;
}

function digitsOf(value: number): number {
  const digits = (String(Math.abs(value)).split('e')[0] ?? '').replace('.', '');
  return digits.replace(/^0+/, '').replace(/0+$/, '').length;
}

export function attributeBytes(value: Attribute | undefined): number {
  if (value === undefined) return 0;
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return utf8(value);
  if (typeof value === 'number') return numberBytes(value);
  if (isList(value)) {
    return value.reduce<number>(
      (sum, member) => sum + ELEMENT_BYTES + attributeBytes(member),
      COLLECTION_BYTES,
    );
  }
  return COLLECTION_BYTES + namedBytes(value, ELEMENT_BYTES);
}

const isList = (value: Attribute): value is readonly Attribute[] => Array.isArray(value);

function namedBytes(members: { readonly [name: string]: Attribute }, overhead: number): number {
  let sum = 0;
  for (const name in members) {
    const value = members[name];
    if (value !== undefined) sum += overhead + utf8(name) + attributeBytes(value);
  }
  return sum;
}

/** Bytes of the attributes of a row, names included, without its key and bookkeeping. */
export const attributesBytes = (attributes: Row['attributes']): number => namedBytes(attributes, 0);

/** Bytes of a key, the names of its attributes included. */
export const keyBytes = (key: Key): number =>
  utf8(ATTRIBUTE.pk) + utf8(key.pk) + utf8(ATTRIBUTE.sk) + utf8(key.sk);

/** Bytes of a whole row as DynamoDB counts and bills it. */
export function rowBytes(row: Row): number {
  const version = utf8(ATTRIBUTE.version) + numberBytes(row.version);
  const expires = row.expires === undefined ? 0 : utf8(ATTRIBUTE.expires) + numberBytes(row.expires);
  const blob = row.blob === undefined ? 0 : utf8(ATTRIBUTE.blob) + row.blob.byteLength;
  return keyBytes(row) + version + expires + blob + attributesBytes(row.attributes);
}
