/** The body of a request to Node's http server, up to the payload quota of an HTTP API, and short answers to others. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The payload quota of an HTTP API, in bytes. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** How long a client may go on sending a body that was refused, and answers may take when the gateway closes. */
export const GRACE = 3_000;

/** Undefined as soon as it is clear that the body is too large; the rest is not kept. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
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
export function refuseRest(request: IncomingMessage, response: ServerResponse): void {
  request.removeAllListeners('data');
  request.resume();
  response.setHeader('connection', 'close');
  refuse(response, 413, 'Request Entity Too Large');
  const patience = setTimeout(() => request.destroy(), GRACE);
  request.once('close', () => clearTimeout(patience));
}

export function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
}
