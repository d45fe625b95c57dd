/** An Alert of the client, read as the request to synchronise one datastore. */
import type { RecordFilter } from '../../filter/ast.ts';
import type { MessageItem } from '../../message/model.ts';

/** What a client's Alert asks for, for one datastore. */
export interface SyncRequest {
  /** Name of the datastore, and the URI that the client named it by. */
  readonly name: string;
  readonly serverUri: string;
  readonly code: number;
  readonly item: MessageItem;
  readonly filter: RecordFilter | undefined;
}
