/**
 * One story from one seed: devices and a CRM edit, sync in every way, lose messages, meet a failing store. After quiet
 * time the invariants are checked against what everybody did: nothing lost, nothing doubled, all the same.
 */
import { readVersions } from '../../lib/app/changes.ts';
import { POLICIES } from '../../lib/engine/datastores.ts';
import type { Guid } from '../../lib/engine/ids.ts';
import { inventoryRanges } from '../../lib/store/keys.ts';
import type { Store } from '../../lib/store/port.ts';
import { queryAll } from '../../lib/store/reader.ts';
import { itemOf } from '../../lib/store/shapes.ts';
import { sqliteStore } from '../../lib/store/sqlite.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../kit/server.ts';
import { type Faults, faultyNetwork, faultyStore, Vanished } from './faults.ts';
import { createRandom, type Random } from './random.ts';

const ABILITIES = [
  {},
  { wire: 'wbxml', perMessage: 3 },
  { maxMsgSize: 4_000, perMessage: 5 },
  { version: '1.1', wire: 'wbxml' },
  { version: '1.0', largeObjects: false, numberOfChanges: false },
  { perMessage: 2, maxMsgSize: 6_000, wire: 'wbxml' },
] as const;

export interface Story {
  readonly seed: number;
  readonly lines: string[];
}

interface World {
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

/** Runs the story; throws with its lines when an invariant does not hold. */
export async function runStory(
  seed: number,
  options: { steps?: number; wrap?: (store: Store) => Store; base?: Store } = {},
): Promise<Story> {
  const world = await createWorld(seed, options);
  try {
    for (let step = 0; step < (options.steps ?? 25); step += 1) await act(world);
    await quietTime(world);
    await checkInvariants(world);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`seed ${seed}: ${reason}\n${world.story.lines.slice(-60).join('\n')}`);
  } finally {
    await world.store.close();
  }
  return world.story;
}

