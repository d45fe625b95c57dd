/** `export`, `import` and `erase` on DynamoDB. */
import { describe, expect, it } from 'vitest';
import { dynamodbStore } from '../../../lib/store/dynamodb/store.ts';
import { freshTables, hasDynamoDb } from '../../setup/dynamodb.ts';
import { tellTransfer } from './transfer-story.ts';

describe.skipIf(!hasDynamoDb)('on DynamoDB', () => {
  it('a user is exported, imported, and erased', async () => {
    const { endpoint, prefix } = await freshTables();
    const store = dynamodbStore({ endpoint, prefix });
    await tellTransfer(store, ['--store', 'dynamodb', '--endpoint', endpoint, '--prefix', prefix]);
    await store.close();
    expect.hasAssertions();
  });
});
