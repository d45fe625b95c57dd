/** Four databases in one session, in the ways in which clients send them [H20, H21, P33-P40, Y17]. */
import { describe, expect, it } from 'vitest';
import type { HandsetOptions } from '../../kit/device-options.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { addToEach, codesIn, itemOf, NAMES, ofEach, receivedIn, titlesOn, withFour } from './several.ts';

const NOTHING = { Add: 0, Replace: 0, Delete: 0 };
const TITLES = ['Alpha', 'Bravo', 'Charlie', 'Delta'];

/** Both devices hold Alpha and Bravo in each database. */
async function pair(phoneIs: HandsetOptions = {}, laptopIs: HandsetOptions = {}) {
  const server = await startServer();
  const phone = withFour(server, { device: 'phone', ...phoneIs });
  const laptop = withFour(server, { device: 'laptop', wire: 'wbxml', ...laptopIs });
  addToEach(phone, 'Alpha');
  addToEach(phone, 'Bravo');
  await phone.sync();
  await laptop.sync();
  return { server, phone, laptop };
}

/** Notes the bytes of the longest answer. */
function measured(server: TestServer): { server: TestServer; longest: () => number } {
  let longest = 0;
  const post: TestServer['post'] = async (request) => {
    const answer = await server.post(request);
    longest = Math.max(longest, answer.body.length);
    return answer;
  };
  return { server: Object.create(server, { post: { value: post } }) as TestServer, longest: () => longest };
}

