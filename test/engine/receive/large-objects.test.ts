/** Large objects from the client, chunk by chunk [SP11 2.10, L04-L23, C26]. */
import { describe, expect, it } from 'vitest';
import { readVersions } from '../../../lib/app/changes.ts';
import { guid as asGuid } from '../../../lib/engine/model/ids.ts';
import type { Message, MessageItem } from '../../../lib/message/model.ts';
import { StoreError } from '../../../lib/store/port/port.ts';
import { Device } from '../../kit/device.ts';
import { add, alert, putDevInf, remove, vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import { alertsOf, type Draft, Session } from '../../kit/session.ts';
import { begin, bodiesOf, codeOf, codesByLuid, liveItems, upload, watchedServer } from '../steps.ts';
import { addCodes, bytesOf, chunks, large, sendEach } from './large.ts';

describe('a large object from the client', () => {
  const wires = ['xml', 'wbxml'] as const;
  it.each(wires)('L04 L05 L08: %s: each chunk is 213 and asked on by 222, the last one 201', async (wire) => {
    const server = await startServer();
    const { session } = await begin(server, { wire });
    const body = large('Ada', 9_000);
    const replies = await sendEach(session, chunks('1', body, 4));
    expect(addCodes(replies)).toEqual([213, 213, 213, 201]);
    for (const reply of replies.slice(0, -1)) expect(alertsOf(reply)).toEqual([222]);
    expect(replies.at(-1)?.final).toBe(true);
    expect(await bodiesOf(server)).toEqual([body]);
  });

  it('L08: nothing of it is an item before it is complete', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const [one, two] = chunks('1', large('Ada', 5_000), 3);
    for (const draft of [one, two]) await upload(session, [draft as Draft], { final: false });
    expect(await bodiesOf(server)).toEqual([]);
  });

  it('L11: chunks after the first may leave Meta out, or repeat it', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const body = large('Ada', 5_000);
    const [first, second, third] = chunks('1', body, 3) as [Draft, Draft, Draft];
    const { meta: _, ...bare } = second as Draft & { meta: object };
    const size = bytesOf(body);
    const repeated = { ...third, meta: { type: 'text/vcard', size } } as Draft;
    const replies = await sendEach(session, [first, bare as Draft, repeated]);
    expect(addCodes(replies)).toEqual([213, 213, 201]);
    expect(await bodiesOf(server)).toEqual([body]);
  });

  it('L05: Size may stand in the Meta of the item', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const body = large('Ada', 3_000);
    const meta = { size: bytesOf(body) };
    const [first, second] = chunks('1', body, 2, { size: -1 }) as [Draft, Draft];
    const inItem = {
      ...first,
      items: [{ ...(first as Draft & { items: MessageItem[] }).items[0], meta }],
    } as Draft;
    expect(addCodes(await sendEach(session, [inItem, second]))).toEqual([213, 201]);
  });

  it.each([
    ['too small', -1],
    ['much too large', 100],
    ['two too large', 2],
  ])('L06: a Size that is %s is 424, and nothing is stored', async (_, off) => {
    const server = await startServer();
    const { session } = await begin(server);
    const body = large('Ada', 4_000);
    const replies = await sendEach(session, chunks('1', body, 3, { size: bytesOf(body) + off }));
    expect(addCodes(replies)).toEqual([213, 213, 424]);
    expect(await bodiesOf(server)).toEqual([]);
    expect((await session.send(session.statuses())).reply.final).toBe(true);
  });

  it('L07: a Size of one too many is taken', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const body = large('Ada', 4_000);
    const replies = await sendEach(session, chunks('1', body, 3, { size: bytesOf(body) + 1 }));
    expect(addCodes(replies)).toEqual([213, 213, 201]);
    expect(await bodiesOf(server)).toEqual([body]);
  });

  it('L19: for base64 the length counts before or after decoding', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    for (const [n, counts] of ['encoded', 'decoded'].entries()) {
      const body = large(counts, 3_000);
      const coded = Buffer.from(body).toString('base64');
      const size = counts === 'encoded' ? coded.length : bytesOf(body);
      const drafts = chunks(`${n}`, coded, 3, { size }).map(
        (draft) => ({ ...draft, meta: { ...(draft as { meta: object }).meta, format: 'b64' } }) as Draft,
      );
      const replies: Message[] = [];
      for (const draft of drafts) replies.push(await upload(session, [draft], { final: false }));
      expect(addCodes(replies)).toEqual([213, 213, 201]);
      expect(await bodiesOf(server)).toContain(body);
    }
  });

  it('C26: a first chunk without Size is 411', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const reply = await upload(session, chunks('1', large('Ada', 3_000), 2, { size: -1 }).slice(0, 1));
    expect(codeOf(reply, 'Add')).toBe(411);
  });

  it('L09: the end of an object whose beginning was refused, or dropped, is no item', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const [first, last] = chunks('1', large('Ada', 3_000), 2) as [Draft, Draft];
    const unsized = chunks('2', large('Berta', 3_000), 2, { size: -1 });
    expect(addCodes(await sendEach(session, [...unsized, first, add('3', vcard('Carl')), last]))).toEqual([
      411, 411, 213, 201, 411,
    ]);
    expect(await bodiesOf(server)).toEqual([vcard('Carl')]);
  });

  it('L15: an announced Size above our MaxObjSize is 416 at once, and nothing is buffered', async () => {
    const { server, writes } = await watchedServer();
    const { session, init } = await begin(server);
    const size = (init.header.meta?.maxObjSize ?? 0) + 1;
    const [first] = chunks('1', large('Ada', 3_000), 2, { size });
    expect(codeOf(await upload(session, [first as Draft]), 'Add')).toBe(416);
    const rows = writes.flatMap((write) => ('row' in write ? [write.row.sk] : []));
    expect(rows.filter((sk) => sk.startsWith('K#'))).toEqual([]);
  });

  it('L16: an item above it that was not announced is 413', async () => {
    const server = await startServer();
    const { session, init } = await begin(server, { wire: 'wbxml' });
    const body = vcard('Ada', `NOTE:${'x'.repeat(init.header.meta?.maxObjSize ?? 0)}`);
    expect(codeOf(await upload(session, [add('1', body), add('2', vcard('Berta'))]), 'Add')).toBe(413);
    expect(await bodiesOf(server)).toEqual([vcard('Berta')]);
  });

  it('L23: MoreData without Data is 412', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const empty = {
      name: 'Add',
      meta: { type: 'text/vcard', size: 9 },
      items: [{ source: { uri: '1' }, moreData: true }],
    };
    expect(codeOf(await upload(session, [empty as Draft]), 'Add')).toBe(412);
  });

  it('L23: an Item behind a MoreData item in the same command is 400', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const [first] = chunks('1', large('Ada', 3_000), 2) as [Draft & { items: MessageItem[] }];
    const second = { source: { uri: '2' }, data: vcard('Berta') };
    const reply = await upload(session, [{ ...first, items: [...first.items, second] } as Draft]);
    expect(codesByLuid(reply)).toEqual({ 1: 213, 2: 400 });
  });

  it.each([
    ['another item', () => add('2', vcard('Berta')), 201],
    ['a Delete', () => remove('9'), 211],
    ['another command for it', () => ({ ...add('1', vcard('Carl')), name: 'Replace' }) as Draft, 201],
  ])('L09 L10: %s before it is complete: Alert 223 names it, the new one is done', async (_, other, code) => {
    const server = await startServer();
    const { session } = await begin(server);
    const [first, second] = chunks('1', large('Ada', 5_000), 3) as [Draft, Draft];
    await upload(session, [first], { final: false });
    const next = other();
    const reply = await upload(session, [next], { final: false });
    const told = reply.commands.find((command) => command.name === 'Alert' && command.code === 223);
    expect(told?.name === 'Alert' && told.items[0]?.source?.uri).toBe('1');
    expect(codeOf(reply, next.name)).toBe(code);
    // What was dropped cannot be continued: a chunk without Size begins nothing.
    expect(codeOf(await upload(session, [second], { final: false }), 'Add')).toBe(411);
    expect((await bodiesOf(server)).some((body) => body.includes('Grüße'))).toBe(false);
  });

  it('L09: the end of the package before it is complete: Alert 223, and nothing is stored', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const [first] = chunks('1', large('Ada', 5_000), 3) as [Draft];
    const reply = await upload(session, [first]);
    expect(alertsOf(reply)).toContain(223);
    expect(reply.final).toBe(true);
    expect(await bodiesOf(server)).toEqual([]);
    const again = await begin(server, { sessionId: '2', next: 'n2' });
    expect(addCodes(await sendEach(again.session, chunks('1', large('Ada', 5_000), 3)))).toEqual([
      213, 213, 201,
    ]);
  });

  it('L09: the object begun anew with another Size replaces what was buffered', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const [old] = chunks('1', large('Old', 9_000), 3) as [Draft];
    await upload(session, [old], { final: false });
    const body = large('New', 5_000);
    expect(addCodes(await sendEach(session, chunks('1', body, 3)))).toEqual([213, 213, 201]);
    expect(await bodiesOf(server)).toEqual([body]);
  });

  it('T17 T18: a repeated chunk counts once, and a crash at any of them loses nothing', async () => {
    for (const committed of [true, false]) {
      const { server } = await watchedServer();
      const { session } = await begin(server);
      const { transact } = server.store;
      let left = 0;
      server.store.transact = async (writes) => {
        left -= 1;
        if (left !== 0) return transact.call(server.store, writes);
        if (committed) await transact.call(server.store, writes);
        throw new StoreError('cut', { retryable: true, notCommitted: false });
      };
      const body = large('Ada', 9_000);
      const replies: Message[] = [];
      for (const [n, draft] of chunks('1', body, 5).entries()) {
        left = 1 + (n % 2); // the chunk's own transaction, or the session's
        replies.push(await upload(session, [draft], { final: n === 4 }));
        await session.resend();
      }
      expect(addCodes(replies)).toEqual([213, 213, 213, 213, 201]);
      expect(await bodiesOf(server)).toEqual([body]);
    }
  });

  it('L21: an object of 1 MB is stored, replaced, versioned and sent', async () => {
    const server = await startServer();
    const phone = new Session(server, { sessionId: '1' });
    await phone.send([putDevInf(), alert(201)]);
    const [old, next] = [large('Ada', 1_000_000), large('Ada2', 1_100_000)];
    for (const body of [old, next]) {
      const replies: Message[] = [];
      for (const draft of chunks('1', body, 12)) replies.push(await upload(phone, [draft], { final: false }));
      expect(codeOf(replies.at(-1) as Message, 'Add')).toBe(201);
    }
    await upload(phone);
    const [item] = await liveItems(server);
    expect(item?.content?.size).toBe(bytesOf(next));
    const [version] = await readVersions(server.store, USER, 'contacts', item?.guid ?? asGuid(''));
    expect(version?.content.size).toBe(bytesOf(old));
    const laptop = new Device(server, { device: 'laptop', wire: 'wbxml' });
    expect((await laptop.sync()).received.Add).toBe(1);
    expect(laptop.contents).toEqual([next]);
  });
});
