/** Memory of the real server, a process of its own on an SQLite file, after many items went up and down. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpAnswer, HttpRequest } from '../../lib/app/http/http.ts';
import { createServerProcess } from '../client/server.ts';
import { USUAL_BYTES } from './contacts.ts';
import { createDevice } from './scripted-device.ts';
import { memoryOf, startedWith } from './server-process.ts';
import { figure, limited, type Row } from './table.ts';
import { additions } from './world.ts';

const ITEMS = 50_000;
const GOAL_MB = 300;
const LOGIN = { login: 'anna', password: 'secret' } as const;

export async function memoryRows(progress: (text: string) => void, items = ITEMS): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'syncml-bench-'));
  const server = await createServerProcess({
    dataDir: folder,
    user: LOGIN.login,
    password: LOGIN.password,
  });
  try {
    await server.start();
    const pid = startedWith(['infra/local/start.ts', '--port', String(server.port)]);
    const atFirst = memoryOf(pid).now;
    const device = (name: string) => createDevice({ ...LOGIN, name, url: server.url, post });
    progress(`memory: ${items} items up`);
    await device('phone').sync(201, additions(items, USUAL_BYTES));
    const between = memoryOf(pid).now;
    progress(`memory: ${items} items down`);
    const { received } = await device('tablet').sync(201);
    if (received.Add !== items) throw new Error(`${received.Add} items came down`);
    const { now, most } = memoryOf(pid);
    const more = ` (${figure(Math.round(atFirst))} before, ${figure(Math.round(between))} after the upload, at most ${figure(Math.round(most))})`;
    const what = `server process (RSS) after ${figure(items)} items up and down`;
    return [limited(what, Math.round(now), GOAL_MB, 'MB', more)];
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function post({ method, path, query, headers, body, url }: HttpRequest): Promise<HttpAnswer> {
  const to = new URL(path, url);
  for (const [name, value] of Object.entries(query)) to.searchParams.set(name, value);
  const answer = await fetch(to, { method, headers, body: Buffer.from(body) });
  return { status: answer.status, headers: {}, body: new Uint8Array(await answer.arrayBuffer()) };
}
