/** The CRM as a third peer: its records reach the devices, the devices' changes reach its log, nothing echoes. */
import { expect, it } from 'vitest';
import { crm, origins, put, untilLogged } from './crm.ts';
import { contact } from './items.ts';
import { describeStores } from './world.ts';

const SOME = ['contacts'] as const;

describeStores('the CRM', (fixture) => {
  it('puts, changes and deletes a record on both devices, and nothing comes back', async () => {
    const world = await fixture.world();
    world.phone.put('contacts', 'ada', contact('Ada', 'Lindqvist'));
    await world.sync(world.phone, 'slow', SOME);
    await world.sync(world.laptop, 'slow', SOME);
    await put(world, 'crm-4711', contact('Bruno', 'Öztürk', { note: 'from the CRM' }));
    await untilLogged(world, 1);
    for (const device of [world.phone, world.laptop]) {
      const { report } = await world.sync(device, 'two-way', SOME);
      expect(report.get('contacts')?.local.added, `on the ${device.name}`).toBe(1);
    }
    world.expectSame('contacts', ['Ada Lindqvist', 'Bruno Öztürk']);
    await world.syncUnchanged(world.phone, SOME);
    await world.syncUnchanged(world.laptop, SOME);

    await put(world, 'crm-4711', contact('Bruno', 'Öztürk', { note: 'changed by the CRM' }));
    await untilLogged(world, 2);
    await world.sync(world.phone, 'two-way', SOME);
    await world.sync(world.laptop, 'two-way', SOME);
    world.expectSame('contacts', ['Ada Lindqvist', 'Bruno Öztürk']);
    expect([...world.phone.items('contacts').values()].join('')).toContain('changed by the CRM');
    await world.syncUnchanged(world.phone, SOME);

    await crm(world.server, 'delete', world.user, 'contacts', 'crm-4711');
    await untilLogged(world, 3);
    await world.sync(world.phone, 'two-way', SOME);
    await world.sync(world.laptop, 'two-way', SOME);
    world.expectSame('contacts', ['Ada Lindqvist']);
    await world.syncUnchanged(world.phone, SOME);
    await world.syncUnchanged(world.laptop, SOME);
    const all = await origins(world);
    expect(
      all.filter((origin) => origin.includes('crm')),
      'no change came back as another',
    ).toHaveLength(3);
    expect(all, 'the first contact and the three changes, nothing else').toHaveLength(4);
  });

  it("sees a device's change with that device as its origin", async () => {
    const world = await fixture.world();
    await put(world, 'crm-4712', contact('Clara', 'Nowak'));
    await untilLogged(world, 1);
    await world.sync(world.phone, 'slow', SOME);
    await world.sync(world.laptop, 'slow', SOME);
    const luid = world.laptop.list('contacts')[0] ?? '';
    world.laptop.put('contacts', luid, world.laptop.read('contacts', luid).replace('Assembly', 'Paint shop'));
    await world.sync(world.laptop, 'two-way', SOME);
    const shown = await crm(world.server, 'changes', world.user);
    expect(shown, 'the command names the device').toContain('laptop');
    expect(shown, 'the command names the record').toContain('crm-4712');
    expect((await origins(world)).at(-1)).toContain('laptop');
    await world.syncUnchanged(world.laptop, SOME);
    await world.sync(world.phone, 'two-way', SOME);
    world.expectSame('contacts', ['Clara Nowak']);
    await world.syncUnchanged(world.phone, SOME);
    expect(await origins(world), 'one change by the CRM, one by the laptop').toHaveLength(2);
  });
});
