/**
 * How the DynamoDB adapters reach the service: options, client settings, and whether a write that ended in an error may
 * have been carried out.
 *
 * Must not know: rows and conditions.
 */
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

export interface DynamodbOptions {
  /** Physical table names start with the prefix, see schema.ts. */
  readonly prefix: string;
  /** The address of an emulator or a private endpoint; absent: that of the region. */
  readonly endpoint?: string;
  readonly region?: string;
  /** Absent: the SDK finds them. For an endpoint on the same machine invented ones are used. */
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** Milliseconds after which a request without an answer is repeated, well before a Lambda times out. */
const TIMEOUTS = { connectionTimeout: 1_500, requestTimeout: 8_000, throwOnRequestTimeout: true };

export function clientConfig(options: DynamodbOptions): DynamoDBClientConfig {
  const { endpoint, region, credentials } = options;
  const local = endpoint !== undefined && LOOPBACK.includes(new URL(endpoint).hostname);
  return {
    ...(local ? LOCAL : {}),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: TIMEOUTS,
  };
}

const mayHaveRun = new WeakSet<object>();

/**
 * Did an attempt before this error get no answer, or one that does not say whether the write took place? The SDK
 * repeats such attempts by itself, so the last error alone is not enough to know.
 */
export const isUncertain = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && mayHaveRun.has(error);

const isRefusal = (error: unknown): boolean => {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500;
};

export function createClient(options: DynamodbOptions): DynamoDBClient {
  const client = new DynamoDBClient(clientConfig(options));
  // Low priority puts the middleware inside the SDK's retry, where it sees every attempt.
  client.middlewareStack.add(
    (next, context) => async (attempt) => {
      try {
        return await next(attempt);
      } catch (error) {
        if (!isRefusal(error)) context.uncertain = true;
        if (context.uncertain === true && typeof error === 'object' && error !== null) mayHaveRun.add(error);
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'noteUncertainAttempts' },
  );
  return client;
}
