/** A client at the level of messages: builds the headers, keeps MsgID, RespURI and nonce, lets a test say the rest. */
import { createHash } from 'node:crypto';
import type { HttpAnswer } from '../../lib/app/http/http.ts';
import { decode, encode } from '../../lib/codec/codec.ts';
import type { Version, Wire } from '../../lib/codec/tree.ts';
import type { Command, Cred, Message, Meta, StatusCommand } from '../../lib/message/model.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import { PASSWORD, type TestServer, USER } from './server.ts';

export interface SessionOptions {
  readonly device?: string;
  readonly user?: string;
  readonly password?: string;
  readonly sessionId?: string;
  readonly version?: Version;
  readonly wire?: Wire;
  readonly maxMsgSize?: number;
  readonly maxObjSize?: number;
  readonly auth?: 'basic' | 'md5' | 'none';
  /** Decoded octets of the nonce for md5. */
  readonly nonce?: Uint8Array;
  /** An answer that refuses the message is thrown. */
  readonly strict?: boolean;
}

export interface Exchange {
  readonly http: HttpAnswer;
  /** The reply; throws when the answer is not one. */
  readonly reply: Message;
}

/** The request or its answer got lost on the way. */
export class Lost extends Error {}

/** The server refuses the message as a whole. */
export class Refused extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`refused with ${code}`);
    this.code = code;
  }
}

/** A command of a test: the CmdID is given in order. */
export type Draft = Command extends infer C
  ? C extends Command
    ? Omit<C, 'cmdId'> & { cmdId?: string }
    : never
  : never;

const hash = (...parts: (string | Uint8Array)[]): string => {
  const md5 = createHash('md5');
  for (const part of parts) md5.update(part);
  return md5.digest('base64');
};

/** Credentials as a client computes them (B.1). */
export function credOf(options: SessionOptions): Cred | undefined {
  const { user = USER, password = PASSWORD, auth = 'basic', nonce = new Uint8Array() } = options;
  if (auth === 'none') return undefined;
  if (auth === 'basic')
    return {
      meta: { type: 'syncml:auth-basic', format: 'b64' },
      data: Buffer.from(`${user}:${password}`).toString('base64'),
    };
  return {
    meta: { type: 'syncml:auth-md5', format: 'b64' },
    data: hash(hash(`${user}:${password}`), ':', nonce),
  };
}

/** How often a client sends a message. A server that works in small portions answers many with 503, and more get lost. */
const ATTEMPTS = 60;

export class Session {
  readonly server: TestServer;
  readonly options: SessionOptions;
  readonly wire: Wire;
  readonly version: Version;
  msgId = 0;
  respURI: string | undefined;
  /** Codes for commands of the last reply that are not carried out, by CmdID. */
  readonly refused = new Map<string, number>();
  /** Commands of the last reply that want a Status. */
  last: Message | undefined;
  lastBytes: Uint8Array = new Uint8Array();
  /** The message that was built last. */
  sent: Message | undefined;
  /** The code of its Status for a command of the last reply, where it is not the usual one. */
  codeOf: (command: Command) => number | undefined = () => undefined;

  constructor(server: TestServer, options: SessionOptions = {}) {
    this.server = server;
    this.options = options;
    this.wire = options.wire ?? 'xml';
    this.version = options.version ?? '1.2';
  }

  /** Sends the commands; with credentials when it is the first message, or `cred` says so. */
  async send(
    commands: readonly Draft[],
    how: { final?: boolean; cred?: boolean; msgId?: number; uri?: string; noResp?: boolean } = {},
  ): Promise<Exchange> {
    this.msgId = how.msgId ?? this.msgId + 1;
    const withCred = how.cred ?? this.msgId === 1;
    this.lastBytes = this.bytes(commands, how.final ?? true, withCred, how);
    return this.post(this.lastBytes, how.uri ?? this.respURI);
  }

  /** The same bytes again, as after a lost answer. */
  resend(uri = this.sentTo): Promise<Exchange> {
    return this.post(this.lastBytes, uri);
  }
  private sentTo: string | undefined;

