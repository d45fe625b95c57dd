/** A component with all in it: events of a series, alarms, zones. */
import { formattedName } from '../contact/canonical.ts';
import type { Component, Property } from '../model.ts';
import { writeObject } from '../syntax/write.ts';
import { namedParts, nameOf, type Part, sameAlarm } from './alarms.ts';
import { alignedGroups } from './groups.ts';
import { sameList } from './likes.ts';
import { mergeProperties } from './properties.ts';
import type { Merging, Sides } from './sides.ts';

export function mergeComponent(sides: Sides<Component>, merging: Merging): Component {
  const of = <T>(part: (one: Component) => T): Sides<T> => ({
    now: part(sides.now),
    was: part(sides.was),
    seen: part(sides.seen),
    sent: part(sides.sent),
  });
  const each = of(({ properties }) => properties);
  const lists = { ...each, sent: alignedGroups(each) };
  return {
    name: sides.now.name,
    properties: withMadeName(lists, (rest) => mergeProperties(rest, merging)),
    components: mergeParts(namedParts(sides), merging),
  };
}

/**
 * A FN that is made of the N wherever there is one is no field of its own: it is made anew of the merged N. Else a device
 * that changes the N without seeing the FN would leave the old name behind.
 */
function withMadeName(
  sides: Sides<readonly Property[]>,
  merge: (sides: Sides<readonly Property[]>) => readonly Property[],
): readonly Property[] {
  const { now, was, seen, sent } = sides;
  const isMade = [now, was, sent].every((list) => textIn(list, 'FN') === '' || hasMadeName(list));
  const changed = textIn(seen, 'N') !== textIn(sent, 'N') && textIn(seen, 'FN') === textIn(sent, 'FN');
  const isLeftBehind = hasMadeName(now) && textIn(seen, 'FN') === '' && changed;
  if (!isLeftBehind && !(isMade && hasMadeName(now) && hasMadeName(sent))) return merge(sides);
  const nameless = (list: readonly Property[]) => list.filter(({ name }) => name !== 'FN');
  const merged = merge({ now, was: nameless(was), seen: nameless(seen), sent: nameless(sent) });
  const made = formattedName(textIn(merged, 'N'));
  return merged.map((one) => (one.name === 'FN' ? { ...one, value: made } : one));
}

const textIn = (list: readonly Property[], name: string): string =>
  list.find((one) => one.name === name)?.value ?? '';
const hasMadeName = (list: readonly Property[]): boolean =>
  textIn(list, 'N') !== '' && textIn(list, 'FN') === formattedName(textIn(list, 'N'));

/** As with fields, a change weighs more than a deletion. */
function mergeParts({ now, was, seen, sent }: Sides<readonly Part[]>, merging: Merging): Component[] {
  const [known, before, shown, there] = [now, was, seen, sent].map(byName) as [Named, Named, Named, Named];
  const kept = now.flatMap(({ name, part }) => {
    const [old, saw, has] = [before.get(name), shown.get(name), there.get(name)];
    if (has === undefined) {
      const isDeleted = saw !== undefined && part.name !== 'VTIMEZONE' && old !== undefined;
      return isDeleted && sameParts(old, part) ? [] : [part];
    }
    const empty = { name: part.name, properties: [], components: [] };
    return [
      mergeComponent({ now: part, was: old ?? empty, seen: saw ?? (old ? has : empty), sent: has }, merging),
    ];
  });
  const added = sent.filter(({ name, part }) => {
    const saw = shown.get(name);
    const isThere = known.has(name) || (part.name === 'VALARM' && known.has(nameOf(part)));
    return !isThere && (saw === undefined || !sameParts(saw, part));
  });
  return [...kept, ...added.map(({ part }) => part)];
}

type Named = ReadonlyMap<string, Component>;
/** The first of each name. */
const byName = (list: readonly Part[]): Named =>
  new Map([...list].reverse().map(({ name, part }) => [name, part]));

/** Nothing in it was changed. */
function sameParts(one: Component, other: Component): boolean {
  if (one.name === 'VALARM') return sameAlarm(one, other);
  return (
    sameList(one.properties, other.properties) &&
    one.components.map(textOf).join('') === other.components.map(textOf).join('')
  );
}

const textOf = (part: Component): string => writeObject(part, 'icalendar-2.0');
