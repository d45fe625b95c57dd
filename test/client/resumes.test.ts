/**
 * A large contact whose download is cut at a message of its own, and resumed with messages of the same size or larger
 * ones. This client appends to what it holds, whatever Size says.
 */
import { expect, it } from 'vitest';
import { decode } from '../../lib/codec/codec.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { contact, event, prose } from './items.ts';
import { describeStores, type World } from './world.ts';

const SOME = ['contacts'] as const;
const SMALL = 10_240;
const LARGE = 150_000;
/** An object of three chunks. */
const NOTE_CHARACTERS = 22_000;
type Lost = 'refuse' | 'drop-answer';
/** What gets lost of the message, and the size of the messages of the resume. */
const CUTS: { readonly [kind: string]: readonly (readonly [how: Lost, size: number])[] } = {
  sqlite: [
    ['refuse', LARGE],
    ['drop-answer', SMALL],
  ],
  dynamodb: [['drop-answer', LARGE]],
};
/** The message that is cut, and the size of the messages of the resume. */
const CHANGED = [
  [3, SMALL],
  [5, LARGE],
] as const;

const big = (seed: number): string => contact('Big', 'Note', { note: prose(seed, NOTE_CHARACTERS) });
const unfolded = (text: string): string => text.replace(/\r?\n[ \t]/g, '');

/** The laptop's session is cut at the message; false when it ended before. */
async function isCut(world: World, at: number, how: Lost): Promise<boolean> {
  world.proxy.reset(({ message }) => (message === at ? how : 'pass'));
  const { code } = await world.laptop.sync('two-way', SOME);
  const reached = world.proxy.messages() >= at;
  world.proxy.reset();
  expect(code === 0, `message ${at}, ${how}`).toBe(!reached);
  return reached;
}

/** Both hold this note, byte for byte. */
function expectNote({ laptop }: World, seed: number, label: string): void {
  const texts = [...laptop.items('contacts').values()].map(unfolded);
  expect(texts.filter((text) => text.includes('Big')).length, label).toBe(1);
  expect(
    texts.some((text) => text.includes(prose(seed, NOTE_CHARACTERS))),
    label,
  ).toBe(true);
}

/** A laptop that knows the server, and a large contact of the phone's that it does not have yet. */
async function prepared(create: (options: object) => Promise<World>): Promise<World> {
  const world = await create({ retryInterval: 0, laptop: { maxMsgSize: SMALL } });
  world.phone.put('contacts', 'ada', contact('Ada', 'Lindqvist'));
  await world.sync(world.phone, 'slow', SOME);
  await world.sync(world.laptop, 'slow', SOME);
  world.phone.put('contacts', 'big', big(7));
  world.phone.put('contacts', 'zoe', contact('Zoe', 'Berg'));
  await world.sync(world.phone, 'two-way', SOME);
  return world;
}

describeStores('a large contact whose download is cut', ({ kind, world: create }) => {
  it.each(CUTS[kind] ?? [])('is whole after a resume, wherever that was (%s, %i)', async (how, size) => {
    for (let at = 3, goesOn = true; goesOn; at += 1) {
      const world = await prepared(create);
      goesOn = await isCut(world, at, how);
      const label = `${how} ${at}, then ${size}`;
      await world.laptop.configure(`maxMsgSize=${size}`);
      if (goesOn) await world.sync(world.laptop, 'two-way', SOME);
      expectNote(world, 7, label);
      world.expectSame('contacts', ['Ada Lindqvist', 'Big Note', 'Zoe Berg']);
      await world.syncUnchanged(world.laptop, SOME);
    }
  });

  it('is as the server has it when the phone changed or deleted it before the resume', async () => {
    for (const [at, size] of kind === 'sqlite' ? CHANGED : CHANGED.slice(1)) {
      const world = await prepared(create);
      expect(await isCut(world, at, 'refuse')).toBe(true);
      const label = `${at}, then ${size}`;
      world.phone.put('contacts', 'big', big(8));
      await world.sync(world.phone, 'two-way', SOME);
      await world.laptop.configure(`maxMsgSize=${size}`);
      await world.sync(world.laptop, 'two-way', SOME);
      await world.sync(world.laptop, 'two-way', SOME);
      expectNote(world, 8, label);
      world.phone.delete('contacts', 'big');
      await world.sync(world.phone, 'two-way', SOME);
      await world.sync(world.laptop, 'two-way', SOME);
      world.expectSame('contacts', ['Ada Lindqvist', 'Zoe Berg']);
    }
  });
});

const BOTH = ['contacts', 'calendar'] as const;

describeStores('a session of two databases that is cut before the second one began', ({ world: create }) => {
  it('brings the new items of both by its resume', async () => {
    const world = await create({ retryInterval: 0, maxMsgSize: SMALL });
    await world.sync(world.phone, 'slow', BOTH);
    await world.sync(world.laptop, 'slow', BOTH);
    const names = Array.from({ length: 80 }, (_, n) => `Berg${n}`);
    for (const name of names)
      world.laptop.put('contacts', name, contact('Paul', name, { note: prose(1, 900) }));
    world.laptop.put('calendar', 'review', event('Review', 9));
    world.proxy.reset(({ message }) => (message === 3 ? 'refuse' : 'pass'));
    expect((await world.laptop.sync('two-way', BOTH)).code).not.toBe(0);
    world.proxy.reset();
    await world.sync(world.laptop, 'two-way', BOTH);
    expect(world.proxy.bodies().flatMap(alertsIn)).toEqual([225, 225]);
    // The client sends some of its items once more in the session after; they are there once.
    for (const device of [world.phone, world.laptop]) {
      await world.sync(device, 'two-way', BOTH);
      world.expectSame(
        'contacts',
        names.map((name) => `Paul ${name}`),
      );
      world.expectSame('calendar', ['Review']);
    }
  });
});

/** Codes of the Alerts that begin a sync. */
const alertsIn = (body: Buffer): number[] =>
  parseMessage(decode(body, 'wbxml').root).commands.flatMap((command) =>
    command.name === 'Alert' && command.code !== undefined && command.code !== 222 ? [command.code] : [],
  );