  private bytes(
    drafts: readonly Draft[],
    final: boolean,
    withCred: boolean,
    how: { uri?: string; noResp?: boolean },
  ): Uint8Array {
    const { device = 'phone-1', user = USER, sessionId = '1', maxMsgSize, maxObjSize } = this.options;
    const cred = withCred ? credOf(this.options) : undefined;
    const meta: Meta = {
      ...(maxMsgSize !== undefined && { maxMsgSize }),
      ...(maxObjSize !== undefined && { maxObjSize }),
    };
    let next = 0;
    const number = (draft: Draft): Command => {
      next += 1;
      const cmdId = draft.cmdId ?? String(next);
      const command = { ...draft, cmdId } as Command;
      return 'commands' in command
        ? { ...command, commands: command.commands.map((child) => number(child)) }
        : command;
    };
    const message: Message = {
      header: {
        verDTD: this.version,
        verProto: `SyncML/${this.version}`,
        sessionId,
        msgId: this.msgId,
        target: { uri: how.uri ?? this.respURI ?? this.server.url },
        source: { uri: device, name: user },
        ...(how.noResp === true && { noResp: true }),
        ...(cred && { cred }),
        ...(Object.keys(meta).length > 0 && { meta }),
      },
      commands: drafts.map(number),
      final,
    };
    this.sent = message;
    return encode(serializeMessage(message, this.version), this.wire, this.version);
  }

  async post(body: Uint8Array, uri: string | undefined): Promise<Exchange> {
    this.sentTo = uri;
    const query = uri?.includes('?') === true ? Object.fromEntries(new URL(uri).searchParams) : {};
    const headers = { 'content-type': `application/vnd.syncml+${this.wire}` };
    const http = await this.delivered({ body, query, headers });
    if (http.status !== 200 && this.options.strict === true) throw new Refused(http.status);
    if (http.status !== 200) return { http, reply: undefined as unknown as Message };
    const { maxMsgSize = Number.POSITIVE_INFINITY } = this.options;
    if (this.options.strict === true && http.body.length > maxMsgSize)
      throw new Error(`a message of ${http.body.length} bytes for a device that takes ${maxMsgSize}`);
    const reply = parseMessage(decode(http.body, this.wire).root);
    this.last = reply;
    this.refused.clear();
    this.respURI = reply.header.respURI ?? this.respURI;
    const [header] = reply.commands;
    if (this.options.strict === true && header?.name === 'Status' && header.code >= 400)
      throw new Refused(header.code);
    return { http, reply };
  }

  /** As clients do: the same bytes again when no answer came or the server asked for it. */
  private async delivered(request: Parameters<TestServer['post']>[0]): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const http = await this.server.post(request);
        if (http.status < 500 || attempt === ATTEMPTS) return http;
      } catch (error) {
        if (!(error instanceof Lost) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Statuses for everything of the last reply that wants one; `codes` by name overrides 200. */
  statuses(codes: { [name: string]: number } = {}): Draft[] {
    const reply = this.last;
    if (reply === undefined) return [];
    const found: Draft[] = [this.status(reply, 'SyncHdr', '0', 200)];
    const visit = (command: Command): void => {
      if (command.name === 'Status') return;
      found.push(
        this.status(
          reply,
          command.name,
          command.cmdId,
          codes[command.name] ??
            this.refused.get(command.cmdId) ??
            this.codeOf(command) ??
            defaultCode(command),
        ),
      );
      if ('commands' in command) command.commands.forEach(visit);
    };
    reply.commands.forEach(visit);
    return found;
  }

  private status(reply: Message, cmd: string, cmdRef: string, code: number): Draft {
    const msgRef = String(reply.header.msgId);
    return { name: 'Status', msgRef, cmdRef, cmd, code: code as StatusCommand['code'] };
  }
}

function defaultCode(command: Command): number {
  const isChunk =
    'items' in command &&
    command.items?.some((item) => 'moreData' in item && item.moreData === true) === true;
  if (isChunk) return 213;
  return command.name === 'Add' ? 201 : 200;
}

/** Codes of a reply's Statuses as `Cmd@CmdRef=code`, nested order, header first. */
export const codesOf = (reply: Message): string[] =>
  reply.commands.flatMap((command) =>
    command.name === 'Status' ? [`${command.cmd}@${command.cmdRef}=${command.code}`] : [],
  );

/** Commands inside the Syncs of a reply. */
export const changesOf = (reply: Message): Command[] =>
  reply.commands.flatMap((command) => (command.name === 'Sync' ? [...command.commands] : []));

export const alertsOf = (reply: Message): number[] =>
  reply.commands.flatMap((command) => (command.name === 'Alert' ? [command.code ?? 0] : []));
