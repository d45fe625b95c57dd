/**
 * Rows beside the session: chunks of large objects, parts of match indexes. They mean nothing before the session names
 * them, so they may be written early, and twice.
 */
import type { Put } from '../io/writes.ts';
import { BODY_PART } from '../model/limits.ts';
import type { IndexEntry } from '../model/records.ts';
import type { SessionState } from '../model/session-state.ts';

type RowPut = Extract<Put, { put: 'chunk' | 'index' }>;

/** Chunk rows by their numbers: from the first on, so many. */
export interface ChunkRange {
  readonly from: number;
  readonly rows: number;
}

export class SessionRows {
  private readonly staged: RowPut[] = [];

  get puts(): readonly Put[] {
    return this.staged;
  }

  /** Stores bytes behind the chunk rows of the session; says in how many rows. */
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
    return this.staged.flatMap((put) =>
      put.put === 'chunk' && put.number >= from && put.number < from + rows ? [put.bytes] : [],
    );
  }

  /** The parts of a match index, as rows of their own; `tag` keeps those of another message apart. */
  putIndex(datastore: string, tag: string, parts: readonly (readonly IndexEntry[])[]): void {
    parts.forEach((entries, part) => {
      this.stage({ put: 'index', datastore, tag, part, entries });
    });
  }

  /** What puts the rows back to what they are now. */
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
