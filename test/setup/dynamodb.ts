/** What a `*.dynamodb.test.ts` file needs: `describe.skipIf(!hasDynamoDb)` and tables of its own. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { DynamodbOptions } from '../../lib/store/dynamodb/client.ts';
import { createTables } from '../../lib/store/dynamodb/tables.ts';

const endpoint = inject('dynamodbEndpoint');

/** False where Java is missing; test/setup/dynamodb-local.ts has printed it. */
export const hasDynamoDb = endpoint !== '';

/** Options of a fresh set of tables in the emulator of this test run. */
export async function freshTables(): Promise<DynamodbOptions & { endpoint: string }> {
  const options = { endpoint, prefix: `test-${randomUUID().slice(0, 8)}` };
  await createTables(options);
  return options;
}
