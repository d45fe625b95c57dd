/**
 * Pairs properties of one list with properties of another, also where they are not the same: one may be the limited view
 * of the other that a device was shown, or the form into which a device changed the other.
 */

import { isDateOfSet, valueTypeOf } from '../properties/table.ts';
import { identityOf } from '../same.ts';
import { type Param, type Property, typesOf } from '../vobject/model.ts';
import { escapeText, joinList, joinParts, textList, textParts, unescapeText } from '../vobject/text.ts';
import { uncut } from './lines.ts';

/**
 * The index of the item's property that was shown to the device as `seen`. In this order of preference: an identical
 * one, one with the same value, one that begins with the value, one that has the value in its parts, the only one of
 * its name.
 */
export function counterpart(list: readonly Property[], seen: Property): number | undefined {
  const tests: ((one: Property) => boolean)[] = [
    (one) => identityOf(one) === identityOf(seen),
    (one) => one.value === seen.value,
    (one) => one.value.startsWith(seen.value),
    (one) => valueTypeOf(one.name) === 'parts' && seenParts(one, seen),
  ];
  for (const test of tests) {
    const at = list.findIndex(test);
    if (at >= 0) return at;
  }
  // An EXDATE that the device saw need not be in the item: the view also has an EXDATE for each exception.
  const isOne = list.length === 1 && !isDateOfSet(seen.name);
  return isOne ? 0 : undefined;
}

/** Is `seen` a view of `one` with some of its parts, or the beginnings of its parts? */
const seenParts = (one: Property, seen: Property): boolean => {
  const [full, shown] = [textParts(one.value), textParts(seen.value)];
  return shown.every((text, n) => text === '' || full[n]?.startsWith(text));
};

/**
 * Finds the new form of a changed property in `added`, and removes it from that list: one of the same value, else one
 * of the same types, else the first.
 */
export function takeNewForm(added: Property[], changed: Property): Property | undefined {
  const types = typesOf(changed).join();
  const found = [
    added.findIndex((one) => one.value === changed.value),
    added.findIndex((one) => typesOf(one).join() === types),
    added.length > 0 ? 0 : -1,
  ].find((at) => at >= 0);
  return found === undefined ? undefined : added.splice(found, 1)[0];
}

/**
 * The device was shown the item's property `full` as `seen`, and changed it to `made`. The result is `made` with everything
 * of `full` that the device was not shown: the group, parameters, parts, and the end of a text that was cut.
 */
export function completed(full: Property, seen: Property, made: Property): Property {
  // The parameters of a trigger belong to its value: they say whether it is a time or a distance from start or end.
  if (full.name === 'TRIGGER') return made;
  // The times of the device were already converted to the zone of the item (clocks.ts).
  if (valueTypeOf(full.name) === 'time') return made;
  const known = new Set(seen.params.map(({ name }) => name));
  const hidden = full.params.filter(
    ({ name }) => !known.has(name) && !made.params.some((param) => param.name === name),
  );
  const shown = made.params.map((param) => completedParam(param, full, seen));
  const params = [...shown, ...hidden].sort((a, b) => (a.name < b.name ? -1 : 1));
  const group = made.group ?? full.group;
  return { ...made, ...(group !== undefined && { group }), params, value: completedValue(full, seen, made) };
}

/** The parameter with the types of the item's property that the device was not shown. */
function completedParam(param: Param, full: Property, seen: Property): Param {
  if (param.name !== 'TYPE') return param;
  const known = new Set([...typesOf(seen), ...param.values]);
  const more = typesOf(full).filter((type) => !known.has(type));
  return more.length === 0 ? param : { name: param.name, values: [...param.values, ...more].sort() };
}

function completedValue(full: Property, seen: Property, made: Property): string {
  if (full.value === seen.value) return made.value;
  if (valueTypeOf(full.name) === 'parts') {
    const [all, saw, now] = [textParts(full.value), textParts(seen.value), textParts(made.value)];
    return joinParts(all.map((text, n) => ((saw[n] ?? '') === (now[n] ?? '') ? text : (now[n] ?? ''))));
  }
  if (valueTypeOf(full.name) === 'list') return completedList(full, seen, made);
  const isCut = valueTypeOf(full.name) === 'text' && full.value.startsWith(seen.value);
  if (!isCut) return made.value;
  const [whole, shown, changed] = [full, seen, made].map(({ value }) => unescapeText(value));
  return escapeText(uncut(whole ?? '', shown ?? '', changed ?? ''));
}

/** An entry that had to be altered for the device (a comma separates entries there) gets its original form back. */
function completedList(full: Property, seen: Property, made: Property): string {
  const [all, saw, now] = [full, seen, made].map(({ value }) => textList(value)) as [
    ...[string[], string[], string[]],
  ];
  if (all.length !== saw.length) return made.value;
  // Of equal entries the first counts.
  const originals = new Map(saw.map((entry, at) => [entry, all[at] ?? entry] as const).reverse());
  return joinList(now.map((entry) => originals.get(entry) ?? entry));
}
