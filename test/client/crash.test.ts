/**
 * The server dies, or an answer is lost, at any message: the client sends the message again and the session goes on.
 * The client does not repeat the first message of a session; there the session fails and the next one must be clean.
 */
import { expect, it } from 'vitest';
import { contact } from './items.ts';
import type { Treatment } from './proxy.ts';
import { describeStores, type Fixture, type World } from './world.ts';

const SOME = ['contacts'] as const;

async function prepared(fixture: Fixture, maxMsgSize?: number): Promise<World> {
  const world = await fixture.world({
    retryInterval: 1,
    ...(maxMsgSize === undefined ? {} : { maxMsgSize }),
  });
  world.phone.put('contacts', 'ada', contact('Ada', 'Lindqvist'));
  await world.sync(world.phone, 'slow', SOME);
  await world.sync(world.laptop, 'slow', SOME);
  return world;
}

/** Something to carry in either direction in round `round`; returns the titles that both devices must end up with. */
async function edit(world: World, round: number): Promise<string[]> {
  world.laptop.put('contacts', `laptop${round}`, contact('Laptop', `Round${round}`));
  await world.sync(world.laptop, 'two-way', SOME);
  world.phone.put('contacts', `phone${round}`, contact('Phone', `Round${round}`));
  world.phone.put('contacts', 'ada', contact('Ada', 'Lindqvist', { phone: `+49 451 555${1000 + round}` }));
  const titles = ['Ada Lindqvist'];
  for (let past = 1; past <= round; past += 1) titles.push(`Laptop Round${past}`, `Phone Round${past}`);
  return titles;
}

async function expectSettled(world: World, titles: readonly string[]): Promise<void> {
  world.proxy.reset();
  await world.sync(world.laptop, 'two-way', SOME);
  world.expectSame('contacts', titles);
  await world.syncUnchanged(world.phone, SOME);
}

/** Kills the server and starts it again behind the proxy, which refuses connections meanwhile. */
function killer(world: World): { kill: () => Treatment; treat: () => Treatment; up: () => Promise<void> } {
  let restarted: Promise<void> = Promise.resolve();
  let down = false;
  return {
    kill: () => {
      down = true;
      restarted = world.server
        .kill()
        .then(() => world.server.start())
        .finally(() => {
          down = false;
        });
      restarted.catch(() => undefined);
      return 'refuse';
    },
    treat: () => (down ? 'refuse' : 'pass'),
    up: () => restarted,
  };
}

describeStores('a server that is killed', (fixture) => {
  it('goes on with the next message, whichever it is', async () => {
    const world = await prepared(fixture);
    for (let fatal = 2, messages = fatal; fatal <= messages; fatal += 1) {
      const titles = await edit(world, fatal - 1);
      const server = killer(world);
      world.proxy.reset(({ message, attempt }) =>
        message === fatal && attempt === 1 ? server.kill() : server.treat(),
      );
      await world.sync(world.phone, 'two-way', SOME);
      await server.up();
      messages = world.proxy.messages();
      expect(messages, 'the session takes several messages, all through the proxy').toBeGreaterThan(1);
      await expectSettled(world, titles);
    }
  });

  it('gets through a first sync although it dies before every second message', async () => {
    const world = await fixture.world({ retryInterval: 1, maxMsgSize: 10_240 });
    const titles: string[] = [];
    for (let number = 10; number < 40; number += 1) {
      world.phone.put('contacts', `p${number}`, contact('Paul', `Berg${number}`));
      titles.push(`Paul Berg${number}`);
    }
    for (let number = 10; number < 20; number += 1) {
      world.laptop.put('contacts', `l${number}`, contact('Lena', `Berg${number}`));
      titles.push(`Lena Berg${number}`);
    }
    await world.sync(world.laptop, 'slow', SOME);
    const server = killer(world);
    world.proxy.reset(({ message, attempt }) =>
      message % 2 === 0 && attempt === 1 ? server.kill() : server.treat(),
    );
    await world.sync(world.phone, 'slow', SOME);
    await server.up();
    expect(world.proxy.messages()).toBeGreaterThan(3);
    await expectSettled(world, titles);
  });
});

describeStores('a lost answer', (fixture) => {
  it('is asked for again and doubles nothing, whichever it is', async () => {
    const world = await prepared(fixture);
    for (let lost = 2, messages = lost; lost <= messages; lost += 1) {
      const titles = await edit(world, lost - 1);
      world.proxy.reset(({ message, attempt }) =>
        message === lost && attempt === 1 ? 'drop-answer' : 'pass',
      );
      await world.sync(world.phone, 'two-way', SOME);
      messages = world.proxy.messages();
      expect(messages, 'the session takes several messages, all through the proxy').toBeGreaterThan(1);
      await expectSettled(world, titles);
    }
  });

  it('to the first message costs that session only', async () => {
    const world = await prepared(fixture);
    const titles = await edit(world, 1);
    world.proxy.reset(({ message }) => (message === 1 ? 'drop-answer' : 'pass'));
    const failed = await world.phone.sync('two-way', SOME);
    expect(failed.code, world.explain(world.phone, failed)).not.toBe(0);
    world.proxy.reset();
    await world.sync(world.phone, 'two-way', SOME);
    await expectSettled(world, titles);
  });

  it('leaves no doubles when the device gives up and comes back with a new session', async () => {
    const world = await prepared(fixture);
    await world.phone.configure('RetryInterval=0');
    for (let lost = 2, messages = lost; lost <= messages && lost < 6; lost += 1) {
      const titles = await edit(world, lost - 1);
      world.proxy.reset(({ message }) => (message === lost ? 'drop-answer' : 'pass'));
      await world.phone.sync('two-way', SOME);
      messages = world.proxy.messages();
      world.proxy.reset();
      await world.sync(world.phone, 'two-way', SOME);
      await expectSettled(world, titles);
    }
  });
});
