import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbStore } from '../../lib/store/dynamodb/store.ts';
import type { Key, Store, Write } from '../../lib/store/port/port.ts';
import { cancelled, type FaultServer, failure, ok, startFaultServer } from './fault-server.ts';

const key: Key = { table: 'items', pk: 'secret-key', sk: 'I#1' };
const put: Write = { op: 'put', row: { ...key, version: 1, attributes: { n: 1 } }, condition: 'absent' };
const check: Write = { op: 'check', key: { ...key, sk: 'C#1' }, condition: 'absent' };
const range = { table: key.table, pk: key.pk, from: 'A', to: 'Z' };

/** The SDK waits between its attempts. In milliseconds. */
const PATIENCE = 30_000;

const THROTTLED = failure('ProvisionedThroughputExceededException');
const CHECK_FAILED = failure('ConditionalCheckFailedException');
const DOWN = failure('InternalServerError', {}, 500);

let server: FaultServer;
let store: Store;
beforeAll(async () => {
  server = await startFaultServer();
  store = dynamodbStore({ prefix: 'test', endpoint: server.endpoint });
});
afterAll(async () => {
  await store.close();
  await server.close();
});

describe('a lost race is a conflict', { timeout: PATIENCE }, () => {
  it.each([
    ['a condition failed', cancelled('None', 'ConditionalCheckFailed')],
    ['another transaction was at it', cancelled('TransactionConflict', 'None')],
    ['one of both, and throttled', cancelled('ThrottlingError', 'TransactionConflict')],
  ])('in a transaction: %s', async (_, fault) => {
    server.answer(fault);
    expect(await store.transact([put, check])).toBe('conflict');
    expect(server.requests.map(({ action }) => action)).toEqual(['TransactWriteItems']);
  });

  it('in a transaction that is still under way when the SDK repeats it', async () => {
    server.answer('hang-up', failure('TransactionInProgressException'));
    expect(await store.transact([put, check])).toBe('conflict');
  });

  it.each([
    ['a condition failed', CHECK_FAILED],
    ['a transaction was at it', failure('TransactionConflictException')],
  ])('in a single write: %s', async (_, fault) => {
    server.answer(fault);
    expect(await store.transact([put])).toBe('conflict');
    expect(server.requests.map(({ action }) => action)).toEqual(['PutItem']);
  });
});

describe('a write that the SDK repeats', { timeout: PATIENCE }, () => {
  it('carries the same token, so that it is not carried out twice', async () => {
    server.answer(DOWN, 'hang-up', ok());
    expect(await store.transact([put, check])).toBe('committed');
    const tokens = server.requests.map(({ body }) => body.ClientRequestToken);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);

    server.answer(ok());
    await store.transact([put, check]);
    expect(tokens).not.toContain(server.requests[0]?.body.ClientRequestToken);
  });

  it('does not take its own first attempt for a lost race', async () => {
    server.answer('hang-up', CHECK_FAILED);
    const outcome = store.transact([put]);
    await expect(outcome).rejects.toMatchObject({ name: 'StoreError', retryable: true, notCommitted: false });
  });

  it('is a plain conflict when the first attempt was only throttled', async () => {
    server.answer(THROTTLED, CHECK_FAILED);
    expect(await store.transact([put])).toBe('conflict');
  });
});

describe('other failures are StoreErrors', { timeout: PATIENCE }, () => {
  it.each([
    ['throttled', THROTTLED, { retryable: true, notCommitted: true }],
    [
      'cancelled for throttling',
      cancelled('None', 'ThrottlingError'),
      { retryable: true, notCommitted: true },
    ],
    ['cancelled as invalid', cancelled('None', 'ValidationError'), { retryable: false, notCommitted: true }],
    ['not allowed', failure('AccessDeniedException'), { retryable: false, notCommitted: true }],
    ['no such table', failure('ResourceNotFoundException'), { retryable: false, notCommitted: true }],
    ['down', DOWN, { retryable: true, notCommitted: false }],
    ['no answer', 'hang-up' as const, { retryable: true, notCommitted: false }],
    ['no answer, then throttled', ['hang-up' as const, THROTTLED], { retryable: true, notCommitted: false }],
  ])('a transaction, %s', async (_, fault, expected) => {
    server.answer(...(Array.isArray(fault) ? fault : [fault]));
    const error = await store.transact([put, check]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'StoreError', ...expected });
    expect((error as Error).message).not.toContain(key.pk);
  });

  it('of reads too', async () => {
    server.answer(failure('AccessDeniedException'));
    await expect(store.get([key])).rejects.toMatchObject({ name: 'StoreError', retryable: false });
    await expect(store.query(range)).rejects.toMatchObject({ name: 'StoreError', retryable: false });
  });

  it('of a read that stays throttled', async () => {
    server.answer(THROTTLED);
    await expect(store.query(range)).rejects.toMatchObject({ name: 'StoreError', retryable: true });
  });

  it('without a connection', async () => {
    const nowhere = dynamodbStore({ prefix: 'test', endpoint: 'http://127.0.0.1:1' });
    await expect(nowhere.transact([put])).rejects.toMatchObject({ name: 'StoreError', retryable: true });
    await nowhere.close();
  });
});

describe('a read of many keys', { timeout: PATIENCE }, () => {
  const keys = Array.from({ length: 150 }, (_, index) => ({ ...key, sk: `I#${index}` }));
  const item = (sk: string) => ({ pk: { S: key.pk }, sk: { S: sk }, v: { N: '1' } });
  const named = ({ sk }: Key) => ({ pk: { S: key.pk }, sk: { S: sk } });

  it('asks for 100 at a time, consistently', async () => {
    server.answer(ok({ Responses: {}, UnprocessedKeys: {} }));
    expect(await store.get(keys)).toEqual([]);
    const requests = server.requests.map(
      ({ body }) => body.RequestItems as Record<string, { Keys: unknown[] }>,
    );
    expect(requests.map((request) => request['test-items']?.Keys.length).sort()).toEqual([100, 50]);
    for (const request of requests) expect(request['test-items']).toMatchObject({ ConsistentRead: true });
  });

  it('asks again for the keys that were left over', async () => {
    const two = keys.slice(0, 2);
    const left = { 'test-items': { Keys: two.slice(1).map(named), ConsistentRead: true } };
    server.answer(
      ok({ Responses: { 'test-items': [item('I#0')] }, UnprocessedKeys: left }),
      ok({ Responses: {}, UnprocessedKeys: left }),
      ok({ Responses: { 'test-items': [item('I#1')] } }),
    );
    expect((await store.get(two)).map(({ sk }) => sk)).toEqual(['I#0', 'I#1']);
    expect(server.requests[1]?.body.RequestItems).toEqual(left);
  });

  it('asks again as long as each answer has one of them', async () => {
    const many = keys.slice(0, 12);
    const answers = many.map((one, n) => {
      const left = many.slice(n + 1).map(named);
      return ok({
        Responses: { 'test-items': [item(one.sk)] },
        UnprocessedKeys: left.length > 0 ? { 'test-items': { Keys: left, ConsistentRead: true } } : {},
      });
    });
    server.answer(...answers);
    expect(await store.get(many)).toHaveLength(12);
    expect(server.requests).toHaveLength(12);
  });

  it('gives up when they stay left over', async () => {
    server.answer(ok({ Responses: {}, UnprocessedKeys: { 'test-items': { Keys: [named(key)] } } }));
    await expect(store.get([key])).rejects.toMatchObject({ name: 'StoreError', retryable: true });
  });
});
