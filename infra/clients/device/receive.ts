/** Package #4: what the server sends becomes files; the Statuses and Maps for it. */

import { statusCode } from '../../../lib/message/codes.ts';
import { itemData } from '../../../lib/message/data.ts';
import type { Command, ItemCommand, Message, MessageItem } from '../../../lib/message/model.ts';
import { currentHash, hashOf, newName, removeItem, writeItem } from './files.ts';
import type { Draft } from './line.ts';
import type { Side } from './side.ts';

/** The chunks of an item that is not complete. */
export interface Chunks {
  readonly pieces: Uint8Array[];
}

/** Carries out all that the answer says; a Status for each of its commands. `chunks` goes on over answers. */
export function receive(reply: Message, sides: readonly Side[], chunks: Chunks): Draft[] {
  const msgRef = String(reply.header.msgId);
  const statuses: Draft[] = [statusFor(msgRef, 'SyncHdr', '0', 200)];
  const visit = (command: Command, side: Side | undefined): void => {
    if (command.name === 'Status' || command.name === 'Map') return;
    statuses.push(statusFor(msgRef, command.name, command.cmdId, resultOf(command, side, chunks)));
    if (!('commands' in command)) return;
    const own =
      command.name === 'Sync'
        ? sides.find((one) => isOf(one, command.target?.uri, command.source?.uri))
        : side;
    for (const child of command.commands) visit(child, own);
  };
  for (const command of reply.commands) visit(command, undefined);
  return statuses;
}

/** Does one of the URIs name the datastore? */
export const isOf = ({ folder: { datastore } }: Side, ...uris: (string | undefined)[]): boolean =>
  uris.some((uri) => uri?.replace(/^\.?\//, '') === datastore);

export const statusFor = (msgRef: string, cmd: string, cmdRef: string, code: number): Draft => ({
  name: 'Status',
  ...{ msgRef, cmdRef, cmd, code: statusCode(code) },
});

/** LUIDs for GUIDs that the server does not know yet, a Map for each datastore. */
export const mapsOf = (sides: readonly Side[]): Draft[] =>
  sides
    .filter(({ memory }) => Object.keys(memory.maps).length > 0)
    .map(({ folder, memory }) => ({
      name: 'Map',
      target: { uri: folder.datastore },
      source: { uri: `./${folder.datastore}` },
      items: Object.entries(memory.maps).map(([target, source]) => ({ target, source })),
    }));

function resultOf(command: Command, side: Side | undefined, chunks: Chunks): number {
  if (command.name !== 'Add' && command.name !== 'Replace' && command.name !== 'Delete') return 200;
  if (side === undefined) return 404;
  let code = 200;
  for (const item of command.items)
    code = command.name === 'Delete' ? remove(side, item) : store(side, command, item, chunks);
  return code;
}

function store(side: Side, { name: op, meta }: ItemCommand, item: MessageItem, chunks: Chunks): number {
  const size = meta?.size ?? item.meta?.size;
  // Size stands in the first chunk only: what is left of an item that broke off is no part of this one.
  if (size !== undefined) chunks.pieces.length = 0;
  const piece = itemData(item) ?? '';
  chunks.pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  if (item.moreData === true) return 213;
  const data = Buffer.concat(chunks.pieces.splice(0));
  if (op === 'Add') return add(side, item.source?.uri ?? '', data);
  const luid = item.target?.uri ?? '';
  if (side.memory.files[luid] === undefined) return 404;
  if (isEdited(side, luid)) return 409;
  write(side, luid, data);
  side.received.changed += 1;
  return 200;
}

/** An Add that comes a second time, because its Map got lost, means the same file. */
function add(side: Side, guid: string, data: Buffer): number {
  const luid = side.memory.maps[guid] ?? newName(side, data);
  side.memory.maps[guid] = luid;
  write(side, luid, data);
  side.received.added += 1;
  return 201;
}

function write({ path, memory, written }: Side, luid: string, data: Buffer): void {
  writeItem(path, luid, data);
  memory.files[luid] = hashOf(data);
  written.add(luid);
}

function remove(side: Side, { target }: MessageItem): number {
  const luid = target?.uri ?? '';
  if (side.memory.files[luid] === undefined) return 404;
  if (isEdited(side, luid)) return 409;
  removeItem(side.path, luid);
  delete side.memory.files[luid];
  side.written.add(luid);
  side.received.deleted += 1;
  return 200;
}

/** Has the user changed the file after the session began? Then it stays, and the next session sends it. */
function isEdited({ path, memory, found }: Side, luid: string): boolean {
  const now = currentHash(path, luid);
  const before = found.items.find((item) => item.luid === luid)?.hash;
  return now !== undefined && now !== memory.files[luid] && now !== before;
}
