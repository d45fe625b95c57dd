/** One component's properties in the device's view: what the device changed of what it saw, done to what there is. */
import { instantIn } from '../calendar/times.ts';
import { kindOf } from '../kinds.ts';
import { type Property, typesOf } from '../model.ts';
import { joinParts, textParts } from '../syntax/text.ts';

/** What makes two properties the same; of times it is the instant, whatever clock they are told by. */
export function keyOf(of: Property): string {
  const { group = '', name, params, value } = of;
  const isInstant =
    kindOf(name) === 'date' && (value.endsWith('Z') || params.some((one) => one.name === 'TZID'));
  if (isInstant) return JSON.stringify([name, instantIn(of) ?? value]);
  return JSON.stringify([group, name, params.map((param) => [param.name, param.values]), value]);
}

/** Every program writes its own; none of it was changed by a user. */
const OWN = new Set(['VERSION', 'PRODID', 'REV', 'DTSTAMP', 'LAST-MODIFIED', 'CREATED', 'SEQUENCE']);
/** What names the item stays what it was. */
const KEPT = new Set(['UID']);

/**
 * `current` with the difference between `seen` and `sent`. `complete`: the device told which properties it holds;
 * if it did not, one that nobody knows and that it does not send at all was not deleted by it (D19).
 */
export function mergeProperties(
  current: readonly Property[],
  seen: readonly Property[],
  sent: readonly Property[],
  complete: boolean,
): readonly Property[] {
  let merged = [...current];
  for (const name of new Set([...current, ...sent].map((one) => one.name))) {
    const of = (list: readonly Property[]) => list.filter((one) => one.name === name);
    const [now, before, after] = [of(merged), of(seen), of(sent)];
    const result = mergeGroup(name, now, before, after, complete);
    if (result === now) continue;
    const at = merged.findIndex((one) => one.name === name);
    const rest = merged.filter((one) => one.name !== name);
    merged = at < 0 ? [...rest, ...result] : [...rest.slice(0, at), ...result, ...rest.slice(at)];
  }
  return merged;
}

function mergeGroup(
  name: string,
  now: readonly Property[],
  before: readonly Property[],
  after: readonly Property[],
  complete: boolean,
): readonly Property[] {
  if (OWN.has(name)) return after.length > 0 && name !== 'VERSION' ? after : now;
  if (KEPT.has(name) && now.length > 0) return now;
  if (!complete && after.length === 0 && kindOf(name) === 'other') return now;
  const [removed, added] = [without(before, after), without(after, before)];
  if (removed.length === 0 && added.length === 0) return now;
  const result = [...now];
  for (const old of removed) {
    const at = counterpart(result, old);
    const fresh = at === undefined ? undefined : take(added, old);
    if (at === undefined) continue;
    if (fresh === undefined) result.splice(at, 1);
    else result.splice(at, 1, lifted(result[at] as Property, old, fresh));
  }
  const held = new Set(result.map(keyOf));
  return [...result, ...added.filter((one) => !held.has(keyOf(one)))];
}

/** Each of the others takes one of its likes away. */
function without(list: readonly Property[], others: readonly Property[]): Property[] {
  const counts = new Map<string, number>();
  for (const one of others) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return list.filter((one) => {
    const left = counts.get(keyOf(one)) ?? 0;
    counts.set(keyOf(one), left - 1);
    return left <= 0;
  });
}

/** The property that the device saw as `seen`: the same, the longer one of which it saw a part, the one of its kind. */
function counterpart(list: readonly Property[], seen: Property): number | undefined {
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
function take(added: Property[], old: Property): Property | undefined {
  const types = typesOf(old).join();
  const found = [
    added.findIndex((one) => one.value === old.value),
    added.findIndex((one) => typesOf(one).join() === types),
    added.length > 0 ? 0 : -1,
  ].find((at) => at >= 0);
  return found === undefined ? undefined : added.splice(found, 1)[0];
}

/** What the device could not see of the property stays: parameters, parts, and the end of a text that was cut. */
function lifted(full: Property, seen: Property, fresh: Property): Property {
  const known = new Set(seen.params.map(({ name }) => name));
  const hidden = full.params.filter(
    ({ name }) => !known.has(name) && !fresh.params.some((param) => param.name === name),
  );
  const params = [...fresh.params, ...hidden].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...fresh, params, value: liftedValue(full, seen, fresh) };
}

function liftedValue(full: Property, seen: Property, fresh: Property): string {
  if (full.value === seen.value) return fresh.value;
  if (kindOf(full.name) === 'parts') {
    const [all, saw, now] = [textParts(full.value), textParts(seen.value), textParts(fresh.value)];
    return joinParts(all.map((text, n) => ((saw[n] ?? '') === (now[n] ?? '') ? text : (now[n] ?? ''))));
  }
  const isCut = kindOf(full.name) === 'text' && full.value.startsWith(seen.value);
  return isCut ? `${fresh.value}${full.value.slice(seen.value.length)}` : fresh.value;
}
