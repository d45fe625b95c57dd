/** What must not be written by halves is one transaction, and what is undone leaves nothing behind. */
import { describe, expect, it } from 'vitest';
import { readReviews, readVersions } from '../../../lib/app/changes.ts';
import type { Message } from '../../../lib/message/model.ts';
import type { Write } from '../../../lib/store/port/port.ts';
import { Device } from '../../kit/device.ts';
import { add, map, remove, replace, sync, vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';
import {
  addedGuids,
  begin,
  bodiesOf,
  codesByLuid,
  confirm,
  liveItems,
  statusesOf,
  upload,
  watchedServer,
  wholeSync,
} from '../steps.ts';

/** More than one transaction of the store takes. */
const many = Array.from({ length: 100 }, (_, n) => add(`n${n}`, vcard(`N${n}`)));
const atomic = (...commands: readonly Draft[]): Draft => ({ name: 'Atomic', commands }) as unknown as Draft;
const next = { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: false } as const;
const PICTURE = add('bad', 'x', 'image/png');

const itemsIn = (batch: readonly Write[]): string[] =>
  batch.flatMap((write) => {
    const { sk } = 'row' in write ? write.row : write.key;
    return sk.startsWith('I#') ? [sk.slice(2)] : [];
  });

describe('written in one transaction', () => {
  it('are an item and its twin, however many changes stand between the two in a message', async () => {
    const { server, transactions } = await watchedServer({ policies: { contacts: 'keep-both' } });
    await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada'))]);
    const laptop = new Device(server, { device: 'laptop' });
    await laptop.sync();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TITLE:1'));
    await laptop.sync();
    const [original] = await liveItems(server);
    const { session } = await begin(server, next);
    transactions.length = 0;
    const merged = replace('1', vcard('Ada', 'TEL:1'));
    const clash = replace('1', vcard('Ada', 'TEL:1', 'TITLE:2'));
    const reply = await upload(session, [merged, ...many, clash]);
    expect(codesByLuid(reply)['1']).toBe(209);
    const twin = (await liveItems(server)).find(({ content }) => content?.storedText?.includes('TITLE:2'));
    const written = transactions.map(itemsIn);
    expect(written.filter((guids) => guids.length > 0).length).toBeGreaterThan(1);
    const [both] = written.filter((guids) => guids.includes(original?.guid ?? ''));
    expect(both).toContain(twin?.guid);
  });

  it('are all changes of an Atomic, however many stand before it', async () => {
    const { server, transactions } = await watchedServer();
    const { session } = await begin(server, { next: 'n1' });
    transactions.length = 0;
    await upload(session, [...many.slice(0, 60), atomic(...many.slice(60))]);
    const written = transactions.map(itemsIn).filter((guids) => guids.length > 0);
    expect(written.map((guids) => guids.length)).toEqual([60, 40]);
  });

  it('are two items of which one gives its LUID to the other', async () => {
    const { server, transactions } = await watchedServer();
    const laptop = new Device(server, { device: 'laptop' });
    for (let n = 0; n < 100; n += 1) laptop.add(vcard(`N${n}`));
    await laptop.sync();
    const { session } = await begin(server, { next: 'n1' });
    const guids = addedGuids(await upload(session));
    expect(guids).toHaveLength(100);
    transactions.length = 0;
    const pairs = guids.map((guid, n) => [guid, n === 99 ? 'L0' : `L${n}`] as const);
    await session.send([...session.statuses(), map(pairs)]);
    const written = transactions.map(itemsIn).filter((some) => some.length > 0);
    expect(written.length).toBeGreaterThan(1);
    const [both] = written.filter((some) => some.includes(guids[0] ?? ''));
    expect(both).toContain(guids[99]);
  });
});

describe('a message of a hundred changes fits the transactions of the store', () => {
  const hundred = (change: (n: number) => Draft) => Array.from({ length: 100 }, (_, n) => change(n));
  const codes = (reply: Message) => [...new Set(Object.values(codesByLuid(reply)))];
  const ada = (n: number, ...lines: string[]) => vcard(`Ada-${n}`, ...lines);

  it('when each links an item', async () => {
    const server = await startServer();
    await wholeSync(
      server,
      { device: 'laptop', next: 'l1' },
      hundred((n) => add(`a${n}`, ada(n))),
    );
    const { session } = await begin(server, { next: 'n1' });
    expect(
      codes(
        await upload(
          session,
          hundred((n) => add(`${n}`, ada(n))),
        ),
      ),
    ).toEqual([201]);
    expect(await liveItems(server)).toHaveLength(100);
  });

  it('when each leaves a version, and when each leaves two', async () => {
    const server = await startServer();
    await wholeSync(
      server,
      { next: 'n1' },
      hundred((n) => add(`${n}`, ada(n))),
    );
    const { session } = await begin(server, next);
    const twice = ['TEL:1', 'TEL:2'].flatMap((line) => hundred((n) => replace(`${n}`, ada(n, line))));
    expect(codes(await upload(session, twice))).toEqual([200]);
    expect((await bodiesOf(server)).every((body) => body.includes('TEL:2'))).toBe(true);
  });

  it('when each is noted for a review', async () => {
    const server = await startServer();
    const hans = (...lines: string[]) => vcard('Hans Müller', ...lines);
    await wholeSync(server, { device: 'laptop', next: 'l1' }, [
      add('a', hans('TEL;TYPE=CELL:0171 1111111', 'EMAIL:a@a.example')),
      add('b', hans('TEL;TYPE=CELL:0172 2222222', 'EMAIL:b@b.example')),
    ]);
    const { session } = await begin(server, { next: 'n1' });
    expect(
      codes(
        await upload(
          session,
          hundred((n) => add(`${n}`, hans(`NOTE:${n}`))),
        ),
      ),
    ).toEqual([201]);
    expect((await readReviews(server.store, USER, 'contacts')).length).toBeGreaterThan(100);
  });

  it('when all are of one item: what has no room is refused, and may come again', async () => {
    const server = await startServer();
    await wholeSync(server, { next: 'n1' }, [add('1', ada(0))]);
    const { session } = await begin(server, next);
    const reply = await upload(
      session,
      hundred((n) => replace('1', ada(0, `TEL:${n}`))),
    );
    const told = statusesOf(reply).flatMap(({ cmd, code }) => (cmd === 'Replace' ? [code] : []));
    expect(new Set(told)).toEqual(new Set([200, 500]));
    expect(await bodiesOf(server)).toEqual([
      ada(0, `TEL:${told.findLastIndex((code) => Number(code) === 200)}`),
    ]);
  });
});

describe('an Atomic that is undone', () => {
  it('leaves no versions of what it changed, beside those of before', async () => {
    const server = await startServer();
    await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada'))]);
    const { session } = await begin(server, next);
    const change = (n: number) => replace('1', vcard('Ada', `TEL:${n}`));
    const reply = await upload(session, [change(1), atomic(change(2), remove('1'), PICTURE), change(3)]);
    expect(statusesOf(reply).map(({ code }) => code)).toEqual([200, 200, 200, 507, 216, 216, 415, 200]);
    const [item] = await liveItems(server);
    expect(item?.content?.storedText).toBe(vcard('Ada', 'TEL:3'));
    const versions = await readVersions(server.store, USER, 'contacts', item?.guid ?? '');
    expect(versions.map(({ content }) => content.storedText)).toEqual([vcard('Ada'), vcard('Ada', 'TEL:1')]);
  });

  it('leaves each LUID to the item that had it', async () => {
    const server = await startServer();
    const laptop = new Device(server, { device: 'laptop' });
    laptop.add(vcard('Ada'));
    await laptop.sync();
    const first = await begin(server, { next: 'n1' });
    const [ada = ''] = addedGuids(await upload(first.session));
    await confirm(first.session);
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TEL:1'));
    await laptop.sync();
    const { session } = await begin(server, next);
    // The Delete meets the laptop's change, so that Ada stays and the LUID is free for the Add.
    const undone = atomic(remove('1'), add('1', vcard('Berta')), PICTURE);
    const own = replace('1', vcard('Ada', 'TITLE:t'));
    await session.send([...session.statuses(), map([[ada, '1']]), sync([undone, own])]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1', 'TITLE:t')]);
    await confirm(session);
    const last = await begin(server, { ...next, sessionId: '3', last: 'n2', next: 'n3' });
    expect(codesByLuid(await upload(last.session, [remove('1')]))).toEqual({ 1: 200 });
    expect(await bodiesOf(server)).toEqual([]);
  });

  it('leaves free in a slow sync what it linked', async () => {
    const server = await startServer();
    await wholeSync(server, { device: 'laptop', next: 'l1' }, [add('a', vcard('Ada'))]);
    const { session } = await begin(server, { next: 'n1' });
    await upload(session, [atomic(add('1', vcard('Ada')), PICTURE), add('1', vcard('Ada'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });

  it('leaves no reviews of what it added, also where something was before', async () => {
    const server = await startServer();
    await wholeSync(server, { device: 'laptop', next: 'l1' }, [
      add('a', vcard('Hans Müller', 'TEL;TYPE=CELL:0171 1111111', 'EMAIL:a@a.example')),
      add('b', vcard('Hans Müller', 'TEL;TYPE=CELL:0172 2222222', 'EMAIL:b@b.example')),
    ]);
    const either = add('1', vcard('Hans Müller'));
    for (const commands of [[either], [add('1', vcard('Ada')), remove('1'), either]]) {
      const { session } = await begin(server, { next: 'n1' });
      await upload(session, [...commands.slice(0, -1), atomic(...commands.slice(-1), PICTURE)]);
      expect(await readReviews(server.store, USER, 'contacts')).toEqual([]);
    }
    const { session } = await begin(server, { sessionId: '2', next: 'n2' });
    await upload(session, [atomic(either)]);
    expect(await readReviews(server.store, USER, 'contacts')).not.toEqual([]);
  });
});
