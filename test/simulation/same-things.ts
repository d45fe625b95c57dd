/**
 * One story from one seed about the same things: between two syncs they are added on several devices, and in the CRM, each time
 * with what its author knows of them. After quiet time each thing is one item, and each device shows it once.
 */
import { readReviews } from '../../lib/app/changes.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { wholeContents } from '../../lib/store/step-io/whole-contents.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { itemsIn } from '../kit/match-index.ts';
import { startServer, type TestServer, USER } from '../kit/server.ts';
import { Refused } from '../kit/session.ts';
import { type Faults, faultyNetwork, faultyStore, Vanished } from './faults.ts';
import { breakIndex } from './index-faults.ts';
import { createRandom, type Random } from './random.ts';

const lines = (...all: string[]): string => [...all, ''].join('\r\n');
const part = (name: string, ...own: string[]): string =>
  lines('BEGIN:VCALENDAR', 'VERSION:2.0', `BEGIN:${name}`, ...own, `END:${name}`, 'END:VCALENDAR');
const twoDigits = (n: number): string => String(n % 28 || 28).padStart(2, '0');

/** The thing of a number, as its author knows it; `more`: what one author knows and another does not. */
type Write = (thing: number, more: string | undefined) => string;
interface Kind {
  readonly datastore: string;
  readonly type: string;
  readonly write: Write;
  readonly isOf: (text: string, thing: number) => boolean;
}
const withMore = (name: string, more: string | undefined): string[] =>
  more === undefined ? [] : [`${name}:${more}`];
const named = (text: string, thing: number): boolean => new RegExp(`Thing-${thing}\\b`).test(text);

const KINDS: readonly Kind[] = [
  {
    ...{ datastore: 'contacts', type: 'text/vcard', isOf: named },
    write: (n, more) =>
      vcard(
        `Thing-${n}`,
        `TEL;TYPE=CELL:+49170${1_000_000 + n}`,
        `EMAIL:thing${n}@example.com`,
        ...withMore('X-MORE', more),
      ),
  },
  {
    ...{ datastore: 'calendar', type: 'text/calendar', isOf: named },
    write: (n, more) =>
      part(
        'VEVENT',
        `UID:invitation-${n}@example.com`,
        `DTSTART:203003${twoDigits(n)}T090000Z`,
        `SUMMARY:Thing-${n}`,
        ...withMore('X-MORE', more),
      ),
  },
  {
    ...{ datastore: 'tasks', type: 'text/calendar', isOf: named },
    write: (n, more) =>
      part(
        'VTODO',
        `DUE;VALUE=DATE:203003${twoDigits(n)}`,
        `SUMMARY:Thing-${n}`,
        ...withMore('X-MORE', more),
      ),
  },
  {
    ...{ datastore: 'notes', type: 'text/plain', isOf: named },
    write: (n) => `Thing-${n}\nmilk`,
  },
];

interface Scene {
  readonly random: Random;
  readonly kind: Kind;
  readonly server: TestServer;
  readonly store: Store;
  readonly faults: Faults;
  readonly devices: readonly Device[];
  /** What the CRM has, and what somebody deleted. */
  readonly records: Set<number>;
  readonly deleted: Set<number>;
  readonly added: Set<number>;
  readonly lines: string[];
}

/** Runs the story; throws with its lines when a thing is there twice, or is lost. Gives the lines. */
export async function runSameThings(
  seed: number,
  { steps = 25, store: own = sqliteStore({ file: ':memory:' }) }: { steps?: number; store?: Store } = {},
): Promise<readonly string[]> {
  const scene = await sceneOf(seed, own);
  const { devices, faults, store } = scene;
  try {
    for (const device of devices) await syncOf(scene, device, 201);
    faults.rate = scene.random.pick([0, 0.03, 0.08]);
    for (let step = 0; step < steps; step += 1) await act(scene);
    faults.rate = 0;
    for (let round = 0; round < 3; round += 1) for (const device of devices) await syncOf(scene, device, 200);
    await checkOnce(scene);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`seed ${seed}: ${reason}\n${scene.lines.slice(-60).join('\n')}`);
  } finally {
    await store.close();
  }
  return scene.lines;
}

