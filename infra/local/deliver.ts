/**
 * One batch of stream records to a function, with Lambda's rules for a DynamoDB stream: in order, at least once; after
 * a partial failure from the first reported record on; after an error in two halves, until the record that cannot be
 * processed stands alone. It is tried a number of times, then goes to the dead letters, and what follows goes on.
 *
 * Must not know: where records come from and what the function does.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { StreamRecord } from '../../lib/store/port/port.ts';
import { toStreamEvent } from './stream-event.ts';

export interface Delivery {
  readonly invoke: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
  /** How often a record is tried before it is given up. */
  readonly attempts: number;
  /** Waits before another attempt; `attempt` counts from 1. Rejects to end the delivery. */
  readonly pause: (attempt: number) => Promise<void>;
  readonly deadLetter: (record: StreamRecord, reason: string) => Promise<void> | void;
}

interface Failure {
  /** Index of the first record that must come again. */
  readonly at: number;
  readonly reason: string;
  /** The function threw: any of the records may be the cause. */
  readonly whole: boolean;
}

/** Resolves when every record is processed or given up. */
export async function deliver(delivery: Delivery, records: readonly StreamRecord[]): Promise<void> {
  let rest = records;
  let attempt = 1;
  while (rest.length > 0) {
    const failure = await failureOf(delivery, rest);
    if (failure === undefined) return;
    if (failure.whole && rest.length > 1) return bisect(delivery, rest);
    // The record at the head is another one now.
    if (failure.at > 0) attempt = 1;
    rest = rest.slice(failure.at);
    if (attempt < delivery.attempts) {
      await delivery.pause(attempt);
      attempt += 1;
      continue;
    }
    await delivery.deadLetter(rest[0] as StreamRecord, failure.reason);
    rest = rest.slice(1);
    attempt = 1;
  }
}

async function bisect(delivery: Delivery, records: readonly StreamRecord[]): Promise<void> {
  const middle = Math.ceil(records.length / 2);
  await deliver(delivery, records.slice(0, middle));
  await deliver(delivery, records.slice(middle));
}

async function failureOf(delivery: Delivery, records: readonly StreamRecord[]): Promise<Failure | undefined> {
  try {
    const { batchItemFailures } = await delivery.invoke(toStreamEvent(records));
    if (batchItemFailures.length === 0) return undefined;
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const at = records.findIndex(({ eventId }) => failed.has(eventId));
    // Like Lambda: an identifier that the batch does not hold stands for all of it.
    return { at: Math.max(at, 0), reason: 'reported as failed', whole: at < 0 };
  } catch (error) {
    return { at: 0, reason: error instanceof Error ? error.name : 'unknown', whole: true };
  }
}
