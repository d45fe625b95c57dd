/** Sessions of four databases that break, and are resumed database by database; large objects in two of them [S01-S11, L10-L17]. */
import { describe, expect, it } from 'vitest';
import { Cut, type Cutting, cutting } from '../../kit/cut.ts';
import type { HandsetOptions } from '../../kit/device-options.ts';
import { type Handset, Suspended } from '../../kit/handset.ts';
import { startServer } from '../../kit/server.ts';
import { addToEach, codesIn, itemOf, NAMES, ofEach, receivedIn, titlesOn, withFour } from './several.ts';

const NOTHING = { Add: 0, Replace: 0, Delete: 0 };
const TITLES = ['Alpha', 'Bravo', 'Charlie', 'Delta'];
const LONG = 'a long text '.repeat(500);

interface Pair {
  readonly phone: Handset;
  readonly laptop: Handset;
  readonly network: Cutting;
}

/** The phone has Charlie for the laptop in each database, and the laptop's Delta waits for the phone; both hold Alpha. */
async function pair(options: HandsetOptions = {}): Promise<Pair> {
  const server = await startServer();
  const network = cutting(server);
  const phone = withFour(network.server, { device: 'phone', ...options });
  const laptop = withFour(server, { device: 'laptop' });
  addToEach(phone, 'Alpha');
  await phone.sync();
  await laptop.sync();
  addToEach(laptop, 'Delta');
  await laptop.sync();
  addToEach(phone, 'Charlie');
  return { phone, laptop, network };
}

/** All syncs that broke are resumed, the others are done anew. */
const again = (device: Handset) =>
  device.sync(ofEach((name) => (device.database(name).canResume ? 225 : 200)));

/** Both come to hold the same, everything once, and nothing more is sent. */
async function expectSettled({ phone, laptop }: Pair, titles: readonly string[]): Promise<void> {
  await laptop.sync();
  for (const device of [phone, laptop]) {
    const report = await device.sync();
    expect(codesIn(report)).toEqual(ofEach(() => 200));
    expect(receivedIn(report)).toEqual(ofEach(() => NOTHING));
    expect(titlesOn(device, TITLES)).toEqual(ofEach(() => titles));
  }
}

describe('a session of four databases that breaks', () => {
  it.each([2, 3, 4, 5, 6, 7])('S04 S07: suspended in message %i, is resumed', async (at) => {
    const it = await pair({ syncs: 'apart', maxMsgSize: 2_000 });
    it.phone.suspendAt = at;
    await expect(it.phone.sync()).rejects.toThrow(Suspended);
    const report = await again(it.phone);
    expect(Object.keys(report.synced)).toEqual([...NAMES]);
    await expectSettled(it, ['Alpha', 'Charlie', 'Delta']);
  });

  it.each([
    [2, 'message'],
    [3, 'answer'],
    [4, 'message'],
    [5, 'answer'],
    [6, 'message'],
    [7, 'answer'],
  ] as const)('S11: cut at message %i (the %s is lost), is resumed', async (at, what) => {
    const it = await pair({ syncs: 'apart', maxMsgSize: 2_000 });
    it.network.cut(at, what);
    await expect(it.phone.sync()).rejects.toThrow(Cut);
    await again(it.phone);
    await expectSettled(it, ['Alpha', 'Charlie', 'Delta']);
  });

  it('S08: is resumed one database after the other, each in a session of its own', async () => {
    const it = await pair({ syncs: 'together', perMessage: 1 });
    addToEach(it.phone, 'Bravo');
    it.phone.suspendAt = 2;
    await expect(it.phone.sync()).rejects.toThrow(Suspended);
    for (const name of NAMES) {
      const report = await it.phone.sync({ [name]: 225 });
      expect(report.synced[name]?.received).toEqual({ Add: 1, Replace: 0, Delete: 0 });
      expect(it.phone.database(name).canResume).toBe(false);
    }
    await expectSettled(it, TITLES);
  });

  it('is resumed for those that took part, while the others are synchronised', async () => {
    const it = await pair({ syncs: 'together', perMessage: 1 });
    addToEach(it.phone, 'Bravo');
    it.phone.suspendAt = 2;
    await expect(it.phone.sync({ calendar: 200, tasks: 200 })).rejects.toThrow(Suspended);
    const mixed = await it.phone.sync({ contacts: 200, calendar: 225, tasks: 225, notes: 200 });
    expect(codesIn(mixed)).toEqual(ofEach(() => 200));
    expect(receivedIn(mixed)).toEqual(ofEach(() => ({ Add: 1, Replace: 0, Delete: 0 })));
    await expectSettled(it, TITLES);
  });

  it.each([202, 203])(
    'Y15: a sync of type %i had ended when the session broke: its anchor fits',
    async (code) => {
      const it = await pair({ syncs: 'together', endsEarly: true });
      it.phone.suspendAt = 2;
      const broken = it.phone.sync({ contacts: code, calendar: 200, tasks: 200, notes: 200 });
      await expect(broken).rejects.toThrow(Suspended);
      expect(ofEach((name) => it.phone.database(name).canResume)).toEqual({
        ...ofEach(() => true),
        contacts: false,
      });
      expect(codesIn(await again(it.phone))).toEqual(ofEach(() => 200));
      await it.laptop.sync();
      const all = ['Alpha', 'Charlie', 'Delta'];
      const contacts = code === 202 ? all : ['Alpha', 'Charlie'];
      for (const device of [it.phone, it.laptop])
        expect(titlesOn(device, TITLES)).toEqual({ ...ofEach(() => all), contacts });
    },
  );
});

