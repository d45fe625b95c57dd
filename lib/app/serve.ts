/**
 * From an HTTP request to its answer: http/binding.ts reads the request, exchange.ts answers the message in it, a log
 * line says what was done. What is wrong with a request as HTTP is answered as HTTP, everything else as SyncML [HB12].
 *
 * Never throws. A failure of the server is logged; the client is told only whether to send the message again.
 */
import type { EngineEvent } from '../engine/io/events.ts';
import type { Request } from '../engine/io/request.ts';
import type { Message } from '../message/model.ts';
import { StoreError } from '../store/port/port.ts';
import { BusyError, type ExchangeDeps, type Exchanged, exchange } from './exchange.ts';
import { answerOf, HttpError, NO_STORE, readRequest } from './http/binding.ts';
import type { HttpAnswer, HttpRequest, Log } from './http/http.ts';

export interface ServeDeps extends ExchangeDeps {
  readonly log: Log;
  /** Takes the credentials of `x-syncml-hmac` too (U28). */
  readonly hmac?: boolean;
}

/** Makes the function that answers a POST of one SyncML message (T01, T02). */
export function createServe(deps: ServeDeps): (request: HttpRequest) => Promise<HttpAnswer> {
  return async (http) => {
    const started = deps.now();
    try {
      const request = readRequest(http, deps.hmac === true);
      const exchanged = await exchange(deps, request);
      const ms = deps.now() - started;
      logExchange(deps.log, request, exchanged, { bytesIn: http.body.length, ms });
      for (const event of exchanged.events)
        deps.log(logged(event, placeOf(request, exchanged), http.address));
      return answerOf(http, exchanged.contentType, exchanged.bytes);
    } catch (error) {
      return failure(deps.log, http, error);
    }
  };
}

function logExchange(
  log: Log,
  request: Request,
  done: Exchanged,
  { bytesIn, ms }: { readonly bytesIn: number; readonly ms: number },
): void {
  const { commands, final } = request.message;
  log({
    event: 'message',
    ...placeOf(request, done),
    wire: request.wire,
    commands: countCommands(commands),
    final,
    bytesIn,
    bytesOut: done.bytes.length,
    ms,
    ...(done.repeated && { repeated: true }),
    ...(done.attempts > 1 && { attempts: done.attempts }),
  });
}

/** Which message it is. */
const placeOf = ({ message: { header } }: Request, { user }: Exchanged) => ({
  ...(user !== undefined && { user }),
  device: loggable(header.source.uri),
  session: loggable(header.sessionId),
  msg: header.msgId,
});

/** An event of the step as a line. A failed login is told with its login and address, and nothing else. */
function logged(event: EngineEvent, place: object, address: string | undefined): Parameters<Log>[0] {
  if (event.event !== 'auth-failed') return { ...place, ...event };
  return { event: event.event, login: loggable(String(event.login)), ...(address && { address }) };
}

/** The id, if it looks as ids of clients do. Other texts may be personal data and stay out of the log. */
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

/** The HTTP answer to a request that has no answer in SyncML. */
function failure(log: Log, http: HttpRequest, error: unknown): HttpAnswer {
  if (error instanceof HttpError) {
    log({ event: 'refused', status: error.status, reason: error.message, bytesIn: http.body.length });
    return plain(error.status, error.message, error.headers);
  }
  const again = error instanceof BusyError || (error instanceof StoreError && error.retryable);
  // What went wrong is for the log of the server, never for the client.
  const name = error instanceof Error ? error.name : 'unknown';
  const stack = error instanceof Error ? error.stack : undefined;
  const reason = error instanceof StoreError ? { reason: error.message } : {};
  log({ event: 'error', error: name, again, ...reason, ...(stack !== undefined && { stack }) });
  const seconds = (error instanceof StoreError ? error.retryAfter : undefined) ?? 2;
  return again
    ? plain(503, 'Busy; send the message again.', { 'retry-after': String(seconds) })
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
