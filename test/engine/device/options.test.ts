/** What the options of a device change in a session. */
import { describe, expect, it } from 'vitest';
import { add, devInf, map, putDevInf, replace, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import { holding } from '../receive/large.ts';
import { begin, bodiesOf, codesByLuid, confirm, statusesOf, upload, wholeSync } from '../steps.ts';

const phone = (man: string, mod: string, more: object = {}) => ({ info: devInf({ man, mod, ...more }) });
const cmds = (reply: Parameters<typeof statusesOf>[0]) =>
  statusesOf(reply).map(({ cmd, code }) => `${cmd}=${code}`);

/** A device that compares while somebody else has changed what it holds as 1. */
async function compared(info: object) {
  const server = await startServer();
  await wholeSync(server, { ...info, next: 'n1' }, [add('1', vcard('Ada'))]);
  const other = await begin(server, { device: 'other' });
  const [added] = changesOf(await upload(other.session));
  const guid = added?.name === 'Add' ? (added.items[0]?.source?.uri ?? '') : '';
  await confirm(other.session, [[guid, 'o1']]);
  const edit = await begin(server, { device: 'other', sessionId: '2', code: 200, last: 'n1', next: 'n2' });
  await upload(edit.session, [replace('o1', vcard('Ada', 'TEL:1'))]);
  await confirm(edit.session);
  const slow = await begin(server, { ...info, sessionId: '3', code: 201, next: 'n3' });
  const reply = await upload(slow.session, [replace('1', vcard('Ada'))]);
  return { server, session: slow.session, reply };
}

describe('E16: no Replace in a slow sync', () => {
  it('of most devices replaces what is old', async () => {
    const { reply } = await compared(phone('Example', 'Phone'));
    expect(changesOf(reply).map(({ name }) => name)).toEqual(['Replace']);
  });

  it('of the device deletes and adds it, and it is there once', async () => {
    const { server, session, reply } = await compared(phone('NOKIA', 'Nokia 9210'));
    const [gone, fresh] = changesOf(reply);
    expect([gone?.name, fresh?.name]).toEqual(['Delete', 'Add']);
    expect(gone?.name === 'Delete' && gone.items[0]?.target?.uri).toBe('1');
    const guid = fresh?.name === 'Add' ? (fresh.items[0]?.source?.uri ?? '') : '';
    await confirm(session, [[guid, '7']]);
    const next = await begin(server, { sessionId: '4', code: 200, last: 'n3', info: false });
    const quiet = await upload(next.session, [replace('7', vcard('Ada', 'TEL:2'))]);
    expect([codesByLuid(quiet), changesOf(quiet)]).toEqual([{ 7: 200 }, []]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:2')]);
  });
});

describe('E16: its answers in another order', () => {
  async function anew() {
    const info = phone('NOKIA', 'Nokia 9210');
    const found = await compared(info);
    const fresh = changesOf(found.reply).find(({ name }) => name === 'Add');
    const guid = fresh?.name === 'Add' ? (fresh.items[0]?.source?.uri ?? '') : '';
    const next = () =>
      begin(found.server, { sessionId: '4', code: 200, last: 'n3', next: 'n4', info: false });
    return { ...found, guid, next };
  }

  it('a Map before the Status of the Delete is kept', async () => {
    const { server, session, guid, next } = await anew();
    await session.send([map([[guid, '7']]), ...session.statuses()]);
    const quiet = await upload((await next()).session, [replace('7', vcard('Ada', 'TEL:2'))]);
    expect(changesOf(quiet)).toEqual([]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:2')]);
  });

  it('without any Status the old copy is replaced next time', async () => {
    const { session, next } = await anew();
    await session.send([]);
    const [again] = changesOf(await upload((await next()).session, []));
    expect([again?.name, again?.name === 'Replace' && again.items[0]?.target?.uri]).toEqual(['Replace', '1']);
  });
});

describe('E03: no Statuses of changes', () => {
  it('that succeeded; of others there are', async () => {
    const server = await startServer();
    const { session } = await begin(server, phone('Sony Ericsson', 'P910i'));
    const reply = await upload(session, [add('1', vcard('Ada')), add('2', 'x', 'image/png')]);
    expect(cmds(reply)).toEqual(['SyncHdr=200', 'Sync=200', 'Add=415']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });
});

describe('E49: a client that goes through all packages of a one-way sync', () => {
  it('gets an answer with Final to each', async () => {
    const server = await startServer();
    const { session } = await begin(server, { code: 203 });
    expect((await upload(session, [add('1', vcard('Ada'))])).final).toBe(true);
    expect((await confirm(session)).final).toBe(true);
    expect((await confirm(session)).final).toBe(true);
    const next = await begin(server, { sessionId: '2', code: 200, last: 'n1', info: false });
    expect(cmds(next.init)).toContain('Alert=200');
  });
});

describe('the memory of the client', () => {
  const contact = (n: number) => vcard(`Name-${n}`);
  const withMem = (mem: object) => ({ mem });
  async function sent(mem: object | undefined) {
    const server = await holding(contact(1), contact(2), contact(3));
    const { session } = await begin(server);
    const drafts = [...session.statuses(), syncWith(mem)];
    const { reply } = await session.send(drafts);
    return { server, session, reply, count: changesOf(reply).length };
  }
  const syncWith = (mem: object | undefined) => ({
    ...{ name: 'Sync' as const, target: { uri: 'contacts' }, source: { uri: './contacts' }, commands: [] },
    ...(mem && { meta: withMem(mem) }),
  });
  const size = Buffer.byteLength(contact(1));

  it.each([
    [undefined, 3],
    [{ freeId: 2, freeMem: 10_000 }, 2],
    [{ freeId: 0 }, 0],
    [{ freeMem: 2 * size + 1 }, 2],
    [{ freeMem: 10_000, freeId: 3 }, 3],
  ])('B08 B09: %j takes %i of three items', async (mem, count) => {
    expect((await sent(mem)).count).toBe(count);
  });

  it('B08: the others come when there is room again', async () => {
    const { server, session, reply } = await sent({ freeId: 1 });
    const [added] = changesOf(reply);
    const guid = added?.name === 'Add' ? (added.items[0]?.source?.uri ?? '') : '';
    await confirm(session, [[guid, '1']]);
    const next = await begin(server, { sessionId: '2', code: 200, last: 'n1', info: false });
    expect(changesOf(await upload(next.session))).toHaveLength(2);
  });
});

describe('D23 E12: our device information', () => {
  it('names a datastore as the client has alerted it', async () => {
    const server = await startServer();
    const { session } = await begin(server, { datastore: 'contacts?x' });
    const get = { name: 'Get' as const, items: [{ target: { uri: './devinf12' } }] };
    const { reply } = await session.send([...session.statuses(), get, putDevInf()]);
    const results = reply.commands.find((command) => command.name === 'Results');
    const text = JSON.stringify(results);
    expect(text).toContain('"sourceRef":"contacts?x"');
    expect(text).toContain('"sourceRef":"./calendar"');
  });
});
