/**
 * Where a poller reads the changes of one table. The two sources, sqlite/stream.ts and dynamodb/stream.ts, keep what
 * DynamoDB promises: every change at least once, in order per partition key, for 24 hours.
 */
import type { StreamRecord } from './port.ts';

export interface StreamSource {
  /**
   * At most `limit` records behind a position that an earlier call gave, in order; `undefined` reads from the start of
   * what is kept. The position is opaque text, to be kept once the records are dealt with.
   */
  read(after: string | undefined, limit: number): Promise<StreamBatch>;
}

export interface StreamBatch {
  readonly records: StreamRecord[];
  readonly position: string | undefined;
}
