/** What a device can hold of a content type, for whoever writes items for it [DI12 5.3; D13-D16, D19]. */

import type { DevInf, DevInfDataStore, DevInfProperty } from '../../message/devinf-model.ts';
import type { Abilities, PropertyLimits } from '../../pim/device/capabilities.ts';
import { SEVERAL_EVENTS } from '../../pim/device/sent-properties.ts';
import { plainType } from '../../pim/formats/content-types.ts';
import type { Options } from './options.ts';

export interface ItemsOfDevice {
  /** The entry of its database in the device information. */
  readonly database: DevInfDataStore | undefined;
  readonly type: string;
  /** Properties that the device has sent. */
  readonly words?: readonly string[] | undefined;
}

/**
 * `type`: the content type that is written; `words`: what the device has sent so far. No device information at all: the
 * standard's defaults (D06).
 */
export function abilitiesOf(
  { devInf, options }: { readonly devInf: DevInf | undefined; readonly options: Options },
  { database, type, words = [] }: ItemsOfDevice,
): Abilities {
  const flag = devInf === undefined || devInf.utc === true;
  const utc = options.times === undefined ? flag : options.times === 'utc';
  const caps = database?.ctCaps.find((cap) => plainType(cap.type) === plainType(type));
  const listed = options.ignoreCTCap === true ? undefined : caps?.properties;
  return {
    utc,
    charset: options.charset ?? 'utf-8',
    oneEvent: !words.includes(SEVERAL_EVENTS),
    ...(listed !== undefined && listed.length > 0 && { properties: limitsOf(listed, options) }),
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
