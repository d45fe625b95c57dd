/** A first sync of a full address book against another one, 600 people in both, written differently. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from '../client/process.ts';
import { books } from '../pim/match/books.ts';
import { createClient } from './real-client.ts';
import { ACCOUNT, startOwn } from './servers.ts';
import { limited, type Row } from './table.ts';
import { startTimingProxy } from './timing-proxy.ts';

/** Wall seconds of the best peer for 1,000 against 1,000. */
const GOAL = 5.5;

export async function firstSyncRows(folder: string, shim: string): Promise<Row[]> {
  const [serverFolder, ...folders] = ['server', 'phone', 'laptop'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const part of [serverFolder, ...folders]) mkdirSync(part, { recursive: true });
  const server = await startOwn(serverFolder, 'contacts');
  const proxy = await startTimingProxy(server.port);
  try {
    const url = `http://127.0.0.1:${proxy.port}${server.path}`;
    const common = { shim, url, ...ACCOUNT };
    const { ours, theirs } = books(3_030);
    const [phone, laptop] = await Promise.all(
      folders.map((own, n) => createClient({ ...common, folder: own, deviceId: `bench-${n}` })),
    );
    phone?.fill(ours.map(({ item }) => item.body));
    laptop?.fill(theirs.map(({ item }) => item.body));
    await sleep(1_100);
    await phone?.sync('slow');
    proxy.take();
    const wall = (await laptop?.sync('slow')) ?? 0;
    const { seconds } = proxy.take();
    const more = `, of it ${seconds.toFixed(2)} s inside HTTP requests; ${laptop?.count()} contacts after it`;
    return [limited('first sync of 1,000 against 1,000, wall', wall, GOAL, 's', more)];
  } finally {
    await proxy.close();
    await server.stop();
  }
}
