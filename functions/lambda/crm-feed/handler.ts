/**
 * The stream of crm-changes into the commit log. A user's changes are applied one after the other, users side by side.
 * From the first failure of a user on, the user's records are reported back, and Lambda delivers from the first of all
 * reported ones on again: what was applied already is a repetition then.
 */
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { createIngest } from '../../../lib/app/ingest.ts';
import type { ServeDeps } from '../../../lib/app/serve.ts';
import { type Image, keyOfImage, rowOfImage } from '../../../lib/store/dynamodb/row.ts';
import type { LambdaContext } from '../http-handler.ts';

const TABLE = 'crm-changes';

export type CrmFeedHandler = (
  event: DynamoDBStreamEvent,
  context: LambdaContext,
) => Promise<DynamoDBBatchResponse>;

type Ingest = ReturnType<typeof createIngest>;

export function createCrmFeedHandler(deps: ServeDeps): CrmFeedHandler {
  const ingest = createIngest(deps);
  const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>(async (event: DynamoDBStreamEvent) => {
    const partitions = Map.groupBy(event.Records.filter(isInsert), partitionOf);
    const failed = await Promise.all([...partitions.values()].map((records) => feed(ingest, deps, records)));
    return { batchItemFailures: failed.flat().map(({ sequence }) => ({ itemIdentifier: sequence })) };
  });
  return handler as unknown as CrmFeedHandler;
}

/** Marking a change as applied, and its expiry, show in the stream too. */
const isInsert = (record: DynamoDBRecord): boolean => record.eventName === 'INSERT';

const partitionOf = (record: DynamoDBRecord): string => keyOfImage(TABLE, imageOf(record.dynamodb?.Keys)).pk;

/** The records that must come again. */
async function feed(ingest: Ingest, deps: ServeDeps, records: readonly DynamoDBRecord[]): Promise<Repeat[]> {
  for (const [at, record] of records.entries()) {
    const { user, eventId } = identityOf(record);
    try {
      await ingest(user, eventId);
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      const reason = error instanceof Error ? error.message : String(error);
      deps.log({ event: 'crm-feed-failed', user, id: eventId, error: name, reason });
      return records.slice(at).map((rest) => ({ sequence: rest.dynamodb?.SequenceNumber ?? '' }));
    }
  }
  return [];
}

interface Repeat {
  readonly sequence: string;
}

/** Keys are escaped; the row itself names the user and the event as they are. */
function identityOf(record: DynamoDBRecord): { user: string; eventId: string } {
  const key = keyOfImage(TABLE, imageOf(record.dynamodb?.Keys));
  const { attributes } = rowOfImage(TABLE, imageOf(record.dynamodb?.NewImage));
  return {
    user: typeof attributes.user === 'string' ? attributes.user : key.pk,
    eventId: typeof attributes.event === 'string' ? attributes.event : key.sk,
  };
}

const imageOf = (image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']): Image => (image ?? {}) as Image;
