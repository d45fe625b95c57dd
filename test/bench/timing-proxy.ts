/**
 * An HTTP proxy between a client and a server that adds up how long requests take, the same way for any server.
 *
 * Must not know: SyncML, beyond that replies name the server's address and that must lead back here.
 */
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Traffic {
  readonly requests: number;
  /** Seconds from the whole request being here to the whole reply being here. */
  readonly seconds: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

export interface TimingProxy {
  readonly port: number;
  /** What passed since the last time this was asked. */
  take(): Traffic;
  close(): Promise<void>;
}

const NOTHING: Traffic = { requests: 0, seconds: 0, bytesSent: 0, bytesReceived: 0 };

/** `targetPort` of this machine must have as many digits as the proxy's own port gets: five. */
export async function startTimingProxy(targetPort: number): Promise<TimingProxy> {
  let traffic = NOTHING;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const port = await listen(server);
  if (String(port).length !== String(targetPort).length) throw new Error('ports of different lengths');

  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await readAll(incoming);
    const start = performance.now();
    const answer = await forward(incoming, body, targetPort, agent);
    traffic = {
      requests: traffic.requests + 1,
      seconds: traffic.seconds + (performance.now() - start) / 1000,
      bytesSent: traffic.bytesSent + body.length,
      bytesReceived: traffic.bytesReceived + answer.body.length,
    };
    outgoing.writeHead(answer.status, {
      'content-type': answer.type,
      'content-length': String(answer.body.length),
    });
    outgoing.end(readdressed(answer.body, targetPort, port));
  };
  return {
    port,
    take: () => {
      const taken = traffic;
      traffic = NOTHING;
      return taken;
    },
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** The server's address in a reply is replaced by one of the same length, which no encoding minds. */
function readdressed(body: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.from(body);
  const [old, own] = [`127.0.0.1:${from}`, `127.0.0.1:${to}`];
  for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 1)) copy.write(own, at, 'latin1');
  return copy;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

function forward(incoming: IncomingMessage, body: Buffer, port: number, agent: Agent): Promise<Answer> {
  const headers = { ...incoming.headers, host: `127.0.0.1:${port}`, 'content-length': String(body.length) };
  delete headers['transfer-encoding'];
  delete headers.expect;
  delete headers.connection;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers, agent };
    const sent = request(options, (answer) => {
      const type = answer.headers['content-type'] ?? 'application/octet-stream';
      const status = answer.statusCode ?? 500;
      readAll(answer).then((bytes) => resolve({ status, type, body: bytes }), reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
