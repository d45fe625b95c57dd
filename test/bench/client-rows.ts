/**
 * A real client against this server (one process, SQLite file) and against the peer server, in one run and in turns.
 * Both are looked at through the same proxy, so that time inside HTTP requests means the same.
 */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPreload } from '../../infra/clients/syncevolution/preload.ts';
import { sleep } from '../client/process.ts';
import { clientKindRows } from './client-kind-rows.ts';
import { contact, USUAL_BYTES } from './contacts.ts';
import { firstSyncRows } from './first-sync-rows.ts';
import { missingForPeer } from './peer-server.ts';
import { createClient, missingForClient } from './real-client.ts';
import { ACCOUNT, DEVICES, type StartServer, startOther, startOwn } from './servers.ts';
import { figure, type Row, type Section } from './table.ts';
import { startTimingProxy, type Traffic } from './timing-proxy.ts';

/** Time inside requests against the peer's, at the largest count. */
const GOAL = { upload: 0.4, noChange: 0.05 } as const;
const GOAL_COUNT = 10_000;
const NO_CHANGE_RUNS = 3;

/**
 * Wall seconds of the peer with contacts of this size on two cores, for machines without it: a reference run of
 * syncevo-http-server 2.0.0 of Debian 12 on files, WBXML, SyncML 1.2.
 */
const REFERENCE: { readonly [count: number]: { readonly upload: number; readonly noChange: number } } = {
  100: { upload: 2.4, noChange: 1.7 },
  1000: { upload: 3.83, noChange: 1.7 },
  10000: { upload: 24.5, noChange: 3.7 },
};

interface Session extends Traffic {
  readonly wall: number;
}
interface Measured {
  readonly upload: Session;
  /** The one of several that took the middle time inside requests. */
  readonly noChange: Session;
}
export async function clientSections(
  counts: readonly number[],
  progress: (text: string) => void,
): Promise<Section[]> {
  const title = 'SyncEvolution client, contacts of 530 bytes, WBXML';
  const missing = missingForClient();
  if (missing !== undefined)
    return [
      {
        title,
        rows: [
          { what: 'skipped', measured: missing },
          ...counts.flatMap((count) => referenceRows(count, missing)),
        ],
      },
    ];
  const folder = mkdtempSync(join(tmpdir(), 'syncml-bench-'));
  try {
    const shim = buildPreload(folder, () => undefined);
    const rows: Row[] = [];
    for (const count of counts) rows.push(...(await rowsAt(count, folder, shim, progress)));
    progress('client with 1,000 contacts against 1,000');
    const first = await firstSyncRows(join(folder, 'first'), shim);
    const kinds = await clientKindRows({ counts, folder: join(folder, 'kinds'), shim, progress });
    return [
      { title, rows },
      { title: 'SyncEvolution client, CPU seconds of this server and of the peer', rows: kinds },
      { title: 'SyncEvolution client, two address books', rows: first },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowsAt(
  count: number,
  folder: string,
  shim: string,
  progress: (text: string) => void,
): Promise<Row[]> {
  const place = (name: string): string => join(folder, `${name}-${count}`);
  progress(`client with ${count} contacts, this server`);
  const own = await measure(startOwn, place('own'), shim, count);
  const missing = missingForPeer();
  if (missing !== undefined) return [...ownRows(count, own), ...referenceRows(count, missing)];
  progress(`client with ${count} contacts, peer server`);
  try {
    const peer = await measure(startOther, place('peer'), shim, count);
    return [
      compared(`upload of ${figure(count)}`, own.upload, peer.upload, count, GOAL.upload),
      compared(`no change at ${figure(count)}`, own.noChange, peer.noChange, count, GOAL.noChange),
    ];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    progress(`the peer could not be measured: ${reason}`);
    return [...ownRows(count, own), ...referenceRows(count, 'it failed, see above')];
  }
}

async function measure(start: StartServer, folder: string, shim: string, count: number): Promise<Measured> {
  const [serverFolder, clientFolder] = [join(folder, 'server'), join(folder, 'client')];
  for (const part of [serverFolder, clientFolder]) mkdirSync(part, { recursive: true });
  const [deviceId] = DEVICES;
  const server = await start(serverFolder, 'contacts');
  const proxy = await startTimingProxy(server.port);
  try {
    const url = `http://127.0.0.1:${proxy.port}${server.path}`;
    const client = await createClient({ folder: clientFolder, shim, url, deviceId, ...ACCOUNT });
    client.fill(Array.from({ length: count }, (_, n) => contact(n + 1, USUAL_BYTES)));
    // The client tells changes by the whole seconds of its files' times.
    await sleep(1_100);
    const run = async (mode: 'slow' | 'two-way'): Promise<Session> => {
      proxy.take();
      const wall = await client.sync(mode);
      return { wall, ...proxy.take() };
    };
    const upload = await run('slow');
    const others: Session[] = [];
    for (let n = 0; n < NO_CHANGE_RUNS; n += 1) others.push(await run('two-way'));
    const [, noChange = upload] = others.sort((a, b) => a.seconds - b.seconds);
    for (const side of [client.count(), server.count?.() ?? count])
      if (side !== count) throw new Error(`one side has ${side} contacts instead of ${count}`);
    return { upload, noChange };
  } finally {
    await proxy.close();
    await server.stop();
  }
}

const spelled = ({ seconds, wall }: Session): string => `${figure(seconds)} s (wall ${figure(wall)} s)`;

function compared(what: string, own: Session, peer: Session, count: number, goal: number): Row {
  const ratio = own.seconds / peer.seconds;
  const row: Row = {
    what: `inside HTTP requests, ${what}`,
    measured: `${figure(ratio)} x: ${spelled(own)}, peer ${spelled(peer)}`,
  };
  return count === GOAL_COUNT ? { ...row, goal: `${goal} x`, met: ratio <= goal } : row;
}

const ownRows = (count: number, { upload, noChange }: Measured): Row[] => [
  { what: `inside HTTP requests, upload of ${figure(count)}`, measured: spelled(upload) },
  { what: `inside HTTP requests, no change at ${figure(count)}`, measured: spelled(noChange) },
];

/** Stands in for a peer that cannot be run here. */
function referenceRows(count: number, why: string): Row[] {
  const reference = REFERENCE[count];
  if (reference === undefined) return [];
  const { upload, noChange } = reference;
  const measured = `wall: upload ${upload} s, no change ${noChange} s (peer not run: ${why})`;
  return [{ what: `  reference run of the peer at ${figure(count)}`, measured }];
}
