/**
 * An HTTP server in the place of DynamoDB that fails as told: the emulator never throttles and knows no transaction
 * conflicts. The adapter and the SDK in front of it are the real ones.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FaultRequest {
  /** E.g. `TransactWriteItems`. */
  readonly action: string;
  readonly body: Record<string, unknown>;
}

/** One answer; `hang-up` closes the connection without one. */
export type Fault = { readonly status: number; readonly body: object } | 'hang-up';

export const ok = (body: object = {}): Fault => ({ status: 200, body });

export const failure = (name: string, more: object = {}, status = 400): Fault => {
  const __type = `com.amazonaws.dynamodb.v20120810#${name}`;
  return { status, body: { __type, message: 'about the key secret-key', ...more } };
};

export const cancelled = (...reasons: string[]): Fault =>
  failure('TransactionCanceledException', { CancellationReasons: reasons.map((Code) => ({ Code })) });

export interface FaultServer {
  readonly endpoint: string;
  readonly requests: FaultRequest[];
  /** The answers to come, the last one over and over. Forgets the requests so far. */
  answer(...faults: Fault[]): void;
  close(): Promise<void>;
}

export async function startFaultServer(): Promise<FaultServer> {
  const requests: FaultRequest[] = [];
  let faults: Fault[] = [];
  const server = createServer(async (request, response) => {
    requests.push(await read(request));
    const fault = faults.length > 1 ? faults.shift() : faults[0];
    if (fault === undefined || fault === 'hang-up') request.socket.destroy();
    else send(response, fault);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (...given) => {
      faults = given;
      requests.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<FaultRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  return { action, body: JSON.parse(Buffer.concat(parts).toString()) };
}

function send(response: ServerResponse, fault: Exclude<Fault, 'hang-up'>): void {
  response.writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(fault.body));
}
