/**
 * The HTTP binding [HB12]: what is wrong with a request as HTTP is answered as HTTP, everything else as SyncML.
 *
 * Never throws; a failure of ours says nothing of what failed to the client.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, inflateSync } from 'node:zlib';
import { decode } from '../codec/codec.ts';
import { CodecError, type Wire } from '../codec/tree.ts';
import { parseToken, RESP_URI_PARAMETER } from '../engine/respond.ts';
import type { Request } from '../engine/work.ts';
import type { Message } from '../message/model.ts';
import { MessageError, parseMessage } from '../message/parse.ts';
import { StoreError } from '../store/port.ts';
import { BusyError, type ExchangeDeps, type Exchanged, exchange } from './exchange.ts';
import type { HttpAnswer, HttpRequest, Log } from './http.ts';

export interface ServeDeps extends ExchangeDeps {
  readonly log: Log;
}

/** Bytes of a request body, also after decompression; Lambda takes 6 MB, base64 included. */
export const MAX_BODY_BYTES = 6 * 1024 * 1024;

const WIRES: { readonly [type: string]: Wire } = {
  'application/vnd.syncml+xml': 'xml',
  'application/vnd.syncml+wbxml': 'wbxml',
  // Seen from clients that leave the vendor type out.
  'text/xml': 'xml',
  'application/xml': 'xml',
};

/** Something that HTTP answers; the text is for people and quotes nothing of the request. */
class HttpError extends Error {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  constructor(status: number, text: string, headers: { readonly [name: string]: string } = {}) {
    super(text);
    this.status = status;
    this.headers = headers;
  }
}

/** Answers a POST of one SyncML message (T01, T02). */
export function createServe(deps: ServeDeps): (request: HttpRequest) => Promise<HttpAnswer> {
  return async (http) => {
    const started = deps.now();
    try {
      const request = readRequest(http);
      const exchanged = await exchange(deps, request);
      logExchange(deps, http, request, exchanged, started);
      return {
        status: 200,
        headers: { ...NO_STORE, 'content-type': exchanged.contentType },
        body: exchanged.bytes,
      };
    } catch (error) {
      return failure(deps.log, http, error);
    }
  };
}

/** T10 */
const NO_STORE = { 'cache-control': 'no-store, private' };

function readRequest(http: HttpRequest): Request {
  if (http.method !== 'POST')
    throw new HttpError(405, 'SyncML messages are sent by POST.', { allow: 'POST' });
  const wire = wireOf(http.headers['content-type'] ?? '');
  acceptOrRefuse(http, wire);
  const body = inflated(http);
  const message = parsed(body, wire, charsetOf(http.headers['content-type'] ?? ''));
  const token = parseToken(http.query[RESP_URI_PARAMETER] ?? tokenInTarget(message.header.target.uri));
  return {
    message,
    wire,
    digest: createHash('sha256').update(body).digest('base64url'),
    endpoint: http.url,
    ...(token && { token }),
  };
}

function wireOf(contentType: string): Wire {
  const wire = WIRES[(contentType.split(';')[0] ?? '').trim().toLowerCase()];
  if (wire !== undefined) return wire;
  throw new HttpError(
    415,
    'Content-Type must be application/vnd.syncml+xml or application/vnd.syncml+wbxml.',
  );
}

/** Q11 */
const charsetOf = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];

/** T04, T05, T07, T08: we answer in the encoding of the request and in UTF-8. */
function acceptOrRefuse(http: HttpRequest, wire: Wire): void {
  const { accept, 'accept-charset': charset } = http.headers;
  const types = listed(accept);
  const fits = (type: string) => type === '*/*' || type === 'application/*' || WIRES[type] === wire;
  if (types.length > 0 && !types.some(fits))
    throw new HttpError(406, 'The answer has the encoding of the message, which Accept excludes.');
  const charsets = listed(charset);
  if (charsets.length > 0 && !charsets.some((name) => name === '*' || /^utf-?8$/.test(name)))
    throw new HttpError(406, 'The answer is UTF-8, which Accept-Charset excludes.');
}

