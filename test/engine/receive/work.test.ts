/** A budget of work for each item and each message (docs/adr/0023): what is too much, and what becomes of it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readReviews, readVersions } from '../../../lib/app/changes.ts';
import type { Policy } from '../../../lib/engine/model/datastores.ts';
import { ITEM_WORK, MESSAGE_WORK } from '../../../lib/engine/model/limits.ts';
import { WorkBudget } from '../../../lib/pim/work/budget.ts';
import { CONTESTED, daylights, MERGING, READING } from '../../kit/bombs.ts';
import { Device } from '../../kit/device.ts';
import { add, replace, vcard } from '../../kit/drafts.ts';
import type { TextItem } from '../../kit/items.ts';
import { withPhoto } from '../../kit/photos.ts';
import { startServer, USER } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';
import { begin, bodiesOf, codesByLuid, liveItems, upload } from '../steps.ts';

const datastoreOf = ({ type }: TextItem): string => (/calendar/.test(type) ? 'calendar' : 'contacts');
const adding = (luid: string, { type, body }: TextItem): Draft => add(luid, body, type);
const replacing = (luid: string, { type, body }: TextItem): Draft => replace(luid, body, type);
/** An innocent item of the same datastore. */
const small = (like: TextItem, name: string): TextItem =>
  datastoreOf(like) === 'contacts'
    ? { type: 'text/vcard', body: vcard(name) }
    : { type: 'text/calendar', body: eventOf(`UID:${name}`, `SUMMARY:${name}`) };
const eventOf = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...inEvent(lines), 'END:VCALENDAR', ''].join('\r\n');
const inEvent = (lines: readonly string[]): readonly string[] => [
  ...['BEGIN:VEVENT', 'DTSTART:20260101T090000Z', ...lines, 'END:VEVENT'],
];

/** Counts the units of each budget; gives the most that one paid: the one of a message, in one run of a step. */
function countUnits(): () => number {
  const paid = new Map<WorkBudget, number>();
  const { take } = WorkBudget.prototype;
  vi.spyOn(WorkBudget.prototype, 'take').mockImplementation(function (this: WorkBudget, units) {
    take.call(this, units);
    paid.set(this, (paid.get(this) ?? 0) + units);
  });
  return () => Math.max(0, ...paid.values());
}
afterEach(() => vi.restoreAllMocks());

/** Sends each list of commands in a session of its own. */
async function sent(datastore: string, lists: readonly (readonly Draft[])[], policy?: Policy) {
  const server = await startServer(policy ? { policies: { [datastore]: policy } } : {});
  const codes: { [luid: string]: number }[] = [];
  for (const [n, drafts] of lists.entries()) {
    const last = n > 0 ? { last: `n${n}` } : {};
    const kind = { code: n > 0 ? 200 : 201, sessionId: String(n + 1), next: `n${n + 1}`, ...last };
    const { session } = await begin(server, { datastore, ...kind });
    codes.push(codesByLuid(await upload(session, drafts, { datastore })));
    await session.send(session.statuses());
  }
  const item = (await liveItems(server, datastore)).find(({ luids }) =>
    Object.values(luids)
      .flatMap((by) => Object.values(by))
      .flat()
      .some((luid) => luid === '1'),
  );
  const versions = item === undefined ? [] : await readVersions(server.store, USER, datastore, item.guid);
  return { server, codes, item, versions };
}

describe('an item that is too much work to read', () => {
  it.each(Object.entries(READING))('%s: 413, and the next items are taken', async (_, bomb) => {
    const units = countUnits();
    const item = bomb('a');
    const drafts = [adding('0', small(item, 'before')), adding('1', item), adding('2', small(item, 'after'))];
    const { server, codes } = await sent(datastoreOf(item), [drafts]);
    expect(codes).toEqual([{ 0: 201, 1: 413, 2: 201 }]);
    expect(await bodiesOf(server, datastoreOf(item))).toHaveLength(2);
    expect(units()).toBeLessThanOrEqual(1.1 * ITEM_WORK);
  });
});

