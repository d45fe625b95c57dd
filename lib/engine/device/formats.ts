/**
 * In which format a device gets its items (C35, D06, D12): one that it lists, else the one that it sends, else as
 * stored.
 */
import type { DevInf, DevInfDataStore } from '../../message/devinf-model.ts';
import { plainType } from '../../pim/formats/content-types.ts';
import { canWrite, type Format } from '../../pim/formats/registry.ts';
import { datastoreNamed, localName } from '../model/datastores.ts';

/** The entry in the device information of the database that the client names so. */
export const databaseNamed = (devInf: DevInf | undefined, uri: string): DevInfDataStore | undefined =>
  devInf?.dataStores.find((candidate) => localName(candidate.sourceRef) === localName(uri));

const accepted = (own: DevInfDataStore | undefined) =>
  own === undefined ? [] : [...(own.rxPref ? [own.rxPref] : []), ...own.rx];

/** Content types that the device lists, sorted. Empty when it lists none: then it takes all (C35, D06). */
export const acceptedTypes = (own: DevInfDataStore | undefined): string[] =>
  [...new Set(accepted(own).map(({ type }) => plainType(type)))].sort();

/**
 * The format in which a device gets items that are stored under the type `stored`. `own`: the device's entry of its
 * database. `lastSentType`: the type that it sent last. Undefined when the device takes no format that they can have.
 */
export function formatTaken(
  datastore: string,
  own: DevInfDataStore | undefined,
  lastSentType: string | undefined,
  stored: string,
): Format | undefined {
  const formats = accepted(own).map(({ type, version }): Format => ({ type: plainType(type), version }));
  if (formats.length > 0) return formats.find((format) => canWrite(stored, format));
  const [type = datastoreNamed(datastore)?.types[0].type ?? stored, version] = lastSentType?.split(' ') ?? [];
  return canWrite(stored, { type }) ? { type, version } : { type: stored };
}
