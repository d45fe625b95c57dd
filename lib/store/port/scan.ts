/**
 * All rows of a table, whatever their partition: for an upgrade of a store of before, and for the proof that nothing is left. It
 * reads, and on DynamoDB costs, the whole table; no other work may need it.
 */
import type { TableName } from '../rows/schema.ts';
import type { Page } from './port.ts';

/**
 * One page, consistent, without expired rows; `after` is the `next` of the page before. Rows come in no order, each once where
 * nobody writes meanwhile. Throws StoreErrors as the port does.
 */
export type Scan = (table: TableName, after?: string) => Promise<Page>;
