/** One row as a write: its key, the version that it gets, its condition, when it expires. */
import type { Peer } from '../../engine/model/ids.ts';
import type { Condition, Key, Row, Write } from '../port/port.ts';
import type { Fields } from '../rows/fields.ts';

/** Whose rows are written, and when (epoch milliseconds). */
export interface Scope {
  readonly user: string;
  readonly peer: Peer;
  readonly sessionId: string;
  readonly now: number;
}

/** The time so many seconds after now, as rows have it. */
export const after = (scope: Scope, seconds: number): number => Math.floor(scope.now / 1000) + seconds;

/** The condition that a row was not written since it was read. Version 0: there was no row. */
export const ifUnwritten = (version: number): Condition => (version === 0 ? 'absent' : { version });

/** `version`: of the row as read; 0 if there was none. */
export function put(
  key: Key,
  version: number,
  condition: Condition,
  fields: Fields & { expires?: number | undefined },
): Write {
  const { attributes, blob, expires } = fields;
  const row: Row = {
    ...key,
    version: version + 1,
    attributes,
    ...(blob && { blob }),
    ...(expires !== undefined && { expires }),
  };
  return { op: 'put', row, condition };
}
