/** All rows of a table of DynamoDB. The `next` of a page is the key of the last row that it looked at. */
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { isExpired } from '../port/rules.ts';
import type { Scan } from '../port/scan.ts';
import { physicalName } from '../rows/schema.ts';
import { createClient, type DynamodbOptions } from './client.ts';
import { storeError } from './errors.ts';
import { fromItem } from './row.ts';

export function dynamodbScan(options: DynamodbOptions): Scan {
  const { prefix, now = Date.now } = options;
  return async (table, after) => {
    const client = createClient(options);
    const command = new ScanCommand({
      ...{ TableName: physicalName(prefix, table), ConsistentRead: true },
      ...(after !== undefined && { ExclusiveStartKey: JSON.parse(after) as Record<string, string> }),
    });
    try {
      const { Items: items = [], LastEvaluatedKey: last } =
        await DynamoDBDocumentClient.from(client).send(command);
      const rows = items
        .map((item) => fromItem(table, item))
        .filter(({ expires }) => !isExpired(expires, now()));
      return { rows, ...(last && { next: JSON.stringify(last) }) };
    } catch (error) {
      throw storeError(error);
    } finally {
      client.destroy();
    }
  };
}
