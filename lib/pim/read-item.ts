/** Reads items of any format into the form that is stored. */
import { Content } from './content.ts';
import { type ParsedItem, parseFormat, storedTree } from './formats/registry.ts';
import { decodeBytes } from './vobject/charset.ts';
import { FormatError } from './vobject/read.ts';

export interface ReadItem {
  readonly content: Content;
  /** In the words that it came in; undefined for what has none that are known. */
  readonly parsed: ParsedItem | undefined;
}

/** Throws nothing: an item that is not what its type says, or says what no clock can count, stays as it is. */
export function readItem(type: string, data: string | Uint8Array, charset?: string): ReadItem {
  const text = () => (typeof data === 'string' ? data : decodeBytes(data, undefined, charset));
  const parsed = orNothing(() => parseFormat(type, data, charset));
  return { content: contentFrom(type, parsed, text), parsed };
}

/** `text`: as it came, for what cannot be read. */
export function contentFrom(type: string, parsed: ParsedItem | undefined, text: () => string): Content {
  const tree = parsed && orNothing(() => storedTree(type, parsed));
  return tree === undefined ? Content.ofText(type, text()) : Content.ofRead(tree);
}

function orNothing<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError || error instanceof RangeError) return undefined;
    throw error;
  }
}
