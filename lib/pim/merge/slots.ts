/** Which of the values that lack in an item from a device its user deleted, and which had no slot on the device. */
import { type Capacity, slotCount } from '../device/capacity.ts';

interface Values<T> {
  /** The values that the device was shown and did not send. */
  readonly missing: readonly T[];
  readonly shown: readonly T[];
  readonly sent: readonly T[];
  readonly capacity: Capacity;
  readonly slotOf: (one: T) => string;
}

/**
 * Returns the missing values that had no slot. Of the slots that were filled, those that are empty now were emptied by
 * the user: so many of the missing values are deleted, the first ones first.
 */
export function leftOut<T>({ missing, shown, sent, capacity, slotOf }: Values<T>): readonly T[] {
  const [before, after] = [Map.groupBy(shown, slotOf), Map.groupBy(sent, slotOf)];
  let emptied = Math.min(shown.length, capacity.count) - sent.length;
  const emptiedIn = new Map<string, number>();
  return missing.filter((one) => {
    const slot = slotOf(one);
    const filled = Math.min(before.get(slot)?.length ?? 0, slotCount(capacity, slot));
    const left = emptiedIn.get(slot) ?? filled - (after.get(slot)?.length ?? 0);
    if (emptied <= 0 || left <= 0) return true;
    emptied -= 1;
    emptiedIn.set(slot, left - 1);
    return false;
  });
}

/**
 * Has its user emptied a slot of the kind of this value? A value in another slot may be in its place then. Where the device still
 * fills all slots of the kind that it has, the value had none.
 */
export function isSlotEmptied<T>(
  one: T,
  { shown, sent, capacity, slotOf }: Omit<Values<T>, 'missing'>,
): boolean {
  const slot = slotOf(one);
  const filledIn = (list: readonly T[]) => list.filter((other) => slotOf(other) === slot).length;
  return filledIn(sent) < Math.min(filledIn(shown), slotCount(capacity, slot));
}
