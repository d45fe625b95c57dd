/**
 * The Store on DynamoDB. How it writes stands in transact.ts, the clauses of its conditions in expression.ts, the
 * meaning of its errors in errors.ts.
 *
 * Must not know: what a row means.
 */
import { DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyPage, Page, Range, Row, SearchableStore } from '../port/port.ts';
import { checkBatch, checkKey, distinctKeys, isExpired, restOf } from '../port/rules.ts';
import { ATTRIBUTE, physicalName, type TableName } from '../rows/schema.ts';
import { readKeys } from './batch-get.ts';
import { createClient, type DynamodbOptions } from './client.ts';
import { storeError } from './errors.ts';
import { fromItem, toItemKey } from './row.ts';
import { transactAll } from './transact.ts';

export function dynamodbStore(options: DynamodbOptions): SearchableStore {
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
    searchKeys: (table, after) => keyPage(document, physicalName(options.prefix, table), { table, after }),
    destroyRemains: async () => {},
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

/** A page of a scan, which DynamoDB bills by all that the rows hold. */
async function keyPage(
  document: DynamoDBDocumentClient,
  TableName: string,
  { table, after }: { readonly table: TableName; readonly after: string | undefined },
): Promise<KeyPage> {
  const command = new ScanCommand({
    TableName,
    ConsistentRead: true,
    ProjectionExpression: '#pk, #sk',
    ExpressionAttributeNames: { '#pk': ATTRIBUTE.pk, '#sk': ATTRIBUTE.sk },
    ...(after === undefined ? {} : { ExclusiveStartKey: JSON.parse(after) }),
  });
  try {
    const { Items: items = [], LastEvaluatedKey: last } = await document.send(command);
    const keys = items.map((item) => ({
      table,
      pk: String(item[ATTRIBUTE.pk]),
      sk: String(item[ATTRIBUTE.sk]),
    }));
    return last === undefined ? { keys } : { keys, next: JSON.stringify(last) };
  } catch (error) {
    throw storeError(error);
  }
}
