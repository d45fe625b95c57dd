/** The everyday case: first sync, then changes on either side, in one datastore or in all four. */
import { expect, it } from 'vitest';
import { contact, event, note, task } from './items.ts';
import { describeStores } from './world.ts';

describeStores('two-way sync', (fixture) => {
  it('unites both devices at the first sync and then has nothing to do', async () => {
    const { phone, laptop, sync, syncUnchanged, expectSame } = await fixture.world();
    phone.put(
      'contacts',
      'ada',
      contact('Ada', 'Lindqvist', { note: 'Met in Malmö\\; likes tea\\, no sugar' }),
    );
    phone.put('contacts', 'bruno', contact('Bruno', 'Öztürk'));
    laptop.put('contacts', 'clara', contact('Clara', 'Nowak'));
    const first = await sync(phone, 'slow', ['contacts']);
    expect(first.report.get('contacts')?.remote.added).toBe(2);
    const second = await sync(laptop, 'slow', ['contacts']);
    expect(second.report.get('contacts')?.local.added).toBe(2);
    expect(second.report.get('contacts')?.remote.added).toBe(1);
    await sync(phone, 'two-way', ['contacts']);
    expectSame('contacts', ['Ada Lindqvist', 'Bruno Öztürk', 'Clara Nowak']);
    await syncUnchanged(phone, ['contacts']);
    await syncUnchanged(laptop, ['contacts']);
    await syncUnchanged(phone, ['contacts']);
    expectSame('contacts', ['Ada Lindqvist', 'Bruno Öztürk', 'Clara Nowak']);
  });

  it('carries adds, updates and deletes of each side to the other', async () => {
    const { phone, laptop, sync, syncUnchanged, expectSame } = await fixture.world();
    for (const name of ['Ada', 'Bruno', 'Clara', 'Dora']) phone.put('contacts', name, contact(name, 'Berg'));
    await sync(phone, 'slow', ['contacts']);
    await sync(laptop, 'slow', ['contacts']);
    expectSame('contacts', ['Ada Berg', 'Bruno Berg', 'Clara Berg', 'Dora Berg']);

    phone.put('contacts', 'emil', contact('Emil', 'Berg'));
    phone.put('contacts', 'Ada', contact('Ada', 'Berg', { phone: '+49 451 5550123' }));
    phone.delete('contacts', 'Bruno');
    const sent = await sync(phone, 'two-way', ['contacts']);
    expect(sent.report.get('contacts')?.remote).toEqual({ added: 1, changed: 1, deleted: 1, failed: 0 });
    const received = await sync(laptop, 'two-way', ['contacts']);
    expect(received.report.get('contacts')?.local).toEqual({ added: 1, changed: 1, deleted: 1, failed: 0 });
    expectSame('contacts', ['Ada Berg', 'Clara Berg', 'Dora Berg', 'Emil Berg']);

    const luidOf = (name: string): string =>
      [...laptop.items('contacts')].find(([, text]) => text.includes(name))?.[0] ?? `no item with ${name}`;
    laptop.put('contacts', 'fanny', contact('Fanny', 'Berg'));
    const clara = luidOf('Clara');
    laptop.put('contacts', clara, laptop.read('contacts', clara).replace('Assembly', 'Paint shop'));
    laptop.delete('contacts', luidOf('Dora'));
    await sync(laptop, 'two-way', ['contacts']);
    const back = await sync(phone, 'two-way', ['contacts']);
    expect(back.report.get('contacts')?.local).toEqual({ added: 1, changed: 1, deleted: 1, failed: 0 });
    expectSame('contacts', ['Ada Berg', 'Clara Berg', 'Emil Berg', 'Fanny Berg']);
    expect(phone.read('contacts', 'Clara')).toContain('Paint shop');
    await syncUnchanged(laptop, ['contacts']);
    await syncUnchanged(phone, ['contacts']);
  });

  it('takes all four datastores through one session', async () => {
    const { phone, laptop, sync, syncUnchanged, expectSame } = await fixture.world();
    phone.put('contacts', 'ada', contact('Ada', 'Lindqvist'));
    phone.put('calendar', 'fair', event('Trade fair', 11));
    laptop.put('calendar', 'review', event('Quarterly review', 12));
    phone.put('tasks', 'quote', task('Write the quote'));
    laptop.put('notes', 'shelf', note('Shelf measures'));
    await sync(phone, 'slow');
    await sync(laptop, 'slow');
    await sync(phone, 'two-way');
    expectSame('contacts', ['Ada Lindqvist']);
    expectSame('calendar', ['Quarterly review', 'Trade fair']);
    expectSame('tasks', ['Write the quote']);
    expectSame('notes', ['Shelf measures']);

    phone.put('calendar', 'fair', event('Trade fair', 11, 'Stand 7 in hall B.'));
    phone.put('tasks', 'call', task('Call the printer'));
    phone.put('notes', 'codes', note('Door codes', 'café: Straße 12'));
    laptop.put('contacts', 'bruno', contact('Bruno', 'Öztürk'));
    laptop.delete('notes', 'shelf');
    await sync(phone, 'two-way');
    await sync(laptop, 'two-way');
    await sync(phone, 'two-way');
    expectSame('contacts', ['Ada Lindqvist', 'Bruno Öztürk']);
    expectSame('calendar', ['Quarterly review', 'Trade fair']);
    expectSame('tasks', ['Call the printer', 'Write the quote']);
    expectSame('notes', ['Door codes']);
    expect([...laptop.items('calendar').values()].join('')).toContain('Stand 7 in hall B.');
    await syncUnchanged(laptop);
    await syncUnchanged(phone);
  });
});
