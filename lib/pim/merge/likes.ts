/** Which property of one list is which of another: the same, its changed form, the longer one of which it is a part. */
import { instantIn } from '../calendar/times.ts';
import { inZone, isZone, utcOf } from '../calendar/zones.ts';
import { kindOf } from '../kinds.ts';
import { type Param, type Property, paramOf, typesOf, withParam } from '../model.ts';
import { escapeText, joinParts, textParts, unescapeText } from '../syntax/text.ts';
import { uncut } from './lines.ts';

/** What makes two properties the same; of times it is the instant, whatever clock they are told by. */
export function keyOf(of: Property): string {
  const { group = '', name, params, value } = of;
  const isInstant =
    kindOf(name) === 'date' && (value.endsWith('Z') || params.some((one) => one.name === 'TZID'));
  if (isInstant) return JSON.stringify([name, instantIn(of) ?? value]);
  return JSON.stringify([group, name, params.map((param) => [param.name, param.values]), value]);
}

/** Each of the others takes one of its likes away. */
export function without(list: readonly Property[], others: readonly Property[]): Property[] {
  const counts = new Map<string, number>();
  for (const one of others) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return list.filter((one) => {
    const left = counts.get(keyOf(one)) ?? 0;
    counts.set(keyOf(one), left - 1);
    return left <= 0;
  });
}

export const sameList = (list: readonly Property[], other: readonly Property[]): boolean =>
  list.length === other.length && without(list, other).length === 0;

/** The property that the device saw as `seen`: the same, the longer one of which it saw a part, the one of its kind. */
export function counterpart(list: readonly Property[], seen: Property): number | undefined {
  const tests: ((one: Property) => boolean)[] = [
    (one) => keyOf(one) === keyOf(seen),
    (one) => one.value === seen.value,
    (one) => one.value.startsWith(seen.value),
    (one) => kindOf(one.name) === 'parts' && seenParts(one, seen),
  ];
  for (const test of tests) {
    const at = list.findIndex(test);
    if (at >= 0) return at;
  }
  return list.length === 1 ? 0 : undefined;
}

const seenParts = (one: Property, seen: Property): boolean => {
  const [full, part] = [textParts(one.value), textParts(seen.value)];
  return part.every((text, n) => text === '' || text === full[n]);
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

/** What the device could not see of the property stays: parameters, parts, and the end of a text that was cut. */
export function lifted(full: Property, seen: Property, fresh: Property): Property {
  // A time, from the start, or from the end: its parameters say what the value is.
  if (full.name === 'TRIGGER') return fresh;
  if (kindOf(full.name) === 'date') return liftedTime(full, fresh);
  const known = new Set(seen.params.map(({ name }) => name));
  const hidden = full.params.filter(
    ({ name }) => !known.has(name) && !fresh.params.some((param) => param.name === name),
  );
  const shown = fresh.params.map((param) => withHidden(param, full, seen));
  const params = [...shown, ...hidden].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...fresh, params, value: liftedValue(full, seen, fresh) };
}

/** A device that tells instants only means one: told by the clocks that the item goes by, where it goes by any. */
function liftedTime(full: Property, fresh: Property): Property {
  const zone = paramOf(full, 'TZID');
  const at = fresh.value.endsWith('Z') ? utcOf(fresh.value) : undefined;
  if (zone === undefined || at === undefined || !isZone(zone)) return fresh;
  return withParam({ ...fresh, value: inZone(at, zone) }, 'TZID', zone);
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
  if (kindOf(full.name) === 'parts') {
    const [all, saw, now] = [textParts(full.value), textParts(seen.value), textParts(fresh.value)];
    return joinParts(all.map((text, n) => ((saw[n] ?? '') === (now[n] ?? '') ? text : (now[n] ?? ''))));
  }
  const isCut = kindOf(full.name) === 'text' && full.value.startsWith(seen.value);
  if (!isCut) return fresh.value;
  const [whole, shown, changed] = [full, seen, fresh].map(({ value }) => unescapeText(value));
  return escapeText(uncut(whole ?? '', shown ?? '', changed ?? ''));
}
