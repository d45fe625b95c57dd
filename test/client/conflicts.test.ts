/** Both devices changed the same item since they last met. */
import { expect, it } from 'vitest';
import { contact, note } from './items.ts';
import type { Device } from './syncevolution.ts';
import { keptTexts } from './versions.ts';
import { describeStores, type World } from './world.ts';

const BASE = contact('Ada', 'Lindqvist', { phone: '+49 451 5550100', note: 'first' });

/** Phone and laptop hold the same contact; returns the laptop's LUID of it. */
async function shared(world: World): Promise<string> {
  world.phone.put('contacts', 'ada', BASE);
  await world.sync(world.phone, 'slow', ['contacts']);
  await world.sync(world.laptop, 'slow', ['contacts']);
  world.expectSame('contacts', ['Ada Lindqvist']);
  return world.laptop.list('contacts')[0] ?? '';
}

/** Two syncs each; then nothing is left to do. */
async function settle(world: World, first: Device, second: Device): Promise<void> {
  for (const device of [first, second, first, second]) await world.sync(device, 'two-way', ['contacts']);
  await world.syncUnchanged(first, ['contacts']);
  await world.syncUnchanged(second, ['contacts']);
}

const replaceLine = (device: Device, item: string, from: string, to: string): void =>
  device.put('contacts', item, device.read('contacts', item).replace(from, to));

describeStores('conflicts', (fixture) => {
  it('settles an update against an update of the same field and keeps the loser', async () => {
    const world = await fixture.world();
    const luid = await shared(world);
    replaceLine(world.phone, 'ada', '5550100', '5550111');
    replaceLine(world.laptop, luid, '5550100', '5550222');
    await settle(world, world.phone, world.laptop);
    world.expectSame('contacts', ['Ada Lindqvist']);
    const text = world.phone.read('contacts', 'ada');
    expect(text, 'one of the two numbers won').toMatch(/5550(111|222)/);
    expect(text, 'the number that both replaced is gone').not.toContain('5550100');
    const kept = (await keptTexts(world, 'contacts')).join('\n');
    for (const number of ['5550111', '5550222']) {
      if (!text.includes(number))
        expect(kept, `the losing number ${number} is kept on the server`).toContain(number);
    }
  });

  it('loses neither of two updates of different fields', async () => {
    const world = await fixture.world();
    const luid = await shared(world);
    replaceLine(world.phone, 'ada', '5550100', '5550111');
    replaceLine(world.laptop, luid, 'NOTE:first', 'NOTE:second');
    await settle(world, world.laptop, world.phone);
    world.expectSame('contacts', ['Ada Lindqvist']);
    // Whether the server merges field by field or picks one side: what is not in the item is among the kept versions.
    const present = [world.phone.read('contacts', 'ada'), ...(await keptTexts(world, 'contacts'))].join('\n');
    expect(present, "the phone's change").toContain('5550111');
    expect(present, "the laptop's change").toContain('NOTE:second');
  });

  it('keeps both texts when a note was changed on both devices', async () => {
    const world = await fixture.world();
    const { phone, laptop, sync, syncUnchanged, expectSame } = world;
    phone.put('notes', 'shelf', note('Shelf', 'first'));
    await sync(phone, 'slow', ['notes']);
    await sync(laptop, 'slow', ['notes']);
    phone.put('notes', 'shelf', note('Shelf', 'changed on the phone'));
    laptop.put('notes', laptop.list('notes')[0] ?? '', note('Shelf', 'changed on the laptop'));
    for (const device of [phone, laptop, phone, laptop]) await sync(device, 'two-way', ['notes']);
    expectSame('notes', ['Shelf', 'Shelf']);
    const texts = [...phone.items('notes').values()].join('\n');
    expect(texts).toContain('changed on the phone');
    expect(texts).toContain('changed on the laptop');
    await syncUnchanged(phone, ['notes']);
    await syncUnchanged(laptop, ['notes']);
  });

  it('lets an update beat a delete that reached the server before it', async () => {
    const world = await fixture.world();
    const luid = await shared(world);
    world.phone.delete('contacts', 'ada');
    replaceLine(world.laptop, luid, '5550100', '5550222');
    await settle(world, world.phone, world.laptop);
    world.expectSame('contacts', ['Ada Lindqvist']);
    expect(world.laptop.read('contacts', world.laptop.list('contacts')[0] ?? '')).toContain('5550222');
    expect((await keptTexts(world, 'contacts')).join('\n'), 'the deleted version is kept').toContain(
      '5550100',
    );
  });

  it('lets an update beat a delete that reaches the server after it', async () => {
    const world = await fixture.world();
    const luid = await shared(world);
    replaceLine(world.phone, 'ada', '5550100', '5550111');
    world.laptop.delete('contacts', luid);
    await settle(world, world.phone, world.laptop);
    world.expectSame('contacts', ['Ada Lindqvist']);
    expect(world.phone.read('contacts', 'ada')).toContain('5550111');
  });

  it('agrees when both devices delete', async () => {
    const world = await fixture.world();
    const luid = await shared(world);
    world.phone.delete('contacts', 'ada');
    world.laptop.delete('contacts', luid);
    await settle(world, world.phone, world.laptop);
    world.expectSame('contacts', []);
    expect((await keptTexts(world, 'contacts')).join('\n'), 'the deleted version is kept').toContain(
      '5550100',
    );
  });
});
