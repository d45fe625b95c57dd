/**
 * The client dies in the middle of some hundred contacts, by SIGKILL or by Ctrl-C, and is started again: it resumes or
 * goes on; both devices end with the same contacts, none of them twice.
 */
import { expect, it } from 'vitest';
import { decode } from '../../lib/codec/codec.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { contact } from './items.ts';
import { describeStores, type World } from './world.ts';

const SOME = ['contacts'] as const;
const COUNT = 400;
/** Small messages, so that there is a middle. */
const OPTIONS = { maxMsgSize: 16_000, retryInterval: 1 };
const SIGNALS = ['SIGKILL', 'SIGINT'] as const;

function fill(world: World): string[] {
  const titles = Array.from({ length: COUNT }, (_, n) => `Paul Berg${n}`);
  for (const [n, title] of titles.entries())
    world.phone.put('contacts', `p${n}`, contact('Paul', title.split(' ')[1] ?? '', { phone: `+49 ${n}` }));
  return titles;
}

/** Kills the device when its n-th message arrives; what it then asked for when it came back. */
async function killAt(world: World, device: World['phone'], at: number, signal: (typeof SIGNALS)[number]) {
  world.proxy.reset(({ message, attempt }) => {
    if (message === at && attempt === 1) device.kill(signal);
    return 'pass';
  });
  const killed = await device.sync('slow', SOME);
  expect(killed.code, world.explain(device, killed)).not.toBe(0);
  expect(world.proxy.messages(), 'it was killed before its end').toBeGreaterThanOrEqual(at);
  world.proxy.reset();
  await world.sync(device, 'two-way', SOME);
  return world.proxy.bodies().flatMap(alertsIn)[0];
}

/** Codes of the Alerts that begin a sync. */
const alertsIn = (body: Buffer): number[] =>
  parseMessage(decode(body, 'wbxml').root).commands.flatMap((command) =>
    command.name === 'Alert' && command.code !== undefined && command.code !== 222 ? [command.code] : [],
  );

describeStores('a client that is killed', ({ kind, world: create }) => {
  it.each(SIGNALS)('in the middle of an upload by %s', async (signal) => {
    const world = await create(OPTIONS);
    const titles = fill(world);
    const asked = await killAt(world, world.phone, 5, signal);
    console.log(`upload, ${signal}, ${kind}: the client comes back with Alert ${asked}`);
    await world.sync(world.laptop, 'slow', SOME);
    world.expectSame('contacts', titles);
    await world.syncUnchanged(world.phone, SOME);
  });

  it.each(SIGNALS)('in the middle of a download by %s', async (signal) => {
    const world = await create(OPTIONS);
    const titles = fill(world);
    await world.sync(world.phone, 'slow', SOME);
    const asked = await killAt(world, world.laptop, 6, signal);
    console.log(`download, ${signal}, ${kind}: the client comes back with Alert ${asked}`);
    world.expectSame('contacts', titles);
    await world.syncUnchanged(world.laptop, SOME);
    await world.syncUnchanged(world.phone, SOME);
  });
});
