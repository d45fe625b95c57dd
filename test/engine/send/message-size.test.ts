/** MaxMsgSize and NumberOfChanges: no reply is too long, no count is wrong [H18, H19, P23, D21, E55]. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { alert, devInf, putDevInf, sync, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { alertsOf, changesOf, type Draft, Session } from '../../kit/session.ts';
import { begin, codeOf, confirm, statusesOf, syncsOf, upload } from '../steps.ts';
import { holding, manyAdds, receiveAll } from './receiving.ts';

describe('MaxMsgSize', () => {
  /** A server whose replies are measured. */
  const measured = (server: TestServer, limit: number) => {
    const sizes: number[] = [];
    const post: TestServer['post'] = async (request) => {
      const answer = await server.post(request);
      sizes.push(answer.body.length);
      return answer;
    };
    const over = () => sizes.filter((size) => size > limit);
    return { sizes, over, server: Object.create(server, { post: { value: post } }) as TestServer };
  };
  const size = (n: number): number => ((n * 37) % 900) + (n % 40 === 0 ? 6_000 : 0);

  const cases = [3_000, 4_500, 8_000, 20_000].flatMap((limit) =>
    (['xml', 'wbxml'] as const).map((wire) => [limit, wire] as const),
  );
  it.each(cases)(
    'H18: %i in %s: no reply is longer, while 200 items come and 200 go',
    async (limit, wire) => {
      const server = await holding(200, size);
      const { server: seen, over, sizes } = measured(server, limit);
      const phone = new Device(seen, { device: 'phone', wire, maxMsgSize: limit, perMessage: 70 });
      for (let n = 0; n < 200; n += 1) phone.add(vcard(`P${n}`, `NOTE:${'y'.repeat(size(n))}`));
      const report = await phone.sync();
      expect(report.received.Add).toBe(200);
      expect(over()).toEqual([]);
      expect(Math.max(...sizes)).toBeGreaterThan(limit * 0.7); // and it is used
      expect(phone.contents).toHaveLength(400);
      expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    },
  );

  it('H18: is remembered from the first message for the whole session', async () => {
    const server = await holding(60, () => 300);
    const options: { device: string; maxMsgSize?: number } = { device: 'p', maxMsgSize: 5_000 };
    const session = new Session(server, options);
    await session.send([putDevInf(), alert(201)]);
    delete options.maxMsgSize;
    const { http } = await session.send([...session.statuses(), sync([])]);
    expect(http.body.length).toBeLessThanOrEqual(5_000);
  });

  it('H19 L02: our own and MaxObjSize stand in our header; MaxObjSize not in 1.0', async () => {
    for (const version of ['1.0', '1.1', '1.2'] as const) {
      const { init } = await begin(await startServer(), { version });
      expect(init.header.meta?.maxMsgSize).toBeGreaterThan(10_000);
      expect(init.header.meta?.maxObjSize === undefined).toBe(version === '1.0');
    }
  });

  it.each(['xml', 'wbxml'] as const)(
    'P13 P23: %s: Statuses that do not fit come in the next messages, all, once, in order',
    async (wire) => {
      const server = await startServer();
      const { session } = await begin(server, { wire, maxMsgSize: 3_000 });
      const first = await upload(session, manyAdds(100));
      const replies = await receiveAll(session, first);
      const found = replies.flatMap(statusesOf).filter(({ msgRef, cmd }) => msgRef === '2' && cmd === 'Add');
      expect(found.map(({ sourceRefs }) => sourceRefs?.[0])).toEqual(manyAdds(100).map((_, n) => `L${n}`));
      for (const reply of replies)
        expect(statusesOf(reply)[0]).toMatchObject({ cmd: 'SyncHdr', cmdRef: '0' }); // P12
      expect(replies.length).toBeGreaterThan(1);
      expect(replies.flatMap(syncsOf)).toHaveLength(1);
      expect(replies.slice(0, -1).some((reply) => reply.final)).toBe(false);
      expect((await confirm(session)).final).toBe(true);
    },
  );

  it('P23: a package #2 that does not fit is continued, with Final in its last message', async () => {
    const server = await startServer();
    const session = new Session(server, { maxMsgSize: 2_200 });
    const get: Draft = { name: 'Get', items: [{ target: { uri: './devinf12' } }] };
    const all = ['contacts', 'calendar', 'tasks', 'notes'].map((name) => alert(201, name));
    const first = await session.send([putDevInf(), ...all, get]);
    const replies = await receiveAll(session, first.reply, 12);
    expect(replies.flatMap(alertsOf).filter((code) => code === 201)).toHaveLength(4);
    expect(replies.flatMap((reply) => reply.commands).filter(({ name }) => name === 'Results')).toHaveLength(
      1,
    );
    expect(codeOf(await upload(session), 'Sync')).toBe(200);
  });
});

