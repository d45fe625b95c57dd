/** A whole session, all datastores in it: packages #1 to #6. */

import { UsageError } from '../../../functions/cli/options.ts';
import { alertCode } from '../../../lib/message/codes.ts';
import type { Message, StatusCommand } from '../../../lib/message/model.ts';
import { FOLDERS } from '../datastores.ts';
import type { ClientOptions } from '../options.ts';
import { messagesOf, type Part, syncsOf } from './changes.ts';
import { putDevInf } from './device-info.ts';
import { createLine, type Draft, headerStatus, type Line } from './line.ts';
import { type Memory, writeMemory } from './memory.ts';
import { type Chunks, isOf, mapsOf, receive } from './receive.ts';
import { isAgreed, isSlow, type Side, SLOW_SYNC, sideOf, TWO_WAY } from './side.ts';

/** Most bytes of a message, where the server does not allow fewer. */
const MESSAGE_BYTES = 100_000;
/** Messages after which a session is given up. */
const MOST_MESSAGES = 20_000;

interface Session {
  readonly options: ClientOptions;
  readonly memory: Memory;
  readonly sides: readonly Side[];
  readonly line: Line;
  readonly chunks: Chunks;
  /** The changes of the message before that have no Status yet, by CmdID. */
  pending: Map<string, Part>;
  /** What the last answer wants to be told. */
  statuses: Draft[];
}

/** Sends and takes all changes. Throws an Error when the session breaks; the next one goes on from there. */
export async function synchronise(options: ClientOptions, memory: Memory): Promise<readonly Side[]> {
  const sides = FOLDERS.map((folder) => sideOf(folder, options.folder, memory));
  const anchor = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const { session, reply } = await begin(options, memory, sides, anchor);
  const agreed = sides.filter(isAgreed);
  if (agreed.length === 0) return sides;
  const last = await upload(session, agreed, reply.header.meta?.maxMsgSize ?? MESSAGE_BYTES);
  await download(session, last);
  for (const side of agreed) side.memory.anchor = anchor;
  writeMemory(options.folder, memory);
  return sides;
}

/** Packages #1 and #2: a nonce that is no longer right costs a second session. */
async function begin(options: ClientOptions, memory: Memory, sides: readonly Side[], anchor: string) {
  const opening = [putDevInf(options.name), ...sides.map((side) => alertFor(side, options.slow, anchor))];
  for (let attempt = 1; ; attempt += 1) {
    const line = createLine(options, memory);
    const chunks: Chunks = { pieces: [] };
    const session: Session = { options, memory, sides, line, chunks, pending: new Map(), statuses: [] };
    let reply = await send(session, opening, true);
    const { code } = headerStatus(reply);
    if (code === 401 && attempt < 3) continue;
    if (code >= 400)
      throw new UsageError(
        code === 401
          ? `The server knows no login ${options.login} with this password. --user LOGIN:PASSWORD names another one; npm run password -- LOGIN sets a new password.`
          : `The server refuses the session with ${code}.`,
      );
    for (let asked = 0; ; asked += 1) {
      for (const side of sides) noteAlert(side, reply);
      if (reply.final || asked === MOST_MESSAGES) return { session, reply };
      reply = await send(session, [...session.statuses, nextMessage(options)], false);
    }
  }
}

const alertFor = (
  { folder: { datastore }, memory: { anchor } }: Side,
  slow: boolean,
  next: string,
): Draft => ({
  name: 'Alert',
  code: alertCode(slow || anchor === undefined ? SLOW_SYNC : TWO_WAY),
  items: [
    {
      target: { uri: datastore },
      source: { uri: `./${datastore}` },
      meta: { anchor: { ...(anchor !== undefined && { last: anchor }), next } },
    },
  ],
});

const nextMessage = ({ url, name }: ClientOptions): Draft => ({
  name: 'Alert',
  code: alertCode(222),
  items: [{ target: { uri: url }, source: { uri: name } }],
});

function noteAlert(side: Side, { commands }: Message): void {
  for (const command of commands) {
    if (command.name === 'Status' && command.cmd === 'Alert' && command.code >= 400 && command.code !== 508)
      if (isOf(side, ...(command.targetRefs ?? []), ...(command.sourceRefs ?? [])))
        side.agreed = { refused: command.code };
    if (command.name !== 'Alert' || command.code === undefined) continue;
    const named = command.items.some(({ target, source }) => isOf(side, target?.uri, source?.uri));
    if (named) side.agreed = { alert: command.code };
    if (named && isSlow(side)) forgetGone(side);
  }
}