async function sceneOf(seed: number, store: Store): Promise<Scene> {
  const random = createRandom(seed);
  const faults: Faults = { rate: 0 };
  const server = await startServer({ store: faultyStore(store, random, faults) });
  const network = faultyNetwork(server, random, faults);
  const kind = KINDS[seed % KINDS.length] as Kind;
  const { datastore, type } = kind;
  const devices = Array.from(
    { length: 2 + random.below(2) },
    (_, n) =>
      new Device(network, {
        ...{ device: `device-${n}`, datastore, type },
        ...random.pick([{}, { perMessage: 2 }, { lateMaps: true }, { wire: 'wbxml' } as const]),
      }),
  );
  const sets = { records: new Set<number>(), deleted: new Set<number>(), added: new Set<number>() };
  return {
    random,
    kind,
    server,
    store,
    faults,
    devices,
    ...sets,
    lines: [`${datastore}, ${devices.length} devices`],
  };
}

async function act(scene: Scene): Promise<void> {
  const { random, devices, store } = scene;
  const device = random.pick(devices);
  const choice = random.next();
  const thing = random.below(THINGS);
  if (choice < 0.25) addTo(scene, device, thing);
  else if (choice < 0.45) for (const one of devices) addTo(scene, one, thing);
  else if (choice < 0.55) await saveInCrm(scene, thing);
  else if (choice < 0.6) deleteFrom(scene, device);
  else if (choice < 0.63 && scene.kind.datastore === 'contacts') await breakIndex(store, random);
  else if (choice < 0.75) await Promise.all([...devices].map((one) => syncOf(scene, one, 200)));
  else await syncOf(scene, device, random.pick([200, 200, 200, 202, 201]));
}

/** So few that others know most of them, too. */
const THINGS = 12;

function addTo(scene: Scene, device: Device, thing: number): void {
  const { random, kind, added, lines: story } = scene;
  if (device.contents.some((text) => kind.isOf(text, thing))) return;
  const more = random.chance(0.4) ? `${device.options.device}` : undefined;
  const luid = device.add(kind.write(thing, more));
  added.add(thing);
  story.push(`${device.options.device} adds ${thing} as ${luid}`);
}

function deleteFrom({ random, kind, deleted, lines: story }: Scene, device: Device): void {
  if (device.items.size === 0) return;
  const luid = random.pick([...device.items.keys()]);
  const text = device.items.get(luid) ?? '';
  const thing = Array.from({ length: THINGS }, (_, n) => n).find((n) => kind.isOf(text, n)) ?? 0;
  device.delete(luid);
  deleted.add(thing);
  story.push(`${device.options.device} deletes ${thing} (${luid})`);
}

async function saveInCrm(scene: Scene, thing: number): Promise<void> {
  const { random, kind, records, added, server, lines: story } = scene;
  const { datastore, type } = kind;
  if (records.has(thing)) return;
  records.add(thing);
  added.add(thing);
  const body = kind.write(thing, random.chance(0.4) ? 'crm' : undefined);
  story.push(`crm saves ${thing}`);
  for (let attempt = 0; attempt < 30; attempt += 1)
    try {
      await server.crm({
        user: USER,
        datastore,
        record: `r${thing}`,
        op: 'upsert',
        type,
        body,
        eventId: `e${thing}`,
      });
      return;
    } catch {
      story.push('  crm: delivered again');
    }
}

async function syncOf({ lines: story }: Scene, device: Device, code: number): Promise<void> {
  const label = device.options.device;
  try {
    const { received, code: done } = await device.sync(device.hasAnchor ? code : 201);
    story.push(
      `${label} syncs ${code}->${done}: got +${received.Add} ~${received.Replace} -${received.Delete}`,
    );
  } catch (error) {
    if (!(error instanceof Vanished || error instanceof Refused)) throw error;
    story.push(`${label} syncs ${code}: ${error.constructor.name}`);
  }
}

async function checkOnce({ kind, store, devices, added, deleted }: Scene): Promise<void> {
  const at = { user: USER, datastore: kind.datastore };
  const items = await itemsIn(store, at);
  const live = items.flatMap(({ guid, content }) => (content === undefined ? [] : [{ guid, content }]));
  const server = (await wholeContents(store, at, live)).flatMap((content) => content?.storedText ?? []);
  for (const [who, contents] of [
    ['the server', server] as const,
    ...devices.map((one) => [one.options.device, one.contents] as const),
  ])
    for (const thing of added) {
      const count = contents.filter((text) => kind.isOf(text, thing)).length;
      if (count > 1) throw new Error(`thing ${thing} is ${count} items of ${who}`);
      if (count === 0 && !deleted.has(thing)) throw new Error(`thing ${thing} is lost: ${who}`);
    }
  for (const { contents, options } of devices)
    if (contents.length !== server.length) throw new Error(`${options.device} and the server differ`);
  const reviews = await readReviews(store, USER, kind.datastore);
  if (reviews.length > 0) throw new Error(`a review of what is certain: ${JSON.stringify(reviews[0])}`);
}
