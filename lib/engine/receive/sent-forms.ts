/** What the items that a device sends tell of the device: their content type and the properties that it has words for. */
import { hasSeveralEvents, SEVERAL_EVENTS, sentProperties } from '../../pim/device/sent-properties.ts';
import { versionIn, writtenAs } from '../../pim/formats/registry.ts';
import type { ReadItem } from '../../pim/read-item.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';

/** Notes the type, and the version that the first item of this type says where that is not the usual one. */
export function noteSentType(sync: DatastoreSync, type: string, data: string | Uint8Array): void {
  if (sync.device.lastSentType?.split(' ')[0] === type) return;
  const version = versionIn(data);
  const isUsual = writtenAs({ type, version }) === writtenAs({ type });
  sync.datastore.client.spoken = isUsual ? type : `${type} ${version}`;
}

/** A row has no room for more names. */
const MOST_NAMES = 150;

/**
 * Notes the properties that the device sent (D19), at once: a first sync tells most of them. A device that lists its
 * properties has told the most already.
 */
export function noteSentProperties(sync: DatastoreSync, { parsed, content }: ReadItem): void {
  const { anchor, device } = sync;
  if (anchor === undefined) return;
  const several = hasSeveralEvents(content) ? [SEVERAL_EVENTS] : [];
  const names = device.listedProperties === undefined ? sentProperties(parsed, content) : several;
  const added = [...names].filter((name) => !device.sentProperties.has(name) && name.length <= 40).sort();
  const room = MOST_NAMES - device.sentProperties.size;
  if (added.length === 0 || room <= 0) return;
  sync.putAnchor({ ...anchor, sentProperties: [...device.sentProperties, ...added.slice(0, room)].sort() });
}
