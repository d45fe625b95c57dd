/** Package #3: what the user changed, cut into messages; a large item into chunks of consecutive messages. */
import type { Data } from '../../../lib/message/model.ts';
import type { ItemFile } from './files.ts';
import type { Draft } from './line.ts';
import { isSlow, type Side } from './side.ts';

/** A change of one item, or one chunk of it. */
export interface Part {
  readonly side: Side;
  readonly op: 'Add' | 'Replace' | 'Delete';
  readonly luid: string;
  /** Of the item that the server holds when it has taken this part; undefined: it holds none. */
  readonly hash?: string;
  readonly draft: Draft;
  readonly moreData: boolean;
}

/** Bytes of a message without its changes, and of a change without its data. */
const MESSAGE = 2_000;
const CHANGE = 200;

/** At least one message; each has at most `limit` bytes, or one change. */
export function messagesOf(sides: readonly Side[], limit: number): Part[][] {
  const messages: Part[][] = [];
  let open: Part[] = [];
  let bytes = MESSAGE;
  for (const part of sides.flatMap((side) => partsOf(side, limit - MESSAGE - CHANGE))) {
    const size = CHANGE + part.luid.length * 3 + sizeOf(part.draft);
    if (open.length > 0 && bytes + size > limit) {
      messages.push(open);
      open = [];
      bytes = MESSAGE;
    }
    open.push(part);
    bytes += size;
    // Nothing goes between two chunks [RP12 5.12].
    if (part.moreData) bytes = limit;
  }
  return [...messages, open];
}

const sizeOf = (draft: Draft): number => {
  const data = 'items' in draft ? (draft.items?.[0] as { data?: Data } | undefined)?.data : undefined;
  return typeof data === 'string' || data instanceof Uint8Array ? Buffer.byteLength(data) : 0;
};

function partsOf(side: Side, chunk: number): Part[] {
  const { found, memory } = side;
  const there = new Set([...found.items.map(({ luid }) => luid), ...found.setAside]);
  const gone = isSlow(side) ? [] : Object.keys(memory.files).filter((luid) => !there.has(luid));
  const changed = found.items.filter(({ luid, hash }) => isSlow(side) || memory.files[luid] !== hash);
  return [
    ...gone.map((luid): Part => {
      const draft: Draft = { name: 'Delete', items: [{ source: { uri: luid } }] };
      return { side, op: 'Delete', luid, draft, moreData: false };
    }),
    ...changed.flatMap((item) => chunksOf(side, item, chunk)),
  ];
}

function chunksOf(side: Side, { luid, data, hash }: ItemFile, most: number): Part[] {
  const op = isSlow(side) || side.memory.files[luid] !== undefined ? 'Replace' : 'Add';
  const pieces = cut(data, most);
  return pieces.map((piece, at) => {
    const moreData = at < pieces.length - 1;
    const size = at === 0 && moreData ? { size: data.length } : {};
    const item = { source: { uri: luid }, data: dataOf(piece), ...(moreData && { moreData }) };
    const draft: Draft = { name: op, meta: { type: side.folder.type, ...size }, items: [item] };
    return { side, op, luid, hash, draft, moreData };
  });
}

/** Never inside a character. */
function cut(data: Buffer, most: number): Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  while (data.length - from > most) {
    let to = from + most;
    for (let back = 0; back < 3 && ((data[to] ?? 0) & 0xc0) === 0x80; back += 1) to -= 1;
    pieces.push(data.subarray(from, to));
    from = to;
  }
  return [...pieces, data.subarray(from)];
}

/** A text of another charset goes as its bytes. */
function dataOf(bytes: Buffer): Data {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : new Uint8Array(bytes);
}

/** The Syncs of a message, a datastore each. `sides`: those whose Sync must be there even if it is empty. */
export function syncsOf(parts: readonly Part[], sides: readonly Side[]): Draft[] {
  const named = [...new Set([...parts.map(({ side }) => side), ...sides])];
  return named.map((side) => ({
    name: 'Sync',
    target: { uri: side.folder.datastore },
    source: { uri: `./${side.folder.datastore}` },
    commands: parts.filter((part) => part.side === side).map(({ draft }) => draft),
  }));
}
