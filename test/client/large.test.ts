/** Items larger than a message, and more items than one message takes. */
import { expect, it } from 'vitest';
import { contact, photo, prose } from './items.ts';
import { describeStores } from './world.ts';

const PHOTO_BYTES = 200_000;
const NOTE_CHARACTERS = 40_000;

/** The base64 of the first PHOTO line, unfolded. */
const photoOf = (text: string): string => {
  const line = text
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .find((one) => one.startsWith('PHOTO'));
  return line?.slice(line.indexOf(':') + 1) ?? '';
};

describeStores('large items', (fixture) => {
  it('carries a photo of 200 KB both ways', async () => {
    const { phone, laptop, sync, syncUnchanged, expectSame } = await fixture.world();
    const first = photo(101, PHOTO_BYTES);
    phone.put('contacts', 'ada', contact('Ada', 'Lindqvist', { photo: first }));
    await sync(phone, 'slow', ['contacts']);
    await sync(laptop, 'slow', ['contacts']);
    const luid = laptop.list('contacts')[0] ?? '';
    expect(photoOf(laptop.read('contacts', luid)) === first, 'the photo arrives byte for byte').toBe(true);
    expectSame('contacts', ['Ada Lindqvist']);

    const second = photo(202, PHOTO_BYTES);
    laptop.put('contacts', luid, contact('Ada', 'Lindqvist', { photo: second }));
    laptop.put('contacts', 'bruno', contact('Bruno', 'Öztürk', { photo: photo(303, PHOTO_BYTES) }));
    await sync(laptop, 'two-way', ['contacts']);
    await sync(phone, 'two-way', ['contacts']);
    expect(photoOf(phone.read('contacts', 'ada')) === second, 'the new photo comes back').toBe(true);
    expectSame('contacts', ['Ada Lindqvist', 'Bruno Öztürk']);
    await syncUnchanged(laptop, ['contacts']);
    await syncUnchanged(phone, ['contacts']);
  });

  it('fits many contacts and a long note into messages of 10 KB', async () => {
    const { phone, laptop, sync, syncUnchanged, expectSame, proxy } = await fixture.world({
      maxMsgSize: 10_240,
    });
    const count = fixture.kind === 'sqlite' ? 60 : 20;
    const expected: string[] = [];
    for (let number = 1; number <= count; number += 1) {
      const first = `Person${String(number).padStart(2, '0')}`;
      phone.put('contacts', first, contact(first, 'Berg', { note: prose(number, 300) }));
      expected.push(`${first} Berg`);
    }
    const long = prose(7, NOTE_CHARACTERS);
    phone.put('contacts', 'long', contact('Long', 'Note', { note: long }));
    expected.push('Long Note');
    await sync(phone, 'slow', ['contacts']);
    proxy.reset();
    await sync(laptop, 'slow', ['contacts']);
    expect(proxy.messages(), 'what does not fit one message takes several').toBeGreaterThan(5);
    expectSame('contacts', expected);
    const luid = [...laptop.items('contacts')].find(([, text]) => text.includes('Long'))?.[0] ?? '';
    const unfolded = laptop.read('contacts', luid).replace(/\r?\n[ \t]/g, '');
    expect(unfolded.includes(long), 'the note arrives whole').toBe(true);

    laptop.put('contacts', luid, contact('Long', 'Note', { note: prose(8, NOTE_CHARACTERS) }));
    laptop.put('contacts', 'extra', contact('Extra', 'Berg', { note: prose(9, NOTE_CHARACTERS) }));
    await sync(laptop, 'two-way', ['contacts']);
    await sync(phone, 'two-way', ['contacts']);
    expectSame('contacts', [...expected, 'Extra Berg']);
    await syncUnchanged(laptop, ['contacts']);
    await syncUnchanged(phone, ['contacts']);
  });
});
