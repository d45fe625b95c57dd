/**
 * Capacity units by DynamoDB's published rules, from row sizes. Consistent reads; a write is charged for the larger
 * of the row before and after it, twice in a transaction.
 *
 * Must not know: stores.
 */
import type { Row, Write } from '../../lib/store/port/port.ts';
import { rowBytes } from '../../lib/store/rows/row-size.ts';

const READ_BYTES = 4096;
const WRITE_BYTES = 1024;

/** One row of a batch; an absent one costs the least there is. */
export const getUnits = (row: Row | undefined): number =>
  Math.max(1, Math.ceil((row === undefined ? 0 : rowBytes(row)) / READ_BYTES));

/** One page: its bytes are summed before they are rounded up. */
export const queryUnits = (rows: readonly Row[]): number =>
  Math.max(1, Math.ceil(rows.reduce((sum, row) => sum + rowBytes(row), 0) / READ_BYTES));

/** One write given the row before it; `alone` when it is not part of a transaction. */
export function writeUnits(write: Write, before: Row | undefined, alone: boolean): number {
  const after = rowAfter(write, before);
  const bytes = Math.max(...[before, after].map((row) => (row === undefined ? 0 : rowBytes(row))));
  // A check exists in transactions only.
  const factor = alone && write.op !== 'check' ? 1 : 2;
  return factor * Math.max(1, Math.ceil(bytes / WRITE_BYTES));
}

function rowAfter(write: Write, before: Row | undefined): Row | undefined {
  switch (write.op) {
    case 'put':
      return write.row;
    case 'check':
    case 'delete':
      return undefined;
    case 'set': {
      if (before === undefined) return undefined;
      const attributes = { ...before.attributes, ...write.attributes };
      const { expires } = write;
      return {
        ...before,
        version: before.version + 1,
        attributes,
        ...(expires !== undefined && { expires }),
      };
    }
  }
}
