/** What the Lambda functions work with: DynamoDB, the clock, the system's randomness, JSON lines for CloudWatch. */
import { randomBytes } from 'node:crypto';
import type { ServeDeps } from '../../lib/app/serve.ts';
import { kmsService } from '../../lib/store/dynamodb/kms.ts';
import { dynamodbStore } from '../../lib/store/dynamodb/store.ts';
import { keysInStore } from '../../lib/store/sealing/keys-in-store.ts';
import { withSealedAccounts } from '../../lib/store/sealing/sealed-accounts.ts';
import { createSealer } from '../../lib/store/sealing/sealer.ts';
import { readEnvironment } from './environment.ts';
import { jsonLog } from './json-log.ts';

export function lambdaDeps(variables: { readonly [name: string]: string | undefined }): ServeDeps {
  const { tablePrefix, settings } = readEnvironment(variables);
  const store = dynamodbStore({ prefix: tablePrefix });
  const keys = keysInStore(store, kmsService({ prefix: tablePrefix }), Date.now);
  return {
    store: withSealedAccounts(store, createSealer(keys)),
    now: Date.now,
    random: randomBytes,
    log: jsonLog({ ...settings, deployment: tablePrefix }),
    ...settings,
  };
}
