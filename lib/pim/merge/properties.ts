/** Merges the properties of one component: the changes of the device to its copy are applied to the item as it is now. */

import {
  hasLines,
  isIdentity,
  isMany,
  isOfObject,
  isOfProgram,
  isOfSchedule,
  isUsual,
  SCHEDULE,
  valueTypeOf,
} from '../properties/table.ts';
import {
  addsNothing,
  identityOf,
  isSmallerCopy,
  sameMeaning,
  sameProperties,
  sameSpelling,
  without,
} from '../same.ts';
import { withOneList } from '../vobject/categories.ts';
import { type Property, sameLists, sameProperty } from '../vobject/model.ts';
import { spend } from '../work/budget.ts';
import { MANY_VALUES, mergeAdded } from './added.ts';
import { leftOfDeleted, mergedList, mergeField } from './fields.ts';
import { completed, counterpart, takeNewForms } from './pairing.ts';
import { scheduleMeaning, withOneEnd } from './schedule.ts';
import { isHeld, type Merging, mapSides, ofWinner, type Sides } from './sides.ts';

type Lists = Sides<readonly Property[]>;

export function mergeProperties(sides: Lists, merging: Merging): readonly Property[] {
  const schedule = wholeSchedule(sides, merging);
  const touched = new Set([...touchedNames(sides, merging), ...(schedule === undefined ? [] : SCHEDULE)]);
  const named = mapSides(sides, (list) => byName(list.filter(({ name }) => touched.has(name))));
  const { now, sent } = named;
  const merged = new Map<string, readonly Property[]>();
  for (const name of new Set([...now.keys(), ...sent.keys()])) {
    const of = (list: Named) => list.get(name) ?? [];
    const isWhole = isOfSchedule(name) && schedule !== undefined;
    merged.set(name, isWhole ? of(byName(schedule)) : mergeGroup(name, mapSides(named, of), merging));
  }
  const kept = sides.now.flatMap((one) =>
    touched.has(one.name) ? placed(one, now.get(one.name) ?? [], merged.get(one.name) ?? []) : [one],
  );
  const added = [...merged].flatMap(([name, result]) => (now.has(name) ? [] : result));
  return withOneList(withOneEnd([...kept, ...added], sides.now));
}

type Named = ReadonlyMap<string, readonly Property[]>;
const byName = (list: readonly Property[]): Named => Map.groupBy(list, ({ name }) => name);

/**
 * The names whose properties need a merge: the device changed one of them, or programs rewrite them. For all other
 * names the device sent what it was shown, so the item's properties stay. If the order of the device's properties
 * changed, all names are merged.
 */
function touchedNames({ now, seen, sent }: Lists, { unseen }: Merging): ReadonlySet<string> {
  const isOrdered = seen.length === sent.length && seen.every(({ name }, at) => name === sent[at]?.name);
  if (!isOrdered || unseen.size > 0) return new Set([...now, ...sent].map(({ name }) => name));
  const other = sent.filter((one, at) => !sameProperty(one, seen[at] ?? one));
  const ofPrograms = [...now, ...sent].filter(({ name }) => isOfProgram(name));
  return new Set([...other, ...ofPrograms].map(({ name }) => name));
}

/**
 * Unchanged properties of a name keep their places. Otherwise all properties of the name stand where the first one
 * stood.
 */
function placed(one: Property, before: readonly Property[], after: readonly Property[]): readonly Property[] {
  if (after === before) return [one];
  return one === before[0] ? after : [];
}

/**
 * The properties of the schedule (start, end, rule), where both sides changed them: then all are taken from one side.
 * Undefined where at most one side changed them: then they are merged name by name, as any other property. Those of two
 * items that never met are merged so, too, unless both take place at the same times: then the spelling of the item stays.
 */
function wholeSchedule({ now, was, seen, sent }: Lists, merging: Merging): readonly Property[] | undefined {
  const of = (list: readonly Property[]) => list.filter(({ name }) => isOfSchedule(name));
  if (merging.union) return hasSameTimes(now, sent) ? of(now) : undefined;
  if (sameProperties(of(was), of(now)) || sameProperties(of(seen), of(sent))) return undefined;
  if (scheduleMeaning(seen) === scheduleMeaning(sent)) return of(now);
  const quiet: Merging = { ...merging, clashes: 0 };
  // The schedule as it would be if only the device had changed the item.
  const device = SCHEDULE.flatMap((name) => {
    const named = (list: readonly Property[]) => list.filter((one) => one.name === name);
    return mergeGroup(name, mapSides({ now: was, was, seen, sent }, named), quiet);
  });
  if (sameProperties(device, of(now))) return of(now);
  // Others only wrote it in their way.
  if (scheduleMeaning(was) === scheduleMeaning(now)) return device;
  return ofWinner(of(now), device, merging);
}

const hasSameTimes = (now: readonly Property[], sent: readonly Property[]): boolean =>
  now.some(({ name }) => isOfSchedule(name)) && scheduleMeaning(now) === scheduleMeaning(sent);

