/**
 * The components inside a component (events, alarms, zones), each with a name. Parts of one name on different sides of a
 * merge are the same part. The name of an event or a zone is made of its own properties. A device may rewrite an alarm, for
 * example with another action, or measured from the start instead of set to a time. So alarms are paired by the time at
 * which they go off, and a paired alarm takes the name of its partner.
 */

import { isOfRinging, PART_NAMES } from '../properties/table.ts';
import { sameProperties } from '../same.ts';
import { printDuration } from '../time/duration.ts';
import { instantIn, type Times, timesOf, triggerTime } from '../time/times.ts';
import { utcText } from '../time/zones/zones.ts';
import { type Component, firstOf, paramOf, property, valueIn } from '../vobject/model.ts';
import { spend } from '../work/budget.ts';
import { mapSides, type Sides } from './sides.ts';

export interface Part {
  readonly name: string;
  readonly part: Component;
}

export interface Alarm extends Part {
  /** When it goes off: in epoch ms, and in ms after the start of the event. */
  readonly at: number | undefined;
  readonly offset: number | undefined;
}

/** No person sets so many alarms. More of them are not paired: each has the name made of its own properties. */
export const MANY_ALARMS = 100;

export function namedParts(sides: Sides<Component>): Sides<readonly Part[]> {
  if (Object.values(sides).every(({ components }) => components.length === 0)) return NO_PARTS;
  const { now: current, was: before, seen: shown, sent: there } = mapSides(sides, alarmsOf);
  if (Math.max(shown.length, there.length) > MANY_ALARMS) return mapSides(sides, namedByContent);
  const known = pairs(before, shown, [sameName, sameTime, sameMoment, () => true]);
  const kept = pairedAlarms(shown, there);
  const namesBefore = new Set(before.map(({ name }) => name));
  const isNew = ({ name }: Alarm) => !namesBefore.has(name);
  const left = there.filter((one) => !kept.has(one));
  const addedTwice = pairs(current.filter(isNew), left, [sameName, sameTime]);
  const renamed =
    (times: Times) =>
    (one: Alarm): Part => {
      const origin = kept.get(one) ?? one;
      const ofItem = known.get(origin) ?? addedTwice.get(one);
      if (ofItem === undefined) return { name: origin.name, part: one.part };
      return { name: ofItem.name, part: withTriggerLike(ofItem, one, times) };
    };
  const others = namedEvents(sides);
  return {
    now: [...others.now, ...current],
    was: [...others.was, ...before],
    seen: [...others.seen, ...shown.map(renamed(timesOf(sides.seen)))],
    sent: [...others.sent, ...there.map(renamed(timesOf(sides.sent)))],
  };
}

const NO_PARTS: Sides<readonly Part[]> = { now: [], was: [], seen: [], sent: [] };

/**
 * The events and zones with their names. If no side holds more than one event, the events of all sides have one name.
 * If the item holds events of several UIDs, the name contains the UID.
 */
function namedEvents(sides: Sides<Component>): Sides<readonly Part[]> {
  const eventsIn = (one: Component) => othersIn(one).filter(({ name }) => name !== 'VTIMEZONE');
  const [only] = eventsIn(sides.now);
  const isOne = only !== undefined && Object.values(sides).every((one) => eventsIn(one).length < 2);
  const uids = new Set(eventsIn(sides.now).map((part) => valueIn(part, 'UID') ?? ''));
  const named = (of: Component): Part[] =>
    othersIn(of).map((part) => {
      const name = partName(isOne && part.name === only.name ? only : part);
      return { name: uids.size > 1 ? `${name}\n${valueIn(part, 'UID') ?? ''}` : name, part };
    });
  return mapSides(sides, named);
}

const namedByContent = ({ components }: Component): Part[] =>
  components.map((part) => ({ name: partName(part), part }));

export function partName(part: Component): string {
  const exception = firstOf(part, 'RECURRENCE-ID');
  const instant = exception && (instantIn(exception) ?? exception.value);
  return [part.name, instant ?? '', ...PART_NAMES.map((name) => valueIn(part, name) ?? '')].join('\n');
}

export const isAlarm = ({ name }: Component): boolean => name === 'VALARM';
const othersIn = ({ components }: Component): Component[] => components.filter((part) => !isAlarm(part));

export function alarmsOf(of: Component): Alarm[] {
  const times = timesOf(of);
  // The alarms of a task are measured from its due time.
  const base = (of.name === 'VTODO' ? (times.end ?? times.start) : times.start) ?? 0;
  return of.components.filter(isAlarm).map((part) => {
    const trigger = firstOf(part, 'TRIGGER');
    const at = trigger && triggerTime(trigger, times);
    return { name: partName(part), part, at, offset: at === undefined ? undefined : at - base };
  });
}

type Test = (one: Alarm, other: Alarm) => boolean;
const sameName: Test = (one, other) => one.name === other.name;
const sameAction: Test = (one, other) => valueIn(one.part, 'ACTION') === valueIn(other.part, 'ACTION');
const sameMoment: Test = (one, other) => one.offset === other.offset;
const sameTime: Test = (one, other) => sameMoment(one, other) && sameAction(one, other);

/** Pairs each alarm that the device sent with the one that it was shown. */
export const pairedAlarms = (shown: readonly Alarm[], sent: readonly Alarm[]): ReadonlyMap<Alarm, Alarm> =>
  pairs(shown, sent, [sameName, sameTime, sameMoment, sameAction, () => true]);

/** Pairs each of the `others` with one of the `list`. The tests are tried in order, the most reliable first. */
function pairs(
  list: readonly Alarm[],
  others: readonly Alarm[],
  tests: readonly Test[],
): ReadonlyMap<Alarm, Alarm> {
  const found = new Map<Alarm, Alarm>();
  const free = new Set(list);
  for (const test of tests)
    for (const other of others) {
      spend(free.size / 10);
      const one = found.has(other) ? undefined : [...free].find((candidate) => test(candidate, other));
      if (one === undefined) continue;
      free.delete(one);
      found.set(other, one);
    }
  return found;
}

/**
 * The alarm of the device, with its trigger in the form that the item's alarm has: a time, or a distance from the start or
 * from the end. It goes off at the time that the device set.
 */
function withTriggerLike(ofItem: Alarm, { part, at }: Alarm, { start, end }: Times): Component {
  const [was, now] = [firstOf(ofItem.part, 'TRIGGER'), firstOf(part, 'TRIGGER')];
  if (was === undefined || now === undefined || at === undefined) return part;
  const related = paramOf(was, 'RELATED');
  const base = related === undefined ? start : end;
  const isTime = was.value.endsWith('Z');
  if ((isTime && now.value.endsWith('Z')) || (!isTime && base === undefined)) return part;
  const trigger = isTime
    ? property('TRIGGER', utcText(at), { VALUE: 'DATE-TIME' })
    : property('TRIGGER', printDuration(at - (base ?? 0)), related === undefined ? {} : { RELATED: related });
  return { ...part, properties: part.properties.map((one) => (one.name === 'TRIGGER' ? trigger : one)) };
}

/** Do two alarms go off at the same times? Their texts do not count: devices copy them from the event. */
export function sameAlarm(one: Component, other: Component): boolean {
  const when = ({ properties }: Component) => properties.filter(({ name }) => isOfRinging(name));
  return sameProperties(when(one), when(other));
}
