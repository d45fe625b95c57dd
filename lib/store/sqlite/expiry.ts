/**
 * Until when expired rows may be deleted. A clock that jumps far ahead would have all versions and the whole log deleted
 * at once, so the time of the last deletion is kept in the file: a time far behind it counts only once the clock has
 * gone on from there for days.
 *
 * On DynamoDB the service deletes, by its own clock.
 */
import type { Sql } from './sql.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A server may have been off for so long, in milliseconds. What is farther behind may be a jump. */
export const USUAL_GAP = 7 * DAY;
/** For so long a clock must have gone on behind a jump. */
export const DOUBT = 7 * DAY;

export const CLOCK_TABLE = `
  CREATE TABLE IF NOT EXISTS clock (
    id INTEGER PRIMARY KEY CHECK (id = 1), trusted REAL NOT NULL, since REAL, last REAL
  );`;

/** Epoch milliseconds. `since` and `last`: when a time behind a jump was first seen, and when last. */
interface Clock {
  readonly trusted: number;
  readonly since: number | null;
  readonly last: number | null;
}

const SELECT = 'SELECT trusted, since, last FROM clock';
const PUT = 'INSERT OR REPLACE INTO clock VALUES (1, ?, ?, ?)';

/** The time up to which rows may be deleted. Keeps in the file that it is `now` on the clock. */
export function timeToDelete(sql: Sql, now: number): number {
  const before = sql.one<Clock>(SELECT) ?? { trusted: now, since: null, last: null };
  const clock = clockAfter(before, now);
  sql.run(PUT, clock.trusted, clock.since, clock.last);
  return Math.min(now, clock.trusted);
}

function clockAfter({ trusted, since, last }: Clock, now: number): Clock {
  const settled = { trusted: Math.max(trusted, now), since: null, last: null };
  if (now <= trusted + USUAL_GAP) return settled;
  const goesOn = since !== null && last !== null && now >= since && now <= last + USUAL_GAP;
  if (!goesOn) return { trusted, since: now, last: now };
  return now - since >= DOUBT ? settled : { trusted, since, last: now };
}
