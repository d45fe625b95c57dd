import { StoreError } from './port.ts';

/** The error for a fault of the caller: nothing was written, and to repeat the call does not help. */
export const refusedBatch = (message: string): StoreError =>
  new StoreError(message, { retryable: false, notCommitted: true });
