/**
 * One DynamoDB Local for a whole test run, for the test files that ask for it by their name: `*.dynamodb.test.ts`.
 * Other runs do not pay for it. Tests learn of it through test/setup/dynamodb.ts.
 */
import type { TestProject } from 'vitest/node';
import { missingForDynamoDbLocal, startDynamoDbLocal } from './dynamodb-local-process.ts';

const WANTS_IT = /\.dynamodb\.test\.ts$/;

declare module 'vitest' {
  interface ProvidedContext {
    /** Where DynamoDB Local listens; empty when it cannot run here. */
    dynamodbEndpoint: string;
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  project.provide('dynamodbEndpoint', '');
  // The names on the command line. Not in vitest's types; without them every file counts.
  const { filenamePattern } = project.vitest as { filenamePattern?: string[] };
  const { testFiles } = await project.globTestFiles(filenamePattern ?? []);
  const wanting = testFiles.filter((file) => WANTS_IT.test(file));
  if (wanting.length === 0) return undefined;
  const missing = missingForDynamoDbLocal();
  if (missing === undefined) {
    const emulator = await startDynamoDbLocal();
    project.provide('dynamodbEndpoint', emulator.endpoint);
    return emulator.stop;
  }
  const message = `DynamoDB Local: ${wanting.length} test files did not run: ${missing}`;
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(message);
  return undefined;
}
