/** What a client does not know yet stays to be told: a one-way sync from it tells it nothing [Y03, Y04, C42, M09]. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { alert, putDevInf, sync, taking, vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import { changesOf, Session } from '../../kit/session.ts';
import { crm, known, session2, thenTold, told, withNews } from '../send/news.ts';
import { addedGuids, begin, confirm, upload, wholeSync } from '../steps.ts';

describe('after a one-way sync from the client (202)', () => {
  it('what others changed before and meanwhile is told', async () => {
    const server = await withNews('Berta');
    const { session } = await begin(server, { sessionId: 's', code: 202, last: 'n1', next: 'n2' });
    await crm(server, 'Carl');
    expect(told(await upload(session))).toEqual([]);
    await confirm(session);
    expect((await thenTold(server)).sort()).toEqual(['Add Berta', 'Add Carl']);
  });

  it('what the client refused goes again', async () => {
    const server = await withNews('Berta');
    const { session } = await session2(server);
    expect(told(await upload(session))).toEqual(['Add Berta']);
    await confirm(session, [], { Add: 500 });
    await wholeSync(server, { sessionId: 's', code: 202, last: 'n2', next: 'n2' });
    expect(await thenTold(server)).toEqual(['Add Berta']);
  });

  it('a list of properties that grew in it is news still', async () => {
    const listing = (...names: string[]) => ({ info: taking('text/vcard', '3.0', ['N', 'FN', ...names]) });
    const server = await startServer();
    const laptop = new Device(server, { device: 'laptop' });
    laptop.add(vcard('Ada', 'ROLE:r'));
    await laptop.sync();
    await wholeSync(server, { next: 'n1', ...listing('TEL') });
    const [longer, second] = [listing('TEL', 'ROLE'), { code: 202, last: 'n1', next: 'n2' }];
    await wholeSync(server, { sessionId: '2', ...second, ...longer });
    const third = { sessionId: '3', code: 200, last: 'n2', next: 'n3' };
    const { reply } = await wholeSync(server, { ...third, ...longer });
    expect(JSON.stringify(changesOf(reply))).toContain('ROLE:r');
  });

  it('a filter that came with it takes away what it keeps out', async () => {
    const server = await startServer();
    const phone = new Device(server);
    phone.add(vcard('Ada', 'CATEGORIES:Friends'));
    phone.add(vcard('Berta'));
    await phone.sync();
    phone.filter = { query: 'GROUP&EQ;Friends' };
    expect((await phone.sync(202)).received.Delete).toBe(0);
    expect((await phone.sync()).received.Delete).toBe(1);
    expect(phone.contents).toEqual([vcard('Ada', 'CATEGORIES:Friends')]);
  });
});

describe('what waits for an answer when a session ends', () => {
  /** A contact and a note of the CRM go to a client that did not know them, and that does not map them. */
  async function unmapped(code: number) {
    const server = await known([]);
    await crm(server, 'Berta');
    const note = { user: USER, datastore: 'notes', record: 'n', op: 'upsert', type: 'text/plain' } as const;
    await server.crm({ ...note, body: 'a note' });
    const session = new Session(server, { sessionId: '2' });
    await session.send([
      putDevInf(),
      alert(200, 'contacts', { last: 'n1', next: 'n2' }),
      alert(code, 'notes'),
    ]);
    const { reply } = await session.send([...session.statuses(), sync([]), sync([], 'notes')]);
    await confirm(session);
    return { server, count: changesOf(reply).length };
  }

  it('goes again in each database of the session', async () => {
    const { server, count } = await unmapped(201);
    expect(count).toBe(2);
    expect(await thenTold(server)).toEqual(['Add Berta']);
    const notes = { sessionId: '4', datastore: 'notes', code: 200, last: 'n1', next: 'n2' };
    const { session } = await begin(server, notes);
    expect(addedGuids(await upload(session, [], { datastore: 'notes' }))).toHaveLength(1);
  });

  it('goes again in a session that resumes, because its client missed how this one ended', async () => {
    const { server } = await unmapped(202);
    const { session } = await begin(server, {
      sessionId: 'r',
      code: 225,
      last: 'n1',
      next: 'n3',
      info: false,
    });
    expect(told(await upload(session))).toEqual(['Add Berta']);
    await confirm(session);
    const again = { sessionId: 'r2', code: 200, last: 'n3', next: 'n4', info: false } as const;
    expect(told((await wholeSync(server, again)).reply)).toEqual(['Add Berta']);
  });

  it('goes again where another database was done earlier', async () => {
    const { server, count } = await unmapped(202);
    expect(count).toBe(1);
    expect(await thenTold(server)).toEqual(['Add Berta']);
  });
});
