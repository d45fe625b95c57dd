/** Device information both ways, and what we send because of it [D01-D22, C14-C17, C33-C35]. */
import { describe, expect, it } from 'vitest';
import type { DevInf } from '../../../lib/message/devinf-model.ts';
import type { Message } from '../../../lib/message/model.ts';
import { add, alert, devInf, map, putDevInf, remove, replace, sync, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { alertsOf, changesOf, codesOf, type Draft, Session } from '../../kit/session.ts';
import { addedGuids, begin, codeOf, confirm, upload, wholeSync } from '../steps.ts';

describe('device information (D02 D09 D12 D17)', () => {
  const named = { '1.0': './devinf10', '1.1': './devinf11', '1.2': './devinf12' } as const;
  const getOf = (uri: string, type?: string): Draft => ({
    name: 'Get',
    ...(type !== undefined && { meta: { type } }),
    items: [{ target: { uri } }],
  });
  const resultsOf = (reply: Message) => {
    const results = reply.commands.find((command) => command.name === 'Results');
    return results?.name === 'Results' ? results : undefined;
  };
  const infoOf = (reply: Message): DevInf | undefined => {
    const data = resultsOf(reply)?.items[0]?.data;
    return typeof data === 'object' && 'devInf' in data ? data.devInf : undefined;
  };

  it.each(
    (['1.0', '1.1', '1.2'] as const).flatMap((version) =>
      (['xml', 'wbxml'] as const).map((wire) => [version, wire] as const),
    ),
  )(
    'C14 C16 D01 D03 D07 D08 E13 E41 E45: SyncML %s in %s: Get is answered by Results',
    async (version, wire) => {
      const session = new Session(await startServer(), { version, wire });
      const { reply } = await session.send([
        putDevInf(devInf({ verDTD: version })),
        getOf(named[version]),
        alert(201),
      ]);
      expect(codeOf(reply, 'Get')).toBe(200);
      const results = resultsOf(reply);
      expect(results).toMatchObject({ msgRef: '1', cmdRef: '2' });
      expect(results?.meta?.type).toBe(`application/vnd.syncml-devinf+${wire}`);
      expect(results?.items[0]?.source?.uri).toBe(named[version]);
      const info = infoOf(reply);
      expect(info).toMatchObject({ verDTD: version, devTyp: 'server' });
      for (const key of ['man', 'mod', 'fwV', 'swV', 'hwV', 'devId'] as const)
        expect(info?.[key]).toBeTruthy();
      expect(info?.dataStores.length).toBeGreaterThan(2);
      for (const store of info?.dataStores ?? []) {
        expect(store.rxPref).toBeDefined();
        expect(store.txPref).toBeDefined();
        expect(store.syncTypes).toEqual([1, 2, 3, 4, 5, 6, 7]);
        expect(store.maxGuidSize).toBeUndefined(); // D09
      }
      const flags = [info?.utc, info?.supportLargeObjs, info?.supportNumberOfChanges];
      expect(flags).toEqual(version === '1.0' ? [undefined, undefined, undefined] : [true, true, true]); // D12
    },
  );

  it('D22: the name without ./ is known, too', async () => {
    const session = new Session(await startServer());
    expect(infoOf((await session.send([putDevInf(), getOf('devinf12')])).reply)).toBeDefined();
  });

  it('E65: the Type of the Get is honoured: XML device information in a WBXML session', async () => {
    const session = new Session(await startServer(), { wire: 'wbxml' });
    const get = getOf('./devinf12', 'application/vnd.syncml-devinf+xml');
    const { reply } = await session.send([putDevInf(), get]);
    expect(resultsOf(reply)?.meta?.type).toBe('application/vnd.syncml-devinf+xml');
  });

  it('C14: Get of anything else is 404, without Results', async () => {
    const session = new Session(await startServer());
    const { reply } = await session.send([putDevInf(), getOf('./secrets'), getOf('contacts'), alert(201)]);
    expect(codesOf(reply).slice(2)).toEqual(['Get@2=404', 'Get@3=404', 'Alert@4=200']);
    expect(resultsOf(reply)).toBeUndefined();
  });

  it('C15: Put of device information is 200, of anything else 404 or 406', async () => {
    const session = new Session(await startServer());
    const other: Draft = { name: 'Put', items: [{ source: { uri: './pictures' }, data: 'x' }] };
    const { reply } = await session.send([putDevInf(), other]);
    expect(codeOf(reply, 'Put')).toBe(200);
    expect([404, 406]).toContain(codeOf(reply, 'Put', 1));
  });

  it('C17 D04 E45: is asked for when none is known, once; its Results are taken and answered', async () => {
    const server = await startServer();
    const { session, init } = await begin(server, { info: false });
    const own = init.commands.find((command) => command.name === 'Get');
    expect(own?.name === 'Get' && own.items[0]?.target?.uri).toBe('./devinf12');
    const results: Draft = {
      name: 'Results',
      cmdRef: own?.cmdId ?? '',
      msgRef: '1',
      meta: { type: 'application/vnd.syncml-devinf+xml' },
      items: [{ source: { uri: './devinf12' }, data: { devInf: devInf() } }],
    };
    const { reply } = await session.send([...session.statuses(), results, sync([])]);
    expect(codeOf(reply, 'Results')).toBe(200);
    await confirm(session);
    const next = await begin(server, { info: false, sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(next.init.commands.map(({ name }) => name)).not.toContain('Get');
  });

  it('D06 E35: a device that never sends any is synchronised all the same', async () => {
    const server = await startServer();
    await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
    const { session, init } = await begin(server, { device: 'blind', info: false });
    expect(alertsOf(init)).toEqual([201]);
    const refused = session.statuses({ Get: 404 });
    const { reply } = await session.send([...refused, sync([add('1', vcard('Zoe'))])]);
    expect(addedGuids(reply)).toHaveLength(2);
    expect((await confirm(session)).final).toBe(true);
  });
});

describe('commands of ours', () => {
  const crm = (server: TestServer, record: string, body: string, type = 'text/vcard') =>
    server.crm({ user: 'anna', datastore: 'contacts', record, op: 'upsert', type, body });

  it('C33 C34: an Add names our GUID, Replace and Delete the LUID; the type is named', async () => {
    const server = await startServer();
    await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
    const other = await begin(server, { device: 'other', next: 'o1' });
    const guids = addedGuids(await upload(other.session));
    await confirm(
      other.session,
      guids.map((guid, n) => [guid, `o${n}`]),
    );
    const again = await begin(server, { device: 'other', sessionId: '2', code: 200, last: 'o1', next: 'o2' });
    await upload(again.session, [
      replace('o0', vcard('Ada', 'TEL:5')),
      remove('o1'),
      add('o9', vcard('Carl')),
    ]);
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const changes = changesOf(await upload(session));
    expect(changes.map(({ name }) => name).sort()).toEqual(['Add', 'Delete', 'Replace']);
    for (const change of changes) {
      if (change.name !== 'Add' && change.name !== 'Replace' && change.name !== 'Delete')
        throw new Error(change.name);
      const [only] = change.items;
      expect(change.items).toHaveLength(1);
      expect(only?.target === undefined).toBe(change.name === 'Add');
      expect(only?.source === undefined).toBe(change.name !== 'Add');
      expect(['1', '2', undefined]).toContain(only?.target?.uri);
      expect(change.meta?.type).toBe(change.name === 'Delete' ? undefined : 'text/vcard');
      expect(change.noResp).toBeUndefined(); // M12, E44
    }
  });

  /** Device information of a phone that takes these types of contacts. */
  const taking = (...types: readonly string[]): DevInf => {
    const base = devInf();
    const [rxPref, ...rx] = types.map((type) => ({ type, version: '1' }));
    const dataStores = base.dataStores.map(({ rxPref: _, ...store }) => ({
      ...store,
      ...(rxPref && { rxPref }),
      rx,
    }));
    return { ...base, dataStores };
  };

  it('C35 D05: items of a type that it does not list wait, and come when its DevInf changes', async () => {
    const server = await startServer();
    await crm(server, 'a', vcard('Ada'));
    await crm(server, 'b', 'a card of no known form', 'text/x-vcard');
    const first = await wholeSync(server, { next: 'n1', info: taking('text/vcard') });
    expect(changesOf(first.reply).map((c) => c.meta?.type)).toEqual(['text/vcard']);
    const same = await wholeSync(server, {
      ...{ sessionId: '2', code: 200, last: 'n1', next: 'n2', info: taking('text/vcard') },
    });
    expect(changesOf(same.reply)).toEqual([]);
    const third = await wholeSync(server, {
      ...{ sessionId: '3', code: 200, last: 'n2', next: 'n3', info: taking('text/vcard', 'text/x-vcard') },
    });
    expect(changesOf(third.reply).map((c) => [c.name, c.meta?.type])).toEqual([['Add', 'text/x-vcard']]);
    const last = await wholeSync(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' });
    expect(changesOf(last.reply)).toEqual([]);
  });

  it('C35: an update of a type that it does not list waits, too; its deletion is told', async () => {
    const server = await startServer();
    const info = taking('text/vcard');
    await crm(server, 'a', vcard('Ada'));
    const first = await begin(server, { next: 'n1', info });
    const [guid = ''] = addedGuids(await upload(first.session));
    await first.session.send([...first.session.statuses(), map([[guid, '1']])]);
    await crm(server, 'a', 'a card of no known form', 'text/x-vcard');
    const second = await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2', info });
    expect(changesOf(second.reply)).toEqual([]);
    await server.crm({ user: 'anna', datastore: 'contacts', record: 'a', op: 'delete' });
    const third = await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3', info });
    expect(changesOf(third.reply).map((c) => ('items' in c ? [c.name, c.items[0]] : []))).toEqual([
      ['Delete', { target: { uri: '1' } }],
    ]);
  });
});
