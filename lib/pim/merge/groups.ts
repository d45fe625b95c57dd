/**
 * Properties of one group belong together (`item1.TEL` and its `item1.X-ABLABEL`). The name of a group has no meaning:
 * both sides may use one name for two new groups, and programs renumber their groups. So before a merge the groups that
 * the device sent are renamed to the names that the item uses.
 */

import { isLabel } from '../properties/table.ts';
import { sameSpelling, spellingKey } from '../same.ts';
import type { Property } from '../vobject/model.ts';
import { spend } from '../work/budget.ts';
import type { Sides } from './sides.ts';

/** No person makes so many groups. More of them are not compared and keep their names. */
const MANY_GROUPS = 200;

type Groups = ReadonlyMap<string, readonly Property[]>;

/** The properties that the device sent, with the group names of the item. A new group gets an unused name. */
export function alignedGroups({ now, was, seen, sent }: Sides<readonly Property[]>): readonly Property[] {
  const own = groupsOf(sent);
  if (own.size === 0 && seen.length > 0) return regrouped(seen, sent);
  if (own.size === 0 || own.size > MANY_GROUPS) return sent;
  const free = new Set(comparedGroups(groupsOf(seen.length > 0 ? seen : now)));
  const sentGroups = comparedGroups(own);
  const names = new Map<string, string>();
  spend(free.size * sentGroups.length);
  for (const test of seen.length > 0 ? [...SAME_GROUP, sameName] : SAME_GROUP)
    for (const one of sentGroups) {
      if (names.has(one.name)) continue;
      const found = [...free].find((other) => test(one, other));
      if (found === undefined) continue;
      names.set(one.name, found.name);
      free.delete(found);
    }
  const taken = new Set([now, was, seen].flatMap((list) => [...groupsOf(list).keys()]));
  for (const name of own.keys()) {
    if (!names.has(name)) names.set(name, taken.has(name) ? freshName(taken) : name);
    taken.add(names.get(name) ?? name);
  }
  return sent.map((one) =>
    one.group === undefined ? one : { ...one, group: names.get(one.group) ?? one.group },
  );
}

/**
 * For a device without groups: its properties get the groups that they had when they were shown, and the labels of
 * these.
 */
function regrouped(seen: readonly Property[], sent: readonly Property[]): readonly Property[] {
  const grouped = seen.filter(({ group }) => group !== undefined);
  if (grouped.length === 0 || grouped.length > MANY_GROUPS) return sent;
  const free = new Set(grouped.filter(({ name }) => !isLabel(name)));
  spend((free.size * sent.length) / 4);
  const adopted = sent.map((one) => {
    const found = [...free].find((other) => other.name === one.name && sameSpelling(other, one));
    if (found?.group === undefined) return one;
    free.delete(found);
    return { ...one, group: found.group };
  });
  return [...adopted, ...grouped.filter(({ name }) => isLabel(name))];
}

/** Removes labels whose group has lost its other properties in the merge. */
export function withoutLoneLabels(
  merged: readonly Property[],
  ...sides: readonly (readonly Property[])[]
): readonly Property[] {
  if (!merged.some((one) => one.group !== undefined && isLabel(one.name))) return merged;
  const named = (list: readonly Property[]) =>
    new Set(list.flatMap((one) => (one.group === undefined || isLabel(one.name) ? [] : [one.group])));
  const [before, after] = [named(sides.flat()), named(merged)];
  const isLone = (one: Property) =>
    one.group !== undefined && isLabel(one.name) && before.has(one.group) && !after.has(one.group);
  return merged.some(isLone) ? merged.filter((one) => !isLone(one)) : merged;
}

const groupsOf = (list: readonly Property[]): Groups =>
  Map.groupBy(
    list.filter(({ group }) => group !== undefined),
    ({ group = '' }) => group,
  );

/** A group, prepared for comparison. */
interface Compared {
  readonly name: string;
  /** All its properties as one text. */
  readonly text: string;
  /** Its properties except labels, because several groups may have the same label. */
  readonly values: ReadonlySet<string>;
}

const comparedGroups = (groups: Groups): Compared[] =>
  [...groups].map(([name, list]) => ({
    name,
    text: list.map(spellingKey).sort().join('\n'),
    values: new Set(list.filter((one) => !isLabel(one.name)).map(spellingKey)),
  }));

/** Tests for the same group, the most reliable first. */
const SAME_GROUP: readonly ((one: Compared, other: Compared) => boolean)[] = [
  (one, other) => one.text === other.text,
  (one, other) => [...one.values].some((value) => other.values.has(value)),
];
const sameName = (one: Compared, other: Compared): boolean => one.name === other.name;

function freshName(taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) if (!taken.has(`item${n}`)) return `item${n}`;
}
