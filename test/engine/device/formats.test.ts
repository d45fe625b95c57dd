/** Items in the format of each device, and its changes merged in its view [C35, D06, D12, D14, D19]. */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../../lib/app/changes.ts';
import type { DevInf } from '../../../lib/message/devinf-model.ts';
import { add, replace, taking, vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import { addedGuids, begin, bodiesOf, codeOf, confirm, upload, wholeSync } from '../steps.ts';

const ada = vcard('Ada', 'TEL;TYPE=HOME:1', 'NOTE:Grüße', 'X-OWN:1');
/** A server that holds Ada, and a phone in its first session. */
async function phoneWith(info: DevInf | false) {
  const server = await startServer();
  await wholeSync(server, { device: 'laptop', next: 'l1' }, [add('l', ada)]);
  const { session } = await begin(server, { next: 'n1', info });
  const reply = await upload(session);
  const [command] = changesOf(reply);
  const [guid = ''] = addedGuids(reply);
  await confirm(session, [[guid, '1']]);
  const item = command?.name === 'Add' ? command : undefined;
  return {
    server,
    type: item?.meta?.type,
    data: String(item?.items[0]?.data ?? '').replace(/\r?\n/g, '\r\n'),
  };
}
const again = { sessionId: '2', code: 200, last: 'n1', next: 'n2' } as const;

describe('an item', () => {
  it('D12: goes to a device in the type that it prefers', async () => {
    const { type, data } = await phoneWith(taking('text/x-vcard', '2.1'));
    expect(type).toBe('text/x-vcard');
    expect(data).toContain('VERSION:2.1\r\n');
    expect(data).toContain('NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gr=C3=BC=C3=9Fe\r\n');
  });

  it('D14: with the properties that it lists', async () => {
    const { data } = await phoneWith(taking('text/vcard', '3.0', ['N', 'FN', 'TEL']));
    expect(data).toBe(vcard('Ada', 'TEL;TYPE=HOME:1'));
  });

  it('D06: goes to one without device information in the type that it sends', async () => {
    const server = await startServer();
    await wholeSync(server, { device: 'laptop', next: 'l1' }, [add('l', ada)]);
    const old = 'BEGIN:VCARD\r\nVERSION:2.1\r\nN:Old;Card\r\nEND:VCARD\r\n';
    const { session } = await begin(server, { info: false });
    const reply = await upload(session, [add('1', old, 'text/x-vcard')]);
    expect(changesOf(reply).map((change) => change.meta?.type)).toEqual(['text/x-vcard']);
    expect(await bodiesOf(server)).toContain('BEGIN:VCARD\r\nVERSION:3.0\r\nN:Old;Card;;;\r\nEND:VCARD\r\n');
  });
});

describe('a device without device information', () => {
  it.each([
    ['text/x-vcard', '2.1', '2.1'],
    ['text/x-vcard', '3.0', '3.0'],
    ['text/vcard', '2.1', '2.1'],
    ['text/vcard', '9.9', '3.0'],
  ])('D06: that sends %s of version %s gets version %s', async (type, says, version) => {
    const server = await startServer();
    await wholeSync(server, { device: 'laptop', next: 'l1' }, [add('l', ada)]);
    const own = `BEGIN:VCARD\r\nVERSION:${says}\r\nN:Own;Card\r\nEND:VCARD\r\n`;
    const { session } = await begin(server, { info: false });
    const [change] = changesOf(await upload(session, [add('1', own, type)]));
    expect(change?.meta?.type).toBe(type);
    expect(String(change?.name === 'Add' && change.items[0]?.data)).toContain(`VERSION:${version}`);
  });
});

describe('a change of a device that holds less', () => {
  const info = taking('text/vcard', '3.0', ['N', 'FN', 'TEL', 'TITLE']);

  it('D14 D19: leaves what it does not hold', async () => {
    const { server } = await phoneWith(info);
    const reply = await wholeSync(server, { ...again, info }, [
      replace('1', vcard('Ada', 'TEL;TYPE=HOME:2')),
    ]);
    expect(codeOf(reply.reply, 'Replace')).toBe(200);
    expect(await bodiesOf(server)).toEqual([ada.replace('HOME:1', 'HOME:2')]);
    const next = await begin(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3', info: false });
    expect(changesOf(await upload(next.session))).toEqual([]);
  });

  it('D19: that sends back what it got, in a slow sync too, is none', async () => {
    const { server, data } = await phoneWith(info);
    await wholeSync(server, { ...again, info }, [replace('1', data)]);
    const slow = await begin(server, { sessionId: '3', code: 201, next: 'n3', info });
    expect(changesOf(await upload(slow.session, [replace('1', data)]))).toEqual([]);
    await confirm(slow.session);
    expect(await bodiesOf(server)).toEqual([ada]);
    expect(await readChanges(server.store, USER)).toHaveLength(1);
  });

  it('X03: that wins a conflict leaves what it does not hold', async () => {
    const { server } = await phoneWith(info);
    const edited = (title: string) =>
      vcard('Ada', 'TEL;TYPE=HOME:1', 'NOTE:Grüße', 'X-OWN:2', `TITLE:${title}`);
    await wholeSync(server, { device: 'laptop', sessionId: '2', code: 200, last: 'l1', next: 'l2' }, [
      replace('l', edited('Boss')),
    ]);
    const { reply } = await wholeSync(server, { ...again, info }, [
      replace('1', vcard('Ada', 'TEL;TYPE=HOME:1', 'TITLE:Chief')),
    ]);
    expect(codeOf(reply, 'Replace')).toBe(208);
    expect(await bodiesOf(server)).toEqual([edited('Chief')]);
  });

  it('T17: that comes again after another one of somebody else changes nothing', async () => {
    const { server } = await phoneWith(info);
    const change = [replace('1', vcard('Ada', 'TEL;TYPE=HOME:1', 'TITLE:Chief'))];
    const { session } = await begin(server, { ...again, info });
    await upload(session, change, { final: false });
    const edited = vcard('Ada', 'TEL;TYPE=HOME:1', 'NOTE:Grüße', 'X-OWN:1', 'TITLE:Boss');
    await wholeSync(server, { device: 'laptop', sessionId: '2', code: 200, last: 'l1', next: 'l2' }, [
      replace('l', edited),
    ]);
    await wholeSync(server, { ...again, sessionId: '3', info }, change);
    expect(await bodiesOf(server)).toEqual([edited]);
  });
});
