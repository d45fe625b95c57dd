/**
 * Kinds of sync with the real client: CPU seconds of this server beside those of its peer, with all processes that either
 * starts, in one run and in turns.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from '../client/process.ts';
import { CONTACTS, EVENTS, type Material, PHOTOS } from './material.ts';
import { missingForPeer } from './peer-server.ts';
import { createClient, type RealClient } from './real-client.ts';
import { cpuSecondsOf } from './server-process.ts';
import { ACCOUNT, DEVICES, type StartServer, startOther, startOwn } from './servers.ts';
import { figure, type Row } from './table.ts';

interface ClientKind {
  readonly name: string;
  readonly material: Material;
  /** Sizes of its own; without them it takes those that are asked for. */
  readonly sizes?: readonly number[];
  /** Ours against the peer's; sizes below are not judged. */
  readonly goals: { readonly up: number; readonly down: number };
  readonly judgedFrom: number;
}

const CLIENT_KINDS: readonly ClientKind[] = [
  { name: 'contacts', material: CONTACTS, goals: { up: 0.3, down: 0.7 }, judgedFrom: 1_000 },
  { name: 'events', material: EVENTS, goals: { up: 0.7, down: 0.7 }, judgedFrom: 1_000 },
  {
    name: 'contacts with photos',
    material: PHOTOS,
    sizes: [40, 120],
    goals: { up: 0.7, down: 0.7 },
    judgedFrom: 1,
  },
];

/** Each server has so many turns; large sizes have one. */
const TURNS = 2;
const LARGE = 5_000;

interface Place {
  /** For the folders of these runs. */
  readonly folder: string;
  readonly shim: string;
  readonly progress: (text: string) => void;
}
/** CPU seconds of the server: a device sends all, a second device gets all. */
interface Spent {
  readonly up: number;
  readonly down: number;
}

export async function clientKindRows({
  counts,
  ...place
}: Place & { readonly counts: readonly number[] }): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of CLIENT_KINDS)
    for (const size of kind.sizes ?? counts) {
      const found = await rowsAt(kind, size, place);
      // The table comes at the end of a long run: nothing is lost when that is stopped.
      for (const { what, measured } of found) place.progress(`  ${what}: ${measured}`);
      rows.push(...found);
    }
  return rows;
}

async function rowsAt(kind: ClientKind, size: number, place: Place): Promise<Row[]> {
  let failed = missingForPeer();
  const [own, other]: [Spent[], Spent[]] = [[], []];
  for (let turn = 1; turn <= (size > LARGE ? 1 : TURNS); turn += 1) {
    place.progress(`client with ${size} ${kind.name}, this server, turn ${turn}`);
    own.push(await measureTurn(startOwn, kind, size, place));
    if (failed !== undefined) continue;
    place.progress(`client with ${size} ${kind.name}, peer server, turn ${turn}`);
    try {
      other.push(await measureTurn(startOther, kind, size, place));
    } catch (error) {
      failed = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
      place.progress(`the peer could not be measured: ${error}`);
    }
  }
  return (['up', 'down'] as const).map((way) => {
    const what = `${figure(size)} ${kind.name}, ${way === 'up' ? 'upload' : 'second device'}`;
    const goal = size < kind.judgedFrom ? undefined : kind.goals[way];
    return ratioRow(what, mean(own, way), failed ?? mean(other, way), goal);
  });
}

const mean = (list: readonly Spent[], way: keyof Spent): number =>
  list.reduce((sum, one) => sum + one[way], 0) / list.length;

/** `peer`: its seconds, or why it could not be measured. */
export function ratioRow(what: string, own: number, peer: number | string, goal: number | undefined): Row {
  if (typeof peer === 'string') return { what, measured: `${figure(own)} s (peer not run: ${peer})` };
  const ratio = own / peer;
  const row = { what, measured: `${figure(ratio)} x: ${figure(own)} s, peer ${figure(peer)} s` };
  return goal === undefined ? row : { ...row, goal: `${goal} x`, met: ratio <= goal };
}

async function measureTurn(
  start: StartServer,
  { material }: ClientKind,
  size: number,
  { folder, shim }: Place,
): Promise<Spent> {
  const serverFolder = join(folder, 'server');
  mkdirSync(serverFolder, { recursive: true });
  const server = await start(serverFolder, material.datastore);
  const url = `http://127.0.0.1:${server.port}${server.path}`;
  const device = (deviceId: string): Promise<RealClient> => {
    const own = join(folder, deviceId);
    mkdirSync(own, { recursive: true });
    return createClient({ folder: own, shim, url, deviceId, datastore: material.datastore, ...ACCOUNT });
  };
  const cpuOf = async (client: RealClient): Promise<number> => {
    const before = await settled(server.pid);
    await client.sync('slow');
    if (client.count() !== size) throw new Error(`the client has ${client.count()} items instead of ${size}`);
    return (await settled(server.pid)) - before;
  };
  try {
    const [phone, tablet] = [await device(DEVICES[0]), await device(DEVICES[1])];
    phone.fill(Array.from({ length: size }, (_, n) => material.item(n + 1)));
    const up = await cpuOf(phone);
    return { up, down: await cpuOf(tablet) };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const PAUSE = 400;

/** The CPU seconds of a server that has nothing more to do: after the last answer it may still write and clear away. */
async function settled(pid: number): Promise<number> {
  for (let last = cpuSecondsOf(pid); ; ) {
    await sleep(PAUSE);
    const now = cpuSecondsOf(pid);
    if (now - last < 0.02) return now;
    last = now;
  }
}
