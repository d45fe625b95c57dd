/**
 * Reads of many keys. DynamoDB answers at most 100 keys and 16 MB at once, and names the keys that it left over, which
 * are asked for again.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../port/in-parallel.ts';
import { type Key, type Row, StoreError } from '../port/port.ts';
import { physicalName, TABLES, type TableName } from '../rows/schema.ts';
import { storeError } from './errors.ts';
import { fromItem, type TableItem, toItemKey } from './row.ts';

/** Most keys that one BatchGet takes. */
const BATCH_KEYS = 100;
/** Most BatchGets at the same time. */
const BATCHES = 4;
/**
 * How often keys are asked for of which DynamoDB answers none: again after 25, 50, 100 ms and so on. An answer with some
 * of the keys was full: the others are asked for at once.
 */
const BATCH_ATTEMPTS = 6;
const BATCH_DELAY = 25;

type RequestItems = NonNullable<BatchGetCommandInput['RequestItems']>;

/** The rows of these keys, consistently; expired ones too. No key may be there twice. */
export async function readKeys(
  document: DynamoDBDocumentClient,
  prefix: string,
  keys: readonly Key[],
): Promise<Row[]> {
  const batches = Array.from({ length: Math.ceil(keys.length / BATCH_KEYS) }, (_, n) =>
    keys.slice(n * BATCH_KEYS, (n + 1) * BATCH_KEYS),
  );
  return (await inParallel(batches, BATCHES, (batch) => readBatch(document, prefix, batch))).flat();
}

async function readBatch(
  document: DynamoDBDocumentClient,
  prefix: string,
  keys: readonly Key[],
): Promise<Row[]> {
  const rows: Row[] = [];
  let wanted = requestOf(prefix, keys);
  let idle = 0;
  while (idle < BATCH_ATTEMPTS) {
    if (idle > 0) await delay(BATCH_DELAY * 2 ** (idle - 1) * (1 + Math.random()));
    const answer = await askFor(document, prefix, wanted);
    rows.push(...answer.rows);
    if (keyCount(answer.left) === 0) return rows;
    idle = keyCount(answer.left) < keyCount(wanted) ? 0 : idle + 1;
    wanted = answer.left;
  }
  throw new StoreError('DynamoDB left keys of a read over', { retryable: true, notCommitted: true });
}

/** The rows of one answer, and the keys that it left over. */
async function askFor(
  document: DynamoDBDocumentClient,
  prefix: string,
  wanted: RequestItems,
): Promise<{ rows: Row[]; left: RequestItems }> {
  const logical = new Map(TABLES.map((table): [string, TableName] => [physicalName(prefix, table), table]));
  try {
    const answer = await document.send(new BatchGetCommand({ RequestItems: wanted }));
    const rows = Object.entries(answer.Responses ?? {}).flatMap(([name, items]) =>
      items.map((item) => fromItem(logical.get(name) as TableName, item)),
    );
    return { rows, left: answer.UnprocessedKeys ?? {} };
  } catch (error) {
    throw storeError(error);
  }
}

const keyCount = (request: RequestItems): number =>
  Object.values(request).reduce((count, { Keys }) => count + (Keys?.length ?? 0), 0);

function requestOf(prefix: string, keys: readonly Key[]): RequestItems {
  const request: Record<string, { Keys: TableItem[]; ConsistentRead: boolean }> = {};
  for (const key of keys) {
    const name = physicalName(prefix, key.table);
    request[name] ??= { Keys: [], ConsistentRead: true };
    request[name].Keys.push(toItemKey(key));
  }
  return request;
}
