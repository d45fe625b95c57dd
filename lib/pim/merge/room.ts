/**
 * What a device has no room for lacks in the items that it sends: values beyond its slots, the ends of texts,
 * parameters that it does not know. It is put back into the sent item before the merge, so that it is not taken as
 * deleted. What the device has shown that it can hold, its user can delete.
 */
import { type Capacity, NO_CAPACITY, slotOf } from '../device/capacity.ts';
import { isRoomed } from '../device/shown-capacity.ts';
import { OMIT_YEAR } from '../formats/vcard/days.ts';
import { isDay, isLabel, mediaOf, valueTypeOf } from '../properties/table.ts';
import { spellingKey, without } from '../same.ts';
import { isEmbedded, type Property, sameLists, sameProperty } from '../vobject/model.ts';
import { escapeText, textList } from '../vobject/text.ts';
import { spend } from '../work/budget.ts';
import { MANY_VALUES } from './added.ts';
import { completedCopy, isCopy } from './copies.ts';
import { withRoomless } from './cuts.ts';
import { isHeld, type Merging, type Sides } from './sides.ts';
import { isSlotEmptied, leftOut } from './slots.ts';

/** The properties that the device sent, with those and with that of them for which it has no room. */
export function withinRoom(
  { now, seen, sent }: Sides<readonly Property[]>,
  { capacities, held, unseen, union }: Merging,
): readonly Property[] {
  if (capacities === undefined || sameLists(seen, sent, sameProperty)) return sent;
  const [shown, told] = [byName(union ? now : seen), byName(sent)];
  const changed = new Map<string, readonly Property[]>();
  for (const [name, values] of shown) {
    const made = told.get(name) ?? [];
    if (!isRoomed(name) || unseen.has(name) || sameLists(values, made, sameProperty)) continue;
    if (made.length === 0 && (union || !isHeld(held, name))) continue; // the merge keeps the item's
    if (made.length === 0 && name === 'DTSTART' && !capacities.get(name)?.characters) {
      // Only a task may have none; a device that never sent one may list it for its appointments.
      changed.set(name, values);
      continue;
    }
    const sides = { seen: values, sent: made, union, capacity: capacities.get(name) ?? NO_CAPACITY };
    const result = valueTypeOf(name) === 'list' ? ofList(sides) : ofValues(sides);
    if (result !== made) changed.set(name, result);
  }
  return withLabels(seen, sent, replaced(sent, changed));
}

const byName = (list: readonly Property[]) => Map.groupBy(list, ({ name }) => name);

/** All properties of the changed names stand where the first one stood, or at the end. */
function replaced(
  list: readonly Property[],
  changed: ReadonlyMap<string, readonly Property[]>,
): readonly Property[] {
  const left = new Map(changed);
  const kept = list.flatMap((one) => {
    if (!changed.has(one.name)) return [one];
    const all = left.get(one.name) ?? [];
    left.delete(one.name);
    return all;
  });
  return [...kept, ...[...left.values()].flat()];
}

/** A value that is put back has its label. */
function withLabels(
  seen: readonly Property[],
  sent: readonly Property[],
  result: readonly Property[],
): readonly Property[] {
  const groupsOf = (list: readonly Property[]) => new Set(list.map(({ group }) => group));
  const [before, after] = [groupsOf(sent), groupsOf(result)];
  const isBack = ({ name, group }: Property) => isLabel(name) && after.has(group) && !before.has(group);
  return [...result.filter((one) => !isBack(one)), ...seen.filter(isBack)];
}

/** The properties of one name. */
interface OneName {
  readonly seen: readonly Property[];
  readonly sent: readonly Property[];
  readonly capacity: Capacity;
  /** Is it unknown what the device was shown? Then `seen` is what the item has, and nothing counts as deleted. */
  readonly union: boolean;
}

