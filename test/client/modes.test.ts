/** Every mode that a user can ask for besides two-way. */
import { expect, it } from 'vitest';
import { contact } from './items.ts';
import { keptTexts } from './versions.ts';
import { describeStores, type World } from './world.ts';

const NAMES = ['Ada Berg', 'Bruno Berg', 'Clara Berg'];

/** Three contacts on both devices. */
async function shared(world: World): Promise<void> {
  for (const name of ['Ada', 'Bruno', 'Clara']) world.phone.put('contacts', name, contact(name, 'Berg'));
  await world.sync(world.phone, 'slow', ['contacts']);
  await world.sync(world.laptop, 'slow', ['contacts']);
  world.expectSame('contacts', NAMES);
}

const luidOf = (world: World, name: string): string =>
  [...world.laptop.items('contacts')].find(([, text]) => text.includes(name))?.[0] ?? `no item with ${name}`;

describeStores('slow sync again', (fixture) => {
  it('recognizes all items and makes no doubles', async () => {
    const world = await fixture.world();
    await shared(world);
    for (const device of [world.phone, world.laptop, world.phone]) {
      const { report } = await world.sync(device, 'slow', ['contacts']);
      expect(report.get('contacts')?.mode).toBe('slow');
      expect(report.get('contacts')?.local.added, `doubles on the ${device.name}`).toBe(0);
      world.expectSame('contacts', NAMES);
    }
    await world.syncUnchanged(world.laptop, ['contacts']);
    await world.syncUnchanged(world.phone, ['contacts']);
  });

  it('recognizes an item that the device edited before', async () => {
    const world = await fixture.world();
    await shared(world);
    world.phone.put('contacts', 'Ada', contact('Ada', 'Berg', { phone: '+49 451 5550123' }));
    world.phone.put('contacts', 'dora', contact('Dora', 'Berg'));
    await world.sync(world.phone, 'slow', ['contacts']);
    expect(world.phone.read('contacts', 'Ada'), 'the edit survives the slow sync').toContain('5550123');
    await world.sync(world.laptop, 'two-way', ['contacts']);
    world.expectSame('contacts', [...NAMES, 'Dora Berg']);
    expect(world.laptop.read('contacts', luidOf(world, 'Ada')), 'the edit reaches the laptop').toContain(
      '5550123',
    );
    await world.syncUnchanged(world.phone, ['contacts']);
    await world.syncUnchanged(world.laptop, ['contacts']);
  });

  it('of both devices after edits on both still ends with the same items, none lost', async () => {
    const world = await fixture.world();
    await shared(world);
    world.phone.put('contacts', 'Ada', contact('Ada', 'Berg', { phone: '+49 451 5550123' }));
    const clara = luidOf(world, 'Clara');
    world.laptop.put(
      'contacts',
      clara,
      world.laptop.read('contacts', clara).replace('Assembly', 'Paint shop'),
    );
    await world.sync(world.phone, 'slow', ['contacts']);
    await world.sync(world.laptop, 'slow', ['contacts']);
    await world.sync(world.phone, 'two-way', ['contacts']);
    await world.sync(world.laptop, 'two-way', ['contacts']);
    world.expectSame('contacts', NAMES);
    const present = [...world.phone.items('contacts').values(), ...(await keptTexts(world, 'contacts'))].join(
      '\n',
    );
    expect(present, "the phone's edit is there or kept").toContain('5550123');
    expect(present, "the laptop's edit is there or kept").toContain('Paint shop');
    await world.syncUnchanged(world.phone, ['contacts']);
    await world.syncUnchanged(world.laptop, ['contacts']);
  });
});

