/**
 * Whether a task is done, after a merge. Its properties are merged one by one, and a device may change or hold only one of
 * them: whoever changed the state decides for all.
 */
import { isDone, stateValue, TASK_STATE, withTaskState } from '../formats/icalendar/task-state.ts';
import type { Property } from '../vobject/model.ts';
import { isHeld, type Merging, ofWinner, type Sides } from './sides.ts';

type Lists = Sides<readonly Property[]>;

/** The merged properties of a task in one state. */
export function withOneState(
  merged: readonly Property[],
  sides: Lists,
  merging: Merging,
): readonly Property[] {
  const { now, was } = sides;
  if (hasNoWordForBegun(sides)) return withStatusOf(now, merged);
  if (TASK_STATE.every((name) => stateValue(now, name) === stateValue(merged, name))) return merged;
  const device = merging.union ? undefined : stateByDevice(sides, merging);
  if (device === undefined) return isDone(merged) ? withTaskState(merged, true) : merged;
  const isClash = isDone(now) !== isDone(was) && isDone(now) !== device;
  return withTaskState(merged, isClash ? ofWinner(isDone(now), device, merging) : device);
}

/**
 * Does the device know tasks as open and done only, and sends a begun one back as open? One that tells no progress may have
 * no word for it.
 */
const hasNoWordForBegun = ({ now, seen, sent }: Lists): boolean =>
  [now, seen].every((list) => stateValue(list, 'STATUS') === 'IN-PROCESS') &&
  stateValue(sent, 'STATUS') === 'NEEDS-ACTION' &&
  stateValue(sent, 'PERCENT-COMPLETE') === '';

const withStatusOf = (now: readonly Property[], merged: readonly Property[]): readonly Property[] => {
  const [status] = now.filter(({ name }) => name === 'STATUS');
  return merged.map((one) => (one.name === 'STATUS' ? (status ?? one) : one));
};

/** The state that the device set. Undefined if it set none. */
function stateByDevice({ seen, sent }: Lists, { held }: Merging): boolean | undefined {
  const changed = (name: string): boolean => stateValue(seen, name) !== stateValue(sent, name);
  const has = (name: string): boolean => stateValue(sent, name) !== '';
  if (changed('STATUS') && has('STATUS')) return isDone(sent);
  if (changed('COMPLETED') && has('COMPLETED')) return true;
  const isAll = (list: readonly Property[]) => stateValue(list, 'PERCENT-COMPLETE') === '100';
  if (has('PERCENT-COMPLETE') && isAll(seen) !== isAll(sent)) return isAll(sent);
  const isCleared = TASK_STATE.some((name) => changed(name) && !has(name) && isHeld(held, name));
  return isCleared && isDone(seen) !== isDone(sent) ? isDone(sent) : undefined;
}
