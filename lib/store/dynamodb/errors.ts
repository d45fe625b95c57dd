/**
 * Errors of the SDK -> results and errors of the Store port. No type of the SDK passes this module.
 */

import { StoreError } from '../port/port.ts';
import { isUncertain } from './client.ts';

/** Errors that mean a conflict: somebody else wrote first, or is writing. The caller reads again and decides anew. */
const CONFLICTS: readonly string[] = [
  'ConditionalCheckFailedException',
  'TransactionConflictException',
  'TransactionInProgressException',
];
/** The same errors as reasons why a transaction was cancelled. */
const CONFLICT_REASONS: readonly string[] = ['ConditionalCheckFailed', 'TransactionConflict'];

const THROTTLES: readonly string[] = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'InternalServerError',
  'ServiceUnavailable',
];
const THROTTLE_REASONS: readonly string[] = ['ProvisionedThroughputExceeded', 'ThrottlingError'];

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  /** The system's, where there is no connection. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

const reasonsOf = (error: SdkError): string[] =>
  (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None').filter((code) => code !== 'None');

/**
 * Returns `conflict`, or throws a StoreError. `repeatable`: a retry of the SDK cannot conflict with the write of its
 * own first attempt. This holds for transactions, which have a token, but not for single writes.
 */
export function conflictOf(error: unknown, options: { repeatable: boolean }): 'conflict' {
  const sdk = error as SdkError;
  const lostRace =
    CONFLICTS.includes(sdk.name ?? '') || reasonsOf(sdk).some((reason) => CONFLICT_REASONS.includes(reason));
  if (!lostRace) throw storeError(error);
  if (options.repeatable || !isUncertain(error)) return 'conflict';
  const message = 'a write got no answer, and its repetition met a changed row';
  throw new StoreError(message, { retryable: true, notCommitted: false, cause: error });
}

/** Texts of the SDK itself, which quote nothing, and what the system says of a connection (ECONNREFUSED). */
const PLAIN_TEXTS: readonly string[] = ['Region is missing', 'Could not load credentials from any providers'];
function ownWords({ code, message = '', $metadata }: SdkError): string | undefined {
  if (PLAIN_TEXTS.includes(message)) return message;
  return $metadata?.httpStatusCode === undefined && /^E[A-Z_]+$/.test(code ?? '') ? code : undefined;
}

/** A StoreError whose message names only the kind of failure, because DynamoDB's own text may quote keys. */
export function storeError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const sdk = error as SdkError;
  const reasons = reasonsOf(sdk);
  const status = sdk.$metadata?.httpStatusCode;
  const retryable =
    THROTTLES.includes(sdk.name ?? '') ||
    status === undefined ||
    status >= 500 ||
    (reasons.length > 0 && reasons.every((reason) => THROTTLE_REASONS.includes(reason)));
  const kind = ownWords(sdk) ?? sdk.name ?? 'unknown error';
  const message = `DynamoDB: ${[kind, ...new Set(reasons)].join(' ')}`;
  return new StoreError(message, { retryable, notCommitted: !isUncertain(error), cause: error });
}
