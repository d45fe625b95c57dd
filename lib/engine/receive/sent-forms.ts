/** Notes what a device shows of itself by the items that it sends: their content type, and the properties in them. */
import type { Content } from '../../pim/content.ts';
import type { Capacities } from '../../pim/device/capacity.ts';
import { learnedWords } from '../../pim/device/capacity-words.ts';
import { hasSeveralEvents, SEVERAL_EVENTS, sentProperties } from '../../pim/device/sent-properties.ts';
import { shownCapacities } from '../../pim/device/shown-capacity.ts';
import { versionIn, writtenAs } from '../../pim/formats/registry.ts';
import type { ReadItem } from '../../pim/read-item.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';

/** Notes the content type, and the version in the first item of this type if it is not the usual one. */
export function noteSentType(sync: DatastoreSync, type: string, data: string | Uint8Array): void {
  if (sync.device.lastSentType?.split(' ')[0] === type) return;
  const version = versionIn(data);
  const isUsual = writtenAs({ type, version }) === writtenAs({ type });
  sync.datastore.client.lastSentType = isUsual ? type : `${type} ${version}`;
}

/** As many names as an anchor's row has room for. */
const MOST_NAMES = 150;

/**
 * Notes the names of properties in the item (D19), and how much of each the device holds. They are noted in the anchor
 * and not only at the end of the sync, because most come in the first sync. For a device that lists its properties only
 * series with exceptions are noted by name.
 */
export function noteSentProperties(sync: DatastoreSync, read: ReadItem): void {
  const { anchor, device } = sync;
  if (anchor === undefined) return;
  const known = device.sentProperties;
  const several = () => (hasSeveralEvents(read.content) ? [SEVERAL_EVENTS] : []);
  const names = device.listedProperties === undefined ? sentProperties(read) : several();
  const added = names
    .filter((name) => !known.has(name) && name.length <= 40)
    .slice(0, Math.max(MOST_NAMES - known.size, 0));
  const before = device.learned.capacities ?? [];
  const capacities = learnedWords(before, shownOnce(read));
  if (added.length === 0 && capacities === before) return;
  const { sentProperties: _, capacities: __, software: ___, ...rest } = anchor;
  sync.putAnchor({
    ...rest,
    ...device.learned,
    ...((known.size > 0 || added.length > 0) && { sentProperties: [...known, ...added].sort() }),
    ...(capacities.length > 0 && { capacities }),
  });
}

const shown = new WeakMap<Content, Capacities>();

/** Made once for an item, although a step is run several times on the same message. */
function shownOnce(read: ReadItem): Capacities {
  const made = shown.get(read.content) ?? shownCapacities(read);
  shown.set(read.content, made);
  return made;
}
