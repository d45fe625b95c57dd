/**
 * Where a poller reads the changes of one table. The two sources, sqlite/stream.ts and dynamodb/stream.ts, keep what
 * DynamoDB promises: every change at least once, in order per partition key, for 24 hours.
 */
import type { StreamRecord } from './port.ts';

export interface StreamSource {
  /**
   * At most `limit` records, in order. `after`: a position that an earlier call returned; undefined: from the oldest
   * kept record. The position is opaque text. The caller keeps it when the records are dealt with.
   */
  read(after: string | undefined, limit: number): Promise<StreamBatch>;
}

export interface StreamBatch {
  readonly records: StreamRecord[];
  readonly position: string | undefined;
}
