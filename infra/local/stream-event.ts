/** Stream records as the event that Lambda hands to a function behind a DynamoDB stream. */
import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { toItem, toItemKey } from '../../lib/store/dynamodb/row.ts';
import type { StreamRecord } from '../../lib/store/port/port.ts';
import { STREAMS } from '../../lib/store/rows/schema.ts';

type Typed = { [name: string]: AttributeValue };

export const toStreamEvent = (records: readonly StreamRecord[]): DynamoDBStreamEvent => ({
  Records: records.map(toRecord),
});

function toRecord({ eventId, event, key, row }: StreamRecord): DynamoDBRecord {
  const view = STREAMS[key.table];
  return {
    eventID: eventId,
    eventName: event,
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: typedMap(toItemKey(key)),
      ...(row === undefined ? {} : { NewImage: typedMap(toItem(row)) }),
      SequenceNumber: eventId,
      ...(view === undefined ? {} : { StreamViewType: view }),
    },
  };
}

const typedMap = (item: object): Typed =>
  Object.fromEntries(
    Object.entries(item)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typed(value)]),
  );

function typed(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { L: value.map(typed) };
  if (typeof value === 'object' && value !== null) return { M: typedMap(value) };
  return { NULL: true };
}
