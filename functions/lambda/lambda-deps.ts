/** What the Lambda functions work with: DynamoDB, the clock, the system's randomness, JSON lines for CloudWatch. */
import { randomBytes } from 'node:crypto';
import type { ServeDeps } from '../../lib/app/serve.ts';
import { dynamodbStore } from '../../lib/store/dynamodb/store.ts';
import { readEnvironment } from './environment.ts';
import { jsonLog } from './json-log.ts';

export function lambdaDeps(variables: { readonly [name: string]: string | undefined }): ServeDeps {
  const { tablePrefix, settings } = readEnvironment(variables);
  return {
    store: dynamodbStore({ prefix: tablePrefix }),
    now: Date.now,
    random: randomBytes,
    log: jsonLog,
    ...settings,
  };
}
