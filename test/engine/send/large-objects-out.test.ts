/** Large objects to the client, chunk by chunk [SP11 2.10, L01-L03, L12-L20]. */
import { describe, expect, it } from 'vitest';
import type { MessageItem } from '../../../lib/message/model.ts';
import { Device } from '../../kit/device.ts';
import { alert, devInf, map, nextMessage, putDevInf, sync, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { changesOf, type Draft, Session } from '../../kit/session.ts';
import { bytesOf, holding, large, receive } from '../receive/large.ts';
import { begin, statusesOf, upload } from '../steps.ts';

describe('a large object to the client', () => {
  const wires = ['xml', 'wbxml'] as const;
  it.each(wires)(
    'L05 L12 L13 L18: %s: in chunks that fit, Size in the first only, one object at a time',
    async (wire) => {
      const bodies = [large('Ada', 20_000), large('Berta', 9_000), vcard('Carl')].sort();
      const server = await holding(...bodies);
      const { session } = await begin(server, { wire, maxMsgSize: 4_000 });
      const { commands, objects, rest } = await receive(session, await upload(session));
      expect(rest).toBe('');
      expect(objects.sort()).toEqual(wire === 'xml' ? bodies.map((body) => body) : bodies);
      let open: string | undefined;
      for (const { item, size } of commands) {
        const id = item.source?.uri ?? '';
        if (open !== undefined) expect(id).toBe(open);
        expect(size !== undefined).toBe(open === undefined && item.moreData === true);
        open = item.moreData === true ? id : undefined;
      }
      expect(
        commands
          .filter(({ size }) => size !== undefined)
          .map(({ size }) => size)
          .sort(),
      ).toEqual(
        bodies
          .map(bytesOf)
          .filter((size) => size > 4_000)
          .sort(),
      );
    },
  );

  it('L20: no chunk ends inside a character or beside white space', async () => {
    const server = await holding(large('Ada', 30_000));
    const { session } = await begin(server, { wire: 'wbxml', maxMsgSize: 3_000 });
    const { commands } = await receive(session, await upload(session));
    expect(commands.length).toBeGreaterThan(8);
    for (const { item } of commands.slice(0, -1)) {
      expect(String(item.data)).not.toMatch(/\uFFFD|\s$/);
      expect(String(item.data)).not.toMatch(/^\s/);
    }
    expect(String(commands.at(-1)?.item.data)).not.toMatch(/^\s|\uFFFD/);
  });

  it('L12: MoreData never stands on what fits a message', async () => {
    const server = await holding(
      vcard('Ada', `NOTE:${'x'.repeat(1_500)}`),
      vcard('Berta', `NOTE:${'y'.repeat(1_500)}`),
    );
    const { session } = await begin(server, { maxMsgSize: 4_000 });
    const { commands } = await receive(session, await upload(session));
    expect(commands.map(({ item }) => item.moreData)).toEqual([undefined, undefined]);
  });

  it('L18: the next chunk waits until the client takes the last, by its Status or by asking for more', async () => {
    const server = await holding(large('Ada', 12_000));
    const { session } = await begin(server, { maxMsgSize: 4_000 });
    await upload(session);
    const header = () => session.statuses()[0] as Draft;
    const silent = await session.send([header()], { final: false });
    expect(changesOf(silent.reply)).toEqual([]);
    expect(silent.reply.final).toBe(false);
    const asked = await session.send([header(), nextMessage()], { final: false });
    expect(changesOf(asked.reply)).toHaveLength(1);
    const answered = await session.send(session.statuses(), { final: false });
    expect(changesOf(answered.reply)).toHaveLength(1);
  });

  it.each([
    ['a device that does not support them', '1.2', false],
    ['SyncML 1.0', '1.0', true],
  ] as const)(
    'L14: %s: never in chunks; it waits and comes when it can',
    async (_, version, supportLargeObjs) => {
      const body = large('Ada', 9_000);
      const server = await holding(body, vcard('Berta'));
      const info = devInf({ verDTD: version, supportLargeObjs });
      const start = { version, info, maxMsgSize: 4_000 };
      const { session } = await begin(server, start);
      const first = await receive(session, await upload(session));
      expect(first.objects).toEqual([vcard('Berta')]);
      expect((await session.send(session.statuses())).reply.final).toBe(true);
      const later = { ...start, maxMsgSize: 40_000, sessionId: '2', code: 200, last: 'n1', next: 'n2' };
      const again = await begin(server, later);
      const second = await receive(again.session, await upload(again.session));
      expect(second.objects).toContain(body);
    },
  );

  it('L13: an object above the MaxObjSize of the header waits until it may be larger', async () => {
    const body = large('Ada', 9_000);
    const server = await holding(body, vcard('Berta'));
    const { session } = await begin(server, { maxObjSize: 5_000 });
    expect((await receive(session, await upload(session))).objects).toEqual([vcard('Berta')]);
    await session.send(session.statuses());
    const later = { sessionId: '2', code: 200, last: 'n1', next: 'n2', maxObjSize: 50_000 };
    const again = await begin(server, later);
    expect((await receive(again.session, await upload(again.session))).objects).toContain(body);
  });

  it('L13: what counts is the size in the format of the device', async () => {
    const server = await holding(vcard('Ada', `NOTE:${'ä'.repeat(2_000)}`), vcard('Berta'));
    const options = { device: 'old', type: 'text/x-vcard', maxMsgSize: 20_000 };
    const device = new Device(server, { ...options, maxObjSize: 8_000 });
    await device.sync();
    expect(device.contents.map((text) => /FN:(.*)\r/.exec(text)?.[1])).toEqual(['Berta']);
    device.options = { ...options, maxObjSize: 20_000 };
    await device.sync();
    expect(device.contents).toHaveLength(2);
  });

  it('L02 L13: also above the MaxObjSize in the Meta of the Alert', async () => {
    const server = await holding(large('Ada', 9_000), vcard('Berta'));
    const session = new Session(server);
    const hello = alert(201) as Draft & { items: MessageItem[] };
    const items = hello.items.map((item) => ({ ...item, meta: { ...item.meta, maxObjSize: 5_000 } }));
    await session.send([putDevInf(), { ...hello, items } as Draft]);
    expect((await receive(session, await upload(session))).objects).toEqual([vcard('Berta')]);
  });

  it('L02 L13: also above the MaxObjSize in the Meta of the Sync', async () => {
    const server = await holding(large('Ada', 9_000), vcard('Berta'));
    const { session } = await begin(server);
    const meta = { maxObjSize: 5_000 };
    const { reply } = await session.send([...session.statuses(), { ...sync([]), meta } as Draft]);
    expect((await receive(session, reply)).objects).toEqual([vcard('Berta')]);
  });

  it('L01 L02 L03: our Alert and DevInf say what we take', async () => {
    const session = new Session(await startServer());
    const get: Draft = { name: 'Get', items: [{ target: { uri: './devinf12' } }] };
    const { reply } = await session.send([putDevInf(), alert(201), get]);
    const own = reply.commands.find((command) => command.name === 'Alert');
    expect(own?.name === 'Alert' && own.items[0]?.meta?.maxObjSize).toBeGreaterThan(1_000_000);
    const results = reply.commands.find((command) => command.name === 'Results');
    const data = results?.name === 'Results' ? results.items[0]?.data : undefined;
    expect(data).toMatchObject({ devInf: { supportLargeObjs: true } });
  });

  it('Y17: changed by another device in the middle it arrives whole, and the change comes next session', async () => {
    const old = large('Ada', 30_000);
    const server = await holding(old);
    const { session } = await begin(server, { maxMsgSize: 5_000 });
    const first = await upload(session);
    const laptop = new Device(server, { device: 'laptop' });
    await laptop.sync();
    const changed = vcard('Ada', `NOTE:${'Another text. '.repeat(1_400)}end`);
    laptop.replace(laptop.find('Ada'), changed);
    await laptop.sync();
    const { objects, commands } = await receive(session, first);
    expect(objects).toEqual([old]);
    await session.send([...session.statuses(), map([[commands[0]?.item.source?.uri ?? '', '1']])]);
    const again = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const second = await receive(again.session, await upload(again.session));
    expect(second.objects).toEqual([changed]);
    expect(second.commands.every(({ name, item }) => name === 'Replace' && item.target?.uri === '1')).toBe(
      true,
    );
  });

  it('Y17: deleted by another device in the middle it arrives whole, and is deleted next session', async () => {
    const old = large('Ada', 30_000);
    const server = await holding(old);
    const laptop = new Device(server, { device: 'laptop' });
    await laptop.sync();
    const { session } = await begin(server, { maxMsgSize: 5_000 });
    const first = await upload(session);
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    const { objects, commands } = await receive(session, first);
    expect(objects).toEqual([old]);
    await session.send([...session.statuses(), map([[commands[0]?.item.source?.uri ?? '', '1']])]);
    const again = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const told = changesOf(await upload(again.session));
    expect(told.map((change) => [change.name, 'items' in change && change.items[0]])).toEqual([
      ['Delete', { target: { uri: '1' } }],
    ]);
  });

  it('L17: Alert 223 of the client is 200, and the whole object is sent again', async () => {
    const body = large('Ada', 12_000);
    const server = await holding(body, vcard('Berta'));
    const { session } = await begin(server, { maxMsgSize: 5_000 });
    let first = await upload(session);
    while (!JSON.stringify(changesOf(first)).includes('moreData'))
      first = (await session.send([...session.statuses(), nextMessage()], { final: false })).reply;
    const broken: Draft = {
      name: 'Alert',
      code: 223 as never,
      items: [{ target: { uri: 'contacts' }, source: { uri: './contacts' } }],
    };
    const { reply } = await session.send([session.statuses()[0] as Draft, broken, nextMessage()], {
      final: false,
    });
    expect(
      statusesOf(reply)
        .filter(({ cmd }) => cmd === 'Alert')
        .map(({ code }) => code),
    ).toEqual([200, 200]);
    const seen = await receive(session, reply);
    expect(seen.objects).toContain(body);
    expect(seen.commands[0]?.size).toBe(bytesOf(body));
  });

  it('C42: a chunk that the client refuses is sent again from its beginning in the next session', async () => {
    const body = large('Ada', 12_000);
    const server = await holding(body);
    const { session } = await begin(server, { maxMsgSize: 5_000 });
    await upload(session);
    const refused = session.statuses({ Add: 500 });
    let { reply } = await session.send([...refused, nextMessage()], { final: false });
    for (let n = 0; !reply.final && n < 10; n += 1)
      reply = (await session.send([...session.statuses(), nextMessage()], { final: false })).reply;
    expect(reply.final).toBe(true);
    await session.send(session.statuses());
    const again = await begin(server, {
      sessionId: '2',
      code: 200,
      last: 'n1',
      next: 'n2',
      maxMsgSize: 5_000,
    });
    expect((await receive(again.session, await upload(again.session))).objects).toEqual([body]);
  });
});
