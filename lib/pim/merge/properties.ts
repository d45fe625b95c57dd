/** One component's properties: what the device changed of what it saw, done to what there is. */

import { isSmallerCopy } from '../properties/picture.ts';
import { isIdentity, isMany, isOfProgram, isOfSchedule, SCHEDULE, valueTypeOf } from '../properties/table.ts';
import { identityOf, isCosmeticEdit, sameProperties, sameSpelling, without } from '../same.ts';
import type { Property } from '../vobject/model.ts';
import { MANY_VALUES, mergeAdded } from './added.ts';
import { mergedList, mergeField } from './fields.ts';
import { counterpart, lifted, take } from './pairing.ts';
import { scheduleMeaning, withOneEnd } from './schedule.ts';
import { isHeld, type Merging, type Sides } from './sides.ts';

type Lists = Sides<readonly Property[]>;

export function mergeProperties(sides: Lists, merging: Merging): readonly Property[] {
  const held = heldSchedule(sides, merging);
  const [now, was, seen, sent] = [sides.now, sides.was, sides.seen, sides.sent].map(byName) as [
    ...[Named, Named, Named, Named],
  ];
  const merged = new Map<string, readonly Property[]>();
  for (const name of new Set([...now.keys(), ...sent.keys()])) {
    const of = (list: Named) => list.get(name) ?? [];
    const group = { now: of(now), was: of(was), seen: of(seen), sent: of(sent) };
    const isHeld = isOfSchedule(name) && held !== undefined;
    merged.set(name, isHeld ? of(byName(held)) : mergeGroup(name, group, merging));
  }
  const kept = sides.now.flatMap((one) => placed(one, now.get(one.name) ?? [], merged.get(one.name) ?? []));
  const added = [...merged].flatMap(([name, result]) => (now.has(name) ? [] : result));
  return withOneEnd([...kept, ...added], sides.now);
}

type Named = ReadonlyMap<string, readonly Property[]>;
const byName = (list: readonly Property[]): Named => Map.groupBy(list, ({ name }) => name);

/** What is as it was stays where it is; what is not, is where the first of its name was. */
function placed(one: Property, own: readonly Property[], result: readonly Property[]): readonly Property[] {
  if (result === own) return [one];
  return one === own[0] ? result : [];
}

/** The whole schedule where both sides changed it; undefined where at most one did. */
function heldSchedule({ now, was, seen, sent }: Lists, merging: Merging): readonly Property[] | undefined {
  if (merging.union) return undefined;
  const of = (list: readonly Property[]) => list.filter(({ name }) => isOfSchedule(name));
  if (sameProperties(of(was), of(now)) || sameProperties(of(seen), of(sent))) return undefined;
  if (scheduleMeaning(seen) === scheduleMeaning(sent)) return of(now);
  const quiet: Merging = { ...merging, clashes: 0 };
  const ours = SCHEDULE.flatMap((name) => {
    const named = (list: readonly Property[]) => list.filter((one) => one.name === name);
    return mergeGroup(
      name,
      { now: named(was), was: named(was), seen: named(seen), sent: named(sent) },
      quiet,
    );
  });
  if (sameProperties(ours, of(now))) return of(now);
  merging.clashes += 1;
  return merging.winner === 'client' ? ours : of(now);
}

function mergeGroup(name: string, sides: Lists, merging: Merging): readonly Property[] {
  const { now, was, sent } = sides;
  const seen = merging.unseen.has(name) ? [] : sides.seen;
  if (isOfProgram(name)) return name === 'VERSION' || isTheirs(sides, merging) ? now : sent;
  if (isIdentity(name) && now.length > 0) return now;
  if (sent.length === 0 && !isHeld(merging.held, name)) return now;
  const [removed, added] = [without(seen, sent), without(sent, seen)];
  if (removed.length === 0 && added.length === 0) return now;
  const result = removed.length > MANY_VALUES ? without(now, removed) : [...now];
  const many = isMany(name) || [now, was, sent].some(({ length }) => length > 1);
  const changes = theirChanges(was, now);
  const left = [...was];
  for (const old of removed.length > MANY_VALUES ? [] : removed) {
    const at = counterpart(left, old);
    if (at === undefined) continue;
    const [base] = left.splice(at, 1) as [Property];
    mergeChange(result, { base, old, fresh: take(added, old), theirs: changes.get(base), many }, merging);
  }
  const news = without(now, was);
  return mergeAdded({ result, added, news, many, blind: seen.length === 0 }, merging);
}

/** A mark of a program, such as when it changed the item: the winner's where both have a new one. */
const isTheirs = ({ now, was, sent }: Lists, { winner }: Merging): boolean =>
  sent.length === 0 || (winner === 'server' && now.length > 0 && !sameProperties(was, now));

/** What became of properties on our side; those that are as they were are not in it. */
function theirChanges(
  was: readonly Property[],
  now: readonly Property[],
): ReadonlyMap<Property, Property | 'gone'> {
  const [fresh, changed] = [without(now, was), without(was, now)];
  const isPaired = changed.length <= MANY_VALUES;
  return new Map(changed.map((old) => [old, (isPaired ? take(fresh, old) : undefined) ?? 'gone']));
}

interface Changed {
  readonly base: Property;
  /** What the device saw of it, and what it made of that (nothing: it deleted it). */
  readonly old: Property;
  readonly fresh: Property | undefined;
  readonly theirs: Property | 'gone' | undefined;
  /** The item may have any number of these. */
  readonly many: boolean;
}

/** A change weighs more than a deletion, whoever made it. */
function mergeChange(result: Property[], changed: Changed, merging: Merging): void {
  const { base, old, fresh, theirs, many } = changed;
  if (theirs !== undefined && valueTypeOf(base.name) === 'list') return mergeEntries(result, changed, theirs);
  // What others changed, or took away, is not put back by who only wrote it in another way.
  if (theirs !== undefined && fresh !== undefined && isCosmeticEdit(old, fresh)) return;
  const isNewKind = theirs !== undefined && fresh !== undefined && sameSpelling(old, fresh);
  const ours = fresh && lifted(base, old, isNewKind ? { ...fresh, value: old.value } : fresh);
  if (
    theirs !== undefined &&
    ours !== undefined &&
    result.some((one) => identityOf(one) === identityOf(ours))
  )
    return;
  if (theirs === 'gone') {
    if (ours !== undefined) result.push(ours);
    return;
  }
  const at = result.findIndex((one) =>
    theirs === undefined ? identityOf(one) === identityOf(base) : one === theirs,
  );
  const current = result[at];
  if (current === undefined) return;
  if (fresh === undefined || ours === undefined) {
    if (theirs === undefined) result.splice(at, 1);
    return;
  }
  if (isSmallerCopy(fresh, current)) return;
  result.splice(
    at,
    1,
    ...(theirs === undefined ? [ours] : mergeField({ base, theirs, ours, many }, merging)),
  );
}

/** A list that is gone has no entries: those that the other side added stay. */
function mergeEntries(result: Property[], { base, old, fresh }: Changed, theirs: Property | 'gone'): void {
  const none: Property = { ...base, value: '' };
  const [list, ours] = [theirs === 'gone' ? none : theirs, fresh ? lifted(base, old, fresh) : none];
  const merged = { ...(theirs === 'gone' ? ours : list), value: mergedList({ base, theirs: list, ours }) };
  const at = theirs === 'gone' ? result.length : result.indexOf(theirs);
  result.splice(at, 1, ...(merged.value === '' ? [] : [merged]));
}
