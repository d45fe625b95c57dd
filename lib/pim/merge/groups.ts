/**
 * Properties of one group belong together (`item1.TEL` and its `item1.X-ABLABEL`). The name of a group says nothing: two
 * sides may give two new groups the same name, and programs number their groups anew whenever they like.
 */

import { isLabel } from '../properties/table.ts';
import { sameSpelling } from '../same.ts';
import type { Property } from '../vobject/model.ts';
import type { Sides } from './sides.ts';

/** More groups than people make are taken by their names. */
const MANY_GROUPS = 200;

type Groups = ReadonlyMap<string, readonly Property[]>;

/** What the device sent, its groups called as the item calls them. A new group gets a name that no other has. */
export function alignedGroups({ now, was, seen, sent }: Sides<readonly Property[]>): readonly Property[] {
  const own = groupsOf(sent);
  if (own.size === 0 && seen.length > 0) return regrouped(seen, sent);
  if (own.size === 0 || own.size > MANY_GROUPS) return sent;
  const free = new Map(groupsOf(seen.length > 0 ? seen : now));
  const names = new Map<string, string>();
  for (const test of seen.length > 0 ? [areSame, shareValue, sameName] : [areSame, shareValue])
    for (const [name, list] of own) {
      if (names.has(name)) continue;
      const found = [...free].find((entry) => test([name, list], entry))?.[0];
      if (found === undefined) continue;
      names.set(name, found);
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

/** For a device that knows no groups: what it sent, in the groups of what it was shown, with the labels of these. */
function regrouped(seen: readonly Property[], sent: readonly Property[]): readonly Property[] {
  const grouped = seen.filter(({ group }) => group !== undefined);
  if (grouped.length === 0 || grouped.length > MANY_GROUPS) return sent;
  const free = new Set(grouped.filter(({ name }) => !isLabel(name)));
  const adopted = sent.map((one) => {
    const found = [...free].find((other) => other.name === one.name && sameSpelling(other, one));
    if (found?.group === undefined) return one;
    free.delete(found);
    return { ...one, group: found.group };
  });
  return [...adopted, ...grouped.filter(({ name }) => isLabel(name))];
}

/** Without the labels whose group has nothing else any more. */
export function withoutLoneLabels(
  merged: readonly Property[],
  ...sides: readonly (readonly Property[])[]
): readonly Property[] {
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

type Entry = readonly [name: string, list: readonly Property[]];
const values = (list: readonly Property[]): string[] =>
  list.map(({ name, value }) => `${name}:${value}`).sort();
const areSame = ([, one]: Entry, [, other]: Entry): boolean =>
  values(one).join('\n') === values(other).join('\n');
/** Labels say nothing: several groups may have the same. */
const shareValue = ([, one]: Entry, [, other]: Entry): boolean => {
  const known = new Set(values(other));
  return values(one.filter(({ name }) => !isLabel(name))).some((value) => known.has(value));
};
const sameName = ([name]: Entry, [other]: Entry): boolean => name === other;

function freshName(taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) if (!taken.has(`item${n}`)) return `item${n}`;
}
