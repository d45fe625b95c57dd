/**
 * The Store on DynamoDB. How it writes stands in transact.ts, the clauses of its conditions in expression.ts, the
 * meaning of its errors in errors.ts.
 *
 * Must not know: what a row means.
 */
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Page, Range, Row, Store } from '../port/port.ts';
import { checkBatch, checkKey, distinctKeys, isExpired, restOf } from '../port/rules.ts';
import { ATTRIBUTE, physicalName } from '../rows/schema.ts';
import { readKeys } from './batch-get.ts';
import { createClient, type DynamodbOptions } from './client.ts';
import { storeError } from './errors.ts';
import { fromItem, toItemKey } from './row.ts';
import { transactAll } from './transact.ts';

export function dynamodbStore(options: DynamodbOptions): Store {
  const now = options.now ?? Date.now;
  const client = createClient(options);
  const document = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const live = (rows: readonly Row[]): Row[] => {
    const at = now();
    return rows.filter((row) => !isExpired(row.expires, at));
  };
  return {
    get: async (keys) => {
      keys.forEach(checkKey);
      return live(await readKeys(document, options.prefix, distinctKeys(keys)));
    },
    query: async (range) => {
      const { rows, ...next } = await queryPage(document, options.prefix, range);
      return { rows: live(rows), ...next };
    },
    transact: async (writes) => {
      checkBatch(writes);
      return writes.length === 0
        ? 'committed'
        : transactAll({ document, prefix: options.prefix }, writes, now());
    },
    close: async () => client.destroy(),
  };
}

async function queryPage(document: DynamoDBDocumentClient, prefix: string, range: Range): Promise<Page> {
  const rest = restOf(range);
  if (rest === undefined) return { rows: [] };
  const start = rest.after === undefined ? undefined : toItemKey({ ...range, sk: rest.after });
  const command = new QueryCommand({
    TableName: physicalName(prefix, range.table),
    ConsistentRead: range.eventual !== true,
    KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#pk': ATTRIBUTE.pk, '#sk': ATTRIBUTE.sk },
    ExpressionAttributeValues: { ':pk': range.pk, ':from': rest.from, ':to': rest.to },
    ScanIndexForward: range.descending !== true,
    ...(range.limit === undefined ? {} : { Limit: range.limit }),
    ...(start === undefined ? {} : { ExclusiveStartKey: start }),
  });
  try {
    const { Items: items = [], LastEvaluatedKey: last } = await document.send(command);
    const rows = items.map((item) => fromItem(range.table, item));
    return last === undefined ? { rows } : { rows, next: last[ATTRIBUTE.sk] as string };
  } catch (error) {
    throw storeError(error);
  }
}
