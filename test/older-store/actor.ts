/** A device of the story: the real client behind a proxy of its own, which keeps what it said. */
import { createProxy, type HttpProxy } from '../client/proxy.ts';
import type { Server } from '../client/server.ts';
import {
  createDevice,
  DATASTORES,
  type Datastore,
  type Device,
  type DeviceOptions,
  type Mode,
} from '../client/syncevolution.ts';
import type { Recorded } from './fixture.ts';

export interface Actor {
  readonly device: Device;
  readonly auth: 'md5' | 'basic';
  /** Throws when the session fails or an item does. */
  sync(mode: Mode, datastores?: readonly Datastore[]): Promise<Recorded[]>;
  /** A two-way session in which nothing may change on either side. */
  syncUnchanged(datastores?: readonly Datastore[]): Promise<void>;
  /** The device dies as soon as such a message is on its way; the server still answers it. */
  die(mode: Mode, datastores: readonly Datastore[], when: (body: Uint8Array) => boolean): Promise<void>;
  /** Changes the text of the item in which `find` stands. */
  edit(datastore: Datastore, find: string, from: string | RegExp, to: string): void;
  remove(datastore: Datastore, find: string): void;
  /** Its completed sessions, and the one in which it died. */
  readonly sessions: Recorded[][];
  open: Recorded[] | undefined;
  close(): Promise<void>;
}

export async function createActor(server: Server, options: Omit<DeviceOptions, 'url'>): Promise<Actor> {
  const proxy = await createProxy(server);
  const device = await createDevice({ ...options, url: proxy.url });
  const find = (datastore: Datastore, text: string): string => {
    const found = [...device.items(datastore)].find(([, item]) => item.includes(text));
    if (found === undefined) throw new Error(`${device.name} has no item in ${datastore} with "${text}"`);
    return found[0];
  };
  const actor: Actor = {
    device,
    auth: options.auth ?? 'md5',
    ...sessionsOf(device, proxy, () => actor),
    edit: (datastore, text, from, to) => {
      const luid = find(datastore, text);
      const before = device.read(datastore, luid);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${device.name}: nothing to change in "${text}":\n${before}`);
      device.put(datastore, luid, after);
    },
    remove: (datastore, text) => device.delete(datastore, find(datastore, text)),
    sessions: [],
    open: undefined,
    close: () => proxy.close(),
  };
  return actor;
}

function sessionsOf(
  device: Device,
  proxy: HttpProxy,
  actor: () => Actor,
): Pick<Actor, 'sync' | 'syncUnchanged' | 'die'> {
  const run = async (mode: Mode, datastores: readonly Datastore[]) => {
    proxy.reset();
    const { code, report, output } = await device.sync(mode, datastores);
    const failed = [...report.values()].some(({ local, remote }) => local.failed + remote.failed > 0);
    if (code !== 0 || failed || report.size < datastores.length)
      throw new Error(`${device.name}, ${mode}: ${code}\n${output}\n${device.lastLog()}\n${proxy.log()}`);
    const session = recorded(proxy);
    actor().sessions.push(session);
    return { report, output, session };
  };
  return {
    sync: async (mode, datastores = DATASTORES) => (await run(mode, datastores)).session,
    syncUnchanged: async (datastores = DATASTORES) => {
      const { report, output } = await run('two-way', datastores);
      for (const { local, remote, mode } of report.values()) {
        const changes = [local, remote].flatMap(({ added, changed, deleted }) => [added, changed, deleted]);
        if (mode !== 'two-way' || changes.some((n) => n > 0))
          throw new Error(`${device.name} is not settled:\n${output}`);
      }
    },
    die: async (mode, datastores, when) => {
      proxy.reset(({ message }) => {
        if (!when(proxy.bodies()[message - 1] ?? Buffer.alloc(0))) return 'pass';
        device.kill('SIGKILL');
        return 'drop-answer';
      });
      const { code, output } = await device.sync(mode, datastores);
      if (code === 0) throw new Error(`${device.name} should have died:\n${output}`);
      // The server may still be at the last message.
      while (proxy.exchanges().at(-1)?.answer === undefined)
        await new Promise((done) => setTimeout(done, 50));
      actor().open = recorded(proxy);
    },
  };
}

const recorded = (proxy: HttpProxy): Recorded[] =>
  proxy.exchanges().map(({ url, body, answer }) => ({ url, body, ...(answer && { answer }) }));
