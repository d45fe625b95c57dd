/** Lambda's rules for a stream, on one machine. */
import type { DynamoDBBatchResponse } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliver } from '../../../infra/local/deliver.ts';
import type { StreamRecord } from '../../../lib/store/port/port.ts';

const record = (eventId: string): StreamRecord => ({
  eventId,
  event: 'INSERT',
  key: { table: 'crm-changes', pk: 'anna', sk: eventId },
});
const records = (ids: string): StreamRecord[] => [...ids].map(record);

type Invoke = (batch: string) => DynamoDBBatchResponse;
const done: DynamoDBBatchResponse = { batchItemFailures: [] };
const from = (id: string): DynamoDBBatchResponse => ({ batchItemFailures: [{ itemIdentifier: id }] });

async function run(ids: string, invoke: Invoke, attempts = 3) {
  const batches: string[] = [];
  const dead: string[] = [];
  const pauses: number[] = [];
  await deliver(
    {
      attempts,
      pause: async (attempt) => void pauses.push(attempt),
      deadLetter: ({ eventId }) => void dead.push(eventId),
      invoke: async ({ Records }) => {
        const batch = Records.map(({ dynamodb }) => dynamodb?.SequenceNumber).join('');
        batches.push(batch);
        return invoke(batch);
      },
    },
    records(ids),
  );
  return { batches, dead, pauses };
}

describe('a batch', () => {
  it('that succeeds comes once', async () => {
    expect(await run('abc', () => done)).toEqual({ batches: ['abc'], dead: [], pauses: [] });
  });

  it('comes again from the first reported record on', async () => {
    let failed = false;
    const { batches, dead } = await run('abcd', () => {
      if (failed) return done;
      failed = true;
      return { batchItemFailures: [{ itemIdentifier: 'd' }, { itemIdentifier: 'b' }] };
    });
    expect(batches).toEqual(['abcd', 'bcd']);
    expect(dead).toEqual([]);
  });

  it('gives a record up after the attempts, and goes on behind it', async () => {
    const { batches, dead, pauses } = await run('abc', (batch) => (batch.includes('b') ? from('b') : done));
    expect(batches).toEqual(['abc', 'bc', 'bc', 'c']);
    expect(dead).toEqual(['b']);
    expect(pauses).toEqual([1, 2]);
  });

  it('is halved when the function throws, until the culprit is alone', async () => {
    const { batches, dead } = await run('abcd', (batch) => {
      if (batch.includes('c')) throw new Error('c');
      return done;
    });
    expect(batches).toEqual(['abcd', 'ab', 'cd', 'c', 'c', 'c', 'd']);
    expect(dead).toEqual(['c']);
  });

  it('is all of it when the reported record is not in it', async () => {
    const { dead } = await run('ab', () => from('x'), 1);
    expect(dead).toEqual(['a', 'b']);
  });
});

it('processes every record or gives it up, in order, however the function fails', async () => {
  const answers = fc.infiniteStream(fc.constantFrom('done', 'throw', 0, 1, 2));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), answers, async (length, stream) => {
      const ids = 'abcdefghijkl'.slice(0, length);
      const processed: string[] = [];
      const { dead } = await run(ids, (batch) => {
        const answer = stream.next().value;
        if (answer === 'throw') throw new Error('no');
        const failed = typeof answer === 'number' ? batch[answer] : undefined;
        processed.push(...(failed === undefined ? batch : batch.slice(0, batch.indexOf(failed))));
        return failed === undefined ? done : from(failed);
      });
      expect([...processed, ...dead].sort().join('')).toBe(ids);
      expect(processed).toEqual([...processed].sort());
    }),
  );
});
