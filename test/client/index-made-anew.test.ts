/** A server whose match index is missing, as after an update from an older version, while the real client compares all. */
import { expect, it } from 'vitest';
import type { Store } from '../../lib/store/port/port.ts';
import { headKey } from '../../lib/store/rows/keys.ts';
import { contact } from './items.ts';
import { openStore } from './versions.ts';
import { describeStores, type World } from './world.ts';

const SOME = ['contacts'] as const;

/** Makes the head of the log one of before: without the index, and without the number of items. */
async function forgetIndex(store: Store, user: string): Promise<void> {
  const [row] = await store.get([headKey({ user, datastore: 'contacts' })]);
  if (row === undefined) throw new Error('there is no log');
  const { index: _, live: __, ...attributes } = row.attributes;
  const condition = { version: row.version };
  await store.transact([{ op: 'put', row: { ...row, version: row.version + 1, attributes }, condition }]);
}

async function withoutIndex(world: World): Promise<void> {
  const store = openStore(world);
  try {
    await forgetIndex(store, world.user);
  } finally {
    await store.close();
  }
}

describeStores('a match index that is missing', (fixture) => {
  it('is made while the client waits, and nothing is doubled', async () => {
    const count = fixture.kind === 'sqlite' ? 3_000 : 700;
    // An answer has one second: three quarters of it are for work, so the index takes several messages.
    const world = await fixture.world({ environment: { SYNCML_ANSWER_SECONDS: '1' } });
    const { phone, laptop, sync, server } = world;
    for (let n = 0; n < count; n += 1)
      phone.put('contacts', `c${n}`, contact(`Given${n}`, `Family${n}`, { note: 'x'.repeat(200) }));
    await sync(phone, 'slow', SOME);
    await withoutIndex(world);
    await sync(phone, 'slow', SOME);
    expect(server.log()).toContain('busy');
    await sync(laptop, 'slow', SOME);
    expect([phone.list('contacts').length, laptop.list('contacts').length]).toEqual([count, count]);
    await world.syncUnchanged(phone, SOME);
  });
});
