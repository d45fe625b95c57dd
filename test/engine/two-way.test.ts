import { describe, expect, it } from 'vitest';
import { readChanges, readVersions } from '../../lib/app/changes.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { startServer, USER } from '../kit/server.ts';

async function pair(policy?: 'client-wins' | 'server-wins' | 'newest-wins' | 'keep-both') {
  const server = await startServer(policy ? { policies: { contacts: policy } } : {});
  const phone = new Device(server, { device: 'phone' });
  const laptop = new Device(server, { device: 'laptop', wire: 'wbxml' });
  return { server, phone, laptop };
}

describe('two devices', () => {
  it('Y01 Y16: hold the same after a first sync each', async () => {
    const { phone, laptop } = await pair();
    phone.add(vcard('Ada'));
    phone.add(vcard('Berta'));
    laptop.add(vcard('Carl'));
    expect((await phone.sync()).code).toBe(201);
    expect((await laptop.sync()).received).toEqual({ Add: 2, Replace: 0, Delete: 0 });
    expect((await phone.sync()).received).toEqual({ Add: 1, Replace: 0, Delete: 0 });
    expect(phone.contents).toHaveLength(3);
    expect(phone.contents).toEqual(laptop.contents);
  });

  it('send nothing when nothing changed, and no commit is made', async () => {
    const { server, phone, laptop } = await pair();
    phone.add(vcard('Ada'));
    await phone.sync();
    await laptop.sync();
    const before = await readChanges(server.store, USER);
    const report = await laptop.sync();
    expect(report.received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    expect(report.announced).toBe(0);
    expect(report.messages).toBe(3);
    expect(await readChanges(server.store, USER)).toEqual(before);
  });

  it('pass on adds, updates and deletes both ways, and nothing comes back', async () => {
    const { phone, laptop } = await pair();
    const ada = phone.add(vcard('Ada'));
    const berta = phone.add(vcard('Berta'));
    await phone.sync();
    await laptop.sync();
    phone.replace(ada, vcard('Ada', 'TEL:1'));
    phone.delete(berta);
    phone.add(vcard('Dora'));
    const sent = await phone.sync();
    expect([...sent.codes.values()].sort()).toEqual([200, 200, 201]);
    expect(sent.received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    expect((await laptop.sync()).received).toEqual({ Add: 1, Replace: 1, Delete: 1 });
    laptop.replace(laptop.find('Dora'), vcard('Dora', 'TEL:2'));
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 1, Delete: 1 });
    expect(phone.contents).toEqual(laptop.contents);
    expect(phone.contents).toEqual([vcard('Dora', 'TEL:2')]);
  });
});

describe('a conflict (X03 X04 X05 X09)', () => {
  async function conflict(policy: Parameters<typeof pair>[0], mine: string, theirs: string) {
    const { server, phone, laptop } = await pair(policy);
    phone.add(vcard('Ada'));
    await phone.sync();
    await laptop.sync();
    phone.replace(phone.find('Ada'), mine);
    laptop.replace(laptop.find('Ada'), theirs);
    await phone.sync();
    const report = await laptop.sync();
    await phone.sync();
    await laptop.sync();
    const [change] = await readChanges(server.store, USER);
    const versions = await readVersions(server.store, USER, 'contacts', change?.guid ?? '');
    return { phone, laptop, code: [...report.codes.values()][0], versions };
  }
  const [mine, theirs] = [vcard('Ada', 'TITLE:1'), vcard('Ada', 'TITLE:2')];

  it.each([
    ['client-wins', 208, [theirs], mine],
    ['server-wins', 419, [mine], theirs],
    ['keep-both', 209, [mine, theirs], undefined],
  ] as const)('%s: status %i, both devices agree, the loser is kept', async (policy, code, held, loser) => {
    const result = await conflict(policy, mine, theirs);
    expect(result.code).toBe(code);
    expect(result.phone.contents).toEqual(held);
    expect(result.laptop.contents).toEqual(held);
    const kept = result.versions.map(({ content }) => content.storedText);
    if (loser !== undefined) expect(kept).toContain(loser);
  });

  it('newest-wins compares REV, and takes the client where one says nothing', async () => {
    const newer = vcard('Ada', 'REV:20300105T000000Z', 'TITLE:9');
    const older = vcard('Ada', 'REV:20300101T000000Z', 'TITLE:8');
    expect((await conflict('newest-wins', newer, older)).phone.contents).toEqual([newer]);
    expect((await conflict('newest-wins', older, newer)).phone.contents).toEqual([newer]);
    expect((await conflict('newest-wins', mine, theirs)).phone.contents).toEqual([theirs]);
  });

  it('newest-wins takes the client where both changed it at one time, however they write that', async () => {
    const first = vcard('Ada', 'REV:20300105T000000Z', 'TITLE:9');
    const last = vcard('Ada', 'REV:2030-01-05T00:00:00Z', 'TITLE:8');
    expect((await conflict('newest-wins', first, last)).phone.contents).toEqual([last]);
    expect((await conflict('newest-wins', last, first)).phone.contents).toEqual([first]);
  });

  it('X07: an update wins over a delete, whichever comes first', async () => {
    for (const deleteFirst of [true, false]) {
      const { phone, laptop } = await pair();
      phone.add(vcard('Ada'));
      await phone.sync();
      await laptop.sync();
      phone.delete(phone.find('Ada'));
      laptop.replace(laptop.find('Ada'), theirs);
      if (deleteFirst) {
        await phone.sync();
        await laptop.sync();
      } else {
        await laptop.sync();
        expect([...(await phone.sync()).codes.values()]).toEqual([419]);
      }
      await phone.sync();
      expect(phone.contents).toEqual([theirs]);
      expect(laptop.contents).toEqual([theirs]);
    }
  });

  it('the same change on both sides is none', async () => {
    const result = await conflict('keep-both', mine, vcard('Ada', 'TITLE:1', 'REV:20300101T000000Z'));
    expect(result.phone.contents).toEqual([mine]);
    expect(result.code).toBe(200);
  });

  it('X08: deleting on both sides is none', async () => {
    const { phone, laptop } = await pair();
    phone.add(vcard('Ada'));
    await phone.sync();
    await laptop.sync();
    phone.delete(phone.find('Ada'));
    laptop.delete(laptop.find('Ada'));
    await phone.sync();
    const report = await laptop.sync();
    expect([...report.codes.values()]).toEqual([211]);
    expect(report.received.Delete).toBe(0);
  });
});
