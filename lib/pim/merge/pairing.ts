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
 * Finds the new form of each changed property in `added`, and removes it from that list: one of the same value, else one of
 * the same types, else the first. A more reliable sign of another property comes first.
 */
export function takeNewForms(
  added: Property[],
  changed: readonly Property[],
): ReadonlyMap<Property, Property> {
  const forms = new Map<Property, Property>();
  const signs: ((one: Property) => string)[] = [({ value }) => value, (one) => typesOf(one).join(), () => ''];
  for (const signOf of signs)
    for (const one of changed) {
      if (forms.has(one)) continue;
      const at = added.findIndex((made) => signOf(made) === signOf(one));
      const [made] = at < 0 ? [] : added.splice(at, 1);
      if (made !== undefined) forms.set(one, made);
    }
  return forms;
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
  const shown = made.params.flatMap((param) => completedParam(param, full, seen));
  const params = [...shown, ...hidden].sort((a, b) => (a.name < b.name ? -1 : 1));
  const group = made.group ?? full.group;
  return { ...made, ...(group !== undefined && { group }), params, value: completedValue(full, seen, made) };
}

/**
 * The parameter with the types of the item's property that the device was not shown. A type that only the view has, because
 * the device shows the value in a place of another kind, is no type of the value.
 */
function completedParam(param: Param, full: Property, seen: Property): Param[] {
  if (param.name !== 'TYPE') return [param];
  const [own, shown] = [new Set(typesOf(full)), new Set(typesOf(seen))];
  const kept = param.values.filter((type) => own.has(type) || !shown.has(type));
  const more = [...own].filter((type) => !shown.has(type) && !kept.includes(type));
  if (more.length === 0 && kept.length === param.values.length) return [param];
  return kept.length + more.length === 0 ? [] : [{ name: param.name, values: [...kept, ...more].sort() }];
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
