/** The stream of crm-changes: in order per user, what failed comes again, what was applied is not applied twice. */
import { describe, expect, it } from 'vitest';
import { createCrmFeedHandler } from '../../functions/lambda/crm-feed/handler.ts';
import { toStreamEvent } from '../../infra/local/stream-event.ts';
import { readChanges } from '../../lib/app/changes.ts';
import { type CrmChange, putCrmChange } from '../../lib/app/ingest.ts';
import type { ServeDeps } from '../../lib/app/serve.ts';
import { type Store, StoreError } from '../../lib/store/port/port.ts';
import { type SqliteStore, sqliteStore } from '../../lib/store/sqlite/store.ts';
import { sqliteStream } from '../../lib/store/sqlite/stream.ts';
import { CONTEXT, crmChange, memoryDeps } from './events.ts';

/** The stream's event after these changes were stored. */
async function eventOf(store: Store, changes: readonly CrmChange[]) {
  for (const change of changes) await putCrmChange(store, change);
  const { records } = await sqliteStream({ store: store as SqliteStore }, 'crm-changes').read(undefined, 100);
  return toStreamEvent(records);
}

const logged = async (store: Store, user: string): Promise<(string | undefined)[]> =>
  (await readChanges(store, user)).map(({ record }) => record);

/** Fails every transaction of this user. */
function failingFor(deps: ServeDeps, user: string): ServeDeps {
  const fails = (pk: string): boolean => pk.startsWith(`${user}#`);
  const store: Store = {
    ...deps.store,
    transact: async (writes) => {
      if (writes.some((write) => fails('row' in write ? write.row.pk : write.key.pk)))
        throw new StoreError('no', { retryable: true, notCommitted: true });
      return deps.store.transact(writes);
    },
  };
  return { ...deps, store };
}

describe('the CRM feed', () => {
  it('applies the records in their order', async () => {
    const { deps } = memoryDeps();
    const event = await eventOf(deps.store, [crmChange({ eventId: 'b' }), crmChange({ eventId: 'a' })]);
    expect(await createCrmFeedHandler(deps)(event, CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(await logged(deps.store, 'anna')).toEqual(['record of b', 'record of a']);
  });

  it('changes nothing when the same batch comes again', async () => {
    const { deps } = memoryDeps();
    const event = await eventOf(deps.store, [crmChange({ eventId: 'a' }), crmChange({ eventId: 'b' })]);
    const handler = createCrmFeedHandler(deps);
    await handler(event, CONTEXT);
    const before = await readChanges(deps.store, 'anna');
    expect(await handler(event, CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(await readChanges(deps.store, 'anna')).toEqual(before);
  });

  it('reports from the first failure of a user on, and applies the other users', async () => {
    const { deps, events } = memoryDeps();
    const event = await eventOf(deps.store, [
      crmChange({ eventId: 'a1' }),
      crmChange({ eventId: 'b1', user: 'bo' }),
      crmChange({ eventId: 'a2' }),
      crmChange({ eventId: 'b2', user: 'bo' }),
    ]);
    const result = await createCrmFeedHandler(failingFor(deps, 'anna'))(event, CONTEXT);
    const sequences = [0, 2].map((at) => ({ itemIdentifier: event.Records[at]?.dynamodb?.SequenceNumber }));
    expect(result.batchItemFailures).toEqual(sequences);
    expect(await logged(deps.store, 'bo')).toEqual(['record of b1', 'record of b2']);
    expect(events).toContainEqual(expect.objectContaining({ event: 'crm-feed-failed', id: 'a1' }));
    expect(await createCrmFeedHandler(deps)(event, CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(await logged(deps.store, 'anna')).toEqual(['record of a1', 'record of a2']);
    expect(await logged(deps.store, 'bo')).toHaveLength(2);
  });

  it('takes user and event as they are, not as their keys are escaped', async () => {
    const { deps } = memoryDeps();
    const event = await eventOf(deps.store, [crmChange({ eventId: 'e#1', user: '100%#1' })]);
    await createCrmFeedHandler(deps)(event, CONTEXT);
    expect(await logged(deps.store, '100%#1')).toEqual(['record of e#1']);
  });

  it('passes over what is no new record, and what is gone', async () => {
    const { deps } = memoryDeps();
    const event = await eventOf(deps.store, [crmChange({ eventId: 'a' })]);
    const modified = event.Records.map((record) => ({ ...record, eventName: 'MODIFY' as const }));
    const handler = createCrmFeedHandler(deps);
    expect(await handler({ Records: modified }, CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(await logged(deps.store, 'anna')).toEqual([]);
    const elsewhere = { ...deps, store: sqliteStore({ file: ':memory:' }) };
    expect(await createCrmFeedHandler(elsewhere)(event, CONTEXT)).toEqual({ batchItemFailures: [] });
  });

  it('does not repeat a record that can never be applied', async () => {
    const { deps, events } = memoryDeps();
    const event = await eventOf(deps.store, [crmChange({ eventId: 'a', datastore: 'pictures' })]);
    expect(await createCrmFeedHandler(deps)(event, CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(events).toMatchObject([{ event: 'crm-change', result: 'refused' }]);
  });
});
