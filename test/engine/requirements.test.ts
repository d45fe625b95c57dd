/** Requirements that need a few lines each and no story of their own. */
import { describe, expect, it } from 'vitest';
import { encode } from '../../lib/codec/codec.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import { add, alert, replace, sync, vcard } from '../kit/drafts.ts';
import { startServer } from '../kit/server.ts';
import { alertsOf, changesOf, codesOf, type Draft, Session } from '../kit/session.ts';
import { holding } from './receive/large.ts';
import { basicCred, begin, bodiesOf, codesByLuid, confirm, upload, wholeSync } from './steps.ts';

describe('changes of the client', () => {
  const withMeta = (draft: Draft, meta: object): Draft =>
    ({ ...draft, meta: { ...('meta' in draft && draft.meta), ...meta } }) as Draft;

  it('C36: a Replace of single fields is 406, for the others would be lost', async () => {
    const server = await startServer();
    await wholeSync(server, {}, [add('1', vcard('Ada', 'TEL:1'))]);
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1' });
    const fields = withMeta(replace('1', vcard('Ada')), { fieldLevel: true });
    expect(codesByLuid(await upload(session, [fields]))).toEqual({ 1: 406 });
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1')]);
  });

  it('C37: unknown EMI is ignored', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const change = withMeta(add('1', vcard('Ada')), { emi: ['x-vendor=1', 'datapos'] });
    expect(codesByLuid(await upload(session, [change]))).toEqual({ 1: 201 });
  });
});

describe('a refresh from the client', () => {
  const start = { code: 203, device: 'phone' } as const;

  it('Y20: that breaks before its Final deletes nothing', async () => {
    const server = await holding(vcard('Ada'), vcard('Berta'));
    const { session } = await begin(server, start);
    await upload(session, [add('1', vcard('Ada'))], { final: false });
    expect(await bodiesOf(server)).toHaveLength(2);
  });

  it('Y20: of which an item was refused deletes nothing, and the next session compares', async () => {
    const server = await holding(vcard('Ada'), vcard('Berta'));
    const { session } = await begin(server, start);
    await upload(session, [add('1', vcard('Ada')), add('2', 'x', 'image/png')]);
    await confirm(session);
    expect(await bodiesOf(server)).toHaveLength(2);
    const { init } = await begin(server, { device: 'phone', sessionId: '2', code: 200, last: 'n1' });
    expect(alertsOf(init)).toEqual([201]);
  });
});

describe('a session', () => {
  it.each([
    'IMEI:493005100592800',
    'MEID:AF0123450ABCDE',
    'https://phone.example.com/a?b=c#d',
    'fol-\u00fc 1',
  ])('H10: of the device "%s" is its own', async (device) => {
    const server = await startServer();
    await wholeSync(server, { device }, [add('1', vcard('Ada'))]);
    const again = await begin(server, { device, sessionId: '2', code: 200, last: 'n1' });
    expect(alertsOf(again.init)).toEqual([200]);
    const other = await begin(server, { device: `${device}x`, code: 200, last: 'n1' });
    expect(alertsOf(other.init)).toEqual([201]);
  });

  it('M12: no command of ours goes without a Status', async () => {
    const server = await holding(vcard('Ada'), vcard('Berta'));
    const { session } = await begin(server);
    const reply = await upload(session);
    for (const command of [...reply.commands, ...changesOf(reply)])
      expect('noResp' in command && command.noResp).toBe(false);
    expect(reply.header.noResp).toBeUndefined();
  });

  it('P28: our Alert names the databases as the client did', async () => {
    const server = await startServer();
    const { init } = await begin(server, { datastore: 'http://sync.example.com/Contacts?a=1' });
    const alerts = init.commands.flatMap((c) => (c.name === 'Alert' ? c.items : []));
    expect(alerts.map(({ target, source }) => [target?.uri, source?.uri])).toEqual([
      ['./http://sync.example.com/Contacts?a=1', 'http://sync.example.com/Contacts?a=1'],
    ]);
  });

  it('U24: a Status for our challenge changes nothing', async () => {
    const server = await startServer();
    const session = new Session(server, { auth: 'none' });
    await session.send([alert(201)]);
    const decline = session.statuses({ SyncHdr: 406 });
    const again = new Session(server);
    const { reply } = await again.send([...decline, alert(201), sync([add('1', vcard('Ada'))])]);
    expect(codesOf(reply)[0]).toBe('SyncHdr@0=212');
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });

  it.each([
    [206, 200],
    [207, 202],
    [208, 203],
    [209, 204],
    [210, 205],
  ])('Y07: Alert %i runs as %i', async (asked, code) => {
    const server = await startServer();
    await wholeSync(server, {});
    const { init } = await begin(server, { sessionId: '2', code: asked, last: 'n1' });
    expect(alertsOf(init)).toEqual([code]);
  });
});

it('C44: a language that is asked for is ignored', async () => {
  const server = await startServer();
  const header = {
    ...{ verDTD: '1.2', verProto: 'SyncML/1.2', sessionId: '1', msgId: 1, cred: basicCred() },
    ...{ target: { uri: server.url }, source: { uri: 'phone-1', name: 'anna' } },
  };
  const get = { name: 'Get' as const, cmdId: '1', items: [{ target: { uri: './devinf12' } }] };
  const text = Buffer.from(
    encode(serializeMessage({ header, commands: [get], final: true }, '1.2'), 'xml', '1.2'),
  );
  const body = Buffer.from(text.toString('utf8').replace('<Item>', '<Lang>de</Lang><Item>'));
  const answer = Buffer.from((await server.post({ body })).body).toString('utf8');
  expect(answer).toContain('<Results>');
});
