/** A series that a device moved without seeing its exceptions: they go with it. */
import { localOf, utcOf } from '../calendar/zones.ts';
import { type Component, firstOf, type Property, paramOf, propertiesOf } from '../model.ts';
import { mainOf } from './clocks.ts';
import { keyOf, sameList } from './likes.ts';
import type { Sides } from './sides.ts';

const isException = (part: Component): boolean => firstOf(part, 'RECURRENCE-ID') !== undefined;

/** `merged` of a calendar with one series. */
export function withItsExceptions(merged: Component, { now, seen, sent }: Sides<Component>): Component {
  const series = merged.components.filter((part) => firstOf(part, 'RRULE') !== undefined);
  const [before, after, shown, told] = [now, merged, seen, sent].map(mainOf);
  const moved = before && after && movedBy(before, after);
  if (moved === undefined || series.length !== 1 || seen.components.some(isException)) return merged;
  // Whoever moves the dates that it saw has thought of them.
  const dates = [shown, told].map((part) => (part ? propertiesOf(part, 'EXDATE') : []));
  const isLeft = sameList(dates[0] ?? [], dates[1] ?? []);
  const own = new Set(before ? propertiesOf(before, 'EXDATE').map(keyOf) : []);
  const shifted = merged.components.map((part) =>
    part === after ? part : withShifted(part, 'RECURRENCE-ID', moved, () => true),
  );
  const ids = new Set(
    shifted
      .flatMap((part) => propertiesOf(part, 'RECURRENCE-ID'))
      .map((id) => keyOf({ ...id, name: 'EXDATE' })),
  );
  const master = after && withShifted(after, 'EXDATE', moved, (one) => isLeft && own.has(keyOf(one)));
  // What is left out of the series for a device that cannot know better is an exception here.
  const properties = master?.properties.filter(
    (one) => one.name !== 'EXDATE' || own.has(keyOf(one)) || !ids.has(keyOf(one)),
  );
  return {
    ...merged,
    components: shifted.map((part) => (part === after && properties ? { ...part, properties } : part)),
  };
}

interface Shift {
  readonly ms: number;
  readonly zone: string | undefined;
}

/** By the clock that both go by; undefined for a series that stays, or goes by another one now. */
function movedBy(before: Component, after: Component): Shift | undefined {
  const [was, is] = [before, after].map((part) => firstOf(part, 'DTSTART'));
  if (was === undefined || is === undefined || formOf(was) !== formOf(is)) return undefined;
  const [from, to] = [utcOf(was.value), utcOf(is.value)];
  if (from === undefined || to === undefined || from === to) return undefined;
  return { ms: to - from, zone: paramOf(was, 'TZID') };
}

const formOf = (of: Property): string =>
  [paramOf(of, 'TZID') ?? '', of.value.length === 8, of.value.endsWith('Z')].join();

function withShifted(
  part: Component,
  name: string,
  { ms, zone }: Shift,
  isMeant: (one: Property) => boolean,
): Component {
  const shifted = (one: Property): Property => {
    const at = utcOf(one.value);
    if (one.name !== name || at === undefined || paramOf(one, 'TZID') !== zone || !isMeant(one)) return one;
    const value = localOf(at + ms).slice(0, one.value.length);
    return { ...one, value: one.value.endsWith('Z') ? `${value.slice(0, 15)}Z` : value };
  };
  return { ...part, properties: part.properties.map(shifted) };
}
