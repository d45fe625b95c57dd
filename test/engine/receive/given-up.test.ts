/** A LUID that a device gave up means nothing any more: what it named stays, and the LUID may come back for something else. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { add, map, remove, replace, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { told } from '../send/news.ts';
import { addedGuids, begin, bodiesOf, codesByLuid, confirm, upload, wholeSync } from '../steps.ts';

const CHANGED = vcard('Ada', 'TEL:1');
const BERTA = vcard('Berta');

const session = (server: TestServer, n: number) =>
  begin(server, { sessionId: String(n), code: 200, last: `n${n - 1}`, next: `n${n}`, info: false });

/** The phone holds Ada as `1`, which it added itself or got and mapped; a laptop then changed her. */
async function changedElsewhere(whose: 'its own' | 'mapped') {
  const server = await startServer();
  const laptop = new Device(server, { device: 'laptop' });
  if (whose === 'mapped') laptop.add(vcard('Ada'));
  if (whose === 'mapped') await laptop.sync();
  const first = await begin(server, { next: 'n1' });
  const reply = await upload(first.session, whose === 'mapped' ? [] : [add('1', vcard('Ada'))]);
  await confirm(
    first.session,
    addedGuids(reply).map((guid) => [guid, '1']),
  );
  await laptop.sync();
  laptop.replace(laptop.find('Ada'), CHANGED);
  await laptop.sync();
  return server;
}

describe.each(['its own', 'mapped'] as const)('a LUID (%s) whose Delete met a change of others', (whose) => {
  it('may come back for something else in the same message', async () => {
    const server = await changedElsewhere(whose);
    const { session: second } = await session(server, 2);
    const reply = await upload(second, [remove('1'), add('1', BERTA)]);
    expect(codesByLuid(reply)).toEqual({ 1: 201 });
    expect(told(reply)).toEqual(['Add Ada']);
    expect(await bodiesOf(server)).toEqual([CHANGED, BERTA]);
  });

  it('may come back in a later session, and then names that and nothing else', async () => {
    const server = await changedElsewhere(whose);
    const { session: second } = await session(server, 2);
    const reply = await upload(second, [remove('1')]);
    expect(codesByLuid(reply)).toEqual({ 1: 419 });
    await confirm(second, [[addedGuids(reply)[0] ?? '', '2']]);
    const { session: third } = await session(server, 3);
    await upload(third, [replace('1', BERTA)]);
    expect(await bodiesOf(server)).toEqual([CHANGED, BERTA]);
    await confirm(third);
    const { session: fourth } = await session(server, 4);
    const last = await upload(fourth, [remove('1'), replace('2', vcard('Ada', 'TEL:2'))]);
    expect(codesByLuid(last)).toEqual({ 1: 200, 2: 200 });
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:2')]);
  });

  it('does not bring back what it named, when that is deleted under its new LUID', async () => {
    const server = await changedElsewhere(whose);
    const { session: second } = await session(server, 2);
    const reply = await upload(second, [remove('1')]);
    await confirm(second, [[addedGuids(reply)[0] ?? '', '2']]);
    const tablet = new Device(server, { device: 'tablet' });
    await tablet.sync();
    tablet.delete(tablet.find('Ada'));
    await tablet.sync();
    const { session: third } = await session(server, 3);
    expect(told(await upload(third, [replace('1', BERTA)]))).toEqual(['Delete 2']);
    expect(await bodiesOf(server)).toEqual([BERTA]);
  });

  it('deletes nothing a second time', async () => {
    const server = await changedElsewhere(whose);
    const { session: second } = await session(server, 2);
    await upload(second, [remove('1')]);
    await confirm(second);
    const { session: third } = await session(server, 3);
    expect(codesByLuid(await upload(third, [remove('1')]))).toEqual({ 1: 211 });
    expect(await bodiesOf(server)).toEqual([CHANGED]);
  });
});

describe('a LUID that the device has for another item now', () => {
  it('is that of the twin where both stay', async () => {
    const server = await startServer({ policies: { contacts: 'keep-both' } });
    await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada', 'TITLE:0'))]);
    const laptop = new Device(server, { device: 'laptop' });
    await laptop.sync();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TITLE:1'));
    await laptop.sync();
    const { session: second } = await session(server, 2);
    const reply = await upload(second, [replace('1', vcard('Ada', 'TITLE:2'))]);
    expect(codesByLuid(reply)).toEqual({ 1: 209 });
    await confirm(second, [[addedGuids(reply)[0] ?? '', '9']]);
    const { session: third } = await session(server, 3);
    await upload(third, [replace('1', vcard('Ada', 'TITLE:3')), remove('9')]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TITLE:3')]);
  });

  /** The phone got Ada and Berta, and maps them so in one message. */
  async function mapped(pairs: readonly (readonly ['Ada' | 'Berta', string])[]) {
    const server = await startServer();
    const laptop = new Device(server, { device: 'laptop' });
    laptop.add(vcard('Ada'));
    laptop.add(BERTA);
    await laptop.sync();
    const { session: first } = await begin(server, { next: 'n1' });
    const reply = await upload(first);
    const guids = addedGuids(reply);
    const at = (name: string) => guids[told(reply).indexOf(`Add ${name}`)] ?? '';
    await first.send([...first.statuses(), map(pairs.map(([name, luid]) => [at(name), luid]))]);
    return server;
  }

  it('is that of the last one that a message maps it to; the other one is sent again', async () => {
    const server = await mapped([
      ['Ada', '1'],
      ['Berta', '1'],
    ]);
    const { session: second } = await session(server, 2);
    expect(told(await upload(second, [remove('1')]))).toEqual(['Add Ada']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });

  it.each([[[]], [[['Ada', '3']]]] as const)(
    'is that of the last one, whatever both had before in that message: %j',
    async (before) => {
      const server = await mapped([['Berta', '2'], ...before, ['Ada', '1'], ['Berta', '1']]);
      const { session: second } = await session(server, 2);
      const reply = await upload(second, [replace('1', vcard('Berta', 'TEL:1'))]);
      expect(told(reply)).toEqual(['Add Ada']);
      expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta', 'TEL:1')]);
    },
  );
});
