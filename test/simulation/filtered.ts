/**
 * One story from one seed about a phone with a filter, and a laptop that sees all: both edit items, which come into the phone's
 * sync set and leave it, and the phone changes its filter. After quiet time the laptop has all that nobody deleted, and the
 * phone just those items that a reader of its filter expects by the texts.
 */
import type { Store } from '../../lib/store/port/port.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { startServer } from '../kit/server.ts';
import { createRandom, type Random } from './random.ts';

/** A filter, and what it means of the text of an item. */
interface Known {
  readonly query: string;
  readonly isSeen: (text: string) => boolean;
}

interface Kind {
  readonly datastore: 'contacts' | 'calendar';
  readonly type: string;
  readonly write: (name: string, random: Random) => string;
  readonly filters: readonly Known[];
}

const two = (n: number): string => String(n).padStart(2, '0');

const isFriend = (text: string): boolean => text.includes('CATEGORIES:Friends');
const isChief = (text: string): boolean => text.includes('TITLE:Chief');

const CONTACTS: Kind = {
  ...{ datastore: 'contacts', type: 'text/vcard' },
  write: (name, random) =>
    vcard(
      name,
      `TITLE:${random.pick(['Chief', 'Clerk'])} ${random.below(1_000)}`,
      `CATEGORIES:${random.pick(['Friends', 'Work'])}`,
    ),
  filters: [
    { query: 'GROUP&EQ;Friends', isSeen: isFriend },
    { query: 'TITLE&CON;Chief&AND;GROUP&EQ;Friends', isSeen: (text) => isChief(text) && isFriend(text) },
    { query: 'TITLE&CON;Chief', isSeen: isChief },
  ],
};

/** Of an hour, in UTC. Some end just where a window begins, or begin where it ends. */
function appointment(name: string, random: Random): string {
  const [day, hour] = [3 + random.below(6), random.pick([0, 9, 23])];
  const end = hour === 23 ? `${two(day + 1)}T000000Z` : `${two(day)}T${two(hour + 1)}0000Z`;
  return [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', `UID:${name}@story.example`],
    ...[`DTSTART:203003${two(day)}T${two(hour)}0000Z`, `DTEND:203003${end}`, `SUMMARY:${name}`],
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
}

const timeOf = (name: string, text: string): string => new RegExp(`${name}:(\\w+)`).exec(text)?.[1] ?? '';
const between = (since: string, before: string): Known => ({
  query: `SINCE&EQ;${since}&AND;BEFORE&EQ;${before}`,
  isSeen: (text) => timeOf('DTEND', text) > since && timeOf('DTSTART', text) < before,
});

const CALENDAR: Kind = {
  ...{ datastore: 'calendar', type: 'text/calendar' },
  write: appointment,
  filters: [
    between('20300305T000000Z', '20300307T000000Z'),
    between('20300304T000000Z', '20300306T000000Z'),
    between('20300306T090000Z', '20300308T230000Z'),
  ],
};

const nameIn = (text: string): string => /(?:FN|SUMMARY):(\S+)/.exec(text)?.[1] ?? '';

interface Scene {
  readonly kind: Kind;
  readonly random: Random;
  readonly phone: Device;
  readonly laptop: Device;
  readonly added: Set<string>;
  readonly deleted: Set<string>;
  readonly lines: string[];
  filter: Known;
}

/** Runs the story; throws with its lines when the phone has other items than its filter says, or one is lost. Gives the lines. */
export async function runFiltered(seed: number, store: Store): Promise<readonly string[]> {
  const random = createRandom(seed);
  const kind = random.chance(0.5) ? CONTACTS : CALENDAR;
  const { datastore, type, filters } = kind;
  const server = await startServer({ store });
  const scene: Scene = {
    ...{ kind, random, added: new Set(), deleted: new Set(), lines: [], filter: random.pick(filters) },
    phone: new Device(server, { device: 'phone', datastore, type }),
    laptop: new Device(server, { device: 'laptop', datastore, type }),
  };
  try {
    for (let step = 0; step < 25; step += 1) await act(scene);
    for (let round = 0; round < 2; round += 1) await syncAll(scene);
    check(scene);
  } catch (error) {
    throw new Error(`seed ${seed}: ${(error as Error).message}\n${scene.lines.join('\n')}`);
  } finally {
    await store.close();
  }
  return scene.lines;
}

async function act(scene: Scene): Promise<void> {
  const { kind, random, phone, laptop } = scene;
  const choice = random.next();
  if (choice < 0.65) return edit(scene, random.chance(0.3) ? phone : laptop);
  if (choice < 0.7) scene.filter = random.pick(kind.filters);
  await sync(scene, random.chance(0.5) ? phone : laptop);
}

function edit({ kind, random, added, deleted, lines }: Scene, device: Device): void {
  const luids = [...device.items.keys()];
  const label = device.options.device;
  if (luids.length === 0 || random.chance(0.4)) {
    const name = `Name-${added.size + 1}`;
    added.add(name);
    device.add(kind.write(name, random));
    lines.push(`${label} adds ${name}`);
    return;
  }
  const luid = random.pick(luids);
  const name = nameIn(device.items.get(luid) ?? '');
  if (random.chance(0.2)) {
    device.delete(luid);
    deleted.add(name);
    lines.push(`${label} deletes ${name}`);
    return;
  }
  device.replace(luid, kind.write(name, random));
  lines.push(`${label} edits ${name}`);
}

async function sync({ phone, filter, lines }: Scene, device: Device): Promise<void> {
  if (device === phone) phone.filter = filter;
  const { received, code } = await device.sync();
  const what = device === phone ? `with ${filter.query}` : 'all';
  lines.push(
    `${device.options.device} syncs ${code} ${what}: +${received.Add} ~${received.Replace} -${received.Delete}`,
  );
}

async function syncAll(scene: Scene): Promise<void> {
  for (const device of [scene.laptop, scene.phone, scene.laptop]) await sync(scene, device);
}

function check({ phone, laptop, filter, added, deleted }: Scene): void {
  const all = laptop.contents;
  const names = all.map(nameIn);
  for (const name of added) if (!deleted.has(name) && !names.includes(name)) throw new Error(`lost: ${name}`);
  const expected = all.filter(filter.isSeen).map(nameIn).sort().join();
  const held = phone.contents.map(nameIn).sort().join();
  if (held !== expected) throw new Error(`the phone has ${held}, and its filter says ${expected}`);
}
