/** One session at the level of messages: headers, credentials, RespURI, and what becomes of a lost answer. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../../functions/cli/options.ts';
import { decode, encode } from '../../../lib/codec/codec.ts';
import type { Command, Message, StatusCommand } from '../../../lib/message/model.ts';
import { parseMessage } from '../../../lib/message/parse/message.ts';
import { serializeMessage } from '../../../lib/message/serialize/message.ts';
import type { ClientOptions } from '../options.ts';
import type { Memory } from './memory.ts';

const VERSION = '1.2';
/** Bytes that an answer may have. */
const MAX_MSG_SIZE = 150_000;
const ATTEMPTS = 5;
/** The longest that an answer is waited for, in milliseconds. */
const PATIENCE = 60_000;

/** A command without its CmdID: that is given when the message is put together. */
export type Draft = Command extends infer C
  ? C extends Command
    ? Omit<C, 'cmdId' | 'commands'> & { commands?: readonly Draft[] }
    : never
  : never;

export interface Line {
  /** Sends one message; the answer. The same bytes again when there is none. */
  send(drafts: readonly Draft[], final: boolean): Promise<Message>;
}

/** The next session of the device. */
export function createLine(options: ClientOptions, memory: Memory): Line {
  memory.sessions += 1;
  const sessionId = String(memory.sessions);
  let msgId = 0;
  let uri = options.url;
  return {
    send: async (drafts, final) => {
      msgId += 1;
      const message: Message = {
        header: {
          ...{ verDTD: VERSION, verProto: `SyncML/${VERSION}`, sessionId, msgId },
          target: { uri },
          source: { uri: options.name, name: options.login },
          ...(msgId === 1 && { cred: credentials(options, memory.nonce) }),
          meta: { maxMsgSize: MAX_MSG_SIZE, maxObjSize: 4_000_000 },
        },
        commands: numbered(drafts),
        final,
      };
      if (options.show) print('sent', message);
      const reply = await post(uri, encode(serializeMessage(message, VERSION), 'wbxml', VERSION), msgId);
      if (options.show) print('received', reply);
      uri = reply.header.respURI ?? uri;
      const nonce = headerStatus(reply).chal?.nextNonce;
      if (nonce !== undefined) memory.nonce = Buffer.from(nonce).toString('base64');
      return reply;
    },
  };
}

/** The Status of the header, which every answer begins with. */
export function headerStatus({ commands: [first] }: Message): StatusCommand {
  if (first?.name === 'Status' && first.cmd === 'SyncHdr') return first;
  throw new Error('The answer does not begin with the Status of the header.');
}

/** CmdIDs in document order [RP12 6.1.4]. */
function numbered(drafts: readonly Draft[]): Command[] {
  let last = 0;
  const number = ({ commands, ...draft }: Draft): Command => {
    last += 1;
    const cmdId = String(last);
    return { ...draft, cmdId, ...(commands && { commands: commands.map(number) }) } as Command;
  };
  return drafts.map(number);
}

/** [RP12 B.1] */
function credentials({ login, password }: ClientOptions, nonce: string) {
  const pair = md5(Buffer.from(`${login}:${password}`));
  const data = md5(Buffer.concat([Buffer.from(`${pair}:`), Buffer.from(nonce, 'base64')]));
  return { meta: { type: 'syncml:auth-md5', format: 'b64' }, data };
}

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64');

async function post(uri: string, body: Uint8Array, msgId: number): Promise<Message> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(uri, {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.syncml+wbxml' },
        body: Buffer.from(body),
        signal: AbortSignal.timeout(PATIENCE),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.status === 200) return parseMessage(decode(bytes, 'wbxml').root);
      if (response.status < 500 || attempt === ATTEMPTS)
        throw refused(uri, response.status, bytes.toString('utf8', 0, 200));
      await sleep(1_000 * Math.min(Number(response.headers.get('retry-after')) || attempt, 30));
    } catch (error) {
      if (error instanceof UsageError) throw error;
      if (attempt === ATTEMPTS || (msgId === 1 && HOPELESS.test(causeOf(error) ?? '')))
        throw unreachable(uri, error);
      await sleep(1_000 * attempt);
    }
  }
}

const causeOf = (error: unknown): string | undefined =>
  error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined)?.code : undefined;

/** Failures that another attempt would meet again: no server listens there, or the one that listens speaks no TLS. */
const HOPELESS = /^(ECONNREFUSED|ENOTFOUND|EPROTO|ERR_SSL_.*)$/;
const NO_TLS = /^(EPROTO|ERR_SSL_.*)$/;

const PATH = '/syncml';

function refused(uri: string, status: number, text: string): UsageError {
  const { origin, pathname } = new URL(uri);
  const isElsewhere = (status === 404 || status === 405) && pathname !== PATH;
  const advice = isElsewhere ? ` The URL ends in ${PATH}: ${origin}${PATH}` : '';
  return new UsageError(`${uri} answers with HTTP ${status}: ${text.trim()}${advice}`);
}

function unreachable(uri: string, error: unknown): UsageError {
  const { protocol, host, pathname } = new URL(uri);
  const code = causeOf(error);
  if (protocol === 'https:' && NO_TLS.test(code ?? ''))
    return new UsageError(
      `${uri} gives no answer: what listens there speaks no https that this device knows. Is it http://${host}${pathname}?`,
    );
  const { message, cause } = error as Error;
  const reason = (cause instanceof Error ? cause.message : message).trim().replace(/\s+/g, ' ');
  const advice = '"npm start" starts a server and prints its URL; --url names another one.';
  return new UsageError(`${uri} gives no answer (${reason || code}). ${advice}`);
}

function print(what: string, message: Message): void {
  const xml = Buffer.from(encode(serializeMessage(message, VERSION), 'xml', VERSION)).toString('utf8');
  console.log(`--- ${what}\n${xml.replaceAll('><', '>\n<')}`);
}
