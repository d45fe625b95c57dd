/** A large store whose match index is missing, as after an update from an older version, and the real client. */
import { expect, it } from 'vitest';
import type { Store } from '../../lib/store/port/port.ts';
import { headKey } from '../../lib/store/rows/keys.ts';
import { CONTACTS, newItems } from '../bench/material.ts';
import { createDevice } from '../bench/scripted-device.ts';
import { contact } from './items.ts';
import { openLog, openStore } from './versions.ts';
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

/** Another device brings so many contacts, by a script because that is fast. */
async function fill({ server, user, password }: World, count: number): Promise<void> {
  const post: Parameters<typeof createDevice>[0]['post'] = async (request) => {
    const { method, headers, query = {}, body } = request;
    const url = `${server.url}?${new URLSearchParams(query as Record<string, string>)}`;
    const answer = await fetch(url, { method, headers: headers as Record<string, string>, body });
    // As the answer asks: a slow machine needs longer than the two seconds.
    if (answer.status === 503) return post(request);
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: new Uint8Array(await answer.arrayBuffer()),
    };
  };
  const device = createDevice({ post, url: server.url, login: user, password, name: 'other' });
  await device.sync(201, newItems(CONTACTS, count));
}

describeStores('a match index that is missing', (fixture) => {
  it('is made while the client waits; then its contacts replace all others', async () => {
    const count = fixture.kind === 'sqlite' ? 6_000 : 900;
    // Two seconds for an answer: three quarters of them are for work.
    const world = await fixture.world({ environment: { SYNCML_ANSWER_SECONDS: '2' } });
    const { phone, laptop, sync } = world;
    await fill(world, count);
    const store = openStore(world);
    await forgetIndex(store, world.user);
    await store.close();
    for (const name of ['Ada', 'Bo', 'Cy']) phone.put('contacts', name, contact(name, 'Berg'));
    await sync(phone, 'refresh-from-local', SOME);
    expect(await openLog(world, (log) => log.bodies('contacts'))).toHaveLength(3);
    await sync(laptop, 'slow', SOME);
    expect(laptop.list('contacts')).toHaveLength(3);
    await world.syncUnchanged(phone, SOME);
  });
});
