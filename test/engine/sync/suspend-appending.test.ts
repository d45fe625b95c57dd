/**
 * Large objects to a client that appends to what it holds: a session that is cut anywhere is resumed, with the same
 * MaxMsgSize or another one [S13, S16, E53].
 */
import { describe, expect, it } from 'vitest';
import { Cut, type Cutting, cutting } from '../../kit/cut.ts';
import { Device, type Report } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { bodiesOf } from '../steps.ts';

/** No part of it is like another. */
const note = (bytes: number, from = 0): string =>
  `NOTE:${Array.from({ length: bytes / 8 }, (_, n) => `é${from + n}`).join(' ')}`;
const SIZE = 4_000;
const SIZES = [SIZE, 3_000, 100_000];
const CUTS = ['message', 'answer'] as const;

interface Scene {
  readonly server: TestServer;
  readonly net: Cutting;
  readonly phone: Device;
  readonly laptop: Device;
}

/** Clients that append: one of which that is known, and one of which it is not. */
const CLIENTS = [{ oem: 'Synthesis AG' }, {}];

/** A phone that takes small messages and appends, and a laptop that wrote these contacts. */
async function scene(contacts: readonly string[], oem: { oem?: string } = CLIENTS[0] ?? {}): Promise<Scene> {
  const server = await startServer();
  const net = cutting(server);
  const phone = new Device(net.server, { device: 'phone', maxMsgSize: SIZE, appends: true, ...oem });
  const laptop = new Device(server, { device: 'laptop' });
  for (const contact of contacts) laptop.add(contact);
  await laptop.sync();
  return { server, net, phone, laptop };
}

/** Cuts the phone's session; false when it ended before. */
async function isCut({ net, phone }: Scene, at: number, what: 'message' | 'answer'): Promise<boolean> {
  net.cut(at, what);
  try {
    await phone.sync();
    return false;
  } catch (error) {
    if (!(error instanceof Cut)) throw error;
    return true;
  }
}

const resume = ({ phone }: Scene, maxMsgSize: number): Promise<Report> => {
  phone.options = { ...phone.options, maxMsgSize };
  return phone.sync(phone.canResume ? 225 : 201);
};

/** The phone has what the server has, after another sync if it ignored something, and a quiet sync says nothing. */
async function expectSame({ server, phone }: Scene, label: string): Promise<void> {
  if ((phone.parts?.ignored ?? 0) > 0) await phone.sync();
  expect(phone.contents, label).toEqual(await bodiesOf(server));
  expect((await phone.sync(200)).received, label).toEqual({ Add: 0, Replace: 0, Delete: 0 });
}

/**
 * Cuts the scene at each of its messages in turn, by the loss of the message and by the loss of its answer, and hands it
 * over with the size of messages to resume with.
 */
async function everywhere(
  make: () => Promise<Scene>,
  check: (scene: Scene, size: number, label: string) => Promise<void>,
  sizes: readonly number[] = SIZES,
): Promise<void> {
  for (const what of CUTS)
    for (const size of sizes)
      for (let at = 2, goesOn = true; goesOn; at += 1) {
        const scene = await make();
        goesOn = await isCut(scene, at, what);
        if (goesOn) await check(scene, size, `${what} ${at}, then ${size}`);
        if (at > 40) throw new Error('the session does not end');
      }
}

type Check = Parameters<typeof everywhere>[1];

const isWhole: Check = async (it, size, label) => {
  await resume(it, size);
  await expectSame(it, label);
};

/** The laptop's change comes before the resume. What the device has is right after one sync more. */
const isSameAfter =
  (change: (scene: Scene) => void): Check =>
  async (it, size, label) => {
    change(it);
    await it.laptop.sync();
    await resume(it, size);
    await it.phone.sync();
    await expectSame(it, label);
  };

const BIG = vcard('Big', note(8_000));

describe('an object to a client that appends', () => {
  it.each(CLIENTS)('is whole and there once, wherever its session was cut (%j)', async (oem) => {
    await everywhere(
      () => scene([vcard('Ada'), BIG, vcard('Zoe')], oem),
      isWhole,
      oem.oem === undefined ? [3_000] : SIZES,
    );
  });

  it('is whole beside another one', async () => {
    await everywhere(() => scene([BIG, vcard('Huge', note(5_000, 7_000))]), isWhole, [SIZE, 100_000]);
  });

  it('is whole as a new form of an item that the client has', async () => {
    await everywhere(
      async () => {
        const it = await scene([vcard('Ada'), vcard('Big')]);
        await it.phone.sync();
        it.laptop.replace(it.laptop.find('Big'), BIG);
        await it.laptop.sync();
        return it;
      },
      isWhole,
      [SIZE, 3_000],
    );
  });

  it('is told again when the client repeated the Status of another item for it, or of an older form (E67)', async () => {
    for (const next of [BIG, vcard('Big', 'NOTE:short')]) {
      const it = await scene([vcard('Big')]);
      await it.phone.sync();
      it.laptop.replace(it.laptop.find('Big'), vcard('Big', 'NOTE:first'));
      await it.laptop.sync();
      expect(await isCut(it, 3, 'message')).toBe(true);
      it.laptop.replace(it.laptop.find('Big'), next);
      await it.laptop.sync();
      await resume(it, SIZE);
      expect(it.phone.contents).toEqual([vcard('Big', 'NOTE:first')]);
      await it.phone.sync();
      await expectSame(it, next);
    }
  });

  it('is as the server has it, after one sync more, when somebody changed it before the resume (E68)', async () => {
    for (const [next, size] of [
      [vcard('Big', 'NOTE:short'), SIZE],
      [vcard('Big', note(6_000, 9_000)), 100_000],
    ] as const)
      await everywhere(
        () => scene([vcard('Ada'), BIG, vcard('Zoe')]),
        isSameAfter(({ laptop }) => laptop.replace(laptop.find('Big'), next)),
        [size],
      );
  });

  it('does not come, or goes again, when somebody deleted it before the resume', async () => {
    await everywhere(
      () => scene([vcard('Ada'), BIG, vcard('Zoe')]),
      isSameAfter(({ laptop }) => laptop.delete(laptop.find('Big'))),
      [SIZE],
    );
  });

  it('is whole after several cuts in one object', async () => {
    for (const what of CUTS)
      for (const size of SIZES)
        for (const again of [1, 3]) {
          const it = await scene([vcard('Ada'), BIG, vcard('Zoe')]);
          expect(await isCut(it, 3, what)).toBe(true);
          for (let n = 0; n < 3; n += 1) {
            it.net.cut(again, CUTS[n % 2] ?? what);
            await resume(it, SIZES[n] ?? SIZE).catch((error: unknown) => {
              if (!(error instanceof Cut)) throw error;
            });
          }
          it.net.cut(Number.POSITIVE_INFINITY, what);
          if (it.phone.canResume) await resume(it, size);
          await expectSame(it, `${what}, then ${again} and ${size}`);
        }
  });
});
