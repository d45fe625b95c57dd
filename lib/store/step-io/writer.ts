/**
 * Puts of a step -> rows with conditions. `WRITES` has an entry for each kind of Put. rows/keys.ts makes the key of a
 * row, rows/shapes.ts its attributes.
 */

import type { Put } from '../../engine/io/writes.ts';
import type { Guid } from '../../engine/model/ids.ts';
import {
  BODY_PART,
  LOG_SECONDS,
  RESUME_SECONDS,
  SESSION_SECONDS,
  VERSION_SECONDS,
} from '../../engine/model/limits.ts';
import { isRev } from '../../engine/model/records.ts';
import { SESSION_SHAPE, type SessionState } from '../../engine/model/session-state.ts';
import { isFinished } from '../../engine/state/datastore-progress.ts';
import type { Content } from '../../pim/content.ts';
import type { Condition, Write } from '../port/port.ts';
import { keyText, writtenKey } from '../port/rules.ts';
import * as keys from '../rows/keys.ts';
import { packBytes, packJson } from '../rows/pack.ts';
import * as shapes from '../rows/shapes.ts';
import { after, put, type Scope } from './put-row.ts';

export interface PlannedWrites {
  /**
   * Rows that mean nothing before a row of `together` names them, and that may be written twice. Each is written by
   * itself before the transaction, which costs half. They are large.
   */
  readonly early: readonly Write[];
  /** The writes of the transaction. */
  readonly together: readonly Write[];
}

/** If two writes touch the same row, the one that writes the complete row counts. */
export function toWrites(scope: Scope, puts: readonly Put[]): PlannedWrites {
  const early: Write[] = [];
  const together = new Map<string, Write>();
  for (const put of puts) {
    const writes = writesOf(scope, put);
    if (isEarly(put)) early.push(...writes);
    else
      for (const write of writes) {
        const name = keyText(writtenKey(write));
        if (write.op !== 'set' || !together.has(name)) together.set(name, write);
      }
  }
  return { early, together: [...together.values()] };
}

/** The session's row names these rows. */
const isEarly = ({ put: kind }: Put): boolean => kind === 'index' || kind === 'chunk';

/** The condition that a row was not written since it was read. Version 0: there was no row. */
const asRead = (version: number): Condition => (version === 0 ? 'absent' : { version });

type PutOf<K extends Put['put']> = Extract<Put, { readonly put: K }>;

const at = ({ user }: Scope, { datastore }: { readonly datastore: string }): keys.InDatastore => ({
  user,
  datastore,
});

