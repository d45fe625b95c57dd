/** Stands before the server, and loses answers of it where the test says so. */
import { createServer } from 'node:http';

export interface LosingProxy {
  readonly url: string;
  /** What becomes of a message, the first is 1: its answer is lost, or it is refused unseen. The test may set it. */
  fate: (message: number) => 'passes' | 'lost' | 'refused';
  close(): void;
}

export async function startLosingProxy(target: string): Promise<LosingProxy> {
  let messages = 0;
  const server = createServer(async (request, response) => {
    const fate = proxy.fate(++messages);
    const chunks = await request.toArray();
    if (fate === 'refused') return response.writeHead(400).end('no');
    const url = new URL(request.url ?? '', target);
    const headers = { 'content-type': 'application/vnd.syncml+wbxml' };
    const answer = await fetch(url, { method: 'POST', headers, body: Buffer.concat(chunks) });
    const body = Buffer.from(await answer.arrayBuffer());
    if (fate === 'lost') return response.destroy();
    response.writeHead(answer.status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const proxy: LosingProxy = {
    url: `http://127.0.0.1:${port}/syncml`,
    fate: () => 'passes',
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return proxy;
}
