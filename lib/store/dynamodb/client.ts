/**
 * How the DynamoDB adapters reach the service: options, client settings, and the note on an error whether a write may
 * have been carried out all the same.
 *
 * Must not know: rows and conditions.
 */
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

export interface DynamodbOptions {
  /** Physical table names start with it, see schema.ts. */
  readonly prefix: string;
  /** Another address than the region's own: an emulator, or a private endpoint. */
  readonly endpoint?: string;
  readonly region?: string;
  /** Absent: the SDK finds them; with an endpoint on this machine, invented ones do. */
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** A request that hangs is given up and repeated, well before a Lambda would time out. In milliseconds. */
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
 * True when an attempt behind this error got no answer, or one that leaves it open whether the write took place.
 * The SDK repeats such attempts by itself, so that the last error alone does not tell.
 */
export const isUncertain = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && mayHaveRun.has(error);

const isRefusal = (error: unknown): boolean => {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500;
};

export function createClient(options: DynamodbOptions): DynamoDBClient {
  const client = new DynamoDBClient(clientConfig(options));
  // Of low priority in its step, so inside the SDK's retry: it sees every attempt.
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