/** A slow sync names what is there: what is gone comes back as new. */
function forgetGone({ memory, found }: Side): void {
  const named = new Set(found.items.map(({ luid }) => luid));
  for (const luid of Object.keys(memory.files)) if (!named.has(luid)) delete memory.files[luid];
}

/**
 * One message; what its answer says is carried out and kept before anything else is sent. Statuses come first: they are
 * of the items as this device sent them, and the commands behind them may write the same items.
 */
async function send(session: Session, drafts: readonly Draft[], final: boolean): Promise<Message> {
  const reply = await session.line.send(drafts, final);
  for (const draft of drafts) if (draft.name === 'Map') forget(session.sides, draft.items);
  noteStatuses(session.pending, reply);
  session.statuses = receive(reply, session.sides, session.chunks);
  writeMemory(session.options.folder, session.memory);
  return reply;
}

function forget(sides: readonly Side[], items: readonly { readonly target: string }[]): void {
  for (const { memory } of sides) for (const { target } of items) delete memory.maps[target];
}

/** Package #3; the answer to its last message. */
async function upload(session: Session, sides: readonly Side[], most: number): Promise<Message> {
  const messages = messagesOf(sides, Math.min(most, MESSAGE_BYTES));
  for (let at = 0; ; at += 1) {
    const planned = messages[at] ?? [];
    // The server has refused the item: its other chunks are not sent.
    const parts = planned.filter(({ side, luid }) => !side.failed.has(luid));
    const final = at === messages.length - 1;
    if (parts.length === 0 && at > 0 && !final) continue;
    const drafts = [...session.statuses, ...mapsOf(sides), ...syncsOf(parts, at === 0 ? sides : [])];
    session.pending = pendingOf(drafts, parts);
    let reply = await send(session, drafts, final);
    // A server that has no time answers what the message held later.
    while (!final && session.pending.size > 0 && !reply.final)
      reply = await send(session, [...session.statuses, nextMessage(session.options)], false);
    if (final) return settle(session, reply);
  }
}

/** Statuses of the last message may come with the first answers of package #4. */
async function settle(session: Session, first: Message): Promise<Message> {
  let reply = first;
  while (session.pending.size > 0 && !reply.final)
    reply = await send(
      session,
      [...session.statuses, ...mapsOf(session.sides), nextMessage(session.options)],
      false,
    );
  return reply;
}

/** Packages #4 to #6. */
async function download(session: Session, first: Message): Promise<void> {
  let reply = first;
  for (let count = 0; count < MOST_MESSAGES; count += 1) {
    const { final } = reply;
    const more = final ? [] : [nextMessage(session.options)];
    reply = await send(session, [...session.statuses, ...mapsOf(session.sides), ...more], final);
    if (final) return;
  }
  throw new Error('The session does not end.');
}

/** The changes of a message by the CmdIDs that they get. */
function pendingOf(drafts: readonly Draft[], parts: readonly Part[]): Map<string, Part> {
  const ids = new Map<Draft, string>();
  let last = 0;
  const count = (draft: Draft): void => {
    last += 1;
    ids.set(draft, String(last));
    draft.commands?.forEach(count);
  };
  drafts.forEach(count);
  return new Map(parts.map((part) => [ids.get(part.draft) ?? '', part]));
}

function noteStatuses(pending: Map<string, Part>, { commands }: Message): void {
  for (const command of commands) {
    const part =
      command.name === 'Status' && !NOT_YET.has(command.cmd) ? pending.get(command.cmdRef) : undefined;
    if (part === undefined || command.name !== 'Status' || command.cmd !== part.op || command.code === 101)
      continue;
    pending.delete(command.cmdRef);
    if (!part.moreData || command.code >= 400) noteResult(part, command);
  }
}

const NOT_YET = new Set(['SyncHdr', 'Sync']);
/** The server holds the item, or nothing is left to delete: a conflict was decided. */
const SETTLED = new Set([409, 418, 419]);

function noteResult({ side, op, luid, hash }: Part, { code }: StatusCommand): void {
  const isGone = op === 'Delete' && (code === 404 || code === 410);
  if (code >= 400 && !SETTLED.has(code) && !isGone) {
    side.failed.set(luid, code);
    return;
  }
  const before = side.memory.files[luid];
  if (op === 'Delete') side.sent.deleted += 1;
  else if (before === hash) side.sent.compared += 1;
  else if (before === undefined) side.sent.added += 1;
  else side.sent.changed += 1;
  // A Status that comes late is of an item that the server has written since.
  if (side.written.has(luid)) return;
  if (hash === undefined) delete side.memory.files[luid];
  else side.memory.files[luid] = hash;
}