describeStores('one-way sync', (fixture) => {
  it('from the client takes its changes and gives none, until a two-way sync', async () => {
    const world = await fixture.world();
    await shared(world);
    world.laptop.put('contacts', 'dora', contact('Dora', 'Berg'));
    await world.sync(world.laptop, 'two-way', ['contacts']);
    world.phone.put('contacts', 'emil', contact('Emil', 'Berg'));
    const { report } = await world.sync(world.phone, 'one-way-from-local', ['contacts']);
    expect(report.get('contacts')?.local).toEqual({ added: 0, changed: 0, deleted: 0, failed: 0 });
    expect(world.phone.list('contacts')).toHaveLength(4);
    await world.sync(world.laptop, 'two-way', ['contacts']);
    expect(world.laptop.list('contacts'), 'the change of the phone reached the laptop').toHaveLength(5);
    await world.sync(world.phone, 'two-way', ['contacts']);
    world.expectSame('contacts', [...NAMES, 'Dora Berg', 'Emil Berg']);
    await world.syncUnchanged(world.laptop, ['contacts']);
  });

  it('from the server gives its changes and takes none', async () => {
    const world = await fixture.world();
    await shared(world);
    world.laptop.put('contacts', 'dora', contact('Dora', 'Berg'));
    await world.sync(world.laptop, 'two-way', ['contacts']);
    world.phone.put('contacts', 'emil', contact('Emil', 'Berg'));
    const { report } = await world.sync(world.phone, 'one-way-from-remote', ['contacts']);
    expect(report.get('contacts')?.local.added).toBe(1);
    expect(world.phone.list('contacts')).toHaveLength(5);
    await world.syncUnchanged(world.laptop, ['contacts']);
    expect(world.laptop.list('contacts'), 'the change of the phone stayed there').toHaveLength(4);
    // The client forgets what it did not send, so only a slow sync brings it up.
    await world.sync(world.phone, 'slow', ['contacts']);
    await world.sync(world.laptop, 'two-way', ['contacts']);
    world.expectSame('contacts', [...NAMES, 'Dora Berg', 'Emil Berg']);
  });
});

describeStores('refresh', (fixture) => {
  it('from the client makes the server and the other device as the client is', async () => {
    const world = await fixture.world({ refreshSync: true });
    await shared(world);
    world.laptop.put('contacts', 'dora', contact('Dora', 'Berg'));
    await world.sync(world.laptop, 'two-way', ['contacts']);
    world.phone.delete('contacts', 'Bruno');
    world.phone.put('contacts', 'emil', contact('Emil', 'Berg'));
    await world.sync(world.phone, 'refresh-from-local', ['contacts']);
    expect(world.phone.list('contacts'), 'the phone is left alone').toEqual(['Ada', 'Clara', 'emil']);
    await world.sync(world.laptop, 'two-way', ['contacts']);
    world.expectSame('contacts', ['Ada Berg', 'Clara Berg', 'Emil Berg']);
    await world.syncUnchanged(world.phone, ['contacts']);
    await world.syncUnchanged(world.laptop, ['contacts']);
  });

  it.each([
    { how: 'an Alert of its own', refreshSync: true },
    { how: 'a slow sync of an emptied device', refreshSync: false },
  ])('from the server by $how makes the client as the server is', async ({ refreshSync }) => {
    const world = await fixture.world({ refreshSync });
    await shared(world);
    world.laptop.put('contacts', 'dora', contact('Dora', 'Berg'));
    await world.sync(world.laptop, 'two-way', ['contacts']);
    world.phone.delete('contacts', 'Bruno');
    world.phone.put('contacts', 'emil', contact('Emil', 'Berg'));
    world.phone.put('contacts', 'Ada', contact('Ada', 'Berg', { phone: '+49 451 5550123' }));
    await world.sync(world.phone, 'refresh-from-remote', ['contacts']);
    world.expectSame('contacts', [...NAMES, 'Dora Berg']);
    expect([...world.phone.items('contacts').values()].join(''), 'a local edit is gone').not.toContain(
      '5550123',
    );
    await world.syncUnchanged(world.laptop, ['contacts']);
    await world.syncUnchanged(world.phone, ['contacts']);
    world.expectSame('contacts', [...NAMES, 'Dora Berg']);
  });
});