const listed = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((entry) => (entry.split(';')[0] ?? '').trim().toLowerCase())
    .filter((entry) => entry !== '');

function inflated(http: HttpRequest): Uint8Array {
  if (http.body.length > MAX_BODY_BYTES) throw tooLarge();
  const encoding = (http.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const options = { maxOutputLength: MAX_BODY_BYTES };
  try {
    if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync(http.body, options);
    if (encoding === 'deflate') return inflateSync(http.body, options);
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new HttpError(400, `The body is not ${encoding}.`);
  }
  if (encoding === 'identity' || encoding === '') return http.body;
  throw new HttpError(415, 'Content-Encoding must be gzip, deflate or identity.');
}

const tooLarge = (): HttpError =>
  new HttpError(413, `A message has at most ${MAX_BODY_BYTES} bytes; ours names its MaxMsgSize.`);

/** T22: what cannot be parsed at all has no MsgID to answer to. */
function parsed(body: Uint8Array, wire: Wire, charset: string | undefined): Message {
  try {
    return parseMessage(decode(body, wire, undefined, charset).root);
  } catch (error) {
    if (error instanceof CodecError || error instanceof MessageError)
      throw new HttpError(400, `Not a SyncML message: ${error.reason}`);
    throw error;
  }
}

/** A client may leave the query of the RespURI out of its request line but keep it in the header. */
function tokenInTarget(uri: string): string | undefined {
  const query = uri.split('?')[1];
  return query === undefined ? undefined : (new URLSearchParams(query).get(RESP_URI_PARAMETER) ?? undefined);
}

function logExchange(
  { log, now }: ServeDeps,
  http: HttpRequest,
  request: Request,
  done: Exchanged,
  started: number,
): void {
  const { header, commands, final } = request.message;
  const at = {
    ...(done.user !== undefined && { user: done.user }),
    device: loggable(header.source.uri),
    session: loggable(header.sessionId),
    msg: header.msgId,
  };
  log({
    event: 'message',
    ...at,
    wire: request.wire,
    commands: countCommands(commands),
    final,
    bytesIn: http.body.length,
    bytesOut: done.bytes.length,
    ms: now() - started,
    ...(done.repeated && { repeated: true }),
    ...(done.attempts > 1 && { attempts: done.attempts }),
  });
  for (const event of done.events) log({ ...at, ...event });
}

/** An id as clients make them; anything else may be anybody's data and stays out of the log. */
const loggable = (id: string): string => (/^[\x21-\x7e]{1,100}$/.test(id) ? id : 'malformed');

/** How many of each command, nested ones included: `{ Add: 100, Status: 2 }`. */
function countCommands(commands: Message['commands']): { [name: string]: number } {
  const counts: { [name: string]: number } = {};
  for (const command of commands) {
    counts[command.name] = (counts[command.name] ?? 0) + 1;
    if (!('commands' in command)) continue;
    for (const [name, n] of Object.entries(countCommands(command.commands)))
      counts[name] = (counts[name] ?? 0) + n;
  }
  return counts;
}

function failure(log: Log, http: HttpRequest, error: unknown): HttpAnswer {
  if (error instanceof HttpError) {
    log({ event: 'refused', status: error.status, reason: error.message, bytesIn: http.body.length });
    return plain(error.status, error.message, error.headers);
  }
  const again = error instanceof BusyError || (error instanceof StoreError && error.retryable);
  // What went wrong is for the log of the server, never for the client.
  const name = error instanceof Error ? error.name : 'unknown';
  const stack = error instanceof Error ? error.stack : undefined;
  log({ event: 'error', error: name, again, ...(stack !== undefined && { stack }) });
  return again
    ? plain(503, 'Busy; send the message again.', { 'retry-after': '2' })
    : plain(500, 'The message could not be processed; nothing of it is lost, send it again later.');
}

const plain = (
  status: number,
  text: string,
  headers: { readonly [name: string]: string } = {},
): HttpAnswer => ({
  status,
  headers: { ...NO_STORE, 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: Buffer.from(`${text}\n`, 'utf8'),
});
