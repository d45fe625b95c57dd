/**
 * Properties of one group belong together (`item1.TEL` and its `item1.X-ABLABEL`). The name of a group says nothing: two
 * sides may give two new groups the same name, and programs number their groups anew whenever they like.
 */

import { isLabel } from '../properties/table.ts';
import { sameSpelling, spellingKey } from '../same.ts';
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
  const free = new Set(comparedGroups(groupsOf(seen.length > 0 ? seen : now)));
  const sentGroups = comparedGroups(own);
  const names = new Map<string, string>();
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

/** A group as it is compared with others. */
interface Compared {
  readonly name: string;
  /** All that it says. */
  readonly text: string;
  /** Its values without the labels, which several groups may have. */
  readonly values: ReadonlySet<string>;
}

const comparedGroups = (groups: Groups): Compared[] =>
  [...groups].map(([name, list]) => ({
    name,
    text: list.map(spellingKey).sort().join('\n'),
    values: new Set(list.filter((one) => !isLabel(one.name)).map(spellingKey)),
  }));

/** The surest first. */
const SAME_GROUP: readonly ((one: Compared, other: Compared) => boolean)[] = [
  (one, other) => one.text === other.text,
  (one, other) => [...one.values].some((value) => other.values.has(value)),
];
const sameName = (one: Compared, other: Compared): boolean => one.name === other.name;

function freshName(taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) if (!taken.has(`item${n}`)) return `item${n}`;
}
