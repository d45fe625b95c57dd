/**
 * Makes the tables for DynamoDB Local and for tests, where no CDK stack does. Keys, streams and expiry are as in
 * production; backups and deletion protection are left out.
 */
import {
  CreateTableCommand,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { ATTRIBUTE, physicalName, STREAMS, TABLES, type TableName } from '../rows/schema.ts';
import { createClient, type DynamodbOptions } from './client.ts';
import { storeError } from './errors.ts';

/** Creates the tables that are missing, and returns when all can be used. Does not change tables that exist. */
export async function createTables(options: DynamodbOptions): Promise<void> {
  const client = createClient(options);
  try {
    await Promise.all(TABLES.map((table) => createTable(client, options.prefix, table)));
  } catch (error) {
    throw storeError(error);
  } finally {
    client.destroy();
  }
}

async function createTable(client: DynamoDBClient, prefix: string, table: TableName): Promise<void> {
  const name = { TableName: physicalName(prefix, table) };
  const view = STREAMS[table];
  const created = await client
    .send(
      new CreateTableCommand({
        ...name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: ATTRIBUTE.pk, AttributeType: 'S' },
          { AttributeName: ATTRIBUTE.sk, AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: ATTRIBUTE.pk, KeyType: 'HASH' },
          { AttributeName: ATTRIBUTE.sk, KeyType: 'RANGE' },
        ],
        ...(view === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: view } }),
      }),
    )
    .catch((error: unknown) => {
      if ((error as Error).name === 'ResourceInUseException') return undefined;
      throw error;
    });
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, name);
  if (created === undefined) return;
  const TimeToLiveSpecification = { AttributeName: ATTRIBUTE.expires, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ ...name, TimeToLiveSpecification }));
}
