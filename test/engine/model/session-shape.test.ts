/** The tripwire on the session that is persisted: its members are pinned with SESSION_SHAPE. */
import { describe, expect, it } from 'vitest';
import { putAccount } from '../../../lib/app/accounts.ts';
import { SESSION_SHAPE } from '../../../lib/engine/model/session-state.ts';
import type { MessageItem } from '../../../lib/message/model.ts';
import type { Write } from '../../../lib/store/port/port.ts';
import { unpackJson } from '../../../lib/store/rows/pack.ts';
import { Device } from '../../kit/device.ts';
import { add, alert, devInf, nextMessage, suspend, sync, vcard } from '../../kit/drafts.ts';
import type { TestServer } from '../../kit/server.ts';
import { type Draft, Session } from '../../kit/session.ts';
import { chunks } from '../receive/large.ts';
import { begin, upload, watchedServer, wholeSync } from '../steps.ts';

/** Names of all members, lists and dictionaries merged: `datastores[].cursor.at`, `sent{}.op`. */
function membersOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => membersOf(entry, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  const isDictionary = ['sent', 'policies', 'unmapped', 'earlier'].includes(path);
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = isDictionary ? `${path}{}` : path === '' ? name : `${path}.${name}`;
    return name === 'pending' ? [own] : [own, ...membersOf(inner, own)];
  });
}
/** Members of every session state that was written, sorted, by their owners. */
function sessionMembers(writes: readonly Write[]) {
  const rows = writes.flatMap((write) => (write.op === 'put' && write.row.sk === 'S' ? [write.row] : []));
  const owners: { [owner: string]: string[] } = {};
  for (const path of [...new Set(rows.flatMap((row) => membersOf(unpackJson(row.blob))))].sort()) {
    const dot = path.lastIndexOf('.');
    const owner = dot < 0 ? 'session' : path.slice(0, dot);
    owners[owner] = [...(owners[owner] ?? []), path.slice(dot + 1)];
  }
  return owners;
}

const words = (text: string): string[] => text.split(' ');
/** Members of the session state by what they belong to; `[]` is an entry of a list, `{}` of a dictionary. */
const MEMBERS: { readonly [owner: string]: readonly string[] } = {
  session: words(
    'askedDevInf at cutOff datastores deferred device digest earlier earlier{} emptyRequests ended inbound login maxMsgSize maxObjSize msgId nextChunk ' +
      'owesFinal pending phase policies policies{} secret sent sent{} sessionId torn unmapped unmapped{} user version',
  ),
  'datastores[]': words(
    'anchors before began client incoming kind mapping missed name outgoing own passed progress resume standing uris',
  ),
  'datastores[].anchors': words('clientLast clientNext serverLast serverNext since stay'),
  'datastores[].client': words('described filter lastSentType maxObjSize memory'),
  'datastores[].client.filter': words('inclusive record'),
  'datastores[].client.filter.record': words('ignoreCase kind name of op value'),
  'datastores[].client.memory': words('bytes ids shared'),
  'datastores[].incoming': words('hasGaps named refusedIn sweep'),
  'datastores[].incoming.sweep': words('after shard'),
  'datastores[].mapping': words('earlier generation packing reserved settled'),
  'datastores[].mapping.packing': words('from generation rows'),
  'datastores[].outgoing': words(
    'begun cursor deviceFull failed keptBack last lastCount listsDates object progress resend snapshot syncSet walks',
  ),
  'datastores[].outgoing.cursor': words('after at list sub told'),
  'datastores[].outgoing.cursor.told': words('guid luids'),
  'datastores[].outgoing.failed[]': words('guid why'),
  'datastores[].outgoing.last': words('guid rev'),
  'datastores[].outgoing.object': words('confirmed digest guid luid op resumed rev sent size unsure whole'),
  'datastores[].outgoing.resend[]': words('guid why'),
  'datastores[].own': words('overtaken run'),
  'datastores[].own.run': words('from to'),
  'datastores[].passed': words('entries epoch'),
  'datastores[].resume': words('behind last received told'),
  'datastores[].resume.behind': words('after at list sub'),
  'datastores[].resume.last': words('guid rev'),
  'datastores[].standing': words('id sequence stamp'),
  'datastores[].uris': words('client server'),
  deferred: words('rows tag wire'),
  inbound: words('command d earlier format from last luid received resumed rows size type'),
  'inbound.earlier[]': words('bytes from rows session'),
  ended: words('code d last luid resumed'),
  torn: words('d luid'),
  'sent{}': words('d guid luid ok op'),
};