describe('a change that is too much work to merge', () => {
  const change = (bomb: (version: string) => TextItem) => {
    const [was, is] = [bomb('a'), bomb('bb')] as const;
    const next = small(was, 'next');
    const lists = [[adding('1', was)], [replacing('1', is), adding('2', next)]];
    return { datastore: datastoreOf(was), was, is, lists };
  };

  it.each(Object.entries(MERGING))(
    '%s: the whole item is the device’s, and the server’s a version',
    async (_, bomb) => {
      const { datastore, lists } = change(bomb);
      const units = countUnits();
      const { codes, item, versions } = await sent(datastore, lists, 'client-wins');
      expect(codes).toEqual([{ 1: 201 }, { 1: 208, 2: 201 }]);
      expect(item?.content?.storedText).toContain('bb');
      expect(versions.map(({ reason }) => reason)).toEqual(['lost-conflict']);
      expect(units()).toBeLessThanOrEqual(1.1 * ITEM_WORK);
    },
  );

  it.each(Object.entries(CONTESTED))('%s: changed on both sides, the last change counts', async (_, made) => {
    const [was, now, is] = [made('a'), made('bb'), made('ccc')] as const;
    const [datastore, { type }] = [datastoreOf(was), was];
    const server = await startServer({ policies: { [datastore]: 'client-wins' } });
    const [phone, laptop] = ['phone', 'laptop'].map(
      (device) => new Device(server, { device, datastore, type }),
    ) as [Device, Device];
    const luid = phone.add(was.body);
    await phone.sync();
    await laptop.sync();
    phone.replace(luid, now.body);
    const [own = ''] = laptop.items.keys();
    laptop.replace(own, is.body);
    await phone.sync();
    const units = countUnits();
    expect((await laptop.sync()).codes.get(own)).toBe(208);
    expect((await bodiesOf(server, datastore)).join()).toContain('ccc');
    expect(units()).toBeLessThanOrEqual(1.1 * ITEM_WORK);
  });

  const bomb = MERGING['two hundred values of many names'] as (version: string) => TextItem;
  it('where the server wins, the item stays, and what the device sent is a version: 419', async () => {
    const { datastore, lists } = change(bomb);
    const { codes, item, versions } = await sent(datastore, lists, 'server-wins');
    expect(codes[1]).toEqual({ 1: 419, 2: 201 });
    expect(item?.content?.storedText).not.toContain('bb');
    expect(versions.map(({ reason }) => reason)).toEqual(['refused']);
  });

  it('where both stay, there are two items: 209', async () => {
    const { datastore, lists } = change(bomb);
    const { server, codes } = await sent(datastore, lists, 'keep-both');
    expect(codes[1]).toEqual({ 1: 209, 2: 201 });
    expect(await bodiesOf(server, datastore)).toHaveLength(3);
  });

  it('where the CRM saves it, the CRM wins', async () => {
    const server = await startServer();
    const { was, is } = change(bomb);
    const record = { user: USER, datastore: 'contacts', record: 'r', op: 'upsert' } as const;
    for (const { body } of [was, is]) expect(await server.crm({ ...record, body })).toBe('applied');
    const [text = '', ...others] = await bodiesOf(server);
    expect(others).toEqual([]);
    expect(text).toContain('bb');
  });

  it('of the CRM: one that cannot be read is refused', async () => {
    const { type, body } = daylights('a', 8_000);
    const record = { user: USER, datastore: 'calendar', record: 'r', op: 'upsert' } as const;
    const server = await startServer();
    expect(await server.crm({ ...record, type, body })).toBe('refused');
    expect(await bodiesOf(server, 'calendar')).toEqual([]);
  });
});

