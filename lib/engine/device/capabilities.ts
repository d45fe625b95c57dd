/** What a device can hold of items of one content type [DI12 5.3; D13-D16, D19]. */

import type { DevInf, DevInfDataStore, DevInfProperty } from '../../message/devinf-model.ts';
import type { DeviceCapabilities, PropertyLimits } from '../../pim/device/capabilities.ts';
import { SEVERAL_EVENTS } from '../../pim/device/sent-properties.ts';
import { plainType } from '../../pim/formats/content-types.ts';
import { ENTRY_TYPE } from '../../pim/time/entry-type.ts';
import type { Options } from './options.ts';

export interface ItemsOfDevice {
  /** The entry of the device's database in its device information. */
  readonly database: DevInfDataStore | undefined;
  /** The content type that is written for the device. */
  readonly type: string;
  /** Names of the properties that the device has sent so far. */
  readonly sentProperties?: readonly string[] | undefined;
}

/** Without any device information the defaults of the standard hold (D06). */
export function capabilitiesOf(
  { devInf, options }: { readonly devInf: DevInf | undefined; readonly options: Options },
  { database, type, sentProperties = [] }: ItemsOfDevice,
): DeviceCapabilities {
  const flag = devInf === undefined || devInf.utc === true;
  const utc = options.times === undefined ? flag : options.times === 'utc';
  const ctCap = database?.ctCaps.find((cap) => plainType(cap.type) === plainType(type));
  const listed = options.ignoreCTCap === true ? [] : (ctCap?.properties ?? []);
  const limits = limitsOf(listed, options);
  const entryTypes =
    options.entryTypes === true || limits.has(ENTRY_TYPE) || sentProperties.includes(ENTRY_TYPE);
  if (options.entryTypes === true && limits.size > 0 && !limits.has(ENTRY_TYPE))
    limits.set(ENTRY_TYPE, { values: [] });
  const { alarmsInUtc, zoneInEvent } = options;
  return {
    utc,
    charset: options.charset ?? 'utf-8',
    oneEvent: !sentProperties.includes(SEVERAL_EVENTS),
    vcalendar: { entryTypes, alarmsInUtc, zoneInEvent },
    ...(options.unfolded === true && { unfolded: true }),
    ...(limits.size > 0 && { properties: limits }),
  };
}

const limitsOf = (properties: readonly DevInfProperty[], { ignoreMaxSize }: Options) =>
  new Map(
    properties.map(({ name, maxOccur, maxSize, noTruncate, valEnum }): [string, PropertyLimits] => [
      name.toUpperCase(),
      {
        ...(maxOccur !== undefined && { maxOccur }),
        ...(maxSize !== undefined && ignoreMaxSize !== true && { maxSize }),
        ...(noTruncate === true && { noTruncate }),
        values: valEnum,
      },
    ]),
  );