async function createWorld(
  seed: number,
  options: { wrap?: (store: Store) => Store; base?: Store },
): Promise<World> {
  const random = createRandom(seed);
  const faults: Faults = { rate: 0 };
  const base = options.base ?? sqliteStore({ file: ':memory:' });
  const store = options.wrap?.(base) ?? base;
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
    store: base,
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

async function act(world: World): Promise<void> {
  const { random, devices } = world;
  const device = random.pick(devices);
  const choice = random.next();
  if (choice < 0.55) editDevice(world, device);
  else if (choice < 0.65) await editCrm(world);
  else await syncDevice(world, device, random.pick([200, 200, 200, 200, 200, 200, 201, 202, 203, 204, 205]));
}

function write(world: World, name: string): string {
  const { random } = world;
  const lines = [`TEL:${random.below(1_000_000)}`];
  if (random.chance(0.05)) lines.push(`NOTE:${'long '.repeat(1_000 + random.below(2_000))}`);
  const card = vcard(name, ...lines);
  const value =
    world.renames && random.chance(0.3) ? card.replace(`N:${name};`, `N:Alias-${random.below(50)};`) : card;
  const values = world.written.get(name) ?? new Set();
  world.written.set(name, values.add(value));
  return value;
}

const newName = (world: World): string => {
  world.names += 1;
  return `Name-${world.names}`;
};
const nameIn = (value: string): string => /FN:(Name-\d+)/.exec(value)?.[1] ?? '';

function editDevice(world: World, device: Device): void {
  const { random, story } = world;
  const label = device.options.device;
  const luids = [...device.items.keys()];
  const kind = luids.length === 0 ? 0 : random.below(10);
  if (kind < 5) {
    const name = newName(world);
    const luid = device.add(write(world, name));
    story.lines.push(`${label} adds ${name} as ${luid}`);
    return;
  }
  const luid = random.pick(luids);
  const name = nameIn(device.items.get(luid) ?? '');
  if (kind < 8) {
    device.replace(luid, write(world, name));
    story.lines.push(`${label} edits ${name} (${luid})`);
  } else {
    device.delete(luid);
    world.deleted.add(name);
    story.lines.push(`${label} deletes ${name} (${luid})`);
  }
}

async function editCrm(world: World): Promise<void> {
  const { random, crmRecords, story } = world;
  const isNew = crmRecords.length === 0 || random.chance(0.5);
  const name = isNew ? newName(world) : random.pick(crmRecords);
  if (isNew) crmRecords.push(name);
  const remove = !isNew && random.chance(0.3);
  const at = {
    user: USER,
    datastore: 'contacts',
    record: name,
    eventId: `e-${world.names}-${random.below(1e9)}`,
  };
  const change = remove
    ? ({ ...at, op: 'delete' } as const)
    : ({ ...at, op: 'upsert', type: 'text/vcard', body: write(world, name) } as const);
  if (remove) world.deleted.add(name);
  story.lines.push(`crm ${remove ? 'deletes' : 'saves'} ${name}`);
  // The stream delivers until it succeeds, and sometimes once more.
  for (let attempt = 0; attempt < 30; attempt += 1) {
    try {
      await world.server.crm(change);
      if (!random.chance(0.1)) return;
    } catch {
      story.lines.push('  crm: delivered again');
    }
  }
}

async function syncDevice(world: World, device: Device, code: number): Promise<void> {
  const { story } = world;
  const label = device.options.device;
  const held = new Set(device.contents.map(nameIn));
  noteRefresh(world, held, code);
  try {
    const report = await device.sync(device.hasAnchor || code === 203 ? code : 201);
    // Anchors that do not match turn a one-way sync into the refresh of its direction (Y18).
    noteRefresh(world, held, report.code);
    const { Add, Replace, Delete } = report.received;
    story.lines.push(`${label} syncs ${code}->${report.code}: got +${Add} ~${Replace} -${Delete}`);
  } catch (error) {
    if (!(error instanceof Vanished)) throw error;
    // It may have been turned into a refresh before it broke.
    if (code === 202 || code === 204) noteRefresh(world, held, code + 1);
    story.lines.push(`${label} syncs ${code}: vanishes`);
  }
}

/** A refresh throws away: what the device has not (203), or what only the device has (205). The user asked for it. */
function noteRefresh(world: World, held: ReadonlySet<string>, code: number): void {
  if (code === 203) for (const name of world.written.keys()) if (!held.has(name)) world.deleted.add(name);
  if (code === 205) for (const name of held) world.deleted.add(name);
}

/** Nobody changes anything any more: two syncs per device must be enough (invariant 3). */
async function quietTime(world: World): Promise<void> {
  world.faults.rate = 0;
  world.story.lines.push('quiet');
  for (let round = 0; round < 2; round += 1)
    for (const device of world.devices) await syncDevice(world, device, 200);
}

async function checkInvariants(world: World): Promise<void> {
  const { devices, store } = world;
  const at = { user: USER, datastore: 'contacts' };
  const rows = (await Promise.all(inventoryRanges(at).map((range) => queryAll(store, range)))).flat();
  const items = rows.map((row) => itemOf(row.sk.slice(2) as Guid, row));
  const bodies = await Promise.all(items.map((item) => item.content?.body));
  const server = bodies.filter((body) => body !== undefined).sort();
  for (const device of devices) same(device.contents, server, `${device.options.device} and the server`);
  const names = server.map(nameIn);
  const doubles = names.filter((name, n) => names.indexOf(name) !== n);
  if (doubles.length > 0 && !world.twins) throw new Error(`doubles: ${doubles.join(', ')}`);
  for (const [name, values] of world.written) {
    if (!world.deleted.has(name) && !names.includes(name)) throw new Error(`lost: ${name}`);
    for (const value of server.filter((candidate) => nameIn(candidate) === name))
      if (!values.has(value))
        throw new Error(`nobody wrote this for ${name}:
${value}`);
  }
  await checkVersions(
    world,
    items.map((item) => item.guid),
    server,
  );
  for (const device of devices) {
    const { received } = await device.sync(200);
    if (received.Add + received.Replace + received.Delete > 0) throw new Error('a quiet sync sends changes');
  }
}

/** Invariant 4: what the server once held is held still, as an item or as a version. */
async function checkVersions(
  world: World,
  guids: readonly Guid[],
  current: readonly string[],
): Promise<void> {
  const versions = await Promise.all(guids.map((guid) => readVersions(world.store, USER, 'contacts', guid)));
  const kept = new Set([...current, ...versions.flat().map((version) => version.content.body ?? '')]);
  for (const value of world.devices.flatMap((device) => [...device.acknowledged]))
    if (!kept.has(value))
      throw new Error(`acknowledged, but neither item nor version:\n${value.slice(0, 200)}`);
}

function same(a: readonly string[], b: readonly string[], who: string): void {
  const missing = b.filter((value) => !a.includes(value)).map((v) => v.slice(0, 120));
  const extra = a.filter((value) => !b.includes(value)).map((v) => v.slice(0, 120));
  if (missing.length + extra.length > 0 || a.length !== b.length)
    throw new Error(
      `${who} differ (${a.length}, ${b.length})\nmissing:\n${missing.join('\n')}\nextra:\n${extra.join('\n')}`,
    );
}
