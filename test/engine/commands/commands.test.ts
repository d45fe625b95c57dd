/** Commands one by one: what each does, what its Status says, what ours look like [C01-C35, D01-D08, Y09-Y13]. */
import { describe, expect, it } from 'vitest';
import type { Message, MessageItem } from '../../../lib/message/model.ts';
import { add, alert, putDevInf, remove, replace, sync, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { alertsOf, changesOf, type Draft, Session } from '../../kit/session.ts';
import { begin, bodiesOf, codeOf, codesByLuid, confirm, statusesOf, upload, wholeSync } from '../steps.ts';

const several = (name: 'Add' | 'Replace' | 'Delete', items: readonly MessageItem[]): Draft =>
  ({ name, ...(name !== 'Delete' && { meta: { type: 'text/vcard' } }), items }) as Draft;
const item = (luid: string, data?: string): MessageItem => ({
  source: { uri: luid },
  ...(data !== undefined && { data }),
});
/** A phone in a later session, holding Ada as 1 and Berta as 2. */
async function settled() {
  const server = await startServer();
  await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
  const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
  return { server, session };
}
const refsOf = (reply: Message) =>
  statusesOf(reply)
    .slice(2)
    .map(({ cmd, cmdRef, sourceRefs, code }) => `${cmd}@${cmdRef} ${sourceRefs?.[0]}=${code}`);

describe('changes of the client', () => {
  it('C01 C03 C04 C05: Add, Replace, Delete of what is there and of what is not', async () => {
    const { server, session } = await settled();
    const reply = await upload(session, [
      add('3', vcard('Carl')),
      replace('1', vcard('Ada', 'TEL:1')),
      replace('4', vcard('Dora')),
      remove('2'),
      remove('9'),
    ]);
    expect(codesByLuid(reply)).toEqual({ 3: 201, 1: 200, 4: 201, 2: 200, 9: 211 });
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1'), vcard('Carl'), vcard('Dora')]);
    expect((await confirm(session)).final).toBe(true);
  });

  it('C02: an Add of a LUID that is there is no second item', async () => {
    const { server, session } = await settled();
    const reply = await upload(session, [add('1', vcard('Ada', 'TEL:1')), add('2', vcard('Berta'))]);
    for (const code of Object.values(codesByLuid(reply))) expect([200, 201, 418]).toContain(code);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1'), vcard('Berta')]);
  });

  it('C05: a second Delete of the same item is 200 or 211', async () => {
    const { session } = await settled();
    const reply = await upload(session, [remove('1'), remove('1')]);
    expect(codeOf(reply, 'Delete')).toBe(200);
    expect([200, 211]).toContain(codeOf(reply, 'Delete', 1));
  });

  it('C06: Delete with Archive is 210, and of an unknown item 211', async () => {
    const { server, session } = await settled();
    const archive = (luid: string) => ({ ...remove(luid), archive: true }) as Draft;
    expect(codesByLuid(await upload(session, [archive('1'), archive('9')]))).toEqual({ 1: 210, 9: 211 });
    expect(await bodiesOf(server)).toEqual([vcard('Berta')]);
  });

  it('C07: Delete with SftDel is 406, and the item stays', async () => {
    const { server, session } = await settled();
    const soft = { ...remove('1'), sftDel: true } as Draft;
    expect(codesByLuid(await upload(session, [soft]))).toEqual({ 1: 406 });
    expect(await bodiesOf(server)).toHaveLength(2);
  });

  it.each([
    ['Add', ['3', '4', '5'], [201, 201, 201]],
    ['Replace', ['1', '9', '2'], [200, 201, 200]],
    ['Delete', ['1', '9', '2'], [200, 211, 200]],
  ] as const)(
    'C09 P19: %s with several Items: each has its own Status with its reference',
    async (name, luids, codes) => {
      const { session } = await settled();
      const items = luids.map((luid) => item(luid, name === 'Delete' ? undefined : vcard(`New${luid}`)));
      const reply = await upload(session, [several(name, items), add('7', vcard('Zoe'))]);
      expect(refsOf(reply)).toEqual([
        ...luids.map((luid, n) => `${name}@4 ${luid}=${codes[n]}`),
        'Add@5 7=201',
      ]);
    },
  );

  it('C09: one bad Item does not spoil the others', async () => {
    const { server, session } = await settled();
    const items = [item('3', vcard('Carl')), item('4'), { data: vcard('Nobody') }, item('5', vcard('Dora'))];
    const codes = statusesOf(await upload(session, [several('Add', items)]))
      .slice(2)
      .map(({ code }) => code);
    expect(codes).toEqual([201, 412, 412, 201]);
    expect(await bodiesOf(server)).toHaveLength(4);
  });

  it('C25 E34: a type that is not offered is 415 with its name, and the others are done', async () => {
    const { server, session } = await settled();
    const reply = await upload(session, [
      add('3', 'x', 'image/png'),
      add('4', 'BEGIN:VCALENDAR', 'text/calendar'),
      add('5', vcard('Carl')),
      add('6', vcard('Dora'), 'text/vcard; charset=UTF-8'),
    ]);
    expect(codesByLuid(reply)).toEqual({ 3: 415, 4: 415, 5: 201, 6: 201 });
    expect(await bodiesOf(server)).toHaveLength(4);
  });

  it('C25: the Status 415 names the type in its Item', async () => {
    const { session } = await settled();
    const reply = await upload(session, [add('3', 'x', 'image/png')]);
    const status = statusesOf(reply).find(({ cmd }) => cmd === 'Add');
    expect(JSON.stringify(status?.items)).toContain('image/png');
  });

  it('C32: base64 is decoded; C30 C31: Type and Format come from item, command or Sync', async () => {
    const { server, session } = await settled();
    const coded = Buffer.from(vcard('Carl')).toString('base64');
    const inCommand = { ...add('3', coded), meta: { type: 'text/vcard', format: 'b64' } } as Draft;
    const inItem = {
      name: 'Add',
      items: [{ ...item('4', vcard('Dora')), meta: { type: 'text/vcard' } }],
    } as Draft;
    const bare = { name: 'Add', items: [item('5', vcard('Emil'))] } as Draft;
    const draft = { ...sync([inCommand, inItem, bare]), meta: { type: 'text/vcard' } } as Draft;
    const { reply } = await session.send([...session.statuses(), draft]);
    expect(codesByLuid(reply)).toEqual({ 3: 201, 4: 201, 5: 201 });
    expect(await bodiesOf(server)).toContain(vcard('Carl'));
  });

  it('an item may be empty: that is content, not absence', async () => {
    const server = await startServer();
    const { session } = await begin(server, { datastore: 'notes' });
    const reply = await upload(session, [add('1', '', 'text/plain')], { datastore: 'notes' });
    expect(codesByLuid(reply)).toEqual({ 1: 201 });
    expect(await bodiesOf(server, 'notes')).toEqual(['']);
  });

  it('changes outside a Sync are refused', async () => {
    const { server, session } = await settled();
    const { reply } = await session.send([
      ...session.statuses(),
      add('3', vcard('Eve')),
      remove('1'),
      sync([]),
    ]);
    expect(codeOf(reply, 'Add')).toBeGreaterThanOrEqual(400);
    expect(codeOf(reply, 'Delete')).toBeGreaterThanOrEqual(400);
    expect(codeOf(reply, 'Sync')).toBe(200);
    expect(await bodiesOf(server)).toHaveLength(2);
  });

  it('changes after package #3 are refused', async () => {
    const { server, session } = await settled();
    await upload(session);
    const { reply } = await session.send([...session.statuses(), sync([add('3', vcard('Eve'))])]);
    expect(codeOf(reply, 'Sync')).toBeGreaterThanOrEqual(400);
    expect(codeOf(reply, 'Add')).toBeGreaterThanOrEqual(400);
    expect(await bodiesOf(server)).toHaveLength(2);
  });

  it.each([204, 205])('C23: in %i nothing is taken from the client', async (code) => {
    const { server } = await settled();
    const { session } = await begin(server, { sessionId: '3', code, last: 'n1', next: 'n3' });
    const reply = await upload(session, [add('3', vcard('Eve')), replace('1', vcard('Eve')), remove('2')]);
    expect(Object.values(codesByLuid(reply)).every((status) => status === 403 || status === 405)).toBe(true);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
  });
});

describe('sync types', () => {
  it.each([211, 220, 226, 999])('C20 Y09: Alert %i is 406, without an Alert of ours', async (code) => {
    const session = new Session(await startServer());
    const { reply } = await session.send([putDevInf(), alert(code)]);
    expect(codeOf(reply, 'Alert')).toBe(406);
    expect(alertsOf(reply)).toEqual([]);
  });

  it('C19: a text to display is taken', async () => {
    const session = new Session(await startServer());
    const text: Draft = { name: 'Alert', code: 100 as never, items: [{ data: 'Hello' }] };
    const { reply } = await session.send([putDevInf(), text, alert(201)]);
    expect([200, 202]).toContain(codeOf(reply, 'Alert'));
    expect(codeOf(reply, 'Alert', 1)).toBe(200);
  });

  it.each(['Add', 'Replace'] as const)(
    'Y11 Y13: %s in a slow sync: matched or new, one item',
    async (name) => {
      const { server } = await settled();
      const { session } = await begin(server, { device: 'phone-2' });
      const draft = (luid: string, who: string) => several(name, [item(luid, vcard(who))]);
      const reply = await upload(session, [draft('a', 'Ada'), draft('z', 'Zoe')]);
      expect(codesByLuid(reply)).toEqual({ a: name === 'Add' ? 201 : 200, z: 201 });
      expect(changesOf(reply).map((change) => change.name)).toEqual(['Add']);
      expect(await bodiesOf(server)).toHaveLength(3);
    },
  );

  it('Y12: LUIDs of before a slow sync say nothing about other items after it', async () => {
    const { server } = await settled();
    const { session } = await begin(server, { sessionId: '3', code: 201, next: 'n3' });
    // The phone was reset: 1 is Berta now, and Ada is 2.
    expect(
      codesByLuid(await upload(session, [replace('1', vcard('Berta')), replace('2', vcard('Ada'))])),
    ).toEqual({
      1: 200,
      2: 200,
    });
    await confirm(session);
    const next = await begin(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' });
    await upload(next.session, [remove('1')]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });
});
