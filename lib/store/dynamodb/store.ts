/**
 * The Store on DynamoDB. The clauses of its conditions stand in expression.ts, the meaning of its errors in errors.ts.
 *
 * Must not know: what a row means.
 */
import { randomUUID } from 'node:crypto';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Page, Range, Row, Store, Write } from '../port/port.ts';
import { checkBatch, checkKey, distinctKeys, isExpired, restOf } from '../port/rules.ts';
import { ATTRIBUTE, physicalName } from '../rows/schema.ts';
import { readKeys } from './batch-get.ts';
import { createClient, type DynamodbOptions } from './client.ts';
import { conflictOf, storeError } from './errors.ts';
import { type Action, actionOf } from './expression.ts';
import { fromItem, toItemKey } from './row.ts';

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
      return writes.length === 0 ? 'committed' : transact(document, options.prefix, writes, now());
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

async function transact(
  document: DynamoDBDocumentClient,
  prefix: string,
  writes: readonly Write[],
  now: number,
): Promise<'committed' | 'conflict'> {
  const actions = writes.map((write) => actionOf(write, prefix, now));
  const single = actions.length === 1 ? sendSingle(document, actions[0] as Action) : undefined;
  try {
    if (single !== undefined) await single;
    else {
      // The token is the same in all retries of the SDK for this call, so that no retry commits a second time.
      const token = randomUUID();
      await document.send(new TransactWriteCommand({ TransactItems: actions, ClientRequestToken: token }));
    }
    return 'committed';
  } catch (error) {
    return conflictOf(error, { repeatable: single === undefined });
  }
}

/**
 * Sends one write without a transaction, at half the cost. Undefined for a check, which only a transaction can do.
 */
function sendSingle(document: DynamoDBDocumentClient, action: Action): Promise<unknown> | undefined {
  if (action.Put !== undefined) return document.send(new PutCommand(action.Put));
  if (action.Update !== undefined) return document.send(new UpdateCommand(action.Update));
  if (action.Delete !== undefined) return document.send(new DeleteCommand(action.Delete));
  return undefined;
}