describe('NumberOfChanges', () => {
  const announcedBy = async (more: Parameters<typeof devInf>[0], version: '1.0' | '1.1' | '1.2' = '1.2') => {
    const server = await holding(3);
    const { session } = await begin(server, { version, info: devInf({ verDTD: version, ...more }) });
    return syncsOf(await upload(session)).map((sent) => sent.numberOfChanges);
  };

  it('D21: is sent to a client that supports it', async () => {
    expect(await announcedBy({ supportNumberOfChanges: true })).toEqual([3]);
    expect(await announcedBy({ supportNumberOfChanges: true }, '1.1')).toEqual([3]);
  });

  it('D21: is not sent to one that does not say so, nor in 1.0', async () => {
    expect(await announcedBy({ supportNumberOfChanges: false })).toEqual([undefined]);
    expect(await announcedBy({ supportNumberOfChanges: true }, '1.0')).toEqual([undefined]);
  });

  it('D21: 0 is said', async () => {
    const { session } = await begin(await startServer());
    expect(syncsOf(await upload(session))[0]?.numberOfChanges).toBe(0);
  });

  it.each([
    [3_000, 30],
    [4_000, 200],
    [20_000, 200],
  ])(
    'E55: is exact over several messages of %i bytes and %i changes, and said once',
    async (maxMsgSize, count) => {
      const server = await holding(count, (n) => (n % 50 === 0 ? 9_000 : n % 200));
      const { session } = await begin(server, { maxMsgSize });
      const replies = await receiveAll(session, await upload(session));
      const told = replies.flatMap(syncsOf).map((sent) => sent.numberOfChanges);
      const changes = replies.flatMap(changesOf);
      const whole = changes.filter(
        (change) => 'items' in change && change.items.every((i) => !('moreData' in i)),
      );
      expect(whole).toHaveLength(count);
      expect(told[0]).toBe(count);
      expect(told.slice(1).every((n) => n === undefined)).toBe(true);
    },
  );

  it('E55: is exact for updates and deletes, and without what this device cannot take', async () => {
    const server = await holding(6);
    const phone = new Device(server, { device: 'phone' });
    await phone.sync();
    const other = new Device(server, { device: 'third' });
    await other.sync();
    other.replace(other.find('FN:N1'), vcard('N1', 'TEL:1'));
    other.replace(other.find('FN:N2'), vcard('N2', 'TEL:2'));
    other.delete(other.find('FN:N3'));
    other.add(vcard('New'));
    const gone = other.add(vcard('Gone'));
    await other.sync();
    other.delete(gone); // added and deleted since the phone's anchor: nothing to tell
    await other.sync();
    await server.crm({
      ...{ user: 'anna', datastore: 'contacts', record: 'r', op: 'upsert' },
      ...{ type: 'text/x-vcard', body: 'a card of no known form' },
    });
    const report = await phone.sync();
    expect(report.received).toEqual({ Add: 1, Replace: 2, Delete: 1 });
    expect(report.announced).toBe(4);
  });

  it('E55: is exact for hundreds of changes of the log', async () => {
    const server = await holding(0);
    const phone = new Device(server, { device: 'phone', maxMsgSize: 20_000 });
    await phone.sync();
    const other = new Device(server, { device: 'third' });
    for (let n = 0; n < 300; n += 1) other.add(vcard(`N${n}`));
    await other.sync();
    const report = await phone.sync();
    expect(report.received.Add).toBe(300);
    expect([undefined, 300]).toContain(report.announced);
  });
});
