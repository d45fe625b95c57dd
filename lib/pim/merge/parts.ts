/** A component with all in it: events of a series, alarms, zones. */
import { formattedName } from '../contact/canonical.ts';
import { type Component, type Property, valueIn } from '../model.ts';
import { writeObject } from '../syntax/write.ts';
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
  const lists = of(({ properties }) => properties);
  return {
    name: sides.now.name,
    properties: withMadeName(lists, (rest) => mergeProperties(rest, merging)),
    components: mergeParts(
      of(({ components }) => components),
      merging,
    ),
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

/** Parts are known by what they are: the series, one of its exceptions, a zone, an alarm by its time. */
const nameOf = (part: Component): string =>
  [part.name, ...NAMES.map((name) => valueIn(part, name) ?? '')].join('\n');
const NAMES = ['RECURRENCE-ID', 'TZID', 'ACTION', 'TRIGGER'];

/** As with fields, a change weighs more than a deletion. */
function mergeParts(sides: Sides<readonly Component[]>, merging: Merging): readonly Component[] {
  const { now, seen, sent } = sides;
  const [known, before, shown, there] = [now, sides.was, seen, sent].map(byName) as [
    ...[Named, Named, Named, Named],
  ];
  const kept = now.flatMap((part) => {
    const [old, saw, has] = [before, shown, there].map((named) => named.get(nameOf(part)));
    if (has === undefined) {
      const isDeleted = saw !== undefined && part.name !== 'VTIMEZONE' && old !== undefined;
      return isDeleted && sameParts(old, part) ? [] : [part];
    }
    const empty = { name: part.name, properties: [], components: [] };
    return [
      mergeComponent({ now: part, was: old ?? empty, seen: saw ?? (old ? has : empty), sent: has }, merging),
    ];
  });
  const added = sent.filter((part) => {
    const saw = shown.get(nameOf(part));
    return !known.has(nameOf(part)) && (saw === undefined || !sameParts(saw, part));
  });
  return [...kept, ...added];
}

type Named = ReadonlyMap<string, Component>;
/** The first of each name. */
const byName = (list: readonly Component[]): Named =>
  new Map([...list].reverse().map((part) => [nameOf(part), part]));

/** Nothing in it was changed. */
function sameParts(one: Component, other: Component): boolean {
  return (
    sameList(one.properties, other.properties) &&
    one.components.map(textOf).join('') === other.components.map(textOf).join('')
  );
}

const textOf = (part: Component): string => writeObject(part, 'icalendar-2.0');