const WRITES: { readonly [K in Put['put']]: (scope: Scope, wanted: PutOf<K>) => Write[] } = {
  item: itemWrites,
  luids: (scope, wanted) => {
    const { guid, luids, sent, version } = wanted;
    const attributes = { luids, ...(sent && { sent }) };
    return [{ op: 'set', key: keys.itemKey(at(scope, wanted), guid), attributes, condition: { version } }];
  },
  version: versionWrites,
  review: (scope, wanted) => {
    const { review } = wanted;
    const key = keys.reviewKey(at(scope, wanted), review.guid, review.other);
    // A review lives longer than the versions that an undo would need.
    return [put(key, 0, 'any', { ...shapes.reviewFields(review), expires: after(scope, LOG_SECONDS) })];
  },
  mapping: (scope, wanted) => {
    const { peer, generation, luid, guid } = wanted;
    const key = keys.mappingKey(at(scope, wanted), peer, generation, luid);
    return [put(key, 0, 'any', shapes.mappingFields(guid))];
  },
  commit: (scope, wanted) => {
    const key = keys.commitKey(at(scope, wanted), wanted.commit.sequence);
    const expires = after(scope, LOG_SECONDS);
    return [put(key, 0, 'absent', { ...shapes.commitFields(wanted.commit), expires })];
  },
  head: (scope, wanted) => {
    const { head } = wanted;
    return [
      put(keys.headKey(at(scope, wanted)), head.version, asRead(head.version), shapes.headFields(head)),
    ];
  },
  anchor: (scope, wanted) => {
    const { anchor, peer } = wanted;
    const key = keys.anchorKey(at(scope, wanted), peer);
    return [put(key, anchor.version, asRead(anchor.version), shapes.anchorFields(anchor))];
  },
  device: (scope, { record, expires }) => {
    const key = keys.deviceKey(scope.user, scope.peer);
    return [put(key, record.version, asRead(record.version), { ...shapes.deviceFields(record), expires })];
  },
  index: (scope, { datastore, tag, part, entries }) => [
    put(keys.indexKey(scope, datastore, tag, part), 0, 'any', {
      attributes: { f: SESSION_SHAPE },
      blob: packJson(entries),
      expires: after(scope, RESUME_SECONDS),
    }),
  ],
  chunk: (scope, { number, tag, bytes }) => [
    put(keys.chunkKey(scope, number, tag), 0, 'any', {
      attributes: { f: SESSION_SHAPE },
      blob: packBytes(bytes),
      expires: after(scope, RESUME_SECONDS),
    }),
  ],
  session: (scope, { state, version }) => {
    const attributes = { f: SESSION_SHAPE, phase: state.phase, msg: state.msgId };
    const fields = { attributes, blob: packJson(state), expires: sessionEnd(scope, state) };
    return [put(keys.sessionKey(scope), version, asRead(version), fields)];
  },
  applied: (scope, { eventId, sequence, version }) => {
    const key = keys.crmChangeKey(scope.user, eventId);
    // Kept as long as the log. Until then a repeated event is recognised.
    const expires = after(scope, LOG_SECONDS);
    return [{ op: 'set', key, attributes: { applied: sequence }, expires, condition: { version } }];
  },
};

const writesOf = <K extends Put['put']>(scope: Scope, wanted: PutOf<K> & { readonly put: K }): Write[] =>
  WRITES[wanted.put](scope, wanted);

/** When the session's row expires. A session that may be resumed is kept longer. */
function sessionEnd(scope: Scope, { version, datastores }: SessionState): number {
  const isOpen = version === '1.2' && !datastores.every(isFinished);
  return after(scope, isOpen ? RESUME_SECONDS : SESSION_SECONDS);
}

/** How many part rows a body needs; 0 if it fits one row. */
const partsOf = (content: Content | undefined): number =>
  content?.isWhole && content.size > BODY_PART ? Math.ceil(content.size / BODY_PART) : 0;

function partWrites(
  at: keys.InDatastore,
  guid: Guid,
  content: Content | undefined,
  expires?: number,
): Write[] {
  const parts = partsOf(content);
  if (content === undefined || parts === 0) return [];
  const bytes = Buffer.from(content.storedText, 'utf8');
  return Array.from({ length: parts }, (_, n) => {
    const blob = packBytes(bytes.subarray(n * BODY_PART, (n + 1) * BODY_PART));
    const fields = { attributes: { f: shapes.SHAPE.part }, blob, expires };
    return put(keys.partKey(at, guid, content.hash, n), 0, 'any', fields);
  });
}

/** The row of an item, and the part rows of a large body. A tombstone expires with the log. */
function itemWrites(scope: Scope, { datastore, item }: Extract<Put, { put: 'item' }>): Write[] {
  const at = { user: scope.user, datastore };
  const fields = shapes.itemFields(item, partsOf(item.content));
  const tombstone = item.content === undefined ? { expires: after(scope, LOG_SECONDS) } : {};
  const row = put(keys.itemKey(at, item.guid), item.version, asRead(item.version), {
    ...fields,
    ...tombstone,
  });
  return [row, ...partWrites(at, item.guid, item.content)];
}

/**
 * The row of a version expires after the retention time, with the part rows that only this version refers to. Part rows
 * that the item refers to stay with the item.
 */
function versionWrites(
  scope: Scope,
  { datastore, version, live }: Extract<Put, { put: 'version' }>,
): Write[] {
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
  return [row, ...old, ...partWrites(at, guid, content, expires)];
}
