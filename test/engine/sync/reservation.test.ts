/**
 * The generation of a mapping that a complete sync begins is reserved with the first of several transactions. A process
 * may die behind it, and then a part of the message is stored.
 */
import { describe, expect, it } from 'vitest';
import { type Store, StoreError } from '../../../lib/store/port/port.ts';
import { sqliteStore } from '../../../lib/store/sqlite/store.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { bodiesOf, liveItems } from '../steps.ts';

/** More than a transaction holds; one message of the phone names all of them. */
const COUNT = 100;
const NOTHING = { Add: 0, Replace: 0, Delete: 0 };
const cards = Array.from({ length: COUNT }, (_, n) => vcard(`Name-${n}`));

/** A store that fails behind the first transaction of a message that has several, once or until it is repaired. */
function dyingStore() {
  const inner = sqliteStore({ file: ':memory:' });
  const state: { dies: 'never' | 'once' | 'for good'; isDead: boolean } = { dies: 'never', isDead: false };
  const store: Store = {
    ...inner,
    transact: async (writes) => {
      if (state.isDead) {
        state.isDead = state.dies === 'for good';
        throw new StoreError('died', { retryable: true, notCommitted: true });
      }
      const done = await inner.transact(writes);
      const isLast = writes.some((write) => write.op === 'put' && write.row.sk === 'S');
      if (isLast || state.dies === 'never') return done;
      state.isDead = true;
      return done;
    },
  };
  return { store, state };
}

/** `known`: the server has all that the phone has, by a laptop. */
async function phoneWithAll(known: boolean) {
  const { store, state } = dyingStore();
  const server = await startServer({ store });
  const laptop = new Device(server, { device: 'laptop' });
  if (known) for (const card of cards) laptop.add(card);
  await laptop.sync();
  const phone = new Device(server, { device: 'phone', perMessage: 1_000 });
  for (const card of cards) phone.add(card);
  return { server, state, laptop, phone };
}

const CASES = [
  ['links', true],
  ['adds', false],
] as const;

describe.each(CASES)('a message that %s items, of which a part is stored', (_, known) => {
  it('goes on with its generation when it comes again', async () => {
    const { server, state, laptop, phone } = await phoneWithAll(known);
    state.dies = 'once';
    expect((await phone.sync(201)).received).toEqual(NOTHING);
    state.dies = 'never';
    expect(await bodiesOf(server)).toEqual([...cards].sort());
    expect((await phone.sync()).received).toEqual(NOTHING);
    await laptop.sync();
    expect(laptop.contents).toEqual([...cards].sort());
    const luids = (await liveItems(server)).map((item) => item.luids['d:phone'] ?? {});
    expect(new Set(luids.flatMap((own) => Object.keys(own)))).toEqual(new Set(['1']));
  });

  it('counts for nothing where the client begins anew: it is offered what it has deleted meanwhile', async () => {
    const { server, state, phone } = await phoneWithAll(known);
    state.dies = 'for good';
    await expect(phone.sync(201)).rejects.toThrow('refused');
    Object.assign(state, { dies: 'never', isDead: false });
    const stored = (await liveItems(server)).filter(({ luids }) => luids['d:phone'] !== undefined);
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.length).toBeLessThan(COUNT);
    const gone = stored[0]?.content?.storedText ?? '';
    phone.items.delete([...phone.items].find(([, text]) => text === gone)?.[0] ?? '');
    expect((await phone.sync(201)).received).toEqual({ ...NOTHING, Add: 1 });
    expect(phone.contents).toEqual([...cards].sort());
    expect(await bodiesOf(server)).toEqual(phone.contents);
    expect((await phone.sync()).received).toEqual(NOTHING);
  });

  it('keeps nothing alive in a refresh from the client that begins anew', async () => {
    const { server, state, phone } = await phoneWithAll(known);
    state.dies = 'for good';
    await expect(phone.sync(203)).rejects.toThrow('refused');
    Object.assign(state, { dies: 'never', isDead: false });
    const [stored] = (await liveItems(server)).filter(({ luids }) => luids['d:phone'] !== undefined);
    const gone = stored?.content?.storedText ?? '';
    phone.items.delete([...phone.items].find(([, text]) => text === gone)?.[0] ?? '');
    await phone.sync(203);
    expect(await bodiesOf(server)).toEqual(cards.filter((card) => card !== gone).sort());
  });
});
