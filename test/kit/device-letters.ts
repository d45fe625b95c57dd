/** The changes of a device cut into messages, large objects into chunks of consecutive messages. */
import type { Outgoing } from './device-database.ts';
import type { Draft } from './session.ts';

export interface Letter {
  readonly changes: readonly Outgoing[];
  /** An object is open behind this message: so many of its characters are sent. */
  readonly partial?: Partial;
}
interface Partial {
  luid: string;
  data: string;
  taken: number;
}

/** At least one letter: a client that changed nothing says so too. An open object goes first, where it stopped. */
export function lettersOf(
  changes: readonly Outgoing[],
  options: { perMessage?: number; chunkBytes?: number },
  partial?: Partial,
): Letter[] {
  const { perMessage = 100, chunkBytes = Number.POSITIVE_INFINITY } = options;
  const first = changes.filter(([luid]) => luid === partial?.luid);
  const letters: Letter[] = [];
  let small: Outgoing[] = [];
  const flush = () => {
    for (let at = 0; at < small.length; at += perMessage)
      letters.push({ changes: small.slice(at, at + perMessage) });
    small = [];
  };
  for (const change of [...first, ...changes.filter(([luid]) => luid !== partial?.luid)]) {
    const data = dataOf(change[1]);
    if (data.length <= chunkBytes) {
      small.push(change);
      continue;
    }
    flush();
    const isSame = partial?.luid === change[0] && partial.data === data;
    letters.push(...chunksOf(change, data, chunkBytes, isSame ? partial.taken : 0));
  }
  flush();
  return letters.length === 0 ? [{ changes: [] }] : letters;
}

const dataOf = (change: Draft): string =>
  change.name === 'Add' || change.name === 'Replace' ? String(change.items[0]?.data ?? '') : '';

function chunksOf([luid, change]: Outgoing, data: string, size: number, from: number): Letter[] {
  if (change.name !== 'Add' && change.name !== 'Replace') return [];
  const letters: Letter[] = [];
  for (let at = from; at < data.length; at += size) {
    const last = at + size >= data.length;
    const items = change.items.map((item) => ({
      ...item,
      data: data.slice(at, at + size),
      ...(!last && { moreData: true }),
    }));
    const meta = { ...change.meta, ...(at === 0 && { size: Buffer.byteLength(data) }) };
    const letter = { changes: [[luid, { ...change, meta, items }] as const] };
    letters.push(last ? letter : { ...letter, partial: { luid, data, taken: at + size } });
  }
  return letters;
}

/** What is added and replaced as a whole, as one Atomic. */
export function atomically(changes: readonly Draft[]): Draft[] {
  const isWhole = (change: Draft) =>
    change.name === 'Add' ||
    (change.name === 'Replace' && change.items.every((item) => item.moreData !== true));
  const inside = changes.filter(
    (change) => isWhole(change) && (change as { meta?: { size?: number } }).meta?.size === undefined,
  );
  if (inside.length < 2) return [...changes];
  const atomic = { name: 'Atomic', commands: inside } as unknown as Draft;
  return [atomic, ...changes.filter((change) => !inside.includes(change))];
}
