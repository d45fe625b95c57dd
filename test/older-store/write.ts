/**
 * `npm run older-store`: makes a fixture of the store as this server keeps it, with the real client, SyncEvolution.
 * It is named by the day; older ones stay, and the tests beside this file run on each.
 *
 * Needs what `npm run test:client` needs. Takes a minute or two. No test runs it.
 *
 * `npm run older-store -- readers` only writes anew, in every fixture, what new devices get of its store: after a
 * change of the formats that is meant.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Row } from '../../lib/store/port/port.ts';
import { createServerProcess } from '../client/server.ts';
import { DATASTORES, type DeviceOptions } from '../client/syncevolution.ts';
import { buildShim } from '../client/tools-setup.ts';
import { openLog } from '../client/versions.ts';
import { type Actor, createActor } from './actor.ts';
import {
  type FixtureDevice,
  type FixtureItem,
  FOLDER,
  fixtureNames,
  fixtureText,
  readFixture,
} from './fixture.ts';
import { withReaders } from './readers.ts';
import { itemsSent, lastNonce } from './recording.ts';
import { type Pending, play, type Stage } from './story.ts';

const LOGIN = 'anna';
const PASSWORD = 'secret';

const OPTIONS: { readonly [name: string]: Partial<DeviceOptions> } = {
  phone: {},
  laptop: { wbxml: false, auth: 'basic' },
  tablet: { oldFormats: true },
  watch: { maxMsgSize: 10_240 },
};

async function main(shim: string, workDir: string): Promise<void> {
  const dataDir = join(workDir, 'data');
  const server = await createServerProcess({ dataDir, user: LOGIN, password: PASSWORD });
  await server.start();
  const common = { user: LOGIN, password: PASSWORD, workDir, shim };
  const actors = new Map<string, Actor>();
  for (const [name, options] of Object.entries(OPTIONS))
    actors.set(name, await createActor(server, { ...common, ...options, name }));
  const [phone, laptop, tablet, watch] = [...actors.values()] as [Actor, Actor, Actor, Actor];
  const stage: Stage = { server, user: LOGIN, dataDir, workDir, phone, laptop, tablet, watch };
  try {
    const pending = await play(stage);
    await server.stop();
    const now = Date.now();
    const rows = rowsIn(dataDir);
    const devices = [...actors].map(([name, actor]) =>
      deviceOf(name, actor, actor === tablet ? pending : {}),
    );
    const held = new Map([...actors].map(([name, actor]) => [name, heldBy(actor)]));
    await server.start();
    const items = await itemsOf(stage, held);
    const made = { made: new Date(now).toISOString(), now, login: LOGIN, password: PASSWORD };
    const name = `${made.made.slice(0, 10)}.jsonl`;
    mkdirSync(FOLDER, { recursive: true });
    const text = fixtureText(await withReaders({ ...made, devices, items, rows }));
    writeFileSync(join(FOLDER, name), text);
    console.log(`${name}: ${rows.length} rows, ${text.length} characters`);
  } finally {
    for (const actor of actors.values()) await actor.close();
    await server.stop();
  }
}

function deviceOf(device: string, { auth, sessions, open }: Actor, edits: Pending): FixtureDevice {
  const last = sessions.at(-1);
  const nonce = lastNonce([...sessions, open ?? []].flat());
  return {
    device,
    auth,
    edits,
    ...(nonce !== undefined && { nonce }),
    ...(last?.[0] && { first: last[0].body }),
    ...(open && { open }),
  };
}

/** `datastore LUID` of all that it holds. */
const heldBy = ({ device }: Actor): ReadonlySet<string> =>
  new Set(DATASTORES.flatMap((datastore) => device.list(datastore).map((luid) => `${datastore} ${luid}`)));

/**
 * The items as the devices send them: each is asked for a slow sync after the store was kept. For the phone and the
 * laptop nothing may come of it.
 */
async function itemsOf(stage: Stage, held: ReadonlyMap<string, ReadonlySet<string>>): Promise<FixtureItem[]> {
  const { phone, laptop, tablet, watch } = stage;
  const items: FixtureItem[] = [];
  const before = await logLength(stage);
  for (const actor of [phone, laptop]) items.push(...(await sentBy(actor, held)));
  const after = await logLength(stage);
  if (after !== before) throw new Error(`a slow sync of what is the same made ${after - before} changes`);
  items.push(...(await sentBy(tablet, held)), ...(await sentBy(watch, held)));
  return items;
}

const logLength = ({ user, dataDir }: Stage): Promise<number> =>
  openLog({ user, dataDir }, async (log) => {
    const all = await Promise.all(DATASTORES.map((datastore) => log.changes(datastore)));
    return all.flat().length;
  });

async function sentBy(actor: Actor, held: ReadonlyMap<string, ReadonlySet<string>>): Promise<FixtureItem[]> {
  const { name } = actor.device;
  const own = held.get(name) ?? new Set();
  const datastores = DATASTORES.filter((datastore) => [...own].some((key) => key.startsWith(datastore)));
  const sent = itemsSent(name, await actor.sync('slow', datastores));
  const kept = sent.filter(({ datastore, item }) => own.has(`${datastore} ${item}`));
  if (kept.length !== own.size)
    throw new Error(`${name} holds ${own.size} items and sent ${kept.length} of them`);
  return kept;
}

interface Columns {
  readonly tbl: Row['table'];
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly expires: number | null;
  readonly attributes: string;
  readonly blob: Uint8Array | null;
}

function rowsIn(dataDir: string): Row[] {
  const file = readdirSync(dataDir).find((name) => name.endsWith('.sqlite')) ?? '';
  const database = new DatabaseSync(join(dataDir, file), { readOnly: true });
  const found = database.prepare('SELECT * FROM rows ORDER BY tbl, pk, sk').all() as unknown as Columns[];
  database.close();
  return found.map(({ tbl, pk, sk, version, expires, attributes, blob }) => ({
    ...{ table: tbl, pk, sk, version },
    ...(expires !== null && { expires }),
    attributes: JSON.parse(attributes),
    ...(blob !== null && { blob }),
  }));
}

if (process.argv[2] === 'readers') await readAgain();
else await withClient();

async function withClient(): Promise<void> {
  const { shim, directory } = await buildShim();
  const workDir = mkdtempSync(join(tmpdir(), 'syncml-older-store-'));
  try {
    await main(shim, workDir);
  } finally {
    for (const folder of [directory, workDir]) rmSync(folder, { recursive: true, force: true });
  }
}

async function readAgain(): Promise<void> {
  for (const name of fixtureNames())
    writeFileSync(join(FOLDER, name), fixtureText(await withReaders(readFixture(name))));
}
