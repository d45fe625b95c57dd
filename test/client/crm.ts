/** The CRM in the tests of the real client: it puts records by the command, and is waited for. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from './process.ts';
import type { Server } from './server.ts';
import type { Datastore } from './syncevolution.ts';
import { openLog } from './versions.ts';
import type { World } from './world.ts';

export async function crm(server: Server, ...args: string[]): Promise<string> {
  const { code, output } = await server.crm(...args);
  if (code !== 0)
    throw new Error(`crm ${args.join(' ')} ended with ${code}:\n${output}\n== server ==\n${server.log()}`);
  return output;
}

export async function put(
  world: World,
  record: string,
  text: string,
  datastore: Datastore = 'contacts',
): Promise<void> {
  const file = join(world.workDir, `${record}.txt`);
  writeFileSync(file, text);
  await crm(world.server, 'put', world.user, datastore, record, file);
}

/** Origins of all changes so far, in order. */
export const origins = async (world: World, datastore: Datastore = 'contacts'): Promise<string[]> =>
  (await openLog(world, (log) => log.changes(datastore))).map((change) => change.origin);

/** The feed applies a record soon after the CRM wrote it, not at once. */
export async function untilLogged(
  world: World,
  count: number,
  datastore: Datastore = 'contacts',
): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await origins(world, datastore)).filter((origin) => origin.includes('crm')).length >= count) return;
    await sleep(200);
  }
  throw new Error(`the CRM's change was not applied within 20 s\n== server ==\n${world.server.log()}`);
}
