/** Habits of phones and of their programs that a session has to bear. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../lib/message/model.ts';
import { add, devInf, replace, sync, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { alertsOf, changesOf, type Draft, type Session } from '../../kit/session.ts';
import { addedGuids, begin, bodiesOf, codesByLuid, confirm, upload, wholeSync } from '../steps.ts';

const VCALENDAR = 'text/x-vcalendar';
const calendar = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join(
    '\r\n',
  );
const DAY = { datastore: 'calendar' };
const crm = (server: TestServer, datastore: string, type: string, body: string) =>
  server.crm({ user: 'anna', datastore, record: 'r1', op: 'upsert', type, body });
const textsIn = (reply: Message): string =>
  changesOf(reply)
    .map((one) => ('items' in one ? String((one.items[0] as { data?: unknown }).data) : ''))
    .join('\n');

describe('a phone of the kind', () => {
  it('E05: that tells days by the types of entries gets them, and is not sent its own days again', async () => {
    const server = await startServer();
    const day = ['BEGIN:VEVENT', 'SUMMARY:Fair', 'DTSTART;VALUE=DATE:20300301', 'END:VEVENT'];
    const body = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...day, 'END:VCALENDAR', ''].join('\r\n');
    await crm(server, 'calendar', 'text/calendar', body);
    const accepted = { type: VCALENDAR, version: '1.0' };
    const [store] = devInf().dataStores;
    const info = devInf({
      ...{ man: 'Sony Ericsson', mod: 'P990i' },
      dataStores: [{ ...store, sourceRef: './calendar', rxPref: accepted, txPref: accepted } as never],
    });
    const own = calendar('SUMMARY:Own', 'DTSTART:20300401T000000', 'DTEND:20300402T000000');
    const typed = own.replace('END:VEVENT', 'X-EPOCAGENDAENTRYTYPE:EVENT\r\nEND:VEVENT');
    const { reply } = await wholeSync(server, { ...DAY, info }, [add('1', typed, VCALENDAR)]);
    expect(changesOf(reply)).toHaveLength(1);
    expect(textsIn(reply)).toMatch(/DTSTART:20300301T000000\r\nDTEND:20300302T000000\r\n/);
    expect(textsIn(reply)).toContain('X-EPOCAGENDAENTRYTYPE:EVENT');
    expect((await bodiesOf(server, 'calendar')).join()).toContain('DTSTART;VALUE=DATE:20300401');
  });

  it('E04 E07: that puts a prefix before categories has them without it', async () => {
    const server = await startServer();
    const info = devInf({ man: 'NOKIA', mod: 'E72' });
    const event = calendar('SUMMARY:Fair', 'DTSTART:20300301T100000Z', 'CATEGORIES:X-Family');
    await wholeSync(server, { ...DAY, info }, [add('1', event, VCALENDAR)]);
    expect((await bodiesOf(server, 'calendar')).join()).toContain('CATEGORIES:Family\r\n');
  });
});

describe('an item', () => {
  it('E62: without a content type is of the kind of its datastore', async () => {
    const server = await startServer();
    const bare = (data: string): Draft => ({ name: 'Add', items: [{ source: { uri: '1' }, data }] }) as Draft;
    const texts = [
      ['contacts', vcard('Ada'), 'N:Ada'],
      ['calendar', calendar('SUMMARY:Fair', 'DTSTART:20300301T100000Z'), 'SUMMARY:Fair'],
      ['notes', 'Milk', 'Milk'],
    ] as const;
    for (const [datastore, text, part] of texts) {
      const { session } = await begin(server, { datastore, device: datastore });
      expect(codesByLuid(await upload(session, [bare(text)], { datastore }))).toEqual({ 1: 201 });
      expect((await bodiesOf(server, datastore)).join()).toContain(part);
    }
  });

  it('E61: is known by its LUID, whatever UID is in it', async () => {
    const server = await startServer();
    const event = (uid: string, title: string) =>
      calendar(`UID:${uid}`, `SUMMARY:${title}`, 'DTSTART:20300301T100000Z');
    await wholeSync(server, DAY, [add('1', event('a', 'Fair'), VCALENDAR)]);
    const next = { ...DAY, sessionId: '2', code: 200, last: 'n1', next: 'n2' };
    await wholeSync(server, next, [
      replace('1', event('b', 'Fair in May'), VCALENDAR),
      add('2', event('a', 'Meal'), VCALENDAR),
    ]);
    const bodies = (await bodiesOf(server, 'calendar')).join();
    expect(bodies.match(/SUMMARY:.*/g)?.sort()).toEqual(['SUMMARY:Fair in May', 'SUMMARY:Meal']);
  });

  it.each([200, 201])(
    'E64: that was added and never mapped is one with the own one of a client (%i)',
    async (code) => {
      const server = await startServer();
      await wholeSync(server, { next: 'n1' });
      await crm(server, 'contacts', 'text/vcard', vcard('Ada', 'TEL:1'));
      const broken = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
      expect(addedGuids(await upload(broken.session))).toHaveLength(1);
      const { session } = await begin(server, { sessionId: '3', code, last: 'n1', next: 'n3' });
      const reply = await upload(session, [add('7', vcard('Ada', 'TEL:1'))]);
      expect(changesOf(reply)).toEqual([]);
      expect(await bodiesOf(server)).toHaveLength(1);
    },
  );
});

describe('an answer', () => {
  const answers = async () => {
    const server = await startServer();
    await crm(server, 'contacts', 'text/vcard', vcard('Ada'));
    const { session, init } = await begin(server);
    return { session, server, init, changes: await upload(session) };
  };

  it('E44: of ours never silences the Statuses of a client', async () => {
    const { init, changes } = await answers();
    for (const reply of [init, changes]) expect(JSON.stringify(reply)).not.toContain('noResp');
  });

  it('E63: in XML is nothing but the document', async () => {
    const { session } = await answers();
    const { http } = await session.send(session.statuses());
    expect(Buffer.from(http.body).toString('utf8')).toMatch(/^<\?xml [^>]*\?><SyncML.*<\/SyncML>$/s);
  });

  /** The Statuses that are due, as a client gives them that names addresses in its own way and echoes no anchors. */
  const plainStatuses = (session: Session): Draft[] =>
    session.statuses().map((one) => {
      if (one.name !== 'Status') return one;
      const { items: _, targetRefs, sourceRefs, ...rest } = one;
      const plain = (uris: readonly string[] | undefined) => uris?.map((uri) => uri.split('?')[0] ?? '');
      const [targets, sources] = [plain(targetRefs), plain(sourceRefs)];
      return { ...rest, ...(targets && { targetRefs: targets }), ...(sources && { sourceRefs: sources }) };
    });

  it('E54: is answered in whatever names of addresses, and without our Last', async () => {
    const server = await startServer();
    await crm(server, 'contacts', 'text/vcard', vcard('Ada'));
    const { session } = await begin(server);
    const { reply } = await session.send([...plainStatuses(session), sync([])]);
    const [guid = ''] = addedGuids(reply);
    await session.send([
      ...plainStatuses(session),
      {
        name: 'Map',
        target: { uri: 'contacts' },
        source: { uri: './contacts' },
        items: [{ target: guid, source: '1' }],
      },
    ]);
    const next = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(alertsOf(next.init)).toEqual([200]);
    expect(changesOf(await upload(next.session))).toEqual([]);
    await confirm(next.session);
  });
});
