/**
 * API Gateway's part on one machine: HTTP in, the event of an HTTP API to the function of its route, the result out.
 *
 * Must not know: SyncML. Compressed bodies pass as they are.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Handlers } from '../../functions/lambda/handlers.ts';
import type { HttpResult } from '../../functions/lambda/http-event.ts';
import type { LambdaContext } from '../../functions/lambda/http-handler.ts';
import { ROUTES } from '../../functions/lambda/routes.ts';
import { sendResult, splitTarget, toEvent } from './http-event.ts';

/** The payload quota of an HTTP API, in bytes. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** The longest that an HTTP API waits for a function, in milliseconds. */
const TIMEOUT = 30_000;
/** How long a client may go on sending a body that was refused, and answers may take when the gateway closes. */
const GRACE = 3_000;

export interface Gateway {
  readonly port: number;
  /** Ends when what is being answered is answered. */
  close(): Promise<void>;
}

/** Throws the system's error when the port is taken. Port 0 takes any free one. */
export async function startGateway(
  http: Handlers['http'],
  options: { port: number; host: string; now: () => number },
): Promise<Gateway> {
  const server = createServer((request, response) => {
    answer(http, request, response, options.now).catch(() => refuse(response, 500, 'Internal Server Error'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { port, close: () => closeServer(server) };
}

async function answer(
  http: Handlers['http'],
  request: IncomingMessage,
  response: ServerResponse,
  now: () => number,
): Promise<void> {
  const [path] = splitTarget(request.url ?? '/');
  const route = ROUTES.find(
    ({ method, path: own }) => own === path && (method === 'ANY' || method === request.method),
  );
  const body = await readBody(request);
  if (body === undefined) return refuseRest(request, response);
  if (route === undefined) return refuse(response, 404, 'Not Found');
  const ends = now() + TIMEOUT;
  const context: LambdaContext = { getRemainingTimeInMillis: () => ends - now() };
  const result: HttpResult = await http[route.function](toEvent(request, body, now()), context);
  sendResult(response, result);
}

/** Undefined as soon as it is clear that the body is too large; the rest is not kept. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return undefined;
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    else resolve(undefined);
  });
  request.once('end', () => resolve(Buffer.concat(chunks)));
  request.once('error', reject);
  return promise;
}

/** Most clients read an answer only after they have sent everything: the rest is read for a while and dropped. */
function refuseRest(request: IncomingMessage, response: ServerResponse): void {
  request.removeAllListeners('data');
  request.resume();
  response.setHeader('connection', 'close');
  refuse(response, 413, 'Request Entity Too Large');
  const patience = setTimeout(() => request.destroy(), GRACE);
  request.once('close', () => clearTimeout(patience));
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(patience);
}
