/**
 * How far the dates of a series are listed for a device whose format cannot say the rule (docs/adr/0026). The lists of all
 * items of a datastore on a device end on one day, which stands in the anchor. Time alone moves it on.
 */
import type { Anchor } from '../model/records.ts';

export interface DateWindow {
  /** The last day (`yyyymmdd`) of the lists that the device has, and of those that it gets now. */
  readonly seen: string;
  readonly written: string;
  /** Is it time for new lists, so that the device never comes to the end of its own? */
  readonly isDue: boolean;
}

/** For `datesUntil` in an anchor: the device has no lists. */
export const NO_LISTS = 'none';

/** How many months after the present one a list goes on, and how many are left when a new one is due. */
const MONTHS = 12;
const LEAST_MONTHS = 6;

/**
 * `moves`: may the end move on? Not in a complete sync, in which items are compared with what the device has and not all are
 * sent.
 */
export function dateWindow(anchor: Anchor | undefined, now: number, moves: boolean): DateWindow {
  const known = anchor?.datesUntil === NO_LISTS ? undefined : anchor?.datesUntil;
  const next = lastOfMonth(now, MONTHS);
  const isDue = moves && known !== undefined && known < lastOfMonth(now, LEAST_MONTHS);
  return { seen: known ?? next, written: known === undefined || isDue ? next : known, isDue };
}

/** The last day of the month that is so many months after the present one. */
function lastOfMonth(now: number, months: number): string {
  const at = new Date(now);
  const day = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0);
  return new Date(day).toISOString().slice(0, 10).replaceAll('-', '');
}
