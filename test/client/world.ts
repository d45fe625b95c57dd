/**
 * What every suite starts from: a server on either store, a user, and the devices "phone" and "laptop".
 * Owns: their life time and the assertions on sessions; a failed session explains itself.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest';
import { missingForDynamoDbLocal, startDynamoDbLocal } from '../setup/dynamodb-local-process.ts';
import { difference, titles } from './compare.ts';
import { tail } from './process.ts';
import { createProxy, type HttpProxy } from './proxy.ts';
import { createServerProcess, type Server } from './server.ts';
import {
  createDevice,
  DATASTORES,
  type Datastore,
  type Device,
  type DeviceOptions,
  type Mode,
  type SyncResult,
} from './syncevolution.ts';

export type StoreKind = 'sqlite' | 'dynamodb';

export interface World {
  readonly kind: StoreKind;
  readonly user: string;
  readonly dataDir: string;
  /** Only on DynamoDB. */
  readonly endpoint?: string;
  readonly server: Server;
  readonly proxy: HttpProxy;
  readonly phone: Device;
  readonly laptop: Device;
  /** A session that must succeed without a failed item; throws an explanation otherwise. */
  sync(device: Device, mode: Mode, datastores?: readonly Datastore[]): Promise<SyncResult>;
  /** A two-way session that must change nothing on either side. */
  syncUnchanged(device: Device, datastores?: readonly Datastore[]): Promise<void>;
  /** Both devices hold the same items, and in the datastore exactly these titles. */
  expectSame(datastore: Datastore, expected: readonly string[]): void;
  /** All that helps to understand a session. */
  explain(device: Device, result: SyncResult): string;
  readonly workDir: string;
  readonly password: string;
}

type Given = 'name' | 'url' | 'user' | 'workDir' | 'shim';
export type WorldOptions = Partial<Omit<DeviceOptions, Given>> & {
  /** Options of the laptop where they are others than the phone's. */
  readonly laptop?: Partial<Omit<DeviceOptions, Given>>;
  /** Environment variables of the server. */
  readonly environment?: Readonly<Record<string, string>>;
};

export interface Fixture {
  readonly kind: StoreKind;
  /** A server with an account of its own; ended after the test. */
  world(options?: WorldOptions): Promise<World>;
}

const keep = process.env.CLIENT_DEBUG === '1';
let accounts = 0;

/** Runs the same suite on each store; on DynamoDB with an emulator process of its own. */
export function describeStores(name: string, define: (fixture: Fixture) => void): void {
  const missing = missingForDynamoDbLocal();
  if (missing !== undefined) console.warn(`"${name}" is skipped on DynamoDB Local: ${missing}`);
  describe.each<StoreKind>(missing === undefined ? ['sqlite', 'dynamodb'] : ['sqlite'])(
    `${name} (%s)`,
    (kind) => {
      let emulator: { endpoint: string; stop: () => unknown } | undefined;
      let open: { close: () => Promise<void> }[] = [];
      beforeAll(async () => {
        if (kind === 'dynamodb') emulator = await startDynamoDbLocal();
      });
      afterAll(async () => {
        await emulator?.stop();
      });
      afterEach(async () => {
        const closing = open;
        open = [];
        for (const world of closing) await world.close();
      });
      define({
        kind,
        world: async (options = {}) => {
          const { world, close } = await createWorld(kind, emulator?.endpoint, options);
          open.push({ close });
          return world;
        },
      });
    },
  );
}

async function createWorld(kind: StoreKind, endpoint: string | undefined, options: WorldOptions) {
  accounts += 1;
  const workDir = mkdtempSync(join(tmpdir(), 'syncml-client-'));
  const user = `anna-${process.pid}-${accounts}`;
  const password = 'correct horse';
  const dataDir = join(workDir, 'data');
  const place = endpoint === undefined ? { dataDir } : { dataDir, endpoint };
  const server = await createServerProcess({
    ...{ ...place, user, password },
    ...(options.environment && { environment: options.environment }),
  });
  const proxy = await createProxy(server);
  const close = async (): Promise<void> => {
    await proxy.close();
    await server.stop();
    if (keep) console.log(`kept: ${workDir}`);
    else rmSync(workDir, { recursive: true, force: true });
  };
  try {
    await server.start();
    const { laptop: laptopOptions, environment: _, ...phoneOptions } = options;
    const common = { url: proxy.url, user, password, workDir, shim: inject('shim'), ...phoneOptions };
    const phone = await createDevice({ ...common, name: 'phone' });
    const laptop = await createDevice({ ...common, ...laptopOptions, name: 'laptop' });
    const base = { kind, user, ...place, server, proxy, phone, laptop, workDir, password };
    return { world: { ...base, ...sessions(base) } satisfies World, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Base = Pick<World, 'server' | 'proxy' | 'phone' | 'laptop'>;

function sessions(base: Base): Pick<World, 'sync' | 'syncUnchanged' | 'expectSame' | 'explain'> {
  const explain = (device: Device, result: SyncResult): string => explanation(base, device, result);
  const sync: World['sync'] = async (device, mode, datastores = DATASTORES) => {
    const result = await device.sync(mode, datastores);
    const complete = datastores.every((datastore) => {
      const report = result.report.get(datastore);
      return report !== undefined && report.local.failed === 0 && report.remote.failed === 0;
    });
    if (result.code !== 0 || !complete) throw new Error(explain(device, result));
    return result;
  };
  return {
    explain,
    sync,
    syncUnchanged: async (device, datastores = DATASTORES) => {
      const result = await sync(device, 'two-way', datastores);
      const none = { added: 0, changed: 0, deleted: 0, failed: 0 };
      for (const datastore of datastores) {
        const report = result.report.get(datastore);
        const said = `${datastore} must not change at this sync\n${explain(device, result)}`;
        expect(report?.local, `on the ${device.name}, ${said}`).toEqual(none);
        expect(report?.remote, `on the server, ${said}`).toEqual(none);
        expect(report?.mode, said).toBe('two-way');
      }
    },
    expectSame: (datastore, expected) => {
      const { phone, laptop, server } = base;
      const found = difference(phone, laptop, datastore);
      if (found !== '') {
        throw new Error(`phone and laptop differ\n${found}\n== server ==\n${tail(server.log(), 20)}`);
      }
      expect(titles(phone, datastore), `${datastore} on both devices`).toEqual([...expected].sort());
    },
  };
}

function explanation(base: Base, device: Device, result: SyncResult): string {
  const messages = device.messages();
  return [
    `${result.device}: --sync ${result.mode} ended with ${result.code}`,
    '== client ==',
    tail(result.output, 40),
    '== client log ==',
    device.lastLog(),
    '== exchanges ==',
    tail(base.proxy.log(), 30),
    '== server ==',
    tail(base.server.log(), 40),
    messages.length > 0
      ? `== messages ==\n${messages.join('\n')}`
      : '(CLIENT_DEBUG=1 keeps the files of the test and dumps every message as XML)',
  ].join('\n');
}
