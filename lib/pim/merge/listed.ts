/**
 * A series that a device was shown as a list of dates, because its format cannot say the rule (listed-dates.ts). Dates of the
 * list are no properties of the item: they are taken out of what the device was shown and sent. A date that the device took
 * out of the middle of the list is excluded, and an excluded date that it put in is so no more. The list may be cut at its
 * ends, so what lacks there says nothing. But if the device begins with a later date than the one that it was shown as the start,
 * it took out the start, and all dates between the two.
 */
import { isEvent, isException } from '../formats/icalendar/exceptions.ts';
import { identityOf } from '../same.ts';
import { dateAt, type ListableSeries, listableSeries } from '../time/listed-dates.ts';
import { localIn } from '../time/occurrence-days.ts';
import { startOf } from '../time/times.ts';
import { type Component, firstOf, type Property, propertiesOf } from '../vobject/model.ts';
import { seriesName } from './series.ts';
import { isHeld, type Merging, type Sides } from './sides.ts';
import { startingAt } from './starting-at.ts';

export interface Unlisted {
  /** The sides, where `seen` and `sent` are without the dates of lists. */
  readonly sides: Sides<Component>;
  /** Excludes the dates that the device took out of lists, and no more those that it put in. */
  readonly withExclusions: (merged: Component) => Component;
}

export function unlisted(sides: Sides<Component>, { held }: Merging): Unlisted {
  const isDeleting = isHeld(held, 'RDATE');
  const lists = listsIn(sides).map((list) => (isDeleting ? withItsStart(list) : list));
  if (lists.length === 0) return { sides, withExclusions: (merged) => merged };
  const plain = new Map(
    lists.flatMap(({ part, sent, seen, rules }) => [
      [part, withoutDates(sent, rules)],
      ...(seen ? [[seen, withoutDates(seen, rules)] as const] : []),
    ]),
  );
  const without = (side: Component): Component => ({
    ...side,
    components: side.components.map((part) => plain.get(part) ?? part),
  });
  const changes = new Map(
    lists.map((list) => [
      seriesName(list.now),
      { excluded: isDeleting ? [...list.first, ...takenOut(list)] : [], restored: putIn(list) },
    ]),
  );
  return {
    sides: { ...sides, seen: without(sides.seen), sent: without(sides.sent) },
    withExclusions: (merged) => ({
      ...merged,
      components: merged.components.map((part) => {
        const change = isException(part) ? undefined : changes.get(seriesName(part));
        return change === undefined ? part : withChange(part, change);
      }),
    }),
  };
}

/** EXDATEs that a series gets and loses. */
interface Change {
  readonly excluded: readonly Property[];
  readonly restored: readonly Property[];
}

function withChange(part: Component, { excluded, restored }: Change): Component {
  const known = new Set(propertiesOf(part, 'EXDATE').map(identityOf));
  const added = excluded.filter((one) => !known.has(identityOf(one)));
  const removed = new Set(restored.map(identityOf));
  if (added.length + removed.size === 0) return part;
  const left = part.properties.filter((one) => one.name !== 'EXDATE' || !removed.has(identityOf(one)));
  return { ...part, properties: [...left, ...added] };
}

/** A series with a rule, which the device was shown without one, and sends without one. */
interface List {
  readonly now: Component;
  readonly was: Component | undefined;
  readonly seen: Component | undefined;
  /** The part as the device sent it. */
  readonly part: Component;
  /** The same with the start that the device was shown. */
  readonly sent: Component;
  /** EXDATEs of the start and of dates behind it, which the device took out. */
  readonly first: readonly Property[];
  /** Its rules as they are and as they were: the dates may be of either. */
  readonly rules: readonly ListableSeries[];
}

function listsIn({ now, was, seen, sent }: Sides<Component>): readonly List[] {
  const [current, before, shown] = [now, was, seen].map(seriesIn) as [Find, Find, Find];
  return sent.components.flatMap((part): List[] => {
    const [item, saw] = [current(part), shown(part)];
    if (isException(part) || item === undefined || [part, saw].some(hasRule)) return [];
    if (![part, saw].some((one) => one !== undefined && firstOf(one, 'RDATE') !== undefined)) return [];
    const was = before(part);
    const own = [item, was].filter(hasRule);
    const rules = own.flatMap((one) => (one && listableSeries(one)) ?? []);
    return rules.length === 0 ? [] : [{ now: item, was, seen: saw, part, sent: part, first: [], rules }];
  });
}

