/** The properties that a device lists in its device information, and which of them are new to it. */
import type { DevInfDataStore } from '../../message/devinf-model.ts';
import type { DeviceCapabilities } from '../../pim/device/capabilities.ts';
import { SEVERAL_EVENTS } from '../../pim/device/sent-properties.ts';
import type { Anchor } from '../model/records.ts';

const NO_NAMES: ReadonlySet<string> = new Set();
/** The property that makes an event an exception of a series. */
const EXCEPTION = 'RECURRENCE-ID';

/** Sorted. Undefined if it lists none. */
export function namesListed(database: DevInfDataStore | undefined): readonly string[] | undefined {
  const ctCaps = database?.ctCaps ?? [];
  const names = new Set(ctCaps.flatMap(({ properties }) => properties.map(({ name }) => name.toUpperCase())));
  return names.size === 0 ? undefined : [...names].sort();
}

/**
 * Names that are in the list `now` and were not in the anchor's, and the names of items for what the device gets under
 * others since now (`named`). Also exceptions of series, once the device sent some.
 */
export function newNames(
  anchor: Anchor | undefined,
  now: readonly string[] | undefined,
  named: readonly string[],
): ReadonlySet<string> {
  if (anchor === undefined) return NO_NAMES;
  const { listedProperties: before, sentProperties, gotExceptions } = anchor;
  const listed = before === undefined ? [] : (now?.filter((name) => !before.includes(name)) ?? []);
  const names = [...listed, ...named];
  const sendsExceptions = sentProperties?.includes(SEVERAL_EVENTS) === true;
  return new Set(sendsExceptions && gotExceptions !== true ? [...names, EXCEPTION] : names);
}

/** The same without these properties, where the device lists any. */
export const lacking = (
  capabilities: DeviceCapabilities,
  names: ReadonlySet<string>,
): DeviceCapabilities => ({
  ...capabilities,
  ...(capabilities.properties && {
    properties: new Map([...capabilities.properties].filter(([name]) => !names.has(name))),
  }),
});

/** Did the device get its series before anchors had `datesUntil`? */
export const hasOldSeries = (anchor: Anchor | undefined): boolean =>
  anchor !== undefined &&
  anchor.datesUntil === undefined &&
  (anchor.last !== undefined || anchor.formHash !== undefined);
