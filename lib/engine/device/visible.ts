/** What a client sees of a datastore: everything, or what its filter of this session lets through (F08-F11, F14). */

import { matches } from '../../filter/evaluate.ts';
import { printFilter } from '../../filter/print.ts';
import type { DevInf, DevInfDataStore } from '../../message/devinf-model.ts';
import { plainType } from '../../pim/formats/content-types.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { localName } from '../model/datastores.ts';
import { type Item, luidOf } from '../model/records.ts';
import type { Work } from '../work.ts';

/**
 * What decides which items can be in the client's sync set, as the anchor keeps it: filter, content types, largest
 * object. When it is another than last time the whole datastore is looked at, so nothing has to be listed as waiting.
 */
export function viewOf(work: Work, datastore: DatastoreState): string {
  const { filter } = datastore.client;
  const asked = filter && `${filter.inclusive ? 'I' : 'E'} ${printFilter(filter.record)}`;
  const types = acceptedTypes(work, datastore).join(',');
  const largest = maxObjSize(work, datastore) ?? '';
  // Without chunks an item must fit a message.
  const whole = takesChunks(work) ? '' : `${work.state.maxMsgSize ?? 'any'}`;
  return [types, largest, whole, asked ?? ''].join(' ').trim();
}

/** What the device information says of the client's own database (D02). */
export const ownDataStore = (work: Work, datastore: DatastoreState): DevInfDataStore | undefined =>
  databaseNamed(work.device?.devInf, datastore.uris.client);

/** As the client names it. */
export const databaseNamed = (devInf: DevInf | undefined, uri: string): DevInfDataStore | undefined =>
  devInf?.dataStores.find((candidate) => localName(candidate.sourceRef) === localName(uri));

/** Content types that it lists; none: the client takes all (C35, D06). */
function acceptedTypes(work: Work, datastore: DatastoreState): string[] {
  const own = ownDataStore(work, datastore);
  const types = own === undefined ? [] : [...(own.rxPref ? [own.rxPref] : []), ...own.rx];
  return [...new Set(types.map(({ type }) => plainType(type)))].sort();
}

/** MaxObjSize of the client for the datastore (L02, L13), bytes. */
export const maxObjSize = (work: Work, datastore: DatastoreState): number | undefined =>
  datastore.client.maxObjSize ?? work.state.maxObjSize;

/** May this client get chunks? Without device information 1.1 and later are taken at their word (L14). */
export function takesChunks(work: Work): boolean {
  const { devInf } = work.device ?? {};
  return work.state.version !== '1.0' && (devInf === undefined || devInf.supportLargeObjs === true);
}

/** Is the item in the client's sync set? True while a body is due to be read: that run does not count. */
export function isVisible(work: Work, datastore: DatastoreState, item: Item): boolean {
  const { filter } = datastore.client;
  if (filter === undefined || item.content === undefined) return true;
  const luid = luidOf(item, work.peer, datastore.mapping);
  if (filter.inclusive && luid !== undefined) return true; // F09
  const content = work.changes.wholeOf(datastore.name, item.guid, item.content);
  if (content === undefined) return true;
  const modifiedAt = content.modifiedAt ?? new Date(item.at).toISOString();
  return matches(filter.record, { content, modifiedAt, ...(luid !== undefined && { luid }) });
}