const hasRule = (part: Component | undefined): boolean =>
  part !== undefined && firstOf(part, 'RRULE') !== undefined;

type Find = (part: Component) => Component | undefined;

/** Finds the series of a part that a device sent. If one of the two has no UID, it is the first one of its name. */
function seriesIn({ components }: Component): Find {
  const series = components.filter((part) => isEvent(part) && !isException(part));
  const [named, byKind] = [new Map<string, Component>(), new Map<string, Component>()];
  for (const part of series.toReversed()) {
    named.set(seriesName(part), part);
    byKind.set(part.name, part);
  }
  return (part) => {
    const first = byKind.get(part.name);
    const isNamed = [part, first].every((one) => one !== undefined && firstOf(one, 'UID') !== undefined);
    return named.get(seriesName(part)) ?? (isNamed ? undefined : first);
  };
}

/** The local times of the dates of lists in the part. If its start was moved, the dates may be moved likewise. */
function listedTimes(part: Component, rules: readonly ListableSeries[]): ReadonlyMap<Property, number> {
  const start = startOf(part);
  const moves = rules.map(({ start: own, from }) => ({
    start: own,
    by: ((start && localIn(start, own)) ?? from) - from,
  }));
  const isOfList = (local: number) => rules.some(({ occursAt }) => occursAt(local));
  const found = new Map<Property, number>();
  for (const one of propertiesOf(part, 'RDATE')) {
    const locals = moves.flatMap(({ start: own, by }) => {
      const local = localIn(one, own);
      return local === undefined ? [] : [local, local - by];
    });
    const at = locals.find(isOfList);
    if (at !== undefined) found.set(one, at);
  }
  return found;
}

function withoutDates(part: Component, rules: readonly ListableSeries[]): Component {
  const times = listedTimes(part, rules);
  return times.size === 0 ? part : { ...part, properties: part.properties.filter((one) => !times.has(one)) };
}

/** The list with the start that the device was shown, if the device begins it with a later one of the dates that it was shown. */
function withItsStart(list: List): List {
  const { seen, part, rules } = list;
  const [rule, before, start] = [rules[0], seen && startOf(seen), startOf(part)];
  if (rule === undefined || seen === undefined || before === undefined || start === undefined) return list;
  const timeOf = (one: Property) => localIn(one, rule.start) ?? Number.NaN;
  const [from, at] = [before, start].map(timeOf) as [number, number];
  const shown = new Map(propertiesOf(seen, 'RDATE').map((one) => [timeOf(one), one]));
  const kept = new Set(propertiesOf(part, 'RDATE').map(timeOf));
  const date = shown.get(at);
  // Where dates are none of those that it was shown, the device moved the series.
  if (date === undefined || at <= from || [...kept].some((local) => !shown.has(local))) return list;
  const gone = [from, ...listedTimes(seen, rules).values()].filter((local) => local < at && !kept.has(local));
  const moved = startingAt(part, before);
  const dates = kept.has(at) ? [] : [date];
  return {
    ...list,
    sent: { ...moved, properties: [...moved.properties, ...dates] },
    first: gone.map((local) => dateAt('EXDATE', local, rule.start)),
  };
}

/** Exclusions of the dates that the device was shown and that lack between two others that it sent. */
function takenOut({ sent, seen, rules }: List): Property[] {
  const [rule, start] = [rules[0], startOf(sent)];
  // Where the start was moved, all dates are others.
  if (rule === undefined || seen === undefined || start === undefined) return [];
  if (localIn(start, rule.start) !== rule.from) return [];
  const left = [...listedTimes(sent, rules).values()].sort((a, b) => a - b);
  const [first = 0, last = 0] = [left[0], left.at(-1)];
  const kept = new Set(left);
  const shown = new Set(listedTimes(seen, rules).values());
  return [...shown]
    .filter((local) => local > first && local < last && !kept.has(local))
    .map((local) => dateAt('EXDATE', local, rule.start));
}

/** The EXDATEs of dates that the device was not shown, because they were excluded, and sends. */
function putIn({ was, seen, sent, rules }: List): Property[] {
  const [rule] = rules;
  if (rule === undefined || was === undefined || seen === undefined) return [];
  const shown = new Set(listedTimes(seen, rules).values());
  const added = new Set([...listedTimes(sent, rules).values()].filter((local) => !shown.has(local)));
  return propertiesOf(was, 'EXDATE').filter((one) => added.has(localIn(one, rule.start) ?? Number.NaN));
}
