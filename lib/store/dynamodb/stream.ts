/**
 * The changes of one table from its DynamoDB stream, for a poller outside Lambda. A position is JSON: for each shard
 * the sequence number read last, or CLOSED. A child shard waits until its parents are read, which keeps the order per
 * partition key.
 */
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type _Record as SdkRecord,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';
import { StoreError, type StreamRecord } from '../port/port.ts';
import type { StreamSource } from '../port/stream-source.ts';
import { physicalName, type TableName } from '../rows/schema.ts';
import { clientConfig, createClient, type DynamodbOptions } from './client.ts';
import { storeError } from './errors.ts';
import { type Image, keyOfImage, rowOfImage } from './row.ts';

const CLOSED = 'closed';
type Position = Record<string, string>;

/** Most records that one call returns. */
const MOST_RECORDS = 1000;
/** Errors of an iterator that is too old, or whose records are: a new iterator is fetched. */
const STALE: readonly string[] = ['ExpiredIteratorException', 'TrimmedDataAccessException'];

export async function dynamodbStream(options: DynamodbOptions, table: TableName): Promise<StreamSource> {
  const arn = await streamArn(options, table);
  const reader = new ShardReader(new DynamoDBStreamsClient(clientConfig(options)), arn);
  return {
    read: async (after, limit) => {
      try {
        const position: Position = after === undefined ? {} : JSON.parse(after);
        const records = await readShards(reader, position, limit);
        const read = Object.keys(position).length > 0 ? JSON.stringify(position) : undefined;
        return { records: records.map((record) => toRecord(table, record)), position: read };
      } catch (error) {
        throw storeError(error);
      }
    },
  };
}

async function streamArn(options: DynamodbOptions, table: TableName): Promise<string> {
  const client = createClient(options);
  try {
    const TableName = physicalName(options.prefix, table);
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.LatestStreamArn !== undefined) return Table.LatestStreamArn;
    throw new StoreError(`the table ${table} has no stream`, { retryable: false, notCommitted: true });
  } catch (error) {
    throw storeError(error);
  } finally {
    client.destroy();
  }
}

/** Reads the shards, and moves `position` on. */
async function readShards(reader: ShardReader, position: Position, limit: number): Promise<SdkRecord[]> {
  const shards = await reader.shards();
  const listed = new Set(shards.map(({ ShardId }) => ShardId));
  for (const id of Object.keys(position)) if (!listed.has(id)) delete position[id];
  const records: SdkRecord[] = [];
  for (const { ShardId: id = '', ParentShardId: parent } of shards) {
    const waits = parent !== undefined && listed.has(parent) && position[parent] !== CLOSED;
    if (waits || position[id] === CLOSED || records.length >= limit) continue;
    const found = await reader.records(id, position[id], Math.min(limit - records.length, MOST_RECORDS));
    records.push(...found.records);
    const last = found.records.at(-1)?.dynamodb?.SequenceNumber;
    if (last !== undefined) position[id] = last;
    if (found.closed) position[id] = CLOSED;
  }
  return records;
}

/** Reads the shards of a stream, each with the iterator that goes on where the last read ended. */
class ShardReader {
  readonly #client: DynamoDBStreamsClient;
  readonly #arn: string;
  readonly #iterators = new Map<string, { after: string | undefined; iterator: string }>();
  #shards: readonly Shard[] | undefined;

  constructor(client: DynamoDBStreamsClient, arn: string) {
    this.#client = client;
    this.#arn = arn;
  }

  /** The shards, parents first: a shard's id begins with the time when it was opened. */
  async shards(): Promise<readonly Shard[]> {
    if (this.#shards !== undefined) return this.#shards;
    const shards: Shard[] = [];
    let start: string | undefined;
    do {
      const input = {
        StreamArn: this.#arn,
        ...(start === undefined ? {} : { ExclusiveStartShardId: start }),
      };
      const { StreamDescription: found } = await this.#client.send(new DescribeStreamCommand(input));
      shards.push(...(found?.Shards ?? []));
      start = found?.LastEvaluatedShardId;
    } while (start !== undefined);
    this.#shards = shards.sort((a, b) => ((a.ShardId ?? '') < (b.ShardId ?? '') ? -1 : 1));
    return this.#shards;
  }

  async records(shard: string, after: string | undefined, limit: number) {
    const found = await this.#fetch(shard, after, limit);
    const records = found.Records ?? [];
    const next = found.NextShardIterator;
    if (next === undefined) {
      // The shard is closed. Its children are in the next listing.
      this.#iterators.delete(shard);
      this.#shards = undefined;
    } else {
      this.#iterators.set(shard, {
        after: records.at(-1)?.dynamodb?.SequenceNumber ?? after,
        iterator: next,
      });
    }
    return { records, closed: next === undefined };
  }

  async #fetch(shard: string, after: string | undefined, limit: number): Promise<GetRecordsCommandOutput> {
    const known = this.#iterators.get(shard);
    const fetch = (iterator: string | undefined) =>
      this.#client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }));
    try {
      if (known !== undefined && known.after === after) return await fetch(known.iterator);
      return await fetch(await this.#iterator(shard, after));
    } catch (error) {
      if (!STALE.includes((error as Error).name)) throw error;
      const trimmed = (error as Error).name === 'TrimmedDataAccessException';
      return await fetch(await this.#iterator(shard, trimmed ? undefined : after));
    }
  }

  async #iterator(shard: string, after: string | undefined): Promise<string | undefined> {
    const start =
      after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' as const }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: after };
    const command = new GetShardIteratorCommand({ StreamArn: this.#arn, ShardId: shard, ...start });
    return (await this.#client.send(command)).ShardIterator;
  }
}

function toRecord(table: TableName, record: SdkRecord): StreamRecord {
  const change = record.dynamodb;
  const image = change?.NewImage;
  return {
    eventId: record.eventID ?? '',
    event: record.eventName as StreamRecord['event'],
    key: keyOfImage(table, (change?.Keys ?? {}) as Image),
    ...(image === undefined ? {} : { row: rowOfImage(table, image as Image) }),
  };
}