describe('large objects in two databases of one session', () => {
  const chunks: HandsetOptions = { chunkBytes: 1_000, maxMsgSize: 2_500 };

  async function withLarge(options: HandsetOptions): Promise<Pair> {
    const it = await pair({ ...chunks, ...options });
    for (const name of ['contacts', 'tasks'] as const) {
      it.phone.database(name).add(itemOf(name, 'Bravo', `${LONG}from the phone`));
      const theirs = it.laptop.database(name);
      theirs.replace(theirs.find('Delta'), itemOf(name, 'Delta', `${LONG}from the laptop`));
    }
    await it.laptop.sync();
    return it;
  }

  const expectWhole = ({ phone, laptop }: Pair): void => {
    for (const device of [phone, laptop])
      for (const name of ['contacts', 'tasks'] as const)
        for (const [title, from] of [
          ['Bravo', 'phone'],
          ['Delta', 'laptop'],
        ] as const) {
          const database = device.database(name);
          const text = database.items.get(database.find(title)) ?? '';
          expect(text.replace(/\r\n /g, '')).toContain(`:${LONG}from the ${from}\r\n`);
        }
  };

  const settle = async (it: Pair): Promise<void> => {
    await it.laptop.sync();
    await it.phone.sync();
    expectWhole(it);
    const report = await it.phone.sync();
    expect(receivedIn(report)).toEqual(ofEach(() => NOTHING));
    expect(titlesOn(it.phone, TITLES)).toMatchObject({ contacts: TITLES, tasks: TITLES });
  };

  it.each<HandsetOptions>([
    { syncs: 'apart' },
    { syncs: 'filled' },
    { syncs: 'together' },
    { appends: true },
  ])('L10 L13: arrive whole both ways: %o', async (options) => {
    const it = await withLarge(options);
    const report = await it.phone.sync();
    expect(report.synced.contacts?.received).toEqual({ Add: 1, Replace: 0, Delete: 0 });
    expect(report.synced.tasks?.received).toEqual({ Add: 1, Replace: 0, Delete: 0 });
    await settle(it);
  });

  /** The phone broke inside the large task; since then its user changed the contacts, which come first. */
  async function brokenInTask(edit: (phone: Handset) => void): Promise<Pair> {
    const it = await pair({ chunkBytes: 1_000 });
    await it.phone.sync();
    it.phone.database('tasks').add(itemOf('tasks', 'Bravo', `${LONG}from the phone`));
    it.phone.suspendAt = 4;
    await expect(it.phone.sync({ contacts: 200, tasks: 200 })).rejects.toThrow(Suspended);
    edit(it.phone);
    return it;
  }

  it.each<[string, (phone: Handset) => void]>([
    ['an Add', (phone) => void phone.database('contacts').add(itemOf('contacts', 'Echo'))],
    [
      'a Replace',
      (phone) =>
        phone
          .database('contacts')
          .replace(phone.database('contacts').find('Alpha'), itemOf('contacts', 'Echo')),
    ],
    ['a Delete', (phone) => phone.database('contacts').delete(phone.database('contacts').find('Alpha'))],
  ])('S13: goes on when a resume first brings %s of another database', async (_, edit) => {
    const { phone, laptop } = await brokenInTask(edit);
    const report = await phone.sync({ contacts: 225, tasks: 225 });
    expect(codesIn(report)).toEqual({ contacts: 200, tasks: 200 });
    expect([...(report.synced.tasks?.codes.values() ?? [])]).toEqual([201]);
    await laptop.sync();
    const tasks = laptop.database('tasks');
    const text = tasks.items.get(tasks.find('Bravo')) ?? '';
    expect(text.replace(/\r\n /g, '')).toContain(`:${LONG}from the phone\r\n`);
  });

  it('L09: the end of one that the chunks of another database dropped is no item', async () => {
    const { phone, laptop } = await pair({ chunkBytes: 1_000 });
    await phone.sync();
    phone.database('notes').add(itemOf('notes', 'Bravo', `${'a short text '.repeat(100)}from the phone`));
    phone.suspendAt = 3;
    await expect(phone.sync({ contacts: 200, notes: 200 })).rejects.toThrow(Suspended);
    phone.database('contacts').add(itemOf('contacts', 'Bravo', LONG));
    const report = await phone.sync({ contacts: 225, notes: 225 });
    expect([...(report.synced.notes?.codes.values() ?? [])]).toEqual([411]);
    await laptop.sync();
    expect(titlesOn(laptop, TITLES).notes).toEqual(['Alpha', 'Charlie', 'Delta']);
  });

  it.each([3, 6, 9, 12, 15, 18, 21])('L14: go on behind a suspend in message %i', async (at) => {
    const it = await withLarge({ syncs: 'together' });
    it.phone.suspendAt = at;
    await expect(it.phone.sync()).rejects.toThrow(Suspended);
    await again(it.phone);
    await settle(it);
  });
});
