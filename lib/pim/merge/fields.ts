/** Merges one field that both the item and the device have: both changed it, or its earlier state is unknown. */
import { hasFreeParts, hasLines, valueTypeOf } from '../properties/table.ts';
import { foldedText } from '../properties/text.ts';
import { identicalInAnyGroup, sameMeaning } from '../same.ts';
import { isEmbedded, type Param, type Property } from '../vobject/model.ts';
import { escapeText, joinList, joinParts, textList, textParts, unescapeText } from '../vobject/text.ts';
import { mergedLines, unitedLines } from './lines.ts';
import { type Merging, ofWinner } from './sides.ts';

interface Field {
  /** The state that both sides started from. Undefined where each side added the field. */
  readonly base: Property | undefined;
  /** The field as the item has it now, and as the device has it. */
  readonly item: Property;
  readonly device: Property;
  /**
   * May the item have any number of these? Then both values stay where both sides changed one and they cannot be
   * merged.
   */
  readonly many: boolean;
}

/** The properties that the item has afterwards: one, or both. */
export function mergeField(field: Field, merging: Merging): Property[] {
  const { base, item, device, many } = field;
  if (identicalInAnyGroup(item, device)) return [item];
  const value = mergedValue(field, merging) ?? (many && sameMeaning(item, device) ? item.value : undefined);
  if (value !== undefined)
    return [{ ...item, value, params: base ? mergedParams({ ...field, base }, merging) : item.params }];
  if (many) return [item, device];
  return [ofWinner(item, device, merging)];
}

/** Merges each parameter by itself. The values of TYPE are merged as a set. */
function mergedParams(
  { base, item, device }: Field & { readonly base: Property },
  merging: Merging,
): readonly Param[] {
  const [before, ofItem, ofDevice] = [base, item, device].map(valuesByParam) as [ByParam, ByParam, ByParam];
  const names = new Set([...ofItem.keys(), ...ofDevice.keys()]);
  return [...names].sort().flatMap((name): Param[] => {
    const [was, now, sent] = [before, ofItem, ofDevice].map((one) => one.get(name) ?? []) as [...Values];
    const same = (one: readonly string[], other: readonly string[]) => one.join() === other.join();
    if (name === 'TYPE') return paramOfValues(name, mergedEntries(was, now, sent).sort());
    if (same(now, sent) || same(sent, was)) return paramOfValues(name, now);
    if (same(now, was)) return paramOfValues(name, sent);
    return paramOfValues(name, ofWinner(now, sent, merging));
  });
}

type ByParam = ReadonlyMap<string, readonly string[]>;
function valuesByParam({ params }: Property): ByParam {
  const found = new Map<string, string[]>();
  for (const { name, values } of params) {
    const known = found.get(name);
    if (known === undefined) found.set(name, [...values]);
    else for (const value of values) known.push(value);
  }
  return found;
}

type Values = [was: readonly string[], now: readonly string[], sent: readonly string[]];
const paramOfValues = (name: string, values: readonly string[]): Param[] =>
  values.length === 0 ? [] : [{ name, values }];

/** Undefined where the two values cannot be merged. The caller then keeps one of them, or both. */
function mergedValue(field: Field, merging: Merging): string | undefined {
  const { base, item, device } = field;
  if (item.value === device.value || device.value === base?.value) return item.value;
  if (item.value === base?.value) return device.value;
  if (isEmbedded(item) || isEmbedded(device)) return undefined;
  if (hasFreeParts(item.name)) return mergedParts(field, merging);
  if (valueTypeOf(item.name) === 'list') return mergedList(field);
  if (!hasLines(item.name)) return undefined;
  const [now, sent] = [unescapeText(item.value), unescapeText(device.value)];
  const text = base === undefined ? unitedLines(now, sent) : mergedLines(unescapeText(base.value), now, sent);
  return text === undefined ? undefined : escapeText(text);
}

/**
 * What is left of a field that one side deleted and the other changed from `base`: all of it, but of a text the lines that
 * the other wrote. Undefined where that is nothing.
 */
export function leftOfDeleted(base: Property, changed: Property): Property | undefined {
  if (!hasLines(changed.name)) return changed;
  const linesOf = ({ value }: Property) => unescapeText(value).split('\n');
  const was = new Set(linesOf(base).map((line) => line.trim()));
  const all = linesOf(changed);
  const left = all.filter((line) => !was.has(line.trim()));
  if (left.length === all.length) return changed;
  const text = left.join('\n').replace(/^\n+|\n+$/g, '');
  return text.trim() === '' ? undefined : { ...changed, value: escapeText(text) };
}

/**
 * Merges part by part. Where both sides changed the same part, the winner's part is taken. But where an item may have many
 * of this property (addresses), the result is then undefined, so that both values stay and nothing is lost.
 */
function mergedParts({ base, item, device, many }: Field, merging: Merging): string | undefined {
  const [was, now, sent] = [base?.value ?? '', item.value, device.value].map(textParts) as [
    string[],
    string[],
    string[],
  ];
  const merged: string[] = [];
  let clashes = 0;
  for (let n = 0; n < Math.max(now.length, sent.length); n += 1) {
    const [before = '', ofItem = '', ofDevice = ''] = [was[n], now[n], sent[n]];
    const clash = ofItem !== ofDevice && ofItem !== before && ofDevice !== before;
    if (clash && foldedText(ofItem) !== foldedText(ofDevice)) clashes += 1;
    const winner = merging.winner === 'client' ? ofDevice : ofItem;
    merged.push(clash ? winner : ofItem === before ? ofDevice : ofItem);
  }
  if (clashes > 0 && many) return undefined;
  merging.clashes += clashes;
  return joinParts(merged);
}

/** Merges lists by their entries: an entry that one side removed is removed, an entry that one side added is added. */
export function mergedList({ base, item, device }: Pick<Field, 'base' | 'item' | 'device'>): string {
  return joinList(mergedEntries(textList(base?.value ?? ''), textList(item.value), textList(device.value)));
}

function mergedEntries(...[was, now, sent]: Values): string[] {
  const [ofItem, ofDevice] = [new Set(now), new Set(sent)];
  const gone = new Set(was.filter((entry) => !ofItem.has(entry) || !ofDevice.has(entry)));
  return [...new Set([...now, ...sent])].filter((entry) => !gone.has(entry));
}
