/**
 * A device that is a script: it remembers its nonce, anchor and LUIDs, says what it is told to, and answers what it
 * gets.
 *
 * Must not know: how messages are written and carried, what is measured.
 */
import { alertCode } from '../../lib/message/codes.ts';
import type { Command, Message } from '../../lib/message/model.ts';
import type { DatastoreName, Draft } from './drafts.ts';
import * as drafts from './drafts.ts';
import { createLine, type Line, type LineMemory, type LineOptions, statusOfHeader } from './line.ts';

export interface DeviceOptions extends LineOptions {
  /** Contacts, where it is not said. */
  readonly datastore?: DatastoreName;
  /** Most changes in one message, and about the most bytes of them. */
  readonly perMessage?: number;
  readonly bytesPerMessage?: number;
}

/** What the device tells: an item as it is now, or that it is gone. */
export type Change =
  | { readonly op: 'Add' | 'Replace'; readonly luid: string; readonly data: string }
  | { readonly op: 'Delete'; readonly luid: string };

export interface Report {
  readonly messages: number;
  /** Items that the server sent, by command. */
  readonly received: { Add: number; Replace: number; Delete: number };
}

export interface ScriptedDevice {
  /** What the server sent, by LUID. */
  readonly items: Map<string, string>;
  /** A whole session of this alert code. Throws when the server refuses any of it. */
  sync(code: number, changes?: readonly Change[]): Promise<Report>;
}

export function createDevice(options: DeviceOptions): ScriptedDevice {
  const memory: Memory = { nonce: Buffer.alloc(0), anchor: undefined, sessions: 0, items: new Map() };
  return { items: memory.items, sync: (code, changes = []) => runSession(options, memory, code, changes) };
}

interface Memory extends LineMemory {
  anchor: string | undefined;
  readonly items: Map<string, string>;
}

async function runSession(
  options: DeviceOptions,
  memory: Memory,
  code: number,
  changes: readonly Change[],
): Promise<Report> {
  const next = `${options.name}-${memory.sessions + 1}`;
  const last = memory.anchor;
  const { datastore = 'contacts' } = options;
  const opening = [
    drafts.putDevInf(options.name, datastore),
    alert(code, datastore, { ...(last !== undefined && { last }), next }),
  ];
  let line = createLine(options, memory);
  let reply = await line.send(opening, true);
  // A first contact, or a nonce that is no longer right: a new session with the nonce of the challenge.
  if (statusOfHeader(reply).code === 401) {
    line = createLine(options, memory);
    reply = await line.send(opening, true);
  }
  expectSuccess(reply);
  for (const part of messagesOf(changes, options)) {
    const final = part.last;
    reply = await line.send([...statusesFor(reply), drafts.sync(part.changes, datastore)], final);
    expectSuccess(reply);
  }
  const received = await finish(options, memory, line, reply, code);
  memory.anchor = next;
  return { messages: line.sent(), received };
}

/** Packages #4 to #6: takes what the server sends until its Final, then confirms it. */
async function finish(
  options: DeviceOptions,
  memory: Memory,
  line: Line,
  first: Message,
  code: number,
): Promise<Report['received']> {
  const received = { Add: 0, Replace: 0, Delete: 0 };
  let reply = first;
  for (;;) {
    const maps = receive(options, memory, reply, received);
    const done = reply.final;
    // A refresh from the client ends with the server's statuses.
    if (done && (code === 202 || code === 203)) return received;
    const more = done ? [] : [drafts.nextMessage(options.url, options.name)];
    reply = await line.send([...statusesFor(reply), ...maps, ...more], done);
    expectSuccess(reply);
    if (done) return received;
  }
}

const alert = (code: number, datastore: DatastoreName, anchor: { last?: string; next: string }): Draft => ({
  name: 'Alert',
  code: alertCode(code),
  items: [{ ...drafts.placeOf(datastore), meta: { anchor } }],
});

/** Changes in messages of at most so many commands and bytes; one without any when there are none. */
function* messagesOf(changes: readonly Change[], options: DeviceOptions) {
  const { perMessage = 100, bytesPerMessage = 150_000 } = options;
  const overhead = 150;
  let part: Change[] = [];
  let bytes = 1_000;
  for (const change of changes) {
    const size = overhead + ('data' in change ? Buffer.byteLength(change.data) : 0);
    if (part.length > 0 && (part.length === perMessage || bytes + size > bytesPerMessage)) {
      yield { changes: part, last: false };
      part = [];
      bytes = 1_000;
    }
    part.push(change);
    bytes += size;
  }
  yield { changes: part, last: true };
}

/** Statuses for all that the reply says; an Alert 222 too. */
function statusesFor(reply: Message): Draft[] {
  const msgRef = String(reply.header.msgId);
  const found: Draft[] = [drafts.status(msgRef, 'SyncHdr', '0', 200)];
  const visit = (command: Command): void => {
    if (command.name === 'Status') return;
    found.push(drafts.status(msgRef, command.name, command.cmdId, command.name === 'Add' ? 201 : 200));
    if ('commands' in command) command.commands.forEach(visit);
  };
  reply.commands.forEach(visit);
  return found;
}

/** Carries out what the server sent; a Map for what it added. */
function receive(
  { datastore = 'contacts' }: DeviceOptions,
  memory: Memory,
  reply: Message,
  received: Report['received'],
): Draft[] {
  const added: { target: string; source: string }[] = [];
  for (const command of reply.commands) {
    if (command.name !== 'Sync') continue;
    for (const change of command.commands) {
      if (change.name !== 'Add' && change.name !== 'Replace' && change.name !== 'Delete') continue;
      received[change.name] += change.items.length;
      for (const { target, source, data, moreData } of change.items) {
        if (moreData === true) throw new Error('a part of an item: this device takes whole ones');
        const luid = target?.uri ?? `R${memory.items.size + 1}`;
        if (change.name === 'Delete') memory.items.delete(luid);
        else memory.items.set(luid, String(data));
        if (change.name === 'Add') added.push({ target: source?.uri ?? '', source: luid });
      }
    }
  }
  return added.length === 0 ? [] : [{ name: 'Map', ...drafts.placeOf(datastore), items: added }];
}

/** What a conflict is answered with is no failure. */
const CONFLICT: readonly number[] = [409, 419];

function expectSuccess(reply: Message): void {
  for (const command of reply.commands)
    if (command.name === 'Status' && command.code >= 300 && !CONFLICT.includes(command.code))
      throw new Error(`${command.cmd} ${command.cmdRef} was answered ${command.code}`);
}
