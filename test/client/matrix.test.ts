/** Every version on both wires; the laptop speaks another pair, so that what one writes the other must read. */
import { expect, it } from 'vitest';
import { contact, event, note, task } from './items.ts';
import { describeStores } from './world.ts';

const CASES = (['1.0', '1.1', '1.2'] as const).flatMap((version) =>
  [true, false].map((wbxml) => ({ version, wbxml, wire: wbxml ? 'WBXML' : 'XML' })),
);

describeStores('versions and wires', (fixture) => {
  it.each(CASES)(
    'SyncML $version in $wire: first sync, then a change each way',
    async ({ version, wbxml }) => {
      const auth = version === '1.0' ? 'basic' : 'md5';
      const laptopDialect = { version: '1.2', wbxml: !wbxml, auth: 'md5' } as const;
      const { phone, laptop, sync, syncUnchanged, expectSame } = await fixture.world({
        version,
        wbxml,
        auth,
        laptop: laptopDialect,
      });
      phone.put('contacts', 'ada', contact('Ada', 'Lindqvist', { note: 'a < b & c > d "quoted" ]]>' }));
      phone.put('calendar', 'fair', event('Trade fair', 11));
      phone.put('tasks', 'quote', task('Write the quote'));
      laptop.put('notes', 'shelf', note('Shelf measures', 'Höhe 40 cm <innen>\n\nTiefe 30 cm'));
      await sync(phone, 'slow');
      await sync(laptop, 'slow');
      await sync(phone, 'two-way');
      expectSame('contacts', ['Ada Lindqvist']);
      expectSame('calendar', ['Trade fair']);
      expectSame('tasks', ['Write the quote']);
      expectSame('notes', ['Shelf measures']);

      phone.put('contacts', 'ada', contact('Ada', 'Lindqvist', { note: 'changed on the phone' }));
      laptop.put('contacts', 'bruno', contact('Bruno', 'Öztürk'));
      laptop.delete('calendar', laptop.list('calendar')[0] ?? '');
      await sync(laptop, 'two-way');
      await sync(phone, 'two-way');
      await sync(laptop, 'two-way');
      expectSame('contacts', ['Ada Lindqvist', 'Bruno Öztürk']);
      expectSame('calendar', []);
      expect([...laptop.items('contacts').values()].join('')).toContain('changed on the phone');
      await syncUnchanged(phone);
    },
  );
});
