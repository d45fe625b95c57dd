import { describe, expect, it } from 'vitest';
import { writeInOrder } from '../../lib/app/write-transactions.ts';
import { emptyHead } from '../../lib/engine/changes/log-heads.ts';
import { NO_ANCHOR } from '../../lib/engine/context/anchors.ts';
import type { Put } from '../../lib/engine/io/writes.ts';
import { guid, luid, peerOfDevice } from '../../lib/engine/model/ids.ts';
import type { Store, Write } from '../../lib/store/port/port.ts';

const peer = peerOfDevice('IMEI:1');
const scope = { user: 'anna', peer, sessionId: '1', now: 1_000 };

const mapped = (n: number): Put[] => [
  {
    put: 'luids',
    datastore: 'contacts',
    guid: guid(`guid-${n}`.padEnd(22, '.')),
    luids: { [peer]: [{ generation: 1, luid: luid(`${n}`) }] } as never,
    version: 1,
  },
];
const changed = (): Put[] => [{ put: 'head', datastore: 'contacts', head: emptyHead('seed') }];
const session = (): Put[] => [{ put: 'anchor', datastore: 'contacts', peer, anchor: NO_ANCHOR }];

/** A store that answers a transaction only when the test says so. */
function heldStore() {
  const waiting: { readonly name: string; readonly end: (how: 'committed' | 'conflict') => void }[] = [];
  const transact = (writes: readonly Write[]) =>
    new Promise<'committed' | 'conflict'>((end) => {
      waiting.push({ name: writes.map(nameOf).join(), end });
    });
  /** The transactions that wait for an answer now. */
  const taken = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return waiting.splice(0);
  };
  return { store: { transact } as unknown as Store, taken };
}

const nameOf = (write: Write): string => /guid-\d/.exec(JSON.stringify(write))?.[0] ?? '';

describe('the transactions of a step', () => {
  it('are written at the same time where they only map LUIDs, the last one behind all', async () => {
    const { store, taken } = heldStore();
    const transactions = [changed(), mapped(1), mapped(2), mapped(3), mapped(4), mapped(5), mapped(6)];
    const done = writeInOrder(store, { scope, transactions });
    const seen: number[] = [];
    const names: string[] = [];
    for (let now = await taken(); now.length > 0; now = await taken()) {
      seen.push(now.length);
      for (const { name, end } of now) {
        names.push(name);
        end('committed');
      }
    }
    expect(await done).toEqual({ kind: 'written' });
    expect(seen).toEqual([1, 4, 1, 1]);
    expect(names.slice(1)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `guid-${n}`));
  });

  it('come one after the other where they change items', async () => {
    const { store, taken } = heldStore();
    const done = writeInOrder(store, { scope, transactions: [changed(), changed(), session()] });
    for (let n = 0; n < 3; n += 1) {
      const now = await taken();
      expect(now).toHaveLength(1);
      now[0]?.end('committed');
    }
    expect(await done).toEqual({ kind: 'written' });
  });

  it('end where one of them loses its race, and count what was written', async () => {
    const { store, taken } = heldStore();
    const transactions = [changed(), mapped(1), mapped(2), mapped(3), session()];
    const done = writeInOrder(store, { scope, transactions });
    for (const { end } of await taken()) end('committed');
    for (const { name, end } of await taken()) end(name === 'guid-2' ? 'conflict' : 'committed');
    expect(await taken()).toEqual([]);
    expect(await done).toEqual({ kind: 'lost', written: 3 });
  });

  it('leave the rest for later where time is short, but write at least one', async () => {
    const { store, taken } = heldStore();
    const transactions = [mapped(1), mapped(2), session()];
    const done = writeInOrder(store, { scope, transactions, isLate: () => true });
    const now = await taken();
    expect(now).toHaveLength(2);
    for (const { end } of now) end('committed');
    expect(await done).toEqual({ kind: 'late' });
  });
});