describe('a comparison that is too much work', () => {
  const lines = Array.from({ length: 172_000 }, (_, n) => `X-${n % 10}:${n}`).join('\r\n');
  const phones = Array.from({ length: 50 }, (_, n) => `TEL:+49170123${100 + n}`);

  const others = Array.from({ length: 8 }, (_, n) => add(`other ${n}`, vcard(`Ada ${n}`, ...phones)));

  it('the item is added, and is for a review beside those that it may be', async () => {
    const { server } = await sent('contacts', [others]);
    const { session } = await begin(server, { device: 'phone-2', code: 201, next: 'n1' });
    const reply = await upload(session, [
      add('1', vcard('Ada 0', ...phones, 'TITLE:Dr.', lines)),
      add('2', vcard('next')),
    ]);
    expect(codesByLuid(reply)).toEqual({ 1: 201, 2: 201 });
    const reviews = await readReviews(server.store, USER, 'contacts');
    expect(reviews.map(({ reasons }) => reasons)).toEqual(others.map(() => ['not-compared']));
  });

  it('an item of the same UID is the same all the same', async () => {
    const own = add('own', vcard('Ada', 'UID:urn:uuid:7-7-7', ...phones));
    const { server } = await sent('contacts', [[...others, own]]);
    const { session } = await begin(server, { device: 'phone-2', code: 201, next: 'n1' });
    const bomb = vcard('Ada', 'UID:urn:uuid:7-7-7', ...phones, 'TITLE:Dr.', lines);
    expect(codesByLuid(await upload(session, [add('1', bomb)]))).toEqual({ 1: 208 });
    expect(await bodiesOf(server)).toHaveLength(9);
    expect(await readReviews(server.store, USER, 'contacts')).toEqual([]);
  });
});

it('a message that is too much work ends, and what it did not take comes with the next session', async () => {
  const units = countUnits();
  const drafts = Array.from({ length: 9 }, (_, n) => adding(String(n), daylights(`Day ${n * n}`, 6_000)));
  const { codes, server } = await sent('calendar', [drafts, drafts.slice(6)]);
  const first = Object.values(codes[0] ?? {});
  expect(first).toHaveLength(9);
  expect(new Set(first)).toEqual(new Set([201, 500]));
  expect(Object.values(codes[1] ?? {})).toEqual([201, 201, 201]);
  expect(await bodiesOf(server, 'calendar')).toHaveLength(9);
  expect(units()).toBeLessThanOrEqual(MESSAGE_WORK);
});

describe('what people have takes a tenth of the budget', () => {
  const day = (n: number) =>
    new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10).replaceAll('-', '');
  const honest: { readonly [kind: string]: (version: string) => TextItem } = {
    'a photo of 3 MB': (version) => ({
      type: 'text/vcard',
      body: withPhoto('Ada', 2_150_000, `TITLE:${version}`),
    }),
    'a contact with 200 properties': (version) => ({
      type: 'text/vcard',
      body: vcard(
        'Ada',
        ...Array.from({ length: 200 }, (_, n) => `${['TEL', 'EMAIL', 'X-A', 'URL'][n % 4]}:${version}${n}`),
      ),
    }),
    'a series with 500 overrides': (version) => ({
      type: 'text/calendar',
      body: [
        ...['BEGIN:VCALENDAR', 'VERSION:2.0'],
        ...inEvent(['UID:1', 'RRULE:FREQ=DAILY', `SUMMARY:${version}`]),
        ...Array.from({ length: 500 }, (_, n) =>
          inEvent(['UID:1', 'SEQUENCE:1', `RECURRENCE-ID:${day(n)}T090000Z`, `SUMMARY:${version}${n}`]),
        ).flat(),
        ...['END:VCALENDAR', ''],
      ].join('\r\n'),
    }),
  };

  it.each(Object.entries(honest))('%s', async (_, made) => {
    const units = countUnits();
    const [was, is] = [made('a'), made('b')];
    const { codes, item } = await sent(datastoreOf(was), [[adding('1', was)], [replacing('1', is)]]);
    expect(codes).toEqual([{ 1: 201 }, { 1: 200 }]);
    expect(item?.content?.storedText).toMatch(/(TITLE|SUMMARY|X-A):b/);
    expect(units()).toBeGreaterThan(0);
    expect(units()).toBeLessThanOrEqual(ITEM_WORK / 10);
  });
});
