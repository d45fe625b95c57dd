/** The rows of an item and of its versions, and the part rows of their texts (docs/adr/0017). */
import type { Put } from '../../engine/io/writes.ts';
import type { Guid } from '../../engine/model/ids.ts';
import { LOG_SECONDS, VERSION_SECONDS } from '../../engine/model/limits.ts';
import { isRev } from '../../engine/model/records.ts';
import type { Content } from '../../pim/content.ts';
import type { Write } from '../port/port.ts';
import { partBlobs, partsOf } from '../rows/content-fields.ts';
import * as keys from '../rows/keys.ts';
import * as shapes from '../rows/shapes.ts';
import { after, ifUnwritten, put, type Scope } from './put-row.ts';

type ItemPut = Extract<Put, { put: 'item' }>;
type VersionPut = Extract<Put, { put: 'version' }>;

/** The row of an item. A tombstone expires with the log. */
export function itemWrites(scope: Scope, { datastore, item }: ItemPut): Write[] {
  const at = { user: scope.user, datastore };
  const fields = shapes.itemFields(item, partsOf(item.content));
  const tombstone = item.content === undefined ? { expires: after(scope, LOG_SECONDS) } : {};
  const { guid, version } = item;
  return [put(keys.itemKey(at, guid), version, ifUnwritten(version), { ...fields, ...tombstone })];
}

/**
 * The row of a version, which expires after the retention time. Part rows that only this version refers to expire with
 * it, and are written in the same transaction: written early, they could take the place of rows that an item refers to.
 */
export function versionWrites(scope: Scope, { datastore, version, live }: VersionPut): Write[] {
  const at = { user: scope.user, datastore };
  const expires = after(scope, VERSION_SECONDS);
  const { guid, rev, content } = version;
  const key = keys.versionKey(at, guid, rev, isRev(version) ? undefined : content.hash);
  const row = put(key, 0, 'any', { ...shapes.versionFields(version, partsOf(content)), expires });
  if (live === true) return [row];
  const old = Array.from({ length: content.isWhole ? 0 : content.parts }, (_, n): Write => {
    const part = keys.partKey(at, guid, content.hash, n);
    return { op: 'set', key: part, attributes: {}, expires, condition: 'exists' };
  });
  return [row, ...old, ...partWrites(at, { guid, content, expires })];
}

/**
 * The part rows of a text that the item has when the transaction is written. They do not expire, so it does no harm to
 * write them before the transaction: they only make the text stay.
 */
export const livePartWrites = (scope: Scope, wanted: ItemPut | VersionPut): Write[] => {
  const { datastore } = wanted;
  const at = { user: scope.user, datastore };
  if (wanted.put === 'item') {
    const { guid, content } = wanted.item;
    return content === undefined ? [] : partWrites(at, { guid, content });
  }
  return wanted.live === true ? partWrites(at, wanted.version) : [];
};

interface Parts {
  readonly guid: Guid;
  readonly content: Content;
  readonly expires?: number;
}

const partWrites = (at: keys.InDatastore, { guid, content, expires }: Parts): Write[] =>
  partBlobs(content).map((blob, n) => {
    const fields = { attributes: { f: shapes.SHAPE.part }, blob, expires };
    return put(keys.partKey(at, guid, content.hash, n), 0, 'any', fields);
  });
