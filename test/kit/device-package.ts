/** The Syncs of several databases in the messages of package #3. */
import type { Letter } from './device-letters.ts';
import type { SyncOrder } from './device-options.ts';

/** What one message says of one database. */
export interface Part<Database> {
  readonly database: Database;
  readonly letter: Letter;
  /** It is the first of this database. */
  readonly isFirst: boolean;
}
type Parts<Database> = readonly (readonly Part<Database>[])[];

/** The parts of each message; `perMessage`: changes in a message that has room for a further database. */
export function messagesOf<Database>(
  databases: readonly (readonly [Database, readonly Letter[]])[],
  { syncs = 'apart', perMessage = 100 }: { syncs?: SyncOrder; perMessage?: number },
): Parts<Database> {
  const queues = databases.map(([database, letters]) =>
    letters.map((letter, at) => ({ database, letter, isFirst: at === 0 })),
  );
  switch (syncs) {
    case 'apart':
      return queues.flat().map((part) => [part]);
    case 'filled':
      return filled(queues.flat(), perMessage);
    case 'together':
      return together(queues);
  }
}

function filled<Database>(parts: readonly Part<Database>[], perMessage: number): Parts<Database> {
  const messages: Part<Database>[][] = [];
  for (const part of parts) {
    const last = messages.at(-1);
    const held = last?.reduce((sum, { letter }) => sum + letter.changes.length, 0) ?? 0;
    const hasRoom = part.isFirst && held + part.letter.changes.length <= perMessage;
    if (last !== undefined && hasRoom && last.at(-1)?.letter.partial === undefined) last.push(part);
    else messages.push([part]);
  }
  return messages;
}

/** An object that is open ends its message, and the next one begins with the rest of it. */
function together<Database>(queues: readonly Part<Database>[][]): Parts<Database> {
  const messages: Part<Database>[][] = [];
  let open: Part<Database>[] | undefined;
  while (queues.some(({ length }) => length > 0)) {
    const message: Part<Database>[] = [];
    const first = open;
    open = undefined;
    for (const queue of first === undefined ? queues : [first, ...queues.filter((one) => one !== first)]) {
      const part = queue.shift();
      if (part === undefined) continue;
      message.push(part);
      if (part.letter.partial === undefined) continue;
      open = queue;
      break;
    }
    messages.push(message);
  }
  return messages;
}
