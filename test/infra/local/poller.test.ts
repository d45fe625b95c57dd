/** Positions are kept only behind what was delivered. */
import { expect, it } from 'vitest';
import { type Positions, startPoller } from '../../../infra/local/poller.ts';
import type { StreamRecord } from '../../../lib/store/port/port.ts';
import type { StreamSource } from '../../../lib/store/port/stream-source.ts';

const sourceOf = (count: number): StreamSource => ({
  read: async (after, limit) => {
    const first = Number(after ?? 0);
    const last = Math.min(count, first + limit);
    const records: StreamRecord[] = [];
    for (let n = first + 1; n <= last; n += 1) {
      records.push({
        eventId: String(n),
        event: 'INSERT',
        key: { table: 'crm-changes', pk: 'u', sk: String(n) },
      });
    }
    return { records, position: last > 0 ? String(last) : undefined };
  },
});

function inMemory(): Positions & { saved: string[] } {
  const saved: string[] = [];
  return { saved, load: () => saved.at(-1), save: (position) => void saved.push(position) };
}

/** Runs a poller until the function was called so often. */
async function pollUntil(
  calls: number,
  count: number,
  positions: Positions,
  fail: (call: number) => boolean,
) {
  const delivered: number[] = [];
  const errors: unknown[] = [];
  const enough = Promise.withResolvers<void>();
  let call = 0;
  const poller = startPoller({
    source: sourceOf(count),
    positions,
    interval: 1,
    retryDelay: 60_000,
    failed: (error) => errors.push(error),
    delivery: {
      attempts: 9,
      deadLetter: () => undefined,
      invoke: async ({ Records }) => {
        call += 1;
        if (call === calls) enough.resolve();
        if (fail(call))
          return { batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber ?? '' }] };
        delivered.push(...Records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber)));
        return { batchItemFailures: [] };
      },
    },
  });
  await enough.promise;
  await poller.close();
  return { delivered, errors };
}

it('reads on behind what was delivered, batch by batch', async () => {
  const positions = inMemory();
  const { delivered, errors } = await pollUntil(3, 250, positions, () => false);
  expect(delivered).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
  expect(positions.saved).toEqual(['100', '200', '250']);
  expect(errors).toEqual([]);
});

it('delivers a batch again that it was closed in', async () => {
  const positions = inMemory();
  const first = await pollUntil(2, 150, positions, (call) => call === 2);
  expect(first.delivered).toHaveLength(100);
  expect(positions.saved).toEqual(['100']);
  const second = await pollUntil(1, 150, positions, () => false);
  expect(second.delivered[0]).toBe(101);
  expect(positions.saved.at(-1)).toBe('150');
});
