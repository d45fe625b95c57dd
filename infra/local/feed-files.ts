/** What the poller keeps between two runs: where it stands in the stream, and the records that it gave up. */
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamRecord } from '../../lib/store/port/port.ts';
import { makeFolder, OWN_FILE } from '../../lib/store/sqlite/file.ts';
import type { Positions } from './poller.ts';

/** A position counts only for the store that it was read from. */
export function positionFile(folder: string, identity: string): Positions {
  const file = join(folder, 'crm-feed.json');
  return {
    load: () => {
      const kept = read(file);
      return kept?.identity === identity ? kept.position : undefined;
    },
    save: (position) => {
      makeFolder(folder);
      writeFileSync(`${file}.new`, JSON.stringify({ identity, position }), { mode: OWN_FILE });
      renameSync(`${file}.new`, file);
    },
  };
}

export function positionInMemory(): Positions {
  let kept: string | undefined;
  return {
    load: () => kept,
    save: (position) => {
      kept = position;
    },
  };
}

function read(file: string): { identity?: string; position?: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** One JSON object a line. The row itself stays in its table, so its key is enough. */
export function appendDeadLetter(folder: string, record: StreamRecord, reason: string, at: number): void {
  makeFolder(folder);
  const { eventId, event, key } = record;
  const line = { at: new Date(at).toISOString(), eventId, event, ...key, reason };
  appendFileSync(join(folder, 'dead-letters.jsonl'), `${JSON.stringify(line)}\n`, { mode: OWN_FILE });
}
