import { describe } from 'vitest';
import { dynamodbScan } from '../../lib/store/dynamodb/scan.ts';
import { dynamodbStore } from '../../lib/store/dynamodb/store.ts';
import { dynamodbStream } from '../../lib/store/dynamodb/stream.ts';
import { freshTables, hasDynamoDb } from '../setup/dynamodb.ts';
import { storeContract } from './contract.ts';

// Where Java is missing, test/setup/dynamodb-local.ts has printed the reason.
describe.skipIf(!hasDynamoDb)('the store on DynamoDB', { timeout: 30_000 }, () => {
  storeContract(async ({ now }) => {
    const options = await freshTables();
    const store = dynamodbStore({ ...options, now });
    const rival = dynamodbStore({ ...options, now });
    return {
      store,
      rival,
      stream: (table) => dynamodbStream(options, table),
      scan: dynamodbScan({ ...options, now }),
      close: async () => {
        await Promise.all([store.close(), rival.close()]);
      },
    };
  });
});
