/**
 * Rows <-> DynamoDB items. The attributes of a row are attributes of the item, beside those of ATTRIBUTE.
 * Uses no SDK, so that a Lambda function behind a stream can read its images without loading one.
 */
import type { Attribute, Key, Row } from '../port/port.ts';
import { ATTRIBUTE, type TableName } from '../rows/schema.ts';

export type TableItem = Record<string, unknown>;

export const toItemKey = (key: Key): TableItem => ({ [ATTRIBUTE.pk]: key.pk, [ATTRIBUTE.sk]: key.sk });

export const toItem = (row: Row): TableItem => ({
  ...row.attributes,
  ...toItemKey(row),
  [ATTRIBUTE.version]: row.version,
  ...(row.expires === undefined ? {} : { [ATTRIBUTE.expires]: row.expires }),
  ...(row.blob === undefined ? {} : { [ATTRIBUTE.blob]: row.blob }),
});

export function fromItem(table: TableName, item: TableItem): Row {
  const {
    [ATTRIBUTE.pk]: pk,
    [ATTRIBUTE.sk]: sk,
    [ATTRIBUTE.version]: version,
    [ATTRIBUTE.expires]: expires,
    [ATTRIBUTE.blob]: blob,
    ...attributes
  } = item;
  return {
    table,
    pk: pk as string,
    sk: sk as string,
    version: version as number,
    ...(expires === undefined ? {} : { expires: expires as number }),
    attributes: attributes as Row['attributes'],
    ...(blob === undefined ? {} : { blob: blob as Uint8Array }),
  };
}

/** A value with its type, as streams deliver it: binary as bytes from the SDK, as base64 in a Lambda event. */
export interface TypedValue {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: Uint8Array | string | undefined;
  readonly BOOL?: boolean | undefined;
  readonly NULL?: boolean | undefined;
  readonly L?: readonly TypedValue[] | undefined;
  readonly M?: { readonly [name: string]: TypedValue } | undefined;
}
export type Image = { readonly [name: string]: TypedValue };

/** The row of a stream record's `NewImage`. */
export const rowOfImage = (table: TableName, image: Image): Row => fromItem(table, plainMap(image));

/** The key of a stream record's `Keys`. */
export const keyOfImage = (table: TableName, keys: Image): Key => ({
  table,
  pk: keys[ATTRIBUTE.pk]?.S ?? '',
  sk: keys[ATTRIBUTE.sk]?.S ?? '',
});

const plainMap = (image: Image): TableItem =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, plain(value)]));

function plain(value: TypedValue): Attribute | Uint8Array {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.B !== undefined) return typeof value.B === 'string' ? bytesOf(value.B) : value.B;
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.L !== undefined) return value.L.map(plain) as Attribute[];
  if (value.M !== undefined) return plainMap(value.M) as Attribute;
  return null;
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
