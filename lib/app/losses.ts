/** Which parts of a user's items a device does not hold, as its device information says. */

import { capabilitiesOf } from '../engine/device/capabilities.ts';
import { databaseNamed, formatTaken } from '../engine/device/formats.ts';
import { optionsFor } from '../engine/device/rules.ts';
import { type Read, readKey } from '../engine/io/facts.ts';
import { DATASTORES } from '../engine/model/datastores.ts';
import { peerOfDevice } from '../engine/model/ids.ts';
import type { Anchor, Item } from '../engine/model/records.ts';
import type { DevInf } from '../message/devinf-model.ts';
import type { Content } from '../pim/content.ts';
import { type LossReason, losses } from '../pim/device/losses.ts';
import type { Format } from '../pim/formats/registry.ts';
import type { Store } from '../store/port/port.ts';
import { anchorKey, deviceKey } from '../store/rows/keys.ts';
import { anchorFromRow, deviceFromRow } from '../store/rows/shapes.ts';
import { answerReads } from '../store/step-io/reader.ts';
import { wholeContents } from '../store/step-io/whole-contents.ts';
import { knownAccount } from './accounts.ts';

export interface FieldLoss {
  readonly field: string;
  readonly reason: LossReason;
  /** How many items lose values of the field, and how many values are lost. */
  readonly items: number;
  readonly values: number;
}

export interface DatastoreLosses {
  readonly datastore: string;
  readonly items: number;
  /** The formats in which the device gets the items; several if some items are stored as they came. */
  readonly formats: readonly string[];
  /** How many items the device takes in no format. */
  readonly notTaken: number;
  /** The most frequent first. */
  readonly fields: readonly FieldLoss[];
}

/** A device that never synchronised with this user. */
export class UnknownDeviceError extends Error {}

/** The losses in each datastore that the device has synchronised. Throws UnknownLoginError, UnknownDeviceError. */
export async function deviceLosses(
  store: Store,
  { login, device }: { readonly login: string; readonly device: string },
): Promise<DatastoreLosses[]> {
  const { user } = await knownAccount(store, login);
  const peer = peerOfDevice(device);
  const [found] = await store.get([deviceKey(user, peer)]);
  const devInf = found && deviceFromRow(found).devInf;
  const results: DatastoreLosses[] = [];
  for (const { name: datastore } of DATASTORES) {
    const [row] = await store.get([anchorKey({ user, datastore }, peer)]);
    const anchor = row && anchorFromRow(row);
    if (anchor?.next === undefined) continue;
    results.push(await lossesIn(store, { user, datastore }, { device, devInf, anchor }));
  }
  if (results.length > 0) return results;
  throw new UnknownDeviceError(
    `"${device}" has not completed a sync of ${login} yet; it is known by its DevID.`,
  );
}

interface Known {
  readonly device: string;
  readonly devInf: DevInf | undefined;
  readonly anchor: Anchor;
}

async function lossesIn(
  store: Store,
  at: { readonly user: string; readonly datastore: string },
  { device, devInf, anchor }: Known,
): Promise<DatastoreLosses> {
  const own = databaseNamed(devInf, anchor.database ?? at.datastore);
  const options = optionsFor({ devId: device, devInf });
  const fields = new Map<string, FieldLoss>();
  const formats = new Set<string>();
  let [items, notTaken] = [0, 0];
  for (const item of await storedItems(store, at)) {
    items += 1;
    const format = formatTaken(at.datastore, own, anchor.lastSentType, item.type);
    if (format === undefined) notTaken += 1;
    else {
      formats.add(nameOf(format));
      for (const loss of losses(
        item,
        format,
        capabilitiesOf(
          { devInf, options },
          { database: own, type: format.type, sentProperties: anchor.sentProperties },
        ),
      )) {
        const key = `${loss.field} ${loss.reason}`;
        const { items: n = 0, values = 0 } = fields.get(key) ?? {};
        fields.set(key, {
          field: loss.field,
          reason: loss.reason,
          items: n + 1,
          values: values + loss.count,
        });
      }
    }
  }
  const sorted = [...fields.values()].sort((a, b) => b.items - a.items || (a.field < b.field ? -1 : 1));
  return { datastore: at.datastore, items, formats: [...formats].sort(), notTaken, fields: sorted };
}

const nameOf = ({ type, version }: Format): string => (version === undefined ? type : `${type} ${version}`);

/** The content of every live item of the datastore, with its text. */
async function storedItems(
  store: Store,
  at: { readonly user: string; readonly datastore: string },
): Promise<Content[]> {
  const known = new Map<string, unknown>();
  const inventory: Read = { read: 'inventory', ...at };
  await answerReads(store, [inventory], known);
  const items = known.get(readKey(inventory)) as readonly Item[];
  const live = items.flatMap(({ guid, content }) => (content === undefined ? [] : [{ guid, content }]));
  return (await wholeContents(store, at, live)).filter((content) => content !== undefined);
}
