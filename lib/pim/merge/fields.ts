/** One field that both sides changed, or that both have where nothing is known of the past. */
import { hasFreeParts, hasLines, valueTypeOf } from '../properties/table.ts';
import { foldedText } from '../properties/text.ts';
import { identicalInAnyGroup } from '../same.ts';
import { isEmbedded, type Param, type Property, paramValues } from '../vobject/model.ts';
import { escapeText, joinList, joinParts, textList, textParts, unescapeText } from '../vobject/text.ts';
import { mergedLines, unitedLines } from './lines.ts';
import type { Merging } from './sides.ts';

/** A field on both sides; `base` undefined: each side added its own. */
interface Field {
  readonly base: Property | undefined;
  readonly theirs: Property;
  readonly ours: Property;
  /** The item may have any number of these: where both changed one, both are kept. */
  readonly many: boolean;
}

/** What becomes of it. */
export function mergeField(field: Field, merging: Merging): Property[] {
  const { base, theirs, ours, many } = field;
  if (identicalInAnyGroup(theirs, ours)) return [theirs];
  const value = mergedValue(field, merging);
  if (value !== undefined)
    return [{ ...theirs, value, params: base ? mergedParams(base, theirs, ours, merging) : theirs.params }];
  if (many) return [theirs, ours];
  merging.clashes += 1;
  return [merging.winner === 'client' ? ours : theirs];
}

/** Each by itself; types are a set. */
function mergedParams(base: Property, theirs: Property, ours: Property, merging: Merging): readonly Param[] {
  const names = new Set([theirs, ours].flatMap(({ params }) => params.map(({ name }) => name)));
  return [...names].sort().flatMap((name): Param[] => {
    const [was, a, b] = [base, theirs, ours].map((one) => paramValues(one, name)) as [...Values];
    const same = (one: readonly string[], other: readonly string[]) => one.join() === other.join();
    if (name === 'TYPE') return paramOfValues(name, mergedEntries(was, a, b).sort());
    if (same(a, b) || same(b, was)) return paramOfValues(name, a);
    if (same(a, was)) return paramOfValues(name, b);
    merging.clashes += 1;
    return paramOfValues(name, merging.winner === 'client' ? b : a);
  });
}
type Values = [readonly string[], readonly string[], readonly string[]];
const paramOfValues = (name: string, values: readonly string[]): Param[] =>
  values.length === 0 ? [] : [{ name, values }];

/** Undefined where one of the two has to give way, or both have to stay. */
function mergedValue(field: Field, merging: Merging): string | undefined {
  const { base, theirs, ours } = field;
  if (theirs.value === ours.value || ours.value === base?.value) return theirs.value;
  if (theirs.value === base?.value) return ours.value;
  if (isEmbedded(theirs) || isEmbedded(ours)) return undefined;
  if (hasFreeParts(theirs.name)) return mergedParts(field, merging);
  if (valueTypeOf(theirs.name) === 'list') return mergedList(field);
  if (!hasLines(theirs.name)) return undefined;
  const [a, b] = [unescapeText(theirs.value), unescapeText(ours.value)];
  const text = base === undefined ? unitedLines(a, b) : mergedLines(unescapeText(base.value), a, b);
  return text === undefined ? undefined : escapeText(text);
}

/** Part by part. Of an address no part is lost: where both changed the same part, both addresses stay. */
function mergedParts({ base, theirs, ours, many }: Field, merging: Merging): string | undefined {
  const [was, a, b] = [base?.value ?? '', theirs.value, ours.value].map(textParts) as [
    string[],
    string[],
    string[],
  ];
  const merged: string[] = [];
  let clashes = 0;
  for (let n = 0; n < Math.max(a.length, b.length); n += 1) {
    const [old = '', one = '', other = ''] = [was[n], a[n], b[n]];
    const clash = one !== other && one !== old && other !== old;
    if (clash && foldedText(one) !== foldedText(other)) clashes += 1;
    merged.push(clash ? (merging.winner === 'client' ? other : one) : one === old ? other : one);
  }
  if (clashes > 0 && many) return undefined;
  merging.clashes += clashes;
  return joinParts(merged);
}

/** Entries that either side took away are gone, those that it added are there. */
export function mergedList({ base, theirs, ours }: Pick<Field, 'base' | 'theirs' | 'ours'>): string {
  return joinList(mergedEntries(textList(base?.value ?? ''), textList(theirs.value), textList(ours.value)));
}

function mergedEntries(...[was, a, b]: Values): string[] {
  const gone = new Set(was.filter((entry) => !a.includes(entry) || !b.includes(entry)));
  return [...new Set([...a, ...b])].filter((entry) => !gone.has(entry));
}
