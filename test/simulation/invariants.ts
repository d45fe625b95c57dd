/** What must hold after quiet time, checked against what everybody did (docs/architecture.md, what holds). */
import { readVersions } from '../../lib/app/changes.ts';
import type { Guid } from '../../lib/engine/ids.ts';
import { inventoryRanges } from '../../lib/store/keys.ts';
import { queryAll } from '../../lib/store/reader.ts';
import { itemOf } from '../../lib/store/shapes.ts';
import { USER } from '../kit/server.ts';
import { nameIn, type World } from './world.ts';

/** Throws with the first invariant that does not hold. */
export async function checkInvariants(world: World): Promise<void> {
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
    const own = server.filter((candidate) => nameIn(candidate) === name);
    const alone = world.authors.get(name)?.size === 1 && !world.deleted.has(name) && !world.twins;
    if (alone && own[0] !== world.latest.get(name))
      throw new Error(`its only author wrote ${name} later than what stands:\n${own[0]?.slice(0, 200)}`);
    const lines = new Set([...values].flatMap(linesOf));
    for (const value of own)
      for (const line of linesOf(value))
        if (!lines.has(line)) throw new Error(`nobody wrote this for ${name}:\n${line.slice(0, 200)}`);
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

/** Of changes on both sides some of the one may stand beside some of the other. */
const linesOf = (value: string): string[] => value.replace(/\r\n /g, '').split('\r\n');

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
