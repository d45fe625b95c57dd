/**
 * An HTTP proxy between device and server that can break a chosen exchange.
 * Counts distinct messages: the same bytes again are a resend of the same message.
 */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * - `pass`: forward it and hand back the answer.
 * - `refuse`: close the connection; the server never sees the message.
 * - `drop-answer`: forward it, wait for the whole answer, then close the connection.
 */
export type Treatment = 'pass' | 'refuse' | 'drop-answer';

export interface Arrival {
  /** Number of this message since the last `reset`, from 1. */
  readonly message: number;
  /** 1 when it arrives for the first time. */
  readonly attempt: number;
}

export interface Exchange {
  /** Path and query. */
  readonly url: string;
  readonly body: Buffer;
  /** The last answer; undefined when there was none. */
  readonly answer?: Buffer;
}

export interface HttpProxy {
  readonly url: string;
  /** Decides about every arrival; may take its time. Counting starts anew. */
  reset(decide?: (arrival: Arrival) => Promise<Treatment> | Treatment): void;
  /** Distinct messages since the last reset. */
  messages(): number;
  /** Their bodies, in order. */
  bodies(): readonly Buffer[];
  /** The same with what came back, also where the client never got it. */
  exchanges(): readonly Exchange[];
  /** One line per exchange since the last reset, for failure messages. */
  log(): string;
  close(): Promise<void>;
}

interface Seen {
  readonly url: string;
  readonly body: Buffer;
  attempts: number;
  answer?: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export async function createProxy(target: { readonly port: number }): Promise<HttpProxy> {
  let decide: (arrival: Arrival) => Promise<Treatment> | Treatment = () => 'pass';
  let seen: Seen[] = [];
  let lines: string[] = [];
  const agent = new Agent({ keepAlive: false });

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await readAll(incoming);
    const message: Seen = { url: incoming.url ?? '/', body, attempts: 0 };
    let index = seen.findIndex((earlier) => earlier.body.equals(body));
    if (index < 0) index = seen.push(message) - 1;
    const entry = seen[index] ?? message;
    entry.attempts += 1;
    const label = `message ${index + 1}, attempt ${entry.attempts}, ${body.length} bytes`;
    const treatment = await decide({ message: index + 1, attempt: entry.attempts });
    if (treatment === 'refuse') {
      lines.push(`${label}: refused`);
      outgoing.destroy();
      return;
    }
    const answer = await forward(incoming, body, target.port, agent);
    entry.answer = answer.body;
    lines.push(
      `${label}: ${answer.status}, ${answer.body.length} bytes${treatment === 'pass' ? '' : ', dropped'}`,
    );
    if (treatment === 'drop-answer') {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
    outgoing.end(answer.body);
  };
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => {
      lines.push(`failed: ${String(error)}`);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/syncml`,
    reset: (next = () => 'pass') => {
      decide = next;
      seen = [];
      lines = [];
    },
    messages: () => seen.length,
    bodies: () => seen.map(({ body }) => body),
    exchanges: () => [...seen],
    log: () => lines.join('\n'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The Host header stays the proxy's, so that a URL which the server builds from it leads back here. */
function forward(incoming: IncomingMessage, body: Buffer, port: number, agent: Agent): Promise<Answer> {
  const headers = { ...incoming.headers, 'content-length': String(body.length) };
  delete headers['transfer-encoding'];
  delete headers.expect;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers, agent };
    const sent = request(options, (answer) => {
      readAll(answer).then((bytes) => {
        const { 'transfer-encoding': _chunked, connection: _connection, ...kept } = answer.headers;
        resolve({ status: answer.statusCode ?? 500, headers: kept, body: bytes });
      }, reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