describe('the session', () => {
  /** Sessions of every kind, so that every member is there at least once. */
  async function variedSessions() {
    const { server, writes } = await watchedServer();
    await putAccount(server.store, {
      login: 'anna',
      password: 'secret',
      policies: { contacts: 'server-wins' },
    });
    const phone = new Device(server, { device: 'phone', maxMsgSize: 3_000, maxObjSize: 1_000_000 });
    const laptop = new Device(server, { device: 'laptop', maxMsgSize: 3_000 });
    for (let n = 0; n < 60; n += 1) laptop.add(vcard(`N${n}`, `NOTE:${'x'.repeat(n * 100)}`));
    await laptop.sync();
    for (const code of [201, 200, 205]) await phone.sync(code);
    for (const [n, device] of [laptop, phone].entries()) {
      device.replace(device.find('FN:N1\r'), vcard('N1', `TEL:${n}`));
      device.replace(device.find('FN:N2\r'), vcard('N2', `NOTE:${String(n).repeat(9_000)}`));
      await device.sync(200);
    }
    await laptop.sync(200);
    laptop.filter = { query: 'N&CON;1' };
    await laptop.sync(200);
    await lateForSlow(server);
    await holdingCopies(server);
    await listing(server);
    await chunksOf(server);
    await refusing(server);
    await resuming(server);
    await comingBack(server);
    await holding(server);
    // Its first session again, in which Adds wait for their Map.
    await begin(server, { device: 'fourth', datastore: 'notes', maxMsgSize: 3_000, info: false });
    await sweeping(server);
    return writes;
  }

  /** A device that resumes after each message, whose answer it gets or not, and takes another format at last. */
  async function comingBack(server: TestServer) {
    const start = { device: 'tenth', maxMsgSize: 3_000, info: false } as const;
    let { session } = await begin(server, start);
    for (let n = 0; n < 24; n += 1) {
      await upload(session);
      if (n % 2 === 0) await session.send([...session.statuses(), suspend('tenth')]);
      ({ session } = await begin(server, { ...start, code: 225, sessionId: `r${n}` }));
    }
    const [store] = devInf().dataStores;
    const rx = { type: 'text/x-vcard', version: '2.1' };
    const info = devInf({ dataStores: [{ ...(store as object), rxPref: rx } as never] });
    for (let n = 0; n < 4; n += 1) {
      await upload(session);
      ({ session } = await begin(server, {
        ...start,
        ...{ code: 225, sessionId: `x${n}`, info: n % 2 === 0 ? info : devInf() },
      }));
    }
  }

  /** A device that names none of very many items. */
  async function sweeping(server: TestServer) {
    const many = Array.from({ length: 450 }, (_, n) => add(String(n), vcard(`Eve${n}`)));
    await wholeSync(server, { device: 'ninth', next: 'n1', info: false }, many);
    const { session } = await begin(server, {
      device: 'ninth',
      sessionId: '2',
      code: 203,
      next: 'n2',
      info: false,
    });
    const { transact } = server.store;
    server.store.transact = (all) => {
      server.time += 16_000;
      return transact.call(server.store, all);
    };
    await upload(session, []);
    server.store.transact = transact;
  }

  /** A device with two copies of a task that others changed: a message has room for one of them. */
  async function holdingCopies(server: TestServer) {
    const task = (text: string) =>
      `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nUID:1\r\nSUMMARY:${text}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n`;
    const copy = (luid: string) => add(luid, task('short'), 'text/calendar');
    const start = { device: 'ninth', datastore: 'tasks', maxMsgSize: 3_000, info: false } as const;
    await wholeSync(server, start, [copy('1')]);
    await wholeSync(server, { ...start, sessionId: '2', code: 200, last: 'n1', next: 'n2' }, [copy('2')]);
    const other = new Device(server, { device: 'tenth', datastore: 'tasks', type: 'text/calendar' });
    await other.sync();
    other.replace(other.find('short'), task('x'.repeat(1_500)));
    await other.sync();
    const { session } = await begin(server, { ...start, sessionId: '3', code: 200, last: 'n2', next: 'n3' });
    await upload(session, [], { datastore: 'tasks' });
  }

  /** A device that gets a list of dates in place of a rule. */
  async function listing(server: TestServer) {
    const event = (version: string, ...lines: readonly string[]) =>
      [
        ...['BEGIN:VCALENDAR', `VERSION:${version}`, 'BEGIN:VEVENT', 'DTSTART:20300101T100000Z'],
        ...[...lines, 'END:VEVENT', 'END:VCALENDAR', ''],
      ].join('\r\n');
    const rule = event('2.0', 'RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13');
    const start = { device: 'ninth', datastore: 'calendar', info: false } as const;
    await wholeSync(server, start, [add('1', rule, 'text/calendar')]);
    const { session } = await begin(server, { ...start, device: 'tenth' });
    await upload(session, [add('1', event('1.0'), 'text/x-vcalendar')], { datastore: 'calendar' });
  }

  /** A device that wants a slow sync when its Sync is there already. */
  async function lateForSlow(server: TestServer) {
    await wholeSync(server, { device: 'eighth', datastore: 'notes', info: false });
    const session = new Session(server, { device: 'eighth', sessionId: '2' });
    await session.send([alert(200, 'notes', { last: 'n1' }), sync([], 'notes')], { final: false });
    await session.send(session.statuses({ Alert: 508 }), { final: false });
  }

  /** A device that begins a large object, asks for more, and comes with limits for one datastore. */
  async function chunksOf(server: TestServer) {
    const { session } = await begin(server, { device: 'third', info: false });
    const first = { name: 'Add', meta: { type: 'text/vcard', format: 'b64', size: 99 } };
    const items = [{ source: { uri: '1' }, data: 'QQ==', moreData: true }];
    await upload(session, [{ ...first, items } as Draft], { final: false });
    // The first message comes again: nothing of the object can be resumed.
    await begin(server, { device: 'third', info: false });
    const other = await begin(server, { device: 'third', sessionId: '3', info: false });
    const rest = { ...first, meta: { type: 'text/vcard' }, items } as Draft;
    await upload(other.session, [rest], { final: false });
    const again = new Session(server, { device: 'third', sessionId: '2' });
    const hello = alert(200, 'contacts', { last: 'x' }) as Draft & { items: MessageItem[] };
    const limited = hello.items.map((item) => ({ ...item, meta: { ...item.meta, maxObjSize: 9 } }));
    await again.send([{ ...hello, items: limited } as Draft, sync([])]);
  }

  /** A device that is full, after it acknowledged some. */
  async function refusing(server: TestServer) {
    const note = (record: string) =>
      server.crm({
        user: 'anna',
        datastore: 'notes',
        record,
        op: 'upsert',
        body: `${record} ${'y'.repeat(400)}`,
      });
    for (let n = 0; n < 20; n += 1) await note(`R${n}`);
    const start = { device: 'fourth', datastore: 'notes', maxMsgSize: 3_000, info: false } as const;
    const { session } = await begin(server, start);
    await upload(session, [], { datastore: 'notes' });
    await session.send([...session.statuses(), nextMessage()], { final: false });
    await session.send([...session.statuses({ Add: 420 }), nextMessage()], { final: false });
  }

  /** A device whose message is too much for the time that there is. */
  async function holding(server: TestServer) {
    const { session } = await begin(server, { device: 'seventh', datastore: 'notes', info: false });
    const { transact } = server.store;
    const slow: typeof transact = (writes) => {
      server.time += 20_000;
      return transact(writes);
    };
    Object.assign(server.store, { transact: slow });
    const notes = Array.from({ length: 200 }, (_, n) => add(`${n}`, `Note ${n}`, 'text/plain'));
    await upload(session, notes, { datastore: 'notes' });
    Object.assign(server.store, { transact });
  }

  /** A device that resumes, with an object open in each direction. */
  async function resuming(server: TestServer) {
    const start = { device: 'fifth', maxMsgSize: 3_000, info: false } as const;
    const first = await begin(server, start);
    const meta = { type: 'text/vcard', size: 99 };
    const items = [{ source: { uri: '1' }, data: 'BEGIN:VCARD', moreData: true }];
    await upload(first.session, [{ name: 'Add', meta, items } as Draft], { final: false });
    await begin(server, { ...start, code: 225, sessionId: '2' });
    const { session } = await begin(server, { ...start, code: 225, sessionId: '3' });
    let reply = await upload(session);
    while (!JSON.stringify(reply.commands).includes('"moreData":true'))
      reply = (await session.send([...session.statuses(), nextMessage()], { final: false })).reply;
    await session.send([...session.statuses(), suspend('fifth')]);
    await begin(server, { ...start, code: 225, sessionId: '4' });
    await begin(server, { ...start, device: 'fourth', datastore: 'notes', code: 225, sessionId: '2' });
    const whole = await begin(server, { device: 'sixth', info: false });
    const mem = { sharedMem: true, freeMem: 9, freeId: 9 };
    await whole.session.send([{ ...(sync([]) as object), meta: { mem } } as Draft], { final: false });
    for (const piece of chunks('1', vcard('Ada', 'NOTE:long'), 2))
      await upload(whole.session, [piece], { final: false });
    // A session behind another one begins twice.
    for (const next of ['n2', 'n3'])
      await begin(server, { device: 'sixth', info: false, code: 225, sessionId: '2', next });
  }

  it(`has the pinned members in version ${SESSION_SHAPE}`, async () => {
    const sentence =
      'The session state changed: raise SESSION_SHAPE in lib/engine/model/session-state.ts, then pin version and members here.';
    expect({ version: SESSION_SHAPE, members: sessionMembers(await variedSessions()) }, sentence).toEqual({
      version: 16,
      members: MEMBERS,
    });
  });

  it('of another version counts as none: its client is asked to begin again', async () => {
    const { server, writes } = await watchedServer();
    const { session } = await begin(server);
    const write = writes.find((one) => one.op === 'put' && one.row.sk === 'S');
    if (write?.op !== 'put') throw new Error('no session was written');
    const row = { ...write.row, attributes: { ...write.row.attributes, f: SESSION_SHAPE + 1 } };
    expect(await server.store.transact([{ op: 'put', row, condition: 'any' }])).toBe('committed');
    const reply = await upload(session);
    expect(reply.commands.map((command) => command.name === 'Status' && command.code)).toContain(407);
  });
});
