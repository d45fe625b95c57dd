/** Which property of one list is which of another: the same, its changed form, the longer one of which it is a part. */

import { isDateOfSet, valueTypeOf } from '../properties/table.ts';
import { identityOf } from '../same.ts';
import { type Param, type Property, typesOf } from '../vobject/model.ts';
import { escapeText, joinList, joinParts, textList, textParts, unescapeText } from '../vobject/text.ts';
import { uncut } from './lines.ts';

/** The property that the device saw as `seen`: the same, the longer one of which it saw a part, the one of its kind. */
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
  // A date that the device saw may be none of the item's: that of an exception.
  const isOne = list.length === 1 && !isDateOfSet(seen.name);
  return isOne ? 0 : undefined;
}

const seenParts = (one: Property, seen: Property): boolean => {
  const [full, part] = [textParts(one.value), textParts(seen.value)];
  return part.every((text, n) => text === '' || full[n]?.startsWith(text));
};

/** The new form of a changed property: of the same types, with the same value, else the next one. */
export function take(added: Property[], old: Property): Property | undefined {
  const types = typesOf(old).join();
  const found = [
    added.findIndex((one) => one.value === old.value),
    added.findIndex((one) => typesOf(one).join() === types),
    added.length > 0 ? 0 : -1,
  ].find((at) => at >= 0);
  return found === undefined ? undefined : added.splice(found, 1)[0];
}

/** What the device could not see of the property stays: its group, parameters, parts, and the end of a text that was cut. */
export function lifted(full: Property, seen: Property, fresh: Property): Property {
  // A time, from the start, or from the end: its parameters say what the value is.
  if (full.name === 'TRIGGER') return fresh;
  // Times are told by the item's clocks already.
  if (valueTypeOf(full.name) === 'time') return fresh;
  const known = new Set(seen.params.map(({ name }) => name));
  const hidden = full.params.filter(
    ({ name }) => !known.has(name) && !fresh.params.some((param) => param.name === name),
  );
  const shown = fresh.params.map((param) => withHidden(param, full, seen));
  const params = [...shown, ...hidden].sort((a, b) => (a.name < b.name ? -1 : 1));
  const group = fresh.group ?? full.group;
  return { ...fresh, ...(group !== undefined && { group }), params, value: liftedValue(full, seen, fresh) };
}

/** Of several values, those that the device could not see. */
function withHidden(param: Param, full: Property, seen: Property): Param {
  if (param.name !== 'TYPE') return param;
  const known = typesOf(seen);
  const more = typesOf(full).filter((type) => !known.includes(type) && !param.values.includes(type));
  return more.length === 0 ? param : { name: param.name, values: [...param.values, ...more].sort() };
}

function liftedValue(full: Property, seen: Property, fresh: Property): string {
  if (full.value === seen.value) return fresh.value;
  if (valueTypeOf(full.name) === 'parts') {
    const [all, saw, now] = [textParts(full.value), textParts(seen.value), textParts(fresh.value)];
    return joinParts(all.map((text, n) => ((saw[n] ?? '') === (now[n] ?? '') ? text : (now[n] ?? ''))));
  }
  if (valueTypeOf(full.name) === 'list') return liftedList(full, seen, fresh);
  const isCut = valueTypeOf(full.name) === 'text' && full.value.startsWith(seen.value);
  if (!isCut) return fresh.value;
  const [whole, shown, changed] = [full, seen, fresh].map(({ value }) => unescapeText(value));
  return escapeText(uncut(whole ?? '', shown ?? '', changed ?? ''));
}

/** Entries that the device could not write as they are (a comma in a list between commas) are those of that place. */
function liftedList(full: Property, seen: Property, fresh: Property): string {
  const [all, saw, now] = [full, seen, fresh].map(({ value }) => textList(value)) as [
    ...[string[], string[], string[]],
  ];
  if (all.length !== saw.length) return fresh.value;
  return joinList(now.map((entry) => all[saw.indexOf(entry)] ?? entry));
}