/** Merges all properties of one name. */
function mergeGroup(name: string, sides: Lists, merging: Merging): readonly Property[] {
  const { now, was, sent } = sides;
  const seen = merging.unseen.has(name) ? [] : sides.seen;
  if (isOfProgram(name)) return isItems(name, sides, merging) ? now : sent;
  if (isIdentity(name) && now.length > 0) return now;
  if (sent.length === 0 && !isHeld(merging.held, name)) return now;
  if (sameLists(seen, sent, sameProperty)) return now;
  const [removed, added] = [without(seen, sent), without(sent, seen)];
  if (removed.length === 0 && added.length === 0) return now;
  // A program says what an item without the property says, too.
  if (seen.length === 0 && !merging.union && added.every((one) => isUsual(name, one.value))) return now;
  const result = removed.length > MANY_VALUES ? without(now, removed) : [...now];
  const many = isMany(name) || [now, was, sent].some(({ length }) => length > 1);
  const changes = changesOfItem(was, now);
  const edits = removed.length > MANY_VALUES ? [] : editsOf({ ...sides, seen }, removed);
  spend((edits.length * (added.length + result.length)) / 4);
  const forms = takeNewForms(
    added,
    edits.map(({ saw }) => saw),
  );
  const news = without(now, was);
  for (const { base, saw } of edits)
    mergeChange(result, { base, saw, made: forms.get(saw), item: changes.get(base), many, news }, merging);
  return mergeAdded({ result, added, news, many, blind: seen.length === 0 }, merging);
}

/**
 * The removed properties, each with that of the item which it shows. What the device still shows just as the item had it is
 * none of those.
 */
function editsOf({ was, seen }: Lists, removed: readonly Property[]): Pick<Changed, 'base' | 'saw'>[] {
  const left = without(was, without(seen, removed));
  return removed.flatMap((saw) => {
    spend(left.length / 4);
    const at = counterpart(left, saw);
    const [base] = at === undefined ? [] : left.splice(at, 1);
    return base === undefined ? [] : [{ base, saw }];
  });
}

/**
 * For properties that programs write: are the item's kept? They are where the device sent none or what it was shown, which
 * may be made for it, and where both sides have new ones and the item wins.
 */
const isItems = (name: string, { now, was, seen, sent }: Lists, { winner }: Merging): boolean =>
  isOfObject(name) ||
  sent.length === 0 ||
  sameProperties(seen, sent) ||
  (winner === 'server' && now.length > 0 && !sameProperties(was, now));

/** The properties of the item that others changed or deleted since the device got them, each with its new form. */
function changesOfItem(
  was: readonly Property[],
  now: readonly Property[],
): ReadonlyMap<Property, Property | 'gone'> {
  const [fresh, changed] = [without(now, was), without(was, now)];
  const isPaired = changed.length <= MANY_VALUES;
  if (isPaired) spend((fresh.length * changed.length) / 4);
  const forms = takeNewForms(fresh, isPaired ? changed : []);
  return new Map(changed.map((one) => [one, forms.get(one) ?? 'gone']));
}

/** One property that the device changed or deleted. */
interface Changed {
  /** The property in the item when the device got it. */
  readonly base: Property;
  /**
   * The property as it was shown to the device, and as the device changed it. `made` is undefined if the device deleted
   * it.
   */
  readonly saw: Property;
  readonly made: Property | undefined;
  /** The form that others gave it in the item since then. Undefined if nobody else changed it. */
  readonly item: Property | 'gone' | undefined;
  /** May the item have any number of these? */
  readonly many: boolean;
  /** What others added to the item since then. */
  readonly news: readonly Property[];
}

/** Applies one change of the device to `result`. A change by one side wins over a deletion by the other; of a text, line by line. */
function mergeChange(result: Property[], changed: Changed, merging: Merging): void {
  const { base, saw, made, item, many, news } = changed;
  if (item !== undefined && valueTypeOf(base.name) === 'list') return mergeEntries(result, changed, item);
  const isRespelt = item !== undefined && made !== undefined && saysSame(saw, made);
  // The device only wrote the value in its own way. The change or deletion that others made stays.
  if (isRespelt && addsNothing(saw, made)) return;
  const device = made && completed(base, saw, isRespelt ? { ...made, value: saw.value } : made);
  if (item !== undefined && device !== undefined && has(result, device)) return;
  if (item === 'gone') {
    const left = device && leftOfDeleted(base, device);
    if (left !== undefined) result.push(left);
    return;
  }
  const at = result.findIndex((one) =>
    item === undefined ? identityOf(one) === identityOf(base) : one === item,
  );
  const current = result[at];
  if (current === undefined) return;
  // Others changed it, and did not only write it in their way.
  const isChanged = item !== undefined && !isOne(base, item);
  if (made === undefined || device === undefined) {
    const left = isChanged ? leftOfDeleted(base, current) : undefined;
    result.splice(at, 1, ...(left === undefined ? [] : [left]));
    return;
  }
  if (isSmallerCopy(made, current)) return;
  // The device put a value in the place of another, and somebody else added the same value.
  const isThere = many && news.some((one) => one !== current && isOne(one, device));
  if (!isChanged && isThere) return void result.splice(at, 1);
  const merged = isChanged ? mergeField({ base, item, device, many }, merging) : [device];
  result.splice(at, 1, ...merged);
}

/** Is `other` the same, at most written in another way? */
const isOne = (one: Property, other: Property): boolean =>
  identityOf(one) === identityOf(other) || (saysSame(one, other) && addsNothing(one, other));
/** Do both values say the same? Of a text with lines each letter counts. */
const saysSame = (one: Property, other: Property): boolean =>
  hasLines(one.name) ? sameSpelling(one, other) : sameMeaning(one, other);
const has = (list: readonly Property[], wanted: Property): boolean =>
  list.some((one) => identityOf(one) === identityOf(wanted));

/**
 * Merges the entries of a list. A list that one side deleted counts as empty, so entries that the other side added
 * stay.
 */
function mergeEntries(result: Property[], { base, saw, made }: Changed, item: Property | 'gone'): void {
  const none: Property = { ...base, value: '' };
  const [now, device] = [item === 'gone' ? none : item, made ? completed(base, saw, made) : none];
  const value = mergedList({ base, item: now, device });
  const merged = { ...(item === 'gone' ? device : now), value };
  const at = item === 'gone' ? result.length : result.indexOf(item);
  result.splice(at, 1, ...(value === '' ? [] : [merged]));
}
