/**
 * Which property of one list is which of another, also where they are not the same: one may be what a device could see of
 * the other, or its new form.
 */

import { isDateOfSet, valueTypeOf } from '../properties/table.ts';
import { identityOf } from '../same.ts';
import { type Param, type Property, typesOf } from '../vobject/model.ts';
import { escapeText, joinList, joinParts, textList, textParts, unescapeText } from '../vobject/text.ts';
import { uncut } from './lines.ts';

/**
 * The place of the property that the device saw as `seen`. The first of these that is in the list: an identical one, one of
 * the same value, one that begins with the value or has it in its parts, the only one of its name.
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
  // A date that the device saw may be none of the item's, but that of an exception.
  const isOne = list.length === 1 && !isDateOfSet(seen.name);
  return isOne ? 0 : undefined;
}

/** The device saw some of the parts, or the beginnings of them. */
const seenParts = (one: Property, seen: Property): boolean => {
  const [full, shown] = [textParts(one.value), textParts(seen.value)];
  return shown.every((text, n) => text === '' || full[n]?.startsWith(text));
};

/**
 * Takes the new form of a changed property out of `added`: one of the same value, else one of the same types, else the first.
 */
export function takeNewForm(added: Property[], old: Property): Property | undefined {
  const types = typesOf(old).join();
  const found = [
    added.findIndex((one) => one.value === old.value),
    added.findIndex((one) => typesOf(one).join() === types),
    added.length > 0 ? 0 : -1,
  ].find((at) => at >= 0);
  return found === undefined ? undefined : added.splice(found, 1)[0];
}

/**
 * What the device made of a property that it saw as `seen`, completed by what it could not see of the item's (`full`): the
 * group, parameters, parts, and the end of a text that was cut.
 */
export function completed(full: Property, seen: Property, made: Property): Property {
  // The parameters say what the value is: a time, or a span from the start or from the end.
  if (full.name === 'TRIGGER') return made;
  // Times of the device are told by the clocks of the item already (clocks.ts).
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

/** With those of several types that the device could not see. */
function completedParam(param: Param, full: Property, seen: Property): Param {
  if (param.name !== 'TYPE') return param;
  const known = typesOf(seen);
  const more = typesOf(full).filter((type) => !known.includes(type) && !param.values.includes(type));
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

/** An entry that the device could not be shown as it is (it has a comma, which separates entries there) stays as it is. */
function completedList(full: Property, seen: Property, made: Property): string {
  const [all, saw, now] = [full, seen, made].map(({ value }) => textList(value)) as [
    ...[string[], string[], string[]],
  ];
  if (all.length !== saw.length) return made.value;
  return joinList(now.map((entry) => all[saw.indexOf(entry)] ?? entry));
}
