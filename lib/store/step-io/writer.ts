/**
 * Puts of a step -> rows with conditions. `WRITES` has an entry for each kind of Put. rows/keys.ts makes the key of a
 * row, rows/shapes.ts its attributes.
 */

import type { Put } from '../../engine/io/writes.ts';
import { LOG_SECONDS, RESUME_SECONDS, SESSION_SECONDS } from '../../engine/model/limits.ts';
import { packPairs } from '../../engine/model/mapping-pairs.ts';
import { SESSION_SHAPE, type SessionState } from '../../engine/model/session-state.ts';
import { isFinished } from '../../engine/state/datastore-progress.ts';
import type { Write } from '../port/port.ts';
import { keyText, writtenKey } from '../port/rules.ts';
import * as keys from '../rows/keys.ts';
import { luidsField } from '../rows/luid-fields.ts';
import { packBytes, packJson } from '../rows/pack.ts';
import * as shapes from '../rows/shapes.ts';
import { itemWrites, livePartWrites, versionWrites } from './item-rows.ts';
import { after, ifUnwritten as asRead, put, type Scope } from './put-row.ts';

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
  const early = new Map<string, Write>();
  const together = new Map<string, Write>();
  for (const put of puts) {
    for (const write of earlyWrites(scope, put)) early.set(keyText(writtenKey(write)), write);
    if (isSessionPart(put)) continue;
    for (const write of writesOf(scope, put)) {
      const name = keyText(writtenKey(write));
      if (write.op !== 'set' || !together.has(name)) together.set(name, write);
    }
  }
  return { early: [...early.values()], together: [...together.values()] };
}

/** Is it a row that the session's row names? */
const isSessionPart = ({ put: kind }: Put): boolean => kind === 'chunk';

function earlyWrites(scope: Scope, wanted: Put): Write[] {
  if (wanted.put === 'item' || wanted.put === 'version') return livePartWrites(scope, wanted);
  return isSessionPart(wanted) ? writesOf(scope, wanted) : [];
}

type PutOf<K extends Put['put']> = Extract<Put, { readonly put: K }>;

const at = ({ user }: Scope, { datastore }: { readonly datastore: string }): keys.InDatastore => ({
  user,
  datastore,
});

const WRITES: { readonly [K in Put['put']]: (scope: Scope, wanted: PutOf<K>) => Write[] } = {
  item: itemWrites,
  luids: (scope, wanted) => {
    const { guid, luids, sent, version } = wanted;
    const attributes = { luids: luidsField(luids), ...(sent && { sent }) };
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
  pairs: (scope, wanted) => [
    put(keys.pairsKey(at(scope, wanted), wanted.peer, wanted), 0, 'any', {
      attributes: { f: shapes.SHAPE.pairs },
      blob: packPairs(wanted.pairs),
    }),
  ],
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
  index: (scope, wanted) => [
    put(keys.indexKey(at(scope, wanted), wanted.epoch, wanted.row), 0, 'any', shapes.indexFields(wanted)),
  ],
  'no index': (scope, wanted) => [
    { op: 'delete', key: keys.indexKey(at(scope, wanted), wanted.epoch, wanted.row), condition: 'any' },
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
