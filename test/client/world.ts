/**
 * What every suite starts from: a server on either store, a user of its own, and the devices "phone" and "laptop".
 * Owns: their life time and the assertions on sessions; a failed session explains itself.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, inject } from 'vitest';
import { missingForDynamoDbLocal } from '../setup/dynamodb-local-process.ts';
import { difference, titles } from './compare.ts';
import { createPlaces, type Places, type StoreKind } from './places.ts';
import { tail } from './process.ts';
import { createProxy, type HttpProxy } from './proxy.ts';
import type { Server } from './server.ts';
import {
  createDevice,
  DATASTORES,
  type Datastore,
  type Device,
  type DeviceOptions,
  type Mode,
  type SyncResult,
} from './syncevolution.ts';

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
  /** A server of its own with these environment variables, for tests that kill it or set it up; else it is shared. */
  readonly ownServer?: Readonly<Record<string, string>>;
};

export interface Fixture {
  readonly kind: StoreKind;
  /** An account of its own with two devices; ended after the test. */
  world(options?: WorldOptions): Promise<World>;
}

const keep = process.env.CLIENT_DEBUG === '1';
let accounts = 0;

/** Both stores, or the one that can run here. */
export function storeKinds(): StoreKind[] {
  const missing = missingForDynamoDbLocal();
  if (missing === undefined) return ['sqlite', 'dynamodb'];
  console.warn(`nothing is tried on DynamoDB Local: ${missing}`);
  return ['sqlite'];
}

const places = new Map<StoreKind, Places>();

/** The places of a test file; ended with it. */
function placesOf(kind: StoreKind): Places {
  const found = places.get(kind) ?? createPlaces(kind);
  places.set(kind, found);
  return found;
}

async function closePlaces(): Promise<void> {
  for (const [kind, place] of [...places]) {
    places.delete(kind);
    await place.close();
  }
}

/** Runs the same suite on each store; on DynamoDB with an emulator process of the file's own. */
export function describeStores(name: string, define: (fixture: Fixture) => void): void {
  afterAll(closePlaces);
  describe.each(storeKinds())(`${name} (%s)`, (kind) => {
    let open: { close: () => Promise<void> }[] = [];
    afterEach(async () => {
      const closing = open;
      open = [];
      for (const world of closing) await world.close();
    });
    define({
      kind,
      world: async (options = {}) => {
        const { world, close } = await createWorld(kind, options);
        open.push({ close });
        return world;
      },
    });
  });
}

async function createWorld(kind: StoreKind, options: WorldOptions) {
  accounts += 1;
  const { laptop: laptopOptions, ownServer, ...phoneOptions } = options;
  const workDir = mkdtempSync(join(tmpdir(), 'syncml-client-'));
  const account = { user: `anna-${process.pid}-${accounts}`, password: 'correct horse' };
  const place =
    ownServer === undefined
      ? await placesOf(kind).shared(account)
      : await placesOf(kind).own(account, join(workDir, 'data'), ownServer);
  const proxy = await createProxy(place.server);
  const close = async (): Promise<void> => {
    await proxy.close();
    if (ownServer !== undefined) await place.server.stop();
    if (keep) console.log(`kept: ${workDir}`);
    else rmSync(workDir, { recursive: true, force: true });
  };
  try {
    const common = { url: proxy.url, ...account, workDir, shim: inject('shim'), ...phoneOptions };
    const phone = await createDevice({ ...common, name: 'phone' });
    const laptop = await createDevice({ ...common, ...laptopOptions, name: 'laptop' });
    const base = { kind, ...account, ...place, proxy, phone, laptop, workDir };
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
