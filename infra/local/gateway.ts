/**
 * API Gateway's part on one machine: HTTP in, the event of an HTTP API to the function of its route, the result out.
 * Messages take turns; what people and machines ask of the server itself is answered at once.
 *
 * Must not know: SyncML. Compressed bodies pass as they are.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Handlers } from '../../functions/lambda/handlers.ts';
import type { HttpEvent, HttpResult } from '../../functions/lambda/http-event.ts';
import type { LambdaContext } from '../../functions/lambda/http-handler.ts';
import { ROUTES, SYNC_PATH } from '../../functions/lambda/routes.ts';
import { sendResult, splitTarget, toEvent } from './http-event.ts';
import { GRACE, readBody, refuse, refuseRest } from './request-body.ts';
import { FullError, type Turns } from './turns.ts';

/** The longest that an HTTP API waits for a function, in milliseconds. */
const TIMEOUT = 30_000;
/**
 * How long a connection may stay without a request, in milliseconds: longer than any message takes, because a request
 * that came meanwhile is read only then.
 */
const KEEP_ALIVE = 120_000;
/** Connections that the system takes while a message is worked on. It may allow fewer. */
const BACKLOG = 4_096;
/** Seconds after which a client may come again. */
const RETRY_AFTER = 10;
/** Tells whether the store can be written to; only here, because a Lambda's health is the platform's business. */
export const READY_PATH = '/ready';

export interface GatewayOptions {
  readonly port: number;
  readonly host: string;
  readonly now: () => number;
  readonly turns: Turns;
  /** Whose message it seems to be; undefined when it does not say. */
  readonly whose: (event: HttpEvent) => string | undefined;
  readonly ready: () => Promise<HttpResult>;
}

export interface Gateway {
  readonly port: number;
  /** Ends when what is being answered is answered. */
  close(): Promise<void>;
}

/** Throws the system's error when the port is taken. Port 0 takes any free one. */
export async function startGateway(http: Handlers['http'], options: GatewayOptions): Promise<Gateway> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
    answer(http, request, response, options).catch((error: unknown) => {
      if (error instanceof FullError) response.setHeader('retry-after', RETRY_AFTER);
      if (error instanceof FullError) refuse(response, 503, 'Service Unavailable');
      else refuse(response, 500, 'Internal Server Error');
    });
  });
  const { port, host } = options;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return { port: taken, close: () => closeServer(server) };
}

async function answer(
  http: Handlers['http'],
  request: IncomingMessage,
  response: ServerResponse,
  options: GatewayOptions,
): Promise<void> {
  const [path] = splitTarget(request.url ?? '/');
  const route = ROUTES.find(
    ({ method, path: own }) => own === path && (method === 'ANY' || method === request.method),
  );
  const body = await readBody(request);
  if (body === undefined) return refuseRest(request, response);
  if (path === READY_PATH) return sendResult(response, await options.ready());
  if (route === undefined) return refuse(response, 404, 'Not Found');
  const event = toEvent(request, body, options.now());
  const run = (): Promise<HttpResult> => {
    const ends = options.now() + TIMEOUT;
    const context: LambdaContext = { getRemainingTimeInMillis: () => ends - options.now() };
    return http[route.function](event, context);
  };
  if (path !== SYNC_PATH) return sendResult(response, await run());
  const who = `${event.requestContext.http.sourceIp} ${options.whose(event) ?? ''}`;
  const result = await options.turns.take({
    who,
    bytes: body.length,
    // A client that hung up sends the message again: that one is worked on.
    run: async () => (response.destroyed ? undefined : run()),
  });
  if (result !== undefined) sendResult(response, result);
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(patience);
}
