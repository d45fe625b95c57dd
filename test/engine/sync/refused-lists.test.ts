/** What a refused command says of the client's list: it is not complete, so nothing may be deleted for it (Y20). */
import { describe, expect, it } from 'vitest';
import { MAX_ATOMICS } from '../../../lib/engine/model/limits.ts';
import { add, alert, replace, sync, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { alertsOf, type Draft } from '../../kit/session.ts';
import { told } from '../send/news.ts';
import {
  basicCred,
  begin,
  bodiesOf,
  codeOf,
  confirm,
  post,
  statusesOf,
  upload,
  wholeSync,
} from '../steps.ts';
import { resume } from './resuming.ts';

async function holding() {
  const server = await startServer();
  await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
  return server;
}
const both = [vcard('Ada'), vcard('Berta')];
const group = (name: 'Atomic' | 'Sequence', commands: readonly Draft[]): Draft =>
  ({ name, commands }) as unknown as Draft;
const behindChunk = (luid: string, data: string): Draft =>
  ({
    name: 'Replace',
    meta: { type: 'text/vcard' },
    items: [
      { source: { uri: '9' }, meta: { size: 10 }, data: 'BEGIN', moreData: true },
      { source: { uri: luid }, data },
    ],
  }) as Draft;

describe('a refresh from the client with a refused command', () => {
  it.each<[string, Draft]>([
    ['without data', { name: 'Replace', items: [{ source: { uri: '2' } }] } as Draft],
    ['that is a Move', { name: 'Move', items: [{ source: { uri: '2' }, data: vcard('Berta') }] } as Draft],
    ['that stands behind a chunk', behindChunk('2', vcard('Berta'))],
    [
      'that copies what is not there',
      { name: 'Copy', items: [{ source: { uri: '7' }, target: { uri: '2' } }] } as Draft,
    ],
  ])('%s deletes nothing', async (_, refused) => {
    const server = await holding();
    const { session } = await begin(server, { sessionId: '2', code: 203, next: 'n2' });
    await upload(session, [add('1', vcard('Ada')), refused]);
    expect(await bodiesOf(server)).toEqual(both);
  });

  const post203 = async (rest: Draft, edit?: (xml: string) => string) => {
    const server = await holding();
    const commands = [alert(203, 'contacts', { next: 'n2' }), sync([add('1', vcard('Ada'))]), rest];
    await post(server, { header: { sessionId: '2', cred: basicCred() }, commands, ...(edit && { edit }) });
    return bodiesOf(server);
  };
  it('in a Sync without CmdID deletes nothing', async () => {
    const nameless = { ...sync([add('2', vcard('Berta'))]), cmdId: 'DROP' } as Draft;
    expect(await post203(nameless, (xml) => xml.replace('<CmdID>DROP</CmdID>', ''))).toEqual(both);
  });
  it('in a Sync in an Atomic deletes nothing', async () => {
    expect(await post203(group('Atomic', [sync([add('2', vcard('Berta'))])]))).toEqual(both);
  });
});

describe('a slow sync with a refused command', () => {
  it('does not send back what stands behind a chunk', async () => {
    const server = await holding();
    const { session } = await begin(server, { sessionId: '2', code: 201, next: 'n2' });
    const reply = await upload(session, [replace('1', vcard('Ada')), behindChunk('2', vcard('Berta'))]);
    expect(told(reply)).toEqual([]);
  });

  it('S08 C12: in which an Atomic failed is compared again instead of being resumed', async () => {
    const server = await holding();
    const { session } = await begin(server, { device: 'new', code: 201, next: 'n2' });
    const items = [add('1', vcard('Ada')), add('2', vcard('Berta')), add('3', 'x', 'image/png')];
    const failed = await upload(session, [group('Atomic', items)]);
    expect([codeOf(failed, 'Atomic'), told(failed)]).toEqual([507, []]);
    const again = await begin(server, { device: 'new', sessionId: '2', code: 225, next: 'n3', info: false });
    expect([codeOf(again.init, 'Alert'), alertsOf(again.init)]).toEqual([508, [201]]);
    expect(told(await upload(again.session, items.slice(0, 2)))).toEqual([]);
    await confirm(again.session);
    expect(await bodiesOf(server)).toEqual(both);
  });
});

describe('many changes in one message', () => {
  const cards = (luids: readonly string[], name: string) =>
    luids.map((luid) => add(luid, vcard(`${name}${luid}`)));
  const luids = Array.from({ length: 60 }, (_, n) => `${n}`);

  it('C12: what no longer fits the transaction of an Atomic is refused, and comes again', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const reply = await upload(session, [
      group('Atomic', cards(luids, 'N')),
      ...luids.map((luid) => replace(luid, vcard(`M${luid}`))),
    ]);
    const codes = statusesOf(reply).flatMap(({ cmd, code }) => (cmd === 'Replace' ? [code] : []));
    expect([codeOf(reply, 'Atomic'), new Set(codes)]).toEqual([200, new Set([200, 500])]);
    expect(await bodiesOf(server)).toHaveLength(60);
  });

  it('C12: so many Atomics are carried out, the others are 507', async () => {
    const server = await startServer();
    const { session } = await begin(server, { maxMsgSize: 150_000 });
    const atomics = Array.from({ length: MAX_ATOMICS + 1 }, (_, n) => group('Atomic', cards([`${n}`], 'N')));
    await upload(session, atomics, { final: false });
    expect(await bodiesOf(server)).toHaveLength(MAX_ATOMICS);
  });

  it('of one item: those beyond a transaction are refused', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const reply = await upload(
      session,
      Array.from({ length: 120 }, (_, n) => replace('1', vcard(`M${n}`))),
    );
    const codes = statusesOf(reply).flatMap(({ cmd, code }) => (cmd === 'Replace' ? [code] : []));
    expect([codes[0], codes.at(-1)]).toEqual([201, 500]);
    expect(await bodiesOf(server)).toHaveLength(1);
  });
});

describe('rows written before their session', () => {
  it('S12: those of a beginning that came to nothing change no session that is resumed', async () => {
    for (let round = 0; round < 12; round += 1) {
      const server = await startServer();
      const mine = (...names: readonly string[]) => names.map((name) => add(name, vcard(`${name}${round}`)));
      await wholeSync(server, { device: 'other', next: 'o1' }, mine('A', 'B'));
      const { session } = await begin(server, { sessionId: '1', next: 'n1' });
      await upload(session, [add('1', vcard(`A${round}`))], { final: false });
      const later = { device: 'other', sessionId: 'o2', code: 200, last: 'o1', next: 'o2' };
      await wholeSync(server, later, mine('C', 'D', 'E'));
      const { transact } = server.store;
      const many = Array.from({ length: 120 }, (_, n) => add(`m${n}`, vcard(`M${n}`)));
      let left = 1;
      const dying: typeof transact = async (writes) => {
        left -= 1;
        if (left < 0) throw new Error('the process died');
        return transact(writes);
      };
      Object.assign(server.store, { transact: dying });
      const commands = [
        alert(201, 'contacts', { next: 'n1' }),
        sync([add('1', vcard(`A${round}`)), ...many]),
      ];
      expect((await post(server, { header: { cred: basicCred() }, commands })).http.status).toBe(500);
      Object.assign(server.store, { transact });
      expect(told(await upload((await resume(server)).session, []))).toContain(`Add B${round}`);
    }
  });
});
