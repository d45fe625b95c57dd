/**
 * One session of the scripted device at the level of messages: headers, credentials, RespURI, the wire. Speaks to
 * anything that answers an HTTP request. Must not know: what the messages say.
 */
import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '../../lib/app/http/http.ts';
import { decode, encode } from '../../lib/codec/codec.ts';
import type { Cred, Message, StatusCommand, SyncHdr, Wire } from '../../lib/message/model.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import type { Draft } from './drafts.ts';
import * as drafts from './drafts.ts';

export interface LineOptions {
  readonly post: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly url: string;
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly auth?: 'basic' | 'md5';
  readonly wire?: Wire;
  /** What the device announces, in bytes. */
  readonly maxMsgSize?: number;
}

/** What the device keeps from session to session. */
export interface LineMemory {
  nonce: Buffer;
  sessions: number;
}

const VERSION = '1.2';

export interface Line {
  send(commands: readonly Draft[], final: boolean): Promise<Message>;
  sent(): number;
}

/** One session's messages: MsgID, credentials in the first, RespURI and nonce from the replies. */
export function createLine(options: LineOptions, memory: LineMemory): Line {
  const { post, url, wire = 'wbxml' } = options;
  memory.sessions += 1;
  const sessionId = String(memory.sessions);
  let msgId = 0;
  let uri = url;
  const send = async (commands: readonly Draft[], final: boolean): Promise<Message> => {
    msgId += 1;
    const header = headerOf(options, memory, { sessionId, msgId, uri });
    const message: Message = { header, commands: drafts.numbered(commands), final };
    const { pathname, searchParams } = new URL(uri);
    const answer = await post({
      method: 'POST',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { 'content-type': `application/vnd.syncml+${wire}` },
      body: encode(serializeMessage(message, VERSION), wire, VERSION),
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

function headerOf(
  options: LineOptions,
  { nonce }: LineMemory,
  { sessionId, msgId, uri }: { sessionId: string; msgId: number; uri: string },
): SyncHdr {
  const { name, login, maxMsgSize = 150_000 } = options;
  return {
    verDTD: VERSION,
    verProto: `SyncML/${VERSION}`,
    sessionId,
    msgId,
    target: { uri },
    source: { uri: name, name: login },
    ...(msgId === 1 && { cred: credOf(options, nonce) }),
    meta: { maxMsgSize, maxObjSize: 4_000_000 },
  };
}

const md5 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest('base64');
};

/** [RP12 B.1] */
function credOf({ auth = 'md5', login, password }: LineOptions, nonce: Uint8Array): Cred {
  const pair = `${login}:${password}`;
  return auth === 'basic'
    ? { meta: { type: 'syncml:auth-basic', format: 'b64' }, data: Buffer.from(pair).toString('base64') }
    : { meta: { type: 'syncml:auth-md5', format: 'b64' }, data: md5(md5(pair), ':', nonce) };
}

export const statusOfHeader = (reply: Message): StatusCommand => {
  const [first] = reply.commands;
  if (first?.name === 'Status' && first.cmd === 'SyncHdr') return first;
  throw new Error('the reply does not begin with the Status of SyncHdr');
};
