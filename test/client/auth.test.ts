/** Who may sync. */
import { expect, it } from 'vitest';
import { contact } from './items.ts';
import { describeStores } from './world.ts';

describeStores('authentication', (fixture) => {
  it('refuses a wrong password, stores nothing of it and takes the right one after', async () => {
    const { phone, laptop, password, sync, syncUnchanged, expectSame, explain } = await fixture.world();
    phone.put('contacts', 'ada', contact('Ada', 'Lindqvist'));
    await phone.configure('password=not the password');
    const refused = await phone.sync('slow', ['contacts']);
    expect(refused.code, explain(phone, refused)).not.toBe(0);
    expect(refused.output, 'the client names the reason').toMatch(/401|403|unauthorized|forbidden|authoriz/i);
    await sync(laptop, 'slow', ['contacts']);
    expect(laptop.list('contacts'), 'nothing was stored for the wrong password').toEqual([]);

    await phone.configure(`password=${password}`);
    await sync(phone, 'slow', ['contacts']);
    await sync(laptop, 'two-way', ['contacts']);
    expectSame('contacts', ['Ada Lindqvist']);
    await syncUnchanged(phone, ['contacts']);
  });

  it('takes a nonce that a refused session left behind', async () => {
    const { phone, laptop, password, sync, expectSame } = await fixture.world();
    phone.put('contacts', 'ada', contact('Ada', 'Lindqvist'));
    await sync(phone, 'slow', ['contacts']);
    await phone.configure('password=mistyped');
    expect((await phone.sync('two-way', ['contacts'])).code).not.toBe(0);
    await phone.configure(`password=${password}`);
    phone.put('contacts', 'bruno', contact('Bruno', 'Öztürk'));
    const { report } = await sync(phone, 'two-way', ['contacts']);
    expect(report.get('contacts')?.mode, 'a refused session costs no slow sync').toBe('two-way');
    await sync(laptop, 'slow', ['contacts']);
    expectSame('contacts', ['Ada Lindqvist', 'Bruno Öztürk']);
  });
});
