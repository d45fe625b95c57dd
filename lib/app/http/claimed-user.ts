/** Whose message it seems to be, for the order of work: nothing is checked, and nothing may be read or written by it. */

import { claimedLogin } from '../../engine/session/credentials.ts';
import { parseTicket, RESP_URI_PARAMETER } from '../../engine/session/resp-uri.ts';
import { HttpError, readRequest } from './binding.ts';
import type { HttpRequest } from './http.ts';

/** Bytes of the largest message that is read for that. Without a ticket it is the first of its session. */
const MAX_FIRST_BYTES = 50_000;

/**
 * The user of the RespURI that the client came to, else the login that the message claims. Undefined where neither is
 * said, or the message is large or cannot be read.
 */
export function claimedUser(http: HttpRequest): string | undefined {
  const ticket = parseTicket(http.query[RESP_URI_PARAMETER]);
  if (ticket !== undefined) return ticket.user;
  if (http.method !== 'POST' || http.body.length > MAX_FIRST_BYTES) return undefined;
  try {
    const request = readRequest(http, true);
    return request.ticket?.user ?? claimedLogin(request);
  } catch (error) {
    if (error instanceof HttpError) return undefined;
    throw error;
  }
}
