/**
 * A device that is a script: it remembers its nonce, anchor and LUIDs, says what it is told to, and answers what it
 * gets. Speaks to anything that answers an HTTP request, over lib/message and lib/codec.
 *
 * Must not know: what is measured, stores, accounts.
 */
import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '../../lib/app/http.ts';
import { decode, encode } from '../../lib/codec/codec.ts';
import { alertCode } from '../../lib/message/codes.ts';
import type { Command, Cred, Location, Message, Status, Wire } from '../../lib/message/model.ts';
import { parseMessage } from '../../lib/message/parse.ts';
import { serializeMessage } from '../../lib/message/serialize.ts';
import type { Draft } from './drafts.ts';
import * as drafts from './drafts.ts';

export interface DeviceOptions {
  readonly post: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly url: string;
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly auth?: 'basic' | 'md5';
  readonly wire?: Wire;
  /** Most changes in one message, and about the most bytes of them. */
  readonly perMessage?: number;
  readonly bytesPerMessage?: number;
  /** What the device announces, in bytes. */
  readonly maxMsgSize?: number;
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

const VERSION = '1.2';
const CONTACTS = { target: { uri: 'contacts' }, source: { uri: './contacts' } };

export function createDevice(options: DeviceOptions): ScriptedDevice {
  const memory: Memory = { nonce: Buffer.alloc(0), anchor: undefined, sessions: 0, items: new Map() };
  return { items: memory.items, sync: (code, changes = []) => runSession(options, memory, code, changes) };
}

interface Memory {
  nonce: Buffer;
  anchor: string | undefined;
  sessions: number;
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
  const opening = [
    drafts.putDevInf(options.name),
    alert(code, { ...(last !== undefined && { last }), next }),
  ];
  let line = createLine(options, memory);
  let reply = await line.send(opening, true);
  // A first contact, or a nonce that is no longer right: a new session with the nonce of the challenge.
  if (statusOfHeader(reply).code === 401) {
    line = createLine(options, memory);
    reply = await line.send(opening, true);
  }
  expectSuccess(reply);
  const received = { Add: 0, Replace: 0, Delete: 0 };
  for (const part of messagesOf(changes, options)) {
    const final = part.last;
    reply = await line.send([...statusesFor(reply), drafts.sync(part.changes, CONTACTS)], final);
    expectSuccess(reply);
  }
  for (;;) {
    const maps = receive(memory, reply, received);
    const done = reply.final;
    const answers = [
      ...statusesFor(reply),
      ...maps,
      ...(done ? [] : [drafts.nextMessage(options.url, options.name)]),
    ];
    // A refresh from the client ends with the server's statuses.
    if (done && (code === 202 || code === 203)) break;
    reply = await line.send(answers, done);
    expectSuccess(reply);
    if (done) break;
  }
  memory.anchor = next;
  return { messages: line.sent(), received };
}

const alert = (code: number, anchor: { last?: string; next: string }): Draft => ({
  name: 'Alert',
  code: alertCode(code),
  items: [{ ...CONTACTS, meta: { anchor } }],
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
function receive(memory: Memory, reply: Message, received: Report['received']): Draft[] {
  const added: { target: string; source: string }[] = [];
  for (const command of reply.commands) {
    if (command.name !== 'Sync') continue;
    for (const change of command.commands) {
      if (change.name !== 'Add' && change.name !== 'Replace' && change.name !== 'Delete') continue;
      received[change.name] += change.items.length;
      for (const { target, source, data } of change.items) {
        const luid = target?.uri ?? `R${memory.items.size + 1}`;
        if (change.name === 'Delete') memory.items.delete(luid);
        else memory.items.set(luid, String(data));
        if (change.name === 'Add') added.push({ target: source?.uri ?? '', source: luid });
      }
    }
  }
  return added.length === 0 ? [] : [{ name: 'Map', ...CONTACTS, items: added }];
}

const statusOfHeader = (reply: Message): Status => {
  const [first] = reply.commands;
  if (first?.name === 'Status' && first.cmd === 'SyncHdr') return first;
  throw new Error('the reply does not begin with the Status of SyncHdr');
};

/** What a conflict is answered with is no failure. */
const CONFLICT: readonly number[] = [409, 419];

function expectSuccess(reply: Message): void {
  for (const command of reply.commands)
    if (command.name === 'Status' && command.code >= 300 && !CONFLICT.includes(command.code))
      throw new Error(`${command.cmd} ${command.cmdRef} was answered ${command.code}`);
}

interface Line {
  send(commands: readonly Draft[], final: boolean): Promise<Message>;
  sent(): number;
}

/** One session's messages: MsgID, credentials in the first, RespURI and nonce from the replies. */
function createLine(options: DeviceOptions, memory: Memory): Line {
  const { post, url, name, login, wire = 'wbxml', maxMsgSize = 150_000 } = options;
  memory.sessions += 1;
  const sessionId = String(memory.sessions);
  let msgId = 0;
  let uri = url;
  const bytesOf = (commands: readonly Draft[], final: boolean): Uint8Array => {
    const source: Location = { uri: name, name: login };
    const cred = msgId === 1 ? { cred: credOf(options, memory.nonce) } : {};
    const meta = { maxMsgSize, maxObjSize: 4_000_000 };
    const header = {
      verDTD: VERSION,
      verProto: `SyncML/${VERSION}`,
      sessionId,
      msgId,
      target: { uri },
      source,
    };
    const message: Message = {
      header: { ...header, ...cred, meta },
      commands: drafts.numbered(commands),
      final,
    };
    return encode(serializeMessage(message, VERSION), wire, VERSION);
  };
  const send = async (commands: readonly Draft[], final: boolean): Promise<Message> => {
    msgId += 1;
    const { pathname, searchParams } = new URL(uri);
    const answer = await post({
      method: 'POST',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { 'content-type': `application/vnd.syncml+${wire}` },
      body: bytesOf(commands, final),
      url,
    });
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status}: ${Buffer.from(answer.body)}`);
    const reply = parseMessage(decode(answer.body, wire).root);
    uri = reply.header.respURI ?? uri;
    memory.nonce = Buffer.from(statusOfHeader(reply).chal?.nextNonce ?? memory.nonce);
    return reply;
  };
  return { send, sent: () => msgId };
}

const md5 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest('base64');
};

/** [RP12 B.1] */
function credOf({ auth = 'md5', login, password }: DeviceOptions, nonce: Uint8Array): Cred {
  const pair = `${login}:${password}`;
  return auth === 'basic'
    ? { meta: { type: 'syncml:auth-basic', format: 'b64' }, data: Buffer.from(pair).toString('base64') }
    : { meta: { type: 'syncml:auth-md5', format: 'b64' }, data: md5(md5(pair), ':', nonce) };
}
