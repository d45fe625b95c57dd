/**
 * Rows beside the session: chunks of large objects. Nobody reads them before the session names them, so they may be
 * written early, and twice.
 */
import type { Put } from '../io/writes.ts';
import { BODY_PART } from '../model/limits.ts';
import type { SessionState } from '../model/session-state.ts';

type RowPut = Extract<Put, { put: 'chunk' }>;

/** Consecutive chunk rows: the number of the first, and how many there are. */
export interface ChunkRange {
  readonly from: number;
  readonly rows: number;
}

export class SessionRows {
  private readonly staged: RowPut[] = [];

  get puts(): readonly Put[] {
    return this.staged;
  }

  /** Stores bytes in new chunk rows after those of the session. Returns the number of rows. */
  putChunks(session: SessionState, bytes: Uint8Array): number {
    const first = session.nextChunk;
    for (let at = 0; at < bytes.length; at += BODY_PART) {
      this.stage({ put: 'chunk', number: session.nextChunk, bytes: bytes.subarray(at, at + BODY_PART) });
      session.nextChunk += 1;
    }
    return session.nextChunk - first;
  }

  /** The bytes of those rows that this step stored. */
  chunksIn({ from, rows }: ChunkRange): Uint8Array[] {
    return this.staged.flatMap((put) => (put.number >= from && put.number < from + rows ? [put.bytes] : []));
  }

  /** Returns a function that restores the rows as they are now. */
  savepoint(): () => void {
    const { length } = this.staged;
    return () => {
      this.staged.length = length;
    };
  }

  private stage(put: RowPut): void {
    this.staged.push(put);
  }
}
