/** Reads items of any format into the form that is stored. */
import { Content } from './content.ts';
import { type ParsedItem, parseFormat, storedTree } from './formats/registry.ts';
import { withoutPrefixes } from './vobject/categories.ts';
import { decodeBytes } from './vobject/charset.ts';
import { FormatError } from './vobject/read.ts';
import { spend } from './work/budget.ts';
import { weightOf } from './work/weight.ts';

export interface ReadItem {
  readonly content: Content;
  /** The item as it came, before it was converted to the stored form. Undefined if it cannot be parsed. */
  readonly parsed: ParsedItem | undefined;
}

/** What is known of the device that sent the item. */
export interface WriterOfItem {
  /** Its charset, for bytes that name none. */
  readonly charset?: string | undefined;
  /** Do its categories begin with `X-` (E04, E07)? */
  readonly prefixedCategories?: boolean | undefined;
}

/** How many times the work on a text a text without a structure is (lib/pim/work/weight.ts). */
const TEXT = 4;

/**
 * An item that does not fit its type, or that has a time out of range, is stored as it came. Throws nothing but OverBudget,
 * within a budget.
 */
export function readItem(type: string, data: string | Uint8Array, by: WriterOfItem = {}): ReadItem {
  const text = () => (typeof data === 'string' ? data : decodeBytes(data, undefined, by.charset));
  const came = orNothing(() => parseFormat(type, data, by.charset));
  const parsed = by.prefixedCategories === true ? unprefixed(came) : came;
  if (parsed === undefined) spend(TEXT * weightOf(typeof data === 'string' ? data : text()));
  return { content: contentFrom(type, parsed, text), parsed };
}

const unprefixed = (item: ParsedItem | undefined): ParsedItem | undefined =>
  item?.objects === undefined
    ? item
    : { objects: item.objects.map((one) => ({ ...one, component: withoutPrefixes(one.component) })) };

/** The content of a parsed item. `text` gives the item as it came; it is used where the item cannot be parsed. */
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
