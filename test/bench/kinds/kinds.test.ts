/** What is measured must be what it says: each kind moves the items that it names, and leaves what it should. */
import { describe, expect, it } from 'vitest';
import { readItem } from '../../kit/items.ts';
import { CONTACTS, EVENTS, newItems, PHOTOS } from '../material.ts';
import { createWorld } from '../world.ts';
import type { Kind } from './kind.ts';
import { KINDS } from './kinds.ts';
import { measureKind } from './measure.ts';
import { kindRows } from './rows.ts';

const SIZE = 6;
/** Items that go to the server, that come from it, and that it holds in the end. */
const EXPECTED: { readonly [name: string]: readonly [sent: number, received: number, held: number] } = {
  upload: [6, 0, 6],
  update: [6, 0, 6],
  'new-device': [0, 6, 6],
  'event-upload': [6, 0, 6],
  'event-update': [6, 0, 6],
  'event-new-device': [0, 6, 6],
  'photo-upload': [6, 0, 6],
  'photo-new-device': [0, 6, 6],
  'slow-sync': [6, 0, 6],
  'refresh-from-client': [3, 0, 3],
  'crm-feed': [6, 0, 3],
};

describe.each(Object.entries(EXPECTED))('the kind %s', (name, [sent, received, held]) => {
  it('moves the items that it says', async () => {
    const world = await createWorld(false);
    const run = await KINDS[name]?.prepare(world, SIZE);
    world.spent();
    expect(await run?.()).toEqual({ sent, received });
    expect(world.spent().length).toBeGreaterThan(1);
    const datastore = name.startsWith('event') ? 'calendar' : 'contacts';
    const other = world.device('another', { datastore });
    expect((await other.sync(201)).received.Add).toBe(held);
    await world.close();
  });
});

it('an update and a record of the CRM leave the edited text', async () => {
  for (const name of ['update', 'event-update', 'crm-feed']) {
    const world = await createWorld(false);
    await (await KINDS[name]?.prepare(world, SIZE))?.();
    const other = world.device('another', { datastore: name === 'event-update' ? 'calendar' : 'contacts' });
    await other.sync(201);
    for (const text of other.items.values()) expect(text).toMatch(/(NOTE|DESCRIPTION):1 /);
    await world.close();
  }
});

it('a first match finds those who are in both books', async () => {
  const world = await createWorld(false);
  const run = await KINDS['first-match']?.prepare(world, 50);
  // The 20 that only the server had, and what it knows better of the 30.
  expect((await run?.())?.received).toBeGreaterThanOrEqual(20);
  const other = world.device('another');
  const { received } = await other.sync(201);
  expect(received.Add).toBeGreaterThanOrEqual(70);
  expect(received.Add).toBeLessThan(80);
  await world.close();
});

it('every kind is looked at', () => {
  expect([...Object.keys(EXPECTED), 'first-match'].sort()).toEqual(Object.keys(KINDS).sort());
});

describe('the items', () => {
  it('are of the size and the sort that they are said to be', () => {
    const [photo = ''] = newItems(PHOTOS, 1).map((change) => ('data' in change ? change.data : ''));
    const whole = (text: string) => text.replace(/\r\n /g, '');
    const [line = ''] = /PHOTO.*/.exec(whole(photo)) ?? [];
    const base64 = line.slice(line.indexOf(':') + 1);
    expect(base64).toHaveLength(92_000);
    expect(whole(readItem('text/vcard', photo).body).includes(base64)).toBe(true);
    const events = Array.from({ length: 300 }, (_, n) => EVENTS.item(n));
    expect(events.filter((text) => text.includes('RRULE:FREQ=') && text.includes('TZID'))).toHaveLength(100);
    expect(events.filter((text) => text.includes('BEGIN:VALARM'))).toHaveLength(150);
    expect(CONTACTS.item(3, 1)).not.toBe(CONTACTS.item(3));
  });
});

describe('the rows of a kind', () => {
  const spent = (cpu: number, readUnits: number) => ({
    cpu,
    costs: { rounds: 1, gets: 1, queries: 0, singles: 0, transactions: 1, readUnits, writeUnits: 4 },
  });
  const measured = [10, 20].map((size) => ({
    size,
    counted: [spent(0, size), spent(0, 3 * size)],
    timed: [spent(1_000, 0), spent(4_000, 0)],
  }));
  const kind = (goals: Kind['goals']): Kind => ({
    title: '',
    item: 'item',
    prepare: () => Promise.reject(),
    ...(goals && { goals }),
  });

  it('show every size, and the largest message', () => {
    expect(kindRows(kind(undefined), measured).map(({ measured: text }) => text)).toEqual([
      '0.5 | 0.25 ms',
      '4 | 4 ms',
      '4 | 4 RCU',
      '0.8 | 0.4 WCU',
      '30 | 60 RCU',
    ]);
  });

  it('judge each size by its own goal, and none that has no goal', () => {
    const judge = (goals: Kind['goals']) => {
      const [cpu] = kindRows(kind(goals), measured);
      return [cpu?.goal, cpu?.met];
    };
    expect(judge({ cpu: 0.5 })).toEqual(['0.5 ms', true]);
    expect(judge({ cpu: 0.4 })).toEqual(['0.4 ms', false]);
    expect(judge({ cpu: { 20: 0.3 } })).toEqual(['- | 0.3 ms', true]);
    expect(judge({ cpu: { 30: 0.1 } })).toEqual([undefined, undefined]);
  });

  it('come from worlds that count and worlds that do not', async () => {
    const upload = KINDS.upload as Kind;
    const [one] = await measureKind(upload, { sizes: [SIZE], on: 'sqlite', progress: () => undefined });
    expect(one?.counted.some(({ costs }) => costs.writeUnits > SIZE)).toBe(true);
    expect(one?.timed.every(({ costs, cpu }) => costs.writeUnits === 0 && cpu > 0)).toBe(true);
  });

  it('are units alone, of every size, where the store is no part of this process', () => {
    const counted = measured.map((one) => ({ ...one, timed: [] }));
    expect(
      kindRows(kind({ cpu: 1, reads: 4 }), counted).map(({ measured: text, met }) => [text, met]),
    ).toEqual([
      ['4 | 4 RCU', true],
      ['0.8 | 0.4 WCU', undefined],
      ['30 | 60 RCU', undefined],
    ]);
  });
});
