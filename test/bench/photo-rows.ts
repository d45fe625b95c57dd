/** What contacts with photos cost in the store: added, sent to a new device and mapped, updated, a number changed. */
import { createHash } from 'node:crypto';
import { contact } from './contacts.ts';
import { type Costs, sum } from './counting-store.ts';
import type { Change, ScriptedDevice } from './scripted-device.ts';
import { figure, limited, type Row } from './table.ts';
import { createWorld, type World } from './world.ts';

const GOAL = { calls: 6, added: 90, mapped: 90 } as const;
/** Bytes of the picture, 92 KB as base64. */
const PICTURE_BYTES = 69_000;
const COUNTS = [40, 120] as const;

/** A contact with a picture that cannot be compressed. */
function withPhoto(seed: number, edition = 0): string {
  const picture = createHash('shake256', { outputLength: PICTURE_BYTES }).update(`photo ${seed}`).digest();
  const photo = `PHOTO;ENCODING=B;TYPE=JPEG:${picture.toString('base64')}`;
  return contact(seed, 530, edition).replace('END:VCARD', `${photo}\r\nEND:VCARD`);
}

const changes = (op: 'Add' | 'Replace', count: number, edition: number): Change[] =>
  Array.from({ length: count }, (_, n) => ({ op, luid: `p${n}`, data: withPhoto(n, edition) }));

/** Units of a whole session; `rounds`: of the message with the most. */
async function spentOn(world: World, device: ScriptedDevice, code: number, of: readonly Change[] = []) {
  world.spent();
  await device.sync(code, of);
  const messages = world.spent().map(({ costs }) => costs);
  return { ...sum(messages), rounds: Math.max(...messages.map(({ rounds }) => rounds)) };
}

export async function photoRows(progress: (text: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  for (const count of COUNTS) {
    progress(`${count} contacts with photos`);
    const world = await createWorld(true);
    const [phone, tablet] = [world.device('phone'), world.device('tablet')];
    const added = await spentOn(world, phone, 201, changes('Add', count, 0));
    const mapped = await spentOn(world, tablet, 201);
    const updated = await spentOn(world, phone, 200, changes('Replace', count, 1));
    await world.close();
    const each = (costs: Costs, unit: 'readUnits' | 'writeUnits') => costs[unit] / count;
    const of = `contact with a photo of 92 KB, ${count} in a session`;
    const calls = Math.max(...[added, mapped, updated].map(({ rounds }) => rounds));
    rows.push(
      limited(`sequential store calls per message, ${count} contacts with photos`, calls, GOAL.calls, ''),
      limited(`write units per added ${of}`, each(added, 'writeUnits'), GOAL.added, 'WCU'),
      limited(`write units per sent and mapped ${of}`, each(mapped, 'writeUnits'), GOAL.mapped, 'WCU'),
      { what: `write units per updated ${of}`, measured: `${figure(each(updated, 'writeUnits'))} WCU` },
      { what: `read units per sent and mapped ${of}`, measured: `${figure(each(mapped, 'readUnits'))} RCU` },
      { what: `read units per updated ${of}`, measured: `${figure(each(updated, 'readUnits'))} RCU` },
    );
  }
  return rows;
}
