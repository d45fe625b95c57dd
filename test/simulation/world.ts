/** Who and what a story is made of: devices of several abilities, a server whose store and network fail, a CRM. */
import { POLICIES } from '../../lib/engine/datastores.ts';
import type { Store } from '../../lib/store/port.ts';
import { sqliteStore } from '../../lib/store/sqlite.ts';
import { Device } from '../kit/device.ts';
import { startServer, type TestServer } from '../kit/server.ts';
import { type Faults, faultyNetwork, faultyStore } from './faults.ts';
import { createRandom, type Random } from './random.ts';

const ABILITIES = [
  {},
  { wire: 'wbxml', perMessage: 3 },
  { maxMsgSize: 4_000, perMessage: 5, chunkBytes: 2_000 },
  { version: '1.1', wire: 'wbxml' },
  { version: '1.0', largeObjects: false, numberOfChanges: false },
  { perMessage: 2, maxMsgSize: 6_000, wire: 'wbxml' },
  { perMessage: 1, maxMsgSize: 3_000, chunkBytes: 1_000, wire: 'wbxml' },
] as const;

export interface Story {
  readonly seed: number;
  readonly lines: string[];
}

export interface World {
  readonly random: Random;
  readonly faults: Faults;
  readonly store: Store;
  readonly server: TestServer;
  readonly devices: Device[];
  /** Every name ever given to an item, with every value that anybody wrote for it. */
  readonly written: Map<string, Set<string>>;
  readonly deleted: Set<string>;
  readonly crmRecords: string[];
  readonly story: Story;
  names: number;
  /** Items may change what they are about. */
  readonly renames: boolean;
  readonly twins: boolean;
}

export async function createWorld(seed: number): Promise<World> {
  const random = createRandom(seed);
  const faults: Faults = { rate: 0 };
  const store = sqliteStore({ file: ':memory:' });
  const policy = random.pick(POLICIES);
  const policies = { contacts: policy };
  const server = await startServer({ store: faultyStore(store, random, faults), policies });
  const network = faultyNetwork(server, random, faults);
  const renames = random.chance(0.25);
  const count = 2 + random.below(3);
  const devices = Array.from(
    { length: count },
    (_, n) => new Device(network, { device: `device-${n}`, ...random.pick(ABILITIES) }),
  );
  faults.rate = random.pick([0, 0.02, 0.06, 0.12]);
  return {
    random,
    faults,
    store,
    server,
    devices,
    written: new Map(),
    deleted: new Set(),
    crmRecords: [],
    story: { seed, lines: [`faults ${faults.rate}, ${count} devices, ${policy}`] },
    // Two contents of one thing, or a thing that changes its name, may rightly be two items.
    twins: policy === 'keep-both' || renames,
    renames,
    names: 0,
  };
}

/** Which item a value is of: it keeps this name whatever else changes. */
export const nameIn = (value: string): string => /FN:(Name-\d+)/.exec(value)?.[1] ?? '';
