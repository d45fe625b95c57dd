/** Time passes in a story: hours, a season, or so long that the oldest commits of the log expire. */
import { peerOfDevice } from '../../lib/engine/model/ids.ts';
import type { Key, Store } from '../../lib/store/port/port.ts';
import { anchorKey, commitKey, sessionKey } from '../../lib/store/rows/keys.ts';
import { anchorFromRow } from '../../lib/store/rows/shapes.ts';
import { CONTACTS, headIn } from '../kit/match-index.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export function passTime({ server, story }: World, dice: Random): void {
  const hours = 1 + dice.below(40);
  server.time += hours * 3_600_000;
  story.lines.push(`${hours} hours pass`);
}

/** So long that the entries of the newest commits are due for a row of the index; or longer, and commits expire. */
export async function passSeason(world: World, dice: Random): Promise<void> {
  const { server, story } = world;
  const isLong = dice.chance(0.4);
  server.time += (isLong ? 181 : 91) * 24 * 3_600_000;
  if (isLong) {
    await expireLog(world, dice);
    world.calm = false; // devices must compare
    world.forgotten = true;
  }
  story.lines.push(isLong ? 'half a year passes' : 'a season passes');
}

/** The oldest commits expire, some that the rows of the index do not hold among them; the devices' sessions expire, too. */
async function expireLog({ store, devices }: World, dice: Random): Promise<void> {
  const { sequence = 0, index } = (await headIn(store)) ?? {};
  const held = index?.sequence ?? 0;
  const last = held + dice.below(sequence - held + 1);
  const commits = Array.from({ length: last }, (_, n) => commitKey(CONTACTS, n + 1));
  for (const key of [...(await sessionsOf(store, devices)), ...commits])
    await store.transact([{ op: 'delete', key, condition: 'any' }]);
}

/** The newest session of each device. */
async function sessionsOf(store: Store, devices: World['devices']): Promise<Key[]> {
  const found: Key[] = [];
  for (const { options } of devices) {
    const peer = peerOfDevice(options.device ?? '');
    const [row] = await store.get([anchorKey(CONTACTS, peer)]);
    const sessionId = row && anchorFromRow(row).session;
    if (sessionId !== undefined) found.push(sessionKey({ user: CONTACTS.user, peer, sessionId }));
  }
  return found;
}
