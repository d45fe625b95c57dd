/** Names of properties that a device lists, and those that it did not have when it got its items. */
import type { DevInfDataStore } from '../../message/devinf-model.ts';
import { SEVERAL_EVENTS } from '../../pim/device/sent-properties.ts';
import type { Anchor } from '../model/records.ts';

const NO_NAMES: ReadonlySet<string> = new Set();
/** The property that makes an event an exception of a series. */
const EXCEPTION = 'RECURRENCE-ID';
/** The properties of series and exceptions, which some items go with only since anchors have `datesUntil`. */
export const OF_SERIES: ReadonlySet<string> = new Set([EXCEPTION, 'RRULE', 'EXDATE', 'RDATE']);

/** Sorted. Undefined if the device lists none. */
export function namesListed(database: DevInfDataStore | undefined): readonly string[] | undefined {
  const ctCaps = database?.ctCaps ?? [];
  const names = new Set(ctCaps.flatMap(({ properties }) => properties.map(({ name }) => name.toUpperCase())));
  return names.size === 0 ? undefined : [...names].sort();
}

/**
 * Names that are in the list `now` and were not in the anchor's. Also exceptions of series, once the device sent some.
 */
export function newNames(
  anchor: Anchor | undefined,
  now: readonly string[] | undefined,
): ReadonlySet<string> {
  if (anchor === undefined) return NO_NAMES;
  const { listedProperties: before, sentProperties, gotExceptions } = anchor;
  const names = before === undefined ? [] : (now?.filter((name) => !before.includes(name)) ?? []);
  const sendsExceptions = sentProperties?.includes(SEVERAL_EVENTS) === true;
  return new Set(sendsExceptions && gotExceptions !== true ? [...names, EXCEPTION] : names);
}

/** Did the device get its series before anchors had `datesUntil`? */
export const hasOldSeries = (anchor: Anchor | undefined): boolean =>
  anchor !== undefined &&
  anchor.datesUntil === undefined &&
  (anchor.last !== undefined || anchor.formHash !== undefined);
