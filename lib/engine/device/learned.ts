/** What a device has shown of itself by the items that it sent, as its anchor keeps it. */
import type { DevInf } from '../../message/devinf-model.ts';
import { SEVERAL_EVENTS } from '../../pim/device/sent-properties.ts';
import { digest } from '../../pim/digest.ts';
import type { Learned } from '../model/learned.ts';

/**
 * What the anchor says of the device. Another manufacturer, model or software version is another device: what the
 * former one held is forgotten, except that items went to it with all their events.
 */
export function learnedBy(devInf: DevInf | undefined, anchor: Learned | undefined): Learned {
  const { sentProperties, capacities, software: before } = anchor ?? {};
  const now = devInf && softwareOf(devInf);
  const isOther = now !== undefined && before !== undefined && now !== before;
  const names = isOther ? sentProperties?.filter((name) => name === SEVERAL_EVENTS) : sentProperties;
  const software = now ?? before;
  return {
    ...(names !== undefined && { sentProperties: names }),
    ...(capacities !== undefined && !isOther && { capacities }),
    ...(software !== undefined && { software }),
  };
}

const softwareOf = ({ man, mod, fwV, swV }: DevInf): string =>
  digest(JSON.stringify([man, mod, fwV, swV])).slice(0, 6);
