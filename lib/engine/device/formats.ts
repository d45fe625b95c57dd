/** In which format a device gets its items (C35, D06, D12): what it lists, else what it sends itself, else as stored. */
import type { DevInfDataStore } from '../../message/devinf-model.ts';
import type { Content } from '../../pim/content.ts';
import { type FormattedItem, seenOf, writeItem } from '../../pim/device/format-item.ts';
import { hasSeveralEvents, SEVERAL_EVENTS, sentProperties } from '../../pim/device/sent-properties.ts';
import { digest } from '../../pim/digest.ts';
import { plainType } from '../../pim/formats/content-types.ts';
import { canWrite, type Format, versionIn, writtenAs } from '../../pim/formats/registry.ts';
import { isStoredOtherwise } from '../../pim/properties/table.ts';
import type { ReadItem } from '../../pim/read-item.ts';
import type { ItemView } from '../changes/peer-context.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { datastoreNamed } from '../model/datastores.ts';
import { anchorOf, putAnchor, type Work } from '../work.ts';
import { abilitiesOf } from './capabilities.ts';
import { listedBy, newlyListed } from './listed.ts';
import { optionsOf } from './rules.ts';
import { ownDataStore } from './visible.ts';

/** For items that are stored under this type; undefined when the device takes none of what they can be written in. */
export function formatFor(work: Work, datastore: DatastoreState, stored: string): Format | undefined {
  const spoken = datastore.client.spoken ?? anchorOf(work, datastore.name)?.spoken;
  return formatTaken(datastore.name, ownDataStore(work, datastore), spoken, stored);
}

/** As `formatFor`, of a device with this entry in its device information that last sent `spoken`. */
export function formatTaken(
  datastore: string,
  own: DevInfDataStore | undefined,
  spoken: string | undefined,
  stored: string,
): Format | undefined {
  const listed = own === undefined ? [] : [...(own.rxPref ? [own.rxPref] : []), ...own.rx];
  const formats = listed.map(({ type, version }): Format => ({ type: plainType(type), version }));
  if (formats.length > 0) return formats.find((format) => canWrite(stored, format));
  const [type = datastoreNamed(datastore)?.types[0].type ?? stored, version] = spoken?.split(' ') ?? [];
  return canWrite(stored, { type }) ? { type, version } : { type: stored };
}

/** Notes what a device sends: the type, and the version that its first item of this type says where that is another. */
export function noteSpoken(
  work: Work,
  datastore: DatastoreState,
  type: string,
  data: string | Uint8Array,
): void {
  const known = datastore.client.spoken ?? anchorOf(work, datastore.name)?.spoken;
  if (known?.split(' ')[0] === type) return;
  const version = versionIn(data);
  const isUsual = writtenAs({ type, version }) === writtenAs({ type });
  datastore.client.spoken = isUsual ? type : `${type} ${version}`;
}

/** A device has no more words than a row has room for. */
const MOST_WORDS = 150;

/** Properties that the device has sent so far (D19). */
const wordsOf = (work: Work, { name }: DatastoreState): ReadonlySet<string> =>
  new Set(anchorOf(work, name)?.words);

/** Notes them at once: a first sync tells most of them. A device that lists its properties has told the most already. */
export function noteWords(work: Work, datastore: DatastoreState, { parsed, content }: ReadItem): void {
  const anchor = anchorOf(work, datastore.name);
  if (anchor === undefined) return;
  const known = wordsOf(work, datastore);
  const isListed = listedBy(work, datastore) !== undefined;
  const several = hasSeveralEvents(content) ? [SEVERAL_EVENTS] : [];
  const said = isListed ? several : sentProperties(parsed, content);
  const fresh = said.filter((name) => !known.has(name) && name.length <= 40);
  const room = MOST_WORDS - known.size;
  if (fresh.length > 0 && room > 0)
    putAnchor(work, datastore.name, { ...anchor, words: [...known, ...fresh.slice(0, room)].sort() });
}

/** What the device sees of items. */
export const viewOfItems = (work: Work, datastore: DatastoreState): ItemView => ({
  seen: (content) => {
    const format = formatFor(work, datastore, content.type);
    return seenOf(content, format, format && abilitiesFor(work, datastore, format));
  },
  held: listedBy(work, datastore) === undefined ? wordsOf(work, datastore) : 'all',
  unseen: newlyListed(work, datastore),
  changed: isAnother(work, datastore),
});

/**
 * Does the device get its items in another form than when it was last told of them: another content type, other limits?
 * Properties that are only new in its list are no part of this (listed.ts).
 */
export function isAnother(work: Work, datastore: DatastoreState): boolean {
  const { caps, listed } = anchorOf(work, datastore.name) ?? {};
  if (caps === undefined) return false;
  // What BEGIN lists are parts of items; other names may be those of the device's format.
  const isTold = [...newlyListed(work, datastore)].some(
    (name) => name === 'BEGIN' || isStoredOtherwise(name),
  );
  return isTold || caps !== capsOf(work, datastore, listed);
}

/** Content type and limits of these properties as a short hash; of no list: that there is none. */
export function capsOf(
  work: Work,
  datastore: DatastoreState,
  names: readonly string[] | undefined,
): string | undefined {
  const format = formatFor(work, datastore, datastoreNamed(datastore.name)?.types[0].type ?? '');
  if (format === undefined) return undefined;
  const { properties } = abilitiesFor(work, datastore, format);
  const limits =
    properties && (names ?? [...properties.keys()].sort()).map((name) => properties.get(name) ?? 0);
  return digest(JSON.stringify([writtenAs(format), limits ?? 'all'])).slice(0, 8);
}

/** What the device says of its database, as a short hash; undefined: nothing. */
export function descriptionOf(work: Work, datastore: DatastoreState): string | undefined {
  const own = ownDataStore(work, datastore);
  return own && digest(JSON.stringify([own.rxPref, own.rx, own.ctCaps])).slice(0, 8);
}

/** The item as the device gets it. */
export function writtenFor(work: Work, datastore: DatastoreState, content: Content): FormattedItem {
  const format = formatFor(work, datastore, content.type);
  return writeItem(content, format, format && abilitiesFor(work, datastore, format));
}

const abilitiesFor = (work: Work, datastore: DatastoreState, { type }: Format) =>
  abilitiesOf(
    work.device?.devInf,
    ownDataStore(work, datastore),
    type,
    optionsOf(work),
    anchorOf(work, datastore.name)?.words,
  );
