/**
 * The RespURI, to which the client posts its next messages. Its secret part shows whose session they are (H12, H14).
 */
import { optionsFor } from '../device/rules.ts';
import type { Request } from '../io/request.ts';
import type { SessionState } from '../model/session-state.ts';

export const RESP_URI_PARAMETER = 's';

/**
 * The RespURI for the reply. Undefined when the client posted to it already, unless it is a client that fails without one
 * (E43).
 */
export function newRespURI(request: Request, { user, secret }: SessionState): string | undefined {
  const { target, source } = request.message.header;
  const { uri } = target;
  const { wantsRespURI = false } = optionsFor({ devId: source.uri, userAgent: request.userAgent });
  if (request.ticket?.secret === secret && !wantsRespURI) return undefined;
  const base = /^https?:\/\//i.test(uri) ? uri : request.endpoint;
  return `${base.split(/[?#]/)[0]}?${RESP_URI_PARAMETER}=${ticketOf(user, secret)}`;
}

const ticketOf = (user: string, secret: string): string =>
  `${Buffer.from(user, 'utf8').toString('base64url')}.${secret}`;

/** Reads the parameter of a RespURI; undefined for any other text. */
export function parseTicket(text: string | undefined): { user: string; secret: string } | undefined {
  const [user, secret, ...rest] = (text ?? '').split('.');
  if (user === undefined || secret === undefined || secret === '' || rest.length > 0) return undefined;
  return { user: Buffer.from(user, 'base64url').toString('utf8'), secret };
}
