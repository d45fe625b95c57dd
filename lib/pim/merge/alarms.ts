/**
 * The parts of a component by name: what is one part on one side is one part on the others. Events of a series and zones
 * are known by what they say; an alarm that a device writes in its own way (from the start instead of at a time, as
 * another action) by when it goes off.
 */
import { triggerTime } from '../calendar/alarms.ts';
import { instantIn, timesOf } from '../calendar/times.ts';
import { localOf } from '../calendar/zones.ts';
import { type Component, firstOf, property, valueIn } from '../model.ts';
import type { Sides } from './sides.ts';

export interface Part {
  readonly name: string;
  readonly part: Component;
}

interface Alarm extends Part {
  /** Epoch ms, and ms behind the start of the event. */
  readonly at: number | undefined;
  readonly offset: number | undefined;
}

/** More than people set: they are taken by what they say alone. */
const MANY_ALARMS = 100;

export function namedParts({ now, was, seen, sent }: Sides<Component>): Sides<readonly Part[]> {
  const [current, before] = [now, was].map(alarmsOf) as [Alarm[], Alarm[]];
  const [shown, there] = [seen, sent].map(alarmsOf) as [Alarm[], Alarm[]];
  if (Math.max(shown.length, there.length) > MANY_ALARMS) return asTheySay({ now, was, seen, sent });
  const known = pairs(before, shown, [sameName, sameTime, (a, b) => a.offset === b.offset, () => true]);
  const kept = pairs(shown, there, [sameName, sameTime, sameAction, () => true]);
  const isNew = (one: Alarm) => before.every(({ name }) => name !== one.name);
  const left = there.filter((one) => !kept.has(one));
  const alike = pairs(current.filter(isNew), left, [sameName, sameTime]);
  const renamed = (one: Alarm): Part => {
    const origin = kept.get(one) ?? one;
    const old = known.get(origin) ?? alike.get(one);
    return { name: (old ?? origin).name, part: old === undefined ? one.part : toldAs(old, one) };
  };
  return {
    now: [...othersOf(now), ...current],
    was: [...othersOf(was), ...before],
    seen: [...othersOf(seen), ...shown.map(renamed)],
    sent: [...othersOf(sent), ...there.map(renamed)],
  };
}

const asTheySay = ({ now, was, seen, sent }: Sides<Component>): Sides<readonly Part[]> => {
  const named = ({ components }: Component) => components.map((part) => ({ name: nameOf(part), part }));
  return { now: named(now), was: named(was), seen: named(seen), sent: named(sent) };
};

const NAMES = ['TZID', 'ACTION', 'TRIGGER'];
function nameOf(part: Component): string {
  const exception = firstOf(part, 'RECURRENCE-ID');
  const instant = exception && (instantIn(exception) ?? exception.value);
  return [part.name, instant ?? '', ...NAMES.map((name) => valueIn(part, name) ?? '')].join('\n');
}

const isAlarm = ({ name }: Component): boolean => name === 'VALARM';
const othersOf = ({ components }: Component): Part[] =>
  components.filter((part) => !isAlarm(part)).map((part) => ({ name: nameOf(part), part }));

function alarmsOf(of: Component): Alarm[] {
  const times = timesOf(of);
  return of.components.filter(isAlarm).map((part) => {
    const trigger = firstOf(part, 'TRIGGER');
    const at = trigger && triggerTime(trigger, times);
    return { name: nameOf(part), part, at, offset: at === undefined ? undefined : at - (times.start ?? 0) };
  });
}

type Test = (one: Alarm, other: Alarm) => boolean;
const sameName: Test = (one, other) => one.name === other.name;
const sameAction: Test = (one, other) => valueIn(one.part, 'ACTION') === valueIn(other.part, 'ACTION');
const sameTime: Test = (one, other) => one.offset === other.offset && sameAction(one, other);

/** Of each of the `others` the one that it is; the surest first. */
function pairs(
  list: readonly Alarm[],
  others: readonly Alarm[],
  tests: readonly Test[],
): ReadonlyMap<Alarm, Alarm> {
  const found = new Map<Alarm, Alarm>();
  const free = new Set(list);
  for (const test of tests)
    for (const other of others) {
      const one = found.has(other) ? undefined : [...free].find((candidate) => test(candidate, other));
      if (one === undefined) continue;
      free.delete(one);
      found.set(other, one);
    }
  return found;
}

/** At a time where the item has a time: it stays one, unless the device has the alarm go off at another. */
function toldAs({ part: old }: Alarm, { part, at }: Alarm): Component {
  const isTime = (one: Component) => valueIn(one, 'TRIGGER')?.endsWith('Z') === true;
  if (!isTime(old) || isTime(part) || at === undefined) return part;
  const trigger = property('TRIGGER', `${localOf(at)}Z`, { VALUE: 'DATE-TIME' });
  return { ...part, properties: part.properties.map((one) => (one.name === 'TRIGGER' ? trigger : one)) };
}
