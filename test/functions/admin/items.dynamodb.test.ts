/** `items` on DynamoDB. */
import { describe, expect, it } from 'vitest';
import { dynamodbStore } from '../../../lib/store/dynamodb/store.ts';
import { freshTables, hasDynamoDb } from '../../setup/dynamodb.ts';
import { tellItems } from './items-story.ts';

describe.skipIf(!hasDynamoDb)('on DynamoDB', () => {
  it('items are listed, deleted, and come back', async () => {
    const { endpoint, prefix } = await freshTables();
    const store = dynamodbStore({ endpoint, prefix });
    await tellItems(store, ['--store', 'dynamodb', '--endpoint', endpoint, '--prefix', prefix]);
    await store.close();
    expect.hasAssertions();
  });
});