function ofValues(sides: OneName): readonly Property[] {
  const { seen, sent, capacity, union } = sides;
  const [removed, added] = [without(seen, sent), without(sent, seen)];
  const pairs = pairsOf(sides, removed, added);
  const taken = new Set(pairs.values());
  const alone = union ? [] : removed.filter((one) => !taken.has(one));
  const fits = Map.groupBy(alone, (one) => !isUnfit(one, capacity));
  const missing = fits.get(true) ?? [];
  const back = [...(fits.get(false) ?? []), ...leftOut({ missing, shown: seen, sent, capacity, slotOf })];
  const mended = sent.map((made) => {
    const saw = pairs.get(made);
    return saw === undefined ? made : completedCopy(saw, made, capacity);
  });
  if (back.length === 0 && mended.every((one, at) => one === sent[at])) return sent;
  return [...mended, ...back];
}

/** Parameters of a value that is of another kind than most are. */
const OF_KINDS: readonly string[] = ['VALUE', OMIT_YEAR];

/**
 * Is it of a kind that the device does not take at all? Bytes are never cut, so larger ones than all that it has sent are
 * not. Nor is a day without a year, a day in words, or the address of a picture, on a device that has never sent one.
 */
const isUnfit = (one: Property, { characters, params }: Capacity): boolean =>
  (isEmbedded(one) && one.value.length > characters) ||
  ((isDay(one.name) || mediaOf(one.name) !== undefined) &&
    one.params.some(({ name }) => OF_KINDS.includes(name) && !params.has(name)));

/** Copies of so many values are looked for one by one. */
const MANY_COPIES = 50;
/** What the comparison of two values costs (lib/pim/work/budget.ts). */
const COMPARED = 3;

/** Each of `added` with the one of `removed` that it is the new form of. The most reliable sign is looked at first. */
function pairsOf(
  { seen, sent, capacity, union }: OneName,
  removed: readonly Property[],
  added: readonly Property[],
): Pairs {
  const pairs = new Map<Property, Property>();
  const free = new Set(removed);
  if (removed.length > MANY_VALUES || added.length > MANY_VALUES) return pairs;
  const pairBy = (keyOf: (one: Property) => string): void => {
    const left = Map.groupBy(free, keyOf);
    for (const made of added) take(made, pairs.has(made) ? undefined : left.get(keyOf(made))?.shift());
  };
  const take = (made: Property, saw: Property | undefined): void => {
    if (saw === undefined) return;
    free.delete(saw);
    pairs.set(made, saw);
  };
  if (!union) for (const keyOf of [valueKey, spellingKey]) pairBy(keyOf);
  if (free.size <= MANY_COPIES && added.length <= MANY_COPIES)
    for (const made of added)
      if (!pairs.has(made)) {
        spend(free.size * COMPARED);
        take(
          made,
          [...free].find((saw) => isCopy(saw, made, capacity)),
        );
      }
  if (union) return pairs;
  pairBy(slotOf);
  const values = { shown: seen, sent, capacity, slotOf };
  for (const one of free) if (!isSlotEmptied(one, values)) free.delete(one);
  pairBy(() => '');
  return pairs;
}

type Pairs = ReadonlyMap<Property, Property>;
const valueKey = (of: Property): string => `${slotOf(of)}\n${of.value}`;

/** A list is compared by its entries. Those for which there is no room are put back into its first property. */
function ofList({ seen, sent, capacity, union }: OneName): readonly Property[] {
  const entriesOf = (list: readonly Property[]): Property[] =>
    list.flatMap(({ name, value }) =>
      textList(value).map((entry) => ({ name, params: [], value: escapeText(entry) })),
    );
  const [before, after] = [entriesOf(seen), entriesOf(sent)];
  const mended = ofValues({ seen: before, sent: after, capacity, union });
  const [own] = sent.length > 0 ? sent : seen;
  if (mended === after || own === undefined) return sent;
  const kept = new Set(mended.map(({ value }) => value));
  const inOrder = new Set([...before.map(({ value }) => value).filter((entry) => kept.has(entry)), ...kept]);
  return [{ ...own, value: [...inOrder].join(',') }];
}

/** For the text of a note, which is no property. */
export const textWithinRoom = (seen: string, sent: string, { capacities }: Merging): string =>
  capacities === undefined ? sent : withRoomless(seen, sent, capacities.get('DESCRIPTION') ?? NO_CAPACITY);
