/**
 * From an HTTP request to a message and back to an HTTP answer [HB12]: media types, charsets, content encodings.
 * A request that is wrong as HTTP ends in an HttpError.
 */

import { hash } from 'node:crypto';
import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import Negotiator from 'negotiator';
import { CodecError, type Wire } from '../../codec/tree.ts';
import type { Request } from '../../engine/io/request.ts';
import { parseTicket, RESP_URI_PARAMETER } from '../../engine/session/resp-uri.ts';
import type { Message } from '../../message/model.ts';
import { MessageError } from '../../message/parse/message.ts';
import { readMessage } from '../../message/read-message.ts';
import { parseMac } from './hmac.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';

/** Bytes of a request body, also after decompression; Lambda takes 6 MB, base64 included. */
export const MAX_BODY_BYTES = 6 * 1024 * 1024;

const WIRES: { readonly [type: string]: Wire } = {
  'application/vnd.syncml+xml': 'xml',
  'application/vnd.syncml+wbxml': 'wbxml',
  // Some clients do not use the vendor types.
  'text/xml': 'xml',
  'application/xml': 'xml',
};

const VENDOR_TYPES = Object.keys(WIRES).filter((type) => type.includes('/vnd.'));

/** An error that is answered as HTTP. The text is for people and quotes nothing of the request. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  constructor(status: number, text: string, headers: { readonly [name: string]: string } = {}) {
    super(text);
    this.status = status;
    this.headers = headers;
  }
}

/** T10 */
export const NO_STORE = { 'cache-control': 'no-store, private' };

/** The message of a POST, with all that the engine has to know of how it came. Throws HttpError. */
export function readRequest(http: HttpRequest, hmac: boolean): Request {
  if (http.method !== 'POST')
    throw new HttpError(405, 'SyncML messages are sent by POST.', { allow: 'POST' });
  const { 'content-type': contentType = '', 'x-syncml-hmac': mac, 'user-agent': userAgent } = http.headers;
  const sent = wireOf(contentType);
  const wire = answerWire(http, sent);
  const body = inflated(http);
  const charset = charsetOf(contentType);
  const message = parsed(body, sent, charset);
  const ticket = parseTicket(http.query[RESP_URI_PARAMETER] ?? ticketInTarget(message.header.target.uri));
  return {
    message,
    wire,
    arrived: { bytes: body, wire: sent, ...(charset !== undefined && { charset }) },
    ...(hmac && mac !== undefined && { mac: parseMac(mac, body) }),
    digest: hash('sha256', body, 'base64url'),
    endpoint: http.url,
    ...(userAgent !== undefined && { userAgent }),
    ...(ticket && { ticket }),
  };
}

/** The encoding of the request's body. */
function wireOf(contentType: string): Wire {
  const wire = WIRES[(contentType.split(';')[0] ?? '').trim().toLowerCase()];
  if (wire !== undefined) return wire;
  throw new HttpError(
    415,
    'Content-Type must be application/vnd.syncml+xml or application/vnd.syncml+wbxml.',
  );
}

/** The charset that the Content-Type names (Q11). */
const charsetOf = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];

/**
 * XML or WBXML for the answer: as the request, unless Accept excludes that (T04, T05). A client that excludes UTF-8 is
 * refused (T07, T08).
 */
function answerWire(http: HttpRequest, sent: Wire): Wire {
  const { accept, 'accept-charset': charsets } = http.headers;
  const wanted = new Negotiator({
    headers: {
      accept: plainRanges(accept, /^[^\s/]+\/[^\s/]+$/),
      'accept-charset': plainRanges(charsets, /^[^\s/]+$/),
    },
  });
  if (wanted.charset(['utf-8', 'utf8']) === undefined)
    throw new HttpError(406, 'The answer is UTF-8, which Accept-Charset excludes.');
  const types = wanted.mediaTypes(VENDOR_TYPES);
  const wires = (types.length > 0 ? types : wanted.mediaTypes(Object.keys(WIRES))).map((type) => WIRES[type]);
  const wire = wires.includes(sent) ? sent : wires[0];
  if (wire === undefined)
    throw new HttpError(406, 'Accept must allow application/vnd.syncml+xml or application/vnd.syncml+wbxml.');
  return wire;
}

/**
 * The ranges of an Accept header with their `q` alone: our types have no parameter that another one could be compared
 * with. Undefined when the header names no range: then it excludes nothing.
 */
function plainRanges(header: string | undefined, shape: RegExp): string | undefined {
  const ranges = (header ?? '').split(',').flatMap((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => /^q\s*=/.test(parameter));
    if (!shape.test(name)) return [];
    return [quality === undefined ? name : `${name};${quality.replace(/\s/g, '')}`];
  });
  return ranges.length > 0 ? ranges.join(',') : undefined;
}

/** A smaller answer gains nothing by compression. */
const MIN_COMPRESSED_BYTES = 1_000;
const COMPRESSORS = { gzip: gzipSync, deflate: deflateSync } as const;

/** The answer in the content encoding that the client likes best (T11). */
export function answerOf(http: HttpRequest, contentType: string, bytes: Uint8Array): HttpAnswer {
  const headers = { ...NO_STORE, 'content-type': contentType };
  const plain: HttpAnswer = { status: 200, headers, body: bytes };
  if (http.headers['accept-encoding'] === undefined || bytes.length < MIN_COMPRESSED_BYTES) return plain;
  const [best] = new Negotiator({ headers: http.headers }).encodings(['gzip', 'deflate', 'identity']);
  if (best !== 'gzip' && best !== 'deflate') return plain;
  return { status: 200, headers: { ...headers, 'content-encoding': best }, body: COMPRESSORS[best](bytes) };
}

/** The body as it was before its content encoding. */
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

/** The message in the body. What cannot be parsed has no MsgID to answer to, so HTTP answers it (T22). */
function parsed(body: Uint8Array, wire: Wire, charset: string | undefined): Message {
  try {
    return readMessage(body, wire, charset);
  } catch (error) {
    if (error instanceof CodecError || error instanceof MessageError)
      throw new HttpError(400, `Not a SyncML message: ${error.reason}`);
    throw error;
  }
}

/** A client may leave the query of the RespURI out of its request line but keep it in the header. */
function ticketInTarget(uri: string): string | undefined {
  const query = uri.split('?')[1];
  return query === undefined ? undefined : (new URLSearchParams(query).get(RESP_URI_PARAMETER) ?? undefined);
}