describe('four databases in one session', () => {
  it.each<HandsetOptions>([
    { syncs: 'apart' },
    { syncs: 'filled' },
    { syncs: 'together' },
    { syncs: 'filled', perMessage: 2 },
    { syncs: 'together', perMessage: 1, reversed: true },
    { syncs: 'apart', reversed: true, lateMaps: true },
    { syncs: 'filled', mapsLast: true },
    { syncs: 'together', version: '1.1', maxGuidSize: 8 },
    { syncs: 'apart', version: '1.0', numberOfChanges: false },
  ])('pass on all changes both ways: %o', async (options) => {
    const { phone, laptop } = await pair(options);
    for (const name of NAMES) {
      const database = phone.database(name);
      database.replace(database.find('Alpha'), itemOf(name, 'Alpha', 'changed'));
      database.delete(database.find('Bravo'));
      database.add(itemOf(name, 'Charlie'));
    }
    const sent = await phone.sync();
    expect(codesIn(sent)).toEqual(ofEach(() => 200));
    expect(receivedIn(sent)).toEqual(ofEach(() => NOTHING));
    for (const name of NAMES)
      expect([...(sent.synced[name]?.codes.values() ?? [])].sort()).toEqual([200, 200, 201]);
    addToEach(laptop, 'Delta');
    expect(receivedIn(await laptop.sync())).toEqual(ofEach(() => ({ Add: 1, Replace: 1, Delete: 1 })));
    expect(receivedIn(await phone.sync())).toEqual(ofEach(() => ({ Add: 1, Replace: 0, Delete: 0 })));
    for (const device of [phone, laptop, phone])
      expect(receivedIn(await device.sync())).toEqual(ofEach(() => NOTHING));
    for (const device of [phone, laptop])
      expect(titlesOn(device, TITLES)).toEqual(ofEach(() => ['Alpha', 'Charlie', 'Delta']));
    for (const name of NAMES) expect(laptop.database(name).contents.join()).toContain('changed');
  });

  it('announce each the number of their own changes', async () => {
    const { phone, laptop } = await pair();
    laptop.database('tasks').add(itemOf('tasks', 'Charlie'));
    await laptop.sync();
    const { synced } = await phone.sync();
    expect(ofEach((name) => synced[name]?.announced)).toEqual({
      contacts: 0,
      calendar: 0,
      tasks: 1,
      notes: 0,
    });
  });

  it('take part or not, in any order', async () => {
    const { phone, laptop } = await pair();
    addToEach(phone, 'Charlie');
    expect(codesIn(await phone.sync({ notes: 200, calendar: 200 }))).toEqual({ notes: 200, calendar: 200 });
    const added = { Add: 1, Replace: 0, Delete: 0 };
    const first = await laptop.sync();
    expect(receivedIn(first)).toEqual({ contacts: NOTHING, calendar: added, tasks: NOTHING, notes: added });
    await phone.sync({ tasks: 200, contacts: 200 });
    const second = await laptop.sync();
    expect(receivedIn(second)).toEqual({ contacts: added, calendar: NOTHING, tasks: added, notes: NOTHING });
  });

  it('go in one direction each', async () => {
    const { phone, laptop } = await pair();
    addToEach(phone, 'Charlie');
    addToEach(laptop, 'Delta');
    await laptop.sync();
    const report = await phone.sync({ contacts: 202, calendar: 204, tasks: 200, notes: 203 });
    expect(codesIn(report)).toEqual({ contacts: 202, calendar: 204, tasks: 200, notes: 203 });
    expect(titlesOn(phone, TITLES)).toEqual({
      ...{ contacts: ['Alpha', 'Bravo', 'Charlie'], notes: ['Alpha', 'Bravo', 'Charlie'] },
      ...{ calendar: TITLES, tasks: TITLES },
    });
    await laptop.sync();
    expect(titlesOn(laptop, TITLES)).toEqual({
      ...{ contacts: TITLES, tasks: TITLES },
      ...{ calendar: ['Alpha', 'Bravo', 'Delta'], notes: ['Alpha', 'Bravo', 'Charlie'] },
    });
    await phone.sync();
    await laptop.sync();
    for (const device of [phone, laptop])
      expect(titlesOn(device, TITLES)).toEqual({
        ...ofEach(() => TITLES),
        notes: ['Alpha', 'Bravo', 'Charlie'],
      });
  });

  it('S08 Y18: one is compared because it lost its anchor, the others are not', async () => {
    const { phone, laptop } = await pair();
    addToEach(laptop, 'Charlie');
    await laptop.sync();
    phone.database('tasks').forgetAnchor();
    const report = await phone.sync({ contacts: 200, calendar: 200, tasks: 200, notes: 200 });
    expect(codesIn(report)).toEqual({ contacts: 200, calendar: 200, tasks: 201, notes: 200 });
    expect(receivedIn(report)).toEqual(ofEach(() => ({ Add: 1, Replace: 0, Delete: 0 })));
    for (const device of [phone, laptop]) {
      await device.sync();
      expect(titlesOn(device, TITLES)).toEqual(ofEach(() => ['Alpha', 'Bravo', 'Charlie']));
    }
  });

  it('H21: one that the server does not have is refused, and the others go on', async () => {
    const server = await startServer();
    const phone = withFour(server, { device: 'phone' }, [{ datastore: 'photos' }]);
    addToEach(phone, 'Alpha');
    const report = await phone.sync({ contacts: 201, photos: 201, calendar: 201, tasks: 201, notes: 201 });
    expect(report.refused).toEqual({ photos: 404 });
    expect(codesIn(report)).toEqual(ofEach(() => 201));
    expect(receivedIn(await withFour(server, { device: 'laptop' }).sync())).toEqual(
      ofEach(() => ({ Add: 1, Replace: 0, Delete: 0 })),
    );
  });

  it.each([2_000, 6_000])(
    'P23: each goes on over messages of %i bytes, and then the next one follows',
    async (maxMsgSize) => {
      const { phone, laptop } = await pair({ perMessage: 4 });
      const titles = Array.from({ length: 12 }, (_, n) => `Title ${String.fromCharCode(65 + n).repeat(9)}`);
      for (const title of titles) addToEach(phone, title, `all of ${title} `.repeat(9));
      await phone.sync();
      const { server, longest } = measured(laptop.server);
      const small = withFour(server, { device: 'small', maxMsgSize });
      const report = await small.sync();
      expect(receivedIn(report)).toEqual(ofEach(() => ({ Add: 14, Replace: 0, Delete: 0 })));
      expect(longest()).toBeLessThanOrEqual(maxMsgSize);
      expect(report.messages).toBeGreaterThan(6);
      expect(receivedIn(await small.sync())).toEqual(ofEach(() => NOTHING));
      const all = [...titles, ...TITLES];
      expect(titlesOn(small, all)).toEqual(titlesOn(phone, all));
    },
  );
});
