/** In which format a device gets its items (C35, D06, D12): what it lists, else what it sends itself, else as stored. */
import type { DevInfDataStore } from '../message/devinf-model.ts';
import { canWrite, type Format, readItem, type StoredItem, writeItem } from '../pim/formats.ts';
import { plainType } from './datastores.ts';
import { abilitiesOf } from './device-rules/abilities.ts';
import { optionsOf } from './device-rules/rules.ts';
import type { Ground } from './ground.ts';
import { listedBy, newlyListed } from './listed.ts';
import type { DatastoreState } from './state.ts';
import { ownDataStore } from './visible.ts';
import { anchorOf, type Work } from './work.ts';

/** For items that are stored under this type; undefined when the device takes none of what they can be written in. */
export function formatFor(work: Work, datastore: DatastoreState, stored: string): Format | undefined {
  const spoken = datastore.spoken ?? anchorOf(work, datastore.name)?.spoken;
  return formatTaken(ownDataStore(work, datastore), spoken, stored);
}

/** As `formatFor`, of a device with this entry in its device information that last sent `spoken`. */
export function formatTaken(
  own: DevInfDataStore | undefined,
  spoken: string | undefined,
  stored: string,
): Format | undefined {
  const listed = own === undefined ? [] : [...(own.rxPref ? [own.rxPref] : []), ...own.rx];
  const formats = listed.map(({ type, version }): Format => ({ type: plainType(type), version }));
  if (formats.length > 0) return formats.find((format) => canWrite(stored, format));
  return spoken !== undefined && canWrite(stored, { type: spoken }) ? { type: spoken } : { type: stored };
}

/** What the device sees of items. */
export const viewOfItems = (work: Work, datastore: DatastoreState): NonNullable<Ground['view']> => ({
  seen: (item) => {
    const { type, body } = writtenFor(work, datastore, item);
    return readItem(type, body);
  },
  complete: listedBy(work, datastore) !== undefined,
  unseen: newlyListed(work, datastore),
});

/** The item as the device gets it. */
export function writtenFor(work: Work, datastore: DatastoreState, item: StoredItem): StoredItem {
  const format = formatFor(work, datastore, item.type);
  if (format === undefined) return item;
  const own = ownDataStore(work, datastore);
  return writeItem(item, format, abilitiesOf(work.device?.devInf, own, format.type, optionsOf(work)));
}
