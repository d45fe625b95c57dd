/**
 * Records of the CRM: `putCrmChange` stores one in the table crm-changes, `createIngest` applies it to the user's
 * items, once, however often the stream delivers it.
 */

import { type CrmChange, type Ingested, ingest } from '../engine/ingest.ts';
import { CRM } from '../engine/model/ids.ts';
import { type Row, type Store, StoreError } from '../store/port/port.ts';
import { crmChangeKey } from '../store/rows/keys.ts';
import { packText, unpackText } from '../store/rows/pack.ts';
import { SHAPE } from '../store/rows/shapes.ts';
import { decideOnFacts } from './decide.ts';
import type { ServeDeps } from './serve.ts';
import { writeInOrder } from './write-transactions.ts';

export type { CrmChange };

const MAX_ATTEMPTS = 5;

/** Stores a change record, which the stream then delivers. A second record of the same event id is not stored. */
export async function putCrmChange(store: Store, change: CrmChange): Promise<'stored' | 'repeated'> {
  const { user, eventId, datastore, record, op, type, body, at } = change;
  const packed = body === undefined ? { attributes: {} } : packText(body);
  const row: Row = {
    ...crmChangeKey(user, eventId),
    version: 1,
    ...packed,
    attributes: {
      f: SHAPE.change,
      user,
      event: eventId,
      datastore,
      record,
      op,
      at,
      ...(type !== undefined && { type }),
      ...packed.attributes,
    },
  };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if ((await store.transact([{ op: 'put', row, condition: 'absent' }])) === 'committed') return 'stored';
    // A conflict means that the row exists, or that somebody else was writing at the same time.
    if ((await store.get([crmChangeKey(user, eventId)])).length > 0) return 'repeated';
  }
  throw lostRace();
}

const lostRace = (): StoreError =>
  new StoreError('the change lost its race too often', { retryable: true, notCommitted: true });

/** The change of a stored record. */
export function changeOf(row: Row): CrmChange {
  const a = row.attributes as unknown as Omit<CrmChange, 'eventId' | 'body'> & { event: string };
  const body = unpackText(row);
  return {
    eventId: a.event,
    user: a.user,
    datastore: a.datastore,
    record: a.record,
    op: a.op,
    at: a.at,
    ...(a.type !== undefined && { type: a.type }),
    ...(body !== undefined && { body }),
  };
}

export type IngestResult = 'applied' | 'unchanged' | 'repeated' | 'refused' | 'missing';

/**
 * Makes the function that applies one stored record, by the same loop as an exchange: decide, write, and again after a
 * lost race. Throws a StoreError when it should be tried again; `refused` is for good and is logged with its reason.
 */
export function createIngest(deps: ServeDeps): (user: string, eventId: string) => Promise<IngestResult> {
  return async (user, eventId) => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const [row] = await deps.store.get([crmChangeKey(user, eventId)]);
      if (row === undefined) return 'missing';
      if (row.attributes.applied !== undefined) return 'repeated';
      const change = changeOf(row);
      const environment = { now: deps.now(), seed: Buffer.from(deps.random(12)).toString('base64url') };
      const ingested = await decideOnFacts(deps.store, (known) =>
        ingest(change, row.version, known, environment),
      );
      const isWritten = await writeIngested(deps, change, ingested);
      if (ingested.kind === 'groundwork' && isWritten) attempt -= 1; // the record has come forward
      if (ingested.kind === 'groundwork' || !isWritten) continue;
      const reason = ingested.kind === 'refused' ? { reason: ingested.reason } : {};
      const { datastore } = change;
      deps.log({ event: 'crm-change', user, id: eventId, datastore, result: ingested.kind, ...reason });
      return ingested.kind;
    }
    throw lostRace();
  };
}

type DecidedRecord = Exclude<Ingested, { kind: 'needs' }>;

async function writeIngested(deps: ServeDeps, change: CrmChange, ingested: DecidedRecord): Promise<boolean> {
  const scope = { user: change.user, peer: CRM, sessionId: change.eventId, now: deps.now() };
  const done = await writeInOrder(deps.store, { scope, transactions: ingested.transactions });
  return done.kind === 'written';
}
