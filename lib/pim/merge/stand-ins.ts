/**
 * Exceptions of a series, on a device that was shown dates in their place (exceptions.ts). The dates are added to the item
 * before the merge. After it, what the device did to a date is done to the exception, and the dates are removed.
 */
import {
  isException,
  type StandIn,
  standInDates,
  standInsIn,
  withStandInDates,
} from '../formats/icalendar/exceptions.ts';
import { identityOf } from '../same.ts';
import { type Component, type Property, propertiesOf } from '../vobject/model.ts';
import { seriesName } from './series.ts';
import type { Merging, Sides } from './sides.ts';
import { startingAt } from './starting-at.ts';

const exceptionsIn = ({ components }: Component): Component[] => components.filter(isException);

/** Was the device shown dates in place of exceptions? If it sends an exception, it knows exceptions. */
const hasStandIns = ({ now, was, seen, sent }: Sides<Component>, { unseen }: Merging): boolean =>
  !unseen.has('EXDATE') &&
  [now, was].some((side) => exceptionsIn(side).length > 0) &&
  [seen, sent].every((side) => exceptionsIn(side).length === 0);

/** The sides, where `now` and `was` have the dates that the device was shown in place of their exceptions. */
export function withStandIns(sides: Sides<Component>, merging: Merging): Sides<Component> {
  if (!hasStandIns(sides, merging)) return sides;
  return { ...sides, now: withDates(sides.now), was: withDates(sides.was) };
}

function withDates(calendar: Component): Component {
  const standIns = standInsIn(calendar);
  const components = calendar.components.map((part) => withStandInDates(part, standIns(part)));
  return { ...calendar, components };
}

/** The merged calendar, where the exceptions are as the device made their dates. `sides` are those of before. */
export function withoutStandIns(merged: Component, sides: Sides<Component>, merging: Merging): Component {
  if (!hasStandIns(sides, merging)) return merged;
  const standInsOf = standInsIn(sides.now);
  const series = new Map(
    sides.now.components.flatMap((part) => (isException(part) ? [] : [[seriesName(part), part] as const])),
  );
  const made = new Map<Component, Component | undefined>();
  const components = merged.components.map((part) => {
    const before = isException(part) ? undefined : series.get(seriesName(part));
    const standIns = before === undefined ? [] : standInsOf(before);
    if (before === undefined || standIns.length === 0) return part;
    const { series: after, changed } = settled(part, before, standIns);
    for (const [exception, is] of changed) made.set(exception, is);
    return after;
  });
  return {
    ...merged,
    components: components.flatMap((part) => (made.has(part) ? (made.get(part) ?? []) : [part])),
  };
}

interface Settled {
  readonly series: Component;
  /** The exceptions that the device moved, and those that it deleted (undefined). */
  readonly changed: ReadonlyMap<Component, Component | undefined>;
}

/** What became of each stand-in in the merged series. `before` is the series without the stand-ins. */
function settled(merged: Component, before: Component, standIns: readonly StandIn[]): Settled {
  const own = idsOf(before.properties);
  const there = idsOf(merged.properties);
  const shown = idsOf(standInDates(standIns));
  const isFresh = (one: Property) => !own.has(identityOf(one)) && !shown.has(identityOf(one));
  const fresh = propertiesOf(merged, 'RDATE').filter(isFresh);
  const isExcluded = (one: Property) => isFresh({ ...one, name: 'EXDATE' }) && there.has(excludedId(one));
  const changed = new Map<Component, Component | undefined>();
  const removed = new Set<string>();
  for (const { exception, excluded, extra, isInPlace } of standIns) {
    if (isInPlace) {
      if (isExcluded(excluded)) changed.set(exception, undefined);
      continue;
    }
    const id = extra && identityOf(extra);
    if (extra !== undefined && id !== undefined) removed.add(id);
    const to = id === undefined || there.has(id) ? undefined : fresh.shift();
    const isGone = id !== undefined && !there.has(id) && to === undefined && there.has(identityOf(excluded));
    const isDeleted = isGone || (extra !== undefined && isExcluded(extra));
    if (extra !== undefined && isDeleted) removed.add(excludedId(extra));
    else removed.add(identityOf(excluded));
    if (to !== undefined) removed.add(identityOf(to));
    if (isDeleted) changed.set(exception, undefined);
    else if (to !== undefined) changed.set(exception, startingAt(exception, to));
  }
  const isLeft = (one: Property) => own.has(identityOf(one)) || !removed.has(identityOf(one));
  return { series: { ...merged, properties: merged.properties.filter(isLeft) }, changed };
}

const excludedId = (one: Property): string => identityOf({ ...one, name: 'EXDATE' });
const idsOf = (properties: readonly Property[]): ReadonlySet<string> =>
  new Set(properties.filter(({ name }) => name === 'EXDATE' || name === 'RDATE').map(identityOf));
