/** The attributes of a row and its blob, apart from what they mean. */
import type { Attribute, Row } from '../port/port.ts';

export type Fields = {
  readonly attributes: { readonly [name: string]: Attribute };
  readonly blob?: Uint8Array;
};

export type Loose = { readonly [name: string]: unknown };
export const attributesOf = <T>(row: Row): T => row.attributes as unknown as T;

/** The members that are not undefined. */
export function present(values: Loose): { [name: string]: Attribute } {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as {
    [name: string]: Attribute;
  };
}
