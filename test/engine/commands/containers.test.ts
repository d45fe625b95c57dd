/** Commands in commands, and commands about what is there: Sequence, Atomic, Copy, soft delete [C07-C13, C29]. */
import { describe, expect, it } from 'vitest';
import { readVersions } from '../../../lib/app/changes.ts';
import type { Guid } from '../../../lib/engine/model/ids.ts';
import type { Message } from '../../../lib/message/model.ts';
import { add, alert, remove, replace, sync, vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import { type Draft, Session } from '../../kit/session.ts';
import { told } from '../send/news.ts';
import {
  addedGuids,
  begin,
  bodiesOf,
  codesByLuid,
  confirm,
  liveItems,
  statusesOf,
  upload,
  wholeSync,
} from '../steps.ts';

/** A phone in a later session, holding Ada as 1 and Berta as 2. */
async function settled(options: object = {}) {
  const server = await startServer();
  await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
  const start = { sessionId: '2', code: 200, last: 'n1', next: 'n2', ...options };
  const { session } = await begin(server, start);
  return { server, session };
}
const group = (name: 'Atomic' | 'Sequence', commands: readonly Draft[]): Draft =>
  ({ name, commands }) as unknown as Draft;
const copy = (source: string, target?: string, data?: string): Draft =>
  ({
    name: 'Copy',
    meta: { type: 'text/vcard' },
    items: [{ source: { uri: source }, ...(target && { target: { uri: target } }), ...(data && { data }) }],
  }) as Draft;
/** `Add=201`, behind the Statuses of header and Sync. */
const codes = (reply: Message) =>
  statusesOf(reply)
    .slice(2)
    .map(({ cmd, code }) => `${cmd}=${code}`);
const untouched = [vcard('Ada'), vcard('Berta')];

describe('an Atomic with a conflict', () => {
  it('X01: that the server wins is done, and the losing content is kept', async () => {
    const server = await startServer({ policies: { contacts: 'server-wins' } });
    await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada'))]);
    const other = await begin(server, { device: 'other', next: 'o1' });
    const [guid = ''] = addedGuids(await upload(other.session));
    await confirm(other.session, [[guid, 'o1']]);
    await wholeSync(server, { device: 'other', sessionId: '2', code: 200, last: 'o1', next: 'o2' }, [
      replace('o1', vcard('Ada', 'TITLE:1')),
    ]);
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const reply = await upload(session, [group('Atomic', [replace('1', vcard('Ada', 'TITLE:2'))])]);
    expect(codes(reply)).toEqual(['Atomic=200', 'Replace=419']);
    const [item] = await liveItems(server);
    const versions = await readVersions(server.store, USER, 'contacts', item?.guid as Guid);
    expect(versions.map(({ content }) => content.storedText)).toContain(vcard('Ada', 'TITLE:2'));
  });
});

describe('Sequence', () => {
  it('C11: runs its commands in order, also behind one that fails', async () => {
    const { server, session } = await settled();
    const changes = [add('3', vcard('Carl')), add('4', 'x', 'image/png'), replace('3', vcard('Cara'))];
    const reply = await upload(session, [group('Sequence', changes), remove('2')]);
    expect(codes(reply)).toEqual(['Sequence=200', 'Add=201', 'Add=415', 'Replace=200', 'Delete=200']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Cara')]);
  });

  it('C11: may hold Alerts and the Sync itself', async () => {
    const server = await startServer();
    const session = new Session(server);
    const changes = group('Sequence', [sync([add('1', vcard('Ada'))])]);
    await session.send([group('Sequence', [alert(201)])]);
    const { reply } = await session.send([...session.statuses(), changes]);
    expect(statusesOf(reply).map(({ cmd, code }) => `${cmd}=${code}`)).toEqual([
      'SyncHdr=200',
      'Sequence=200',
      'Sync=200',
      'Add=201',
    ]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });
});

describe('Atomic', () => {
  it('C12: is done as a whole', async () => {
    const { server, session } = await settled();
    const changes = [add('3', vcard('Carl')), remove('2'), replace('1', vcard('Ada', 'TEL:1'))];
    const reply = await upload(session, [group('Atomic', changes)]);
    expect(codes(reply)).toEqual(['Atomic=200', 'Add=201', 'Delete=200', 'Replace=200']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1'), vcard('Carl')]);
  });

  it('C12: one that fails undoes what was done (216) and keeps the rest from its turn (215)', async () => {
    const { server, session } = await settled();
    const changes = [
      replace('1', vcard('Ada', 'TEL:1')),
      add('3', vcard('Carl')),
      add('4', 'x', 'image/png'),
      remove('2'),
    ];
    const reply = await upload(session, [add('5', vcard('Eve')), group('Atomic', changes), remove('9')]);
    expect(codes(reply)).toEqual([
      ...['Add=201', 'Atomic=507'],
      ...['Replace=216', 'Add=216', 'Add=415', 'Delete=215', 'Delete=211'],
    ]);
    expect(await bodiesOf(server)).toEqual([...untouched, vcard('Eve')]);
    await confirm(session);
    const next = await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3' });
    expect(told(next.reply)).toEqual([]);
  });

  it('C12: is undone when its Statuses do not fit one message (517)', async () => {
    const { server, session } = await settled({ maxMsgSize: 3_000 });
    const changes = Array.from({ length: 60 }, (_, n) => add(`n${n}`, vcard(`N${n}`)));
    const replies = [await upload(session, [group('Atomic', changes)], { final: false })];
    expect(codes(replies[0] as Message).slice(0, 2)).toEqual(['Atomic=517', 'Add=216']);
    expect(await bodiesOf(server)).toEqual(untouched);
  });

  it('C12: is undone when it is more than one transaction of the store', async () => {
    const { server, session } = await settled();
    const changes = Array.from({ length: 120 }, (_, n) => add(`n${n}`, vcard(`N${n}`)));
    const reply = await upload(session, [group('Atomic', changes)]);
    expect(codes(reply).slice(0, 2)).toEqual(['Atomic=507', 'Add=216']);
    expect(await bodiesOf(server)).toEqual(untouched);
  });

  it('C13: an Atomic or a chunk in it is 406, and nothing of it is done', async () => {
    const { server, session } = await settled();
    const inner = group('Atomic', [remove('1')]);
    const chunk = add('4', 'BEGIN', 'text/vcard', { moreData: true, meta: { size: 99 } });
    const reply = await upload(session, [
      group('Atomic', [add('3', vcard('Carl')), inner]),
      group('Atomic', [group('Sequence', [chunk])]),
    ]);
    expect(codes(reply)).toEqual([
      ...['Atomic=406', 'Add=406', 'Atomic=406', 'Delete=406'],
      ...['Atomic=406', 'Sequence=406', 'Add=406'],
    ]);
    expect(await bodiesOf(server)).toEqual(untouched);
  });

  it('C12: over several datastores it is 406', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const { reply } = await session.send([...session.statuses(), group('Atomic', [sync([add('1', 'x')])])]);
    expect(
      statusesOf(reply)
        .map(({ cmd, code }) => `${cmd}=${code}`)
        .slice(1),
    ).toEqual([...['Atomic=406', 'Sync=406', 'Add=406']]);
  });

  it('C12: undone in a slow sync, nothing is sent, and the next session compares again', async () => {
    const { server } = await settled();
    const slow = await begin(server, { sessionId: '3', code: 201, next: 'n3' });
    const changes = [replace('1', vcard('Ada')), add('4', 'x', 'image/png')];
    const reply = await upload(slow.session, [group('Atomic', changes)]);
    expect(codes(reply)).toEqual(['Atomic=507', 'Replace=216', 'Add=415']);
    expect(told(reply)).toEqual([]);
    await confirm(slow.session);
    const { init } = await begin(server, { sessionId: '4', code: 200, last: 'n3' });
    expect(statusesOf(init).map(({ code }) => code)).toContain(508);
    expect(await bodiesOf(server)).toEqual(untouched);
  });
});

describe('Copy', () => {
  it('C10: makes a second item of what is there', async () => {
    const { server, session } = await settled();
    const reply = await upload(session, [copy('1', '3')]);
    expect(codes(reply)).toEqual(['Copy=201']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Ada'), vcard('Berta')]);
    await confirm(session);
    const later = await begin(server, { sessionId: '3', code: 200, last: 'n2' });
    await upload(later.session, [remove('3')]);
    expect(await bodiesOf(server)).toEqual(untouched);
  });

  it('C10 E50: that brings its content is an Add', async () => {
    const { server, session } = await settled();
    expect(codes(await upload(session, [copy('3', undefined, vcard('Carl'))]))).toEqual(['Copy=201']);
    expect(await bodiesOf(server)).toEqual([...untouched, vcard('Carl')]);
  });

  it('C10: of nothing is 404, without a place to go 412', async () => {
    const { server, session } = await settled();
    expect(codes(await upload(session, [copy('9', '3'), copy('1')]))).toEqual(['Copy=404', 'Copy=412']);
    expect(await bodiesOf(server)).toEqual(untouched);
  });
});

describe('a soft delete', () => {
  it('C08: of what is deleted here is 423', async () => {
    const { server, session } = await settled();
    await upload(session, [remove('1')]);
    await confirm(session);
    const later = await begin(server, { sessionId: '3', code: 200, last: 'n2' });
    const soft = (luid: string) => ({ ...remove(luid), sftDel: true }) as Draft;
    expect(codesByLuid(await upload(later.session, [soft('1'), soft('2')]))).toEqual({ 1: 423, 2: 406 });
  });
});
