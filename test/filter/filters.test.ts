/** DS 1.2 filters in sessions: what comes, what goes, what stays on the server (F01-F15). */
import { describe, expect, it } from 'vitest';
import { ownDevInf } from '../../lib/engine/device/own-devinf.ts';
import { told } from '../engine/send/news.ts';
import { begin, codeOf, upload } from '../engine/steps.ts';
import { Device } from '../kit/device.ts';
import { alert, putDevInf, vcard } from '../kit/drafts.ts';
import { startServer } from '../kit/server.ts';
import { codesOf, type Draft, Session } from '../kit/session.ts';

const friend = (name: string): string => vcard(name, 'CATEGORIES:Friends');
const colleague = (name: string): string => vcard(name, 'CATEGORIES:Work');
const FRIENDS = { query: 'GROUP&EQ;Friends' };

async function office() {
  const server = await startServer();
  const laptop = new Device(server, { device: 'laptop' });
  laptop.add(friend('Ada'));
  laptop.add(colleague('Berta'));
  await laptop.sync();
  const phone = new Device(server, { device: 'phone' });
  return { server, laptop, phone };
}

describe('an exclusive filter (F01 F02 F05 F13)', () => {
  it('F08: lets only what matches through, in a slow sync too', async () => {
    const { phone } = await office();
    phone.filter = FRIENDS;
    const report = await phone.sync();
    expect(phone.contents).toEqual([friend('Ada')]);
    expect(report.announced).toBe(1);
  });

  it('F08 F11: takes away what no longer matches, and the server keeps it', async () => {
    const { laptop, phone } = await office();
    phone.filter = FRIENDS;
    await phone.sync();
    laptop.replace(laptop.find('Ada'), colleague('Ada'));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 1 });
    expect(phone.contents).toEqual([]);
    await laptop.sync();
    expect(laptop.contents).toEqual([colleague('Ada'), colleague('Berta')]);
  });

  it('F08: brings what begins to match', async () => {
    const { laptop, phone } = await office();
    phone.filter = FRIENDS;
    await phone.sync();
    laptop.replace(laptop.find('Berta'), friend('Berta'));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ Add: 1, Replace: 0, Delete: 0 });
  });

  it('F14: another filter, or none, makes another sync set without any change of an item', async () => {
    const { phone } = await office();
    await phone.sync();
    expect(phone.contents).toHaveLength(2);
    phone.filter = FRIENDS;
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 1 });
    phone.filter = { query: 'GROUP&EQ;Work' };
    expect((await phone.sync()).received).toEqual({ Add: 1, Replace: 0, Delete: 1 });
    phone.filter = undefined;
    expect((await phone.sync()).received).toEqual({ Add: 1, Replace: 0, Delete: 0 });
    expect(phone.contents).toEqual([friend('Ada'), colleague('Berta')]);
  });

  it('costs nothing more once it is settled', async () => {
    const { server, phone } = await office();
    phone.filter = FRIENDS;
    await phone.sync();
    const query = server.store.query.bind(server.store);
    const ranges: string[] = [];
    server.store.query = (range) => {
      ranges.push(range.from);
      return query(range);
    };
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    expect(ranges.filter((from) => from.startsWith('I#'))).toEqual([]);
  });

  it('F10 F15: takes from the client what it stores outside, and takes it back from the client', async () => {
    const { laptop, phone } = await office();
    phone.filter = FRIENDS;
    await phone.sync();
    phone.add(colleague('Carl'));
    const report = await phone.sync();
    expect([...report.codes.values()]).toEqual([201]);
    expect(report.received.Delete).toBe(1);
    expect(phone.contents).toEqual([friend('Ada')]);
    await laptop.sync();
    expect(laptop.contents).toContain(colleague('Carl'));
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  });
});

describe('an inclusive filter', () => {
  it('F09: brings nothing new from outside, and leaves what is there', async () => {
    const { laptop, phone } = await office();
    phone.filter = { ...FRIENDS, inclusive: true };
    await phone.sync();
    expect(phone.contents).toEqual([friend('Ada')]);
    laptop.replace(laptop.find('Ada'), colleague('Ada'));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 1, Delete: 0 });
    expect(phone.contents).toEqual([colleague('Ada')]);
  });
});

describe('a filter that cannot be served (C22)', () => {
  const filtered = (filter: object): Draft => {
    const draft = alert(201) as Draft & { name: 'Alert' };
    return { ...draft, items: draft.items.map((item) => ({ ...item, target: { uri: 'contacts', filter } })) };
  };
  const record = (data: string, type = 'syncml:filtertype-cgi') => ({ meta: { type }, data });
  const meta = { type: 'text/vcard' };

  it.each([
    ['F03: of another content type', 415, { meta: { type: 'text/calendar' }, record: record('N&EQ;x') }],
    ['F12: with a query that does not parse', 422, { meta, record: record('N&EQ') }],
    ['F12: in another grammar', 421, { meta, record: record('//x', 'syncml:filtertype-xpath') }],
    ['F07: of another kind', 406, { meta, record: record('N&EQ;x'), filterType: 'MIXED' }],
    ['by fields', 406, { meta, field: { data: '<Property><PropName>N</PropName></Property>' } }],
  ])('%s: %i', async (_, code, filter) => {
    const session = new Session(await startServer());
    const { reply } = await session.send([filtered(filter)]);
    expect(codesOf(reply)).toEqual(['SyncHdr@0=212', `Alert@1=${code}`]);
    expect(reply.commands.filter((command) => command.name === 'Alert')).toEqual([]);
  });

  it('F04: without Field and Record is none', async () => {
    const session = new Session(await startServer());
    const { reply } = await session.send([putDevInf(), filtered({ meta })]);
    expect(codesOf(reply)).toEqual(['SyncHdr@0=212', 'Put@1=200', 'Alert@2=200']);
  });
});

it('D20: our device information of 1.2 says what can be filtered', () => {
  const [contacts] = ownDevInf('1.2').dataStores;
  expect(contacts?.filterRx).toEqual([{ type: 'syncml:filtertype-cgi', version: '1.0' }]);
  expect(contacts?.filterCaps?.[0]?.keywords).toContain('GROUP');
});

describe('a filter in a LocURI', () => {
  const start = (datastore: string) => ({ version: '1.1', datastore, info: false }) as const;

  it('F16: lets only what matches through, and is echoed as it was written', async () => {
    const { server } = await office();
    const datastore = './contacts?GROUP&EQ;Friends';
    const { session, init } = await begin(server, start(datastore));
    const named = init.commands.flatMap((c) => (c.name === 'Alert' ? c.items.map((i) => i.source?.uri) : []));
    expect(named).toEqual([datastore]);
    const reply = await upload(session, [], { datastore });
    expect(told(reply)).toEqual(['Add Ada']);
  });

  it.each(['contacts?/dr(-7,30)', 'contacts?LUID&EQ;1'])(
    'H22: of a 1.2 client %s names no filter',
    async (uri) => {
      const { server } = await office();
      const { init } = await begin(server, { ...start(uri), version: '1.2' });
      expect(codeOf(init, 'Alert')).toBe(200);
    },
  );

  it.each([
    ['contacts?/dr(-7,30)', 406],
    ['contacts?GROUP&EQ;Friends&AND;', 422],
    ['contacts?client=7', 200],
  ])('F16 H22: %s is %i', async (datastore, code) => {
    const { server } = await office();
    const { init } = await begin(server, start(datastore));
    expect(codeOf(init, 'Alert')).toBe(code);
  });
});
