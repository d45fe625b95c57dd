/** Pictures in the programs for contacts: what they write they read, and the product understands it. */
import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { CONTACT_PHONES } from './contact-phones.ts';
import { photoIn, pictureOf } from './pictures.ts';

const [FULL] = CONTACT_PHONES;
const CONTACT = new Map([
  ['family', 'Name'],
  ['given', 'Given'],
]);

describe.each(CONTACT_PHONES.map((phone) => [phone.name, phone] as const))('%s', (_, phone) => {
  const { type = '', typeVersion: version } = phone.options;

  it.each(['110x0', '22x20', '33x900'])('writes and reads the picture %s', (photo) => {
    const facts = phone.holds(new Map([...CONTACT, ['photo', photo]]));
    expect(phone.read(phone.write(facts)).get('photo')).toBe(facts.get('photo'));
    expect(phone.holds(facts)).toEqual(facts);
  });

  it.each(['110x0', '22x20', '33x900'])('and the product understands %s', (photo) => {
    const facts = phone.holds(new Map([...CONTACT, ['photo', photo]]));
    const stored = readItem(type, phone.write(facts));
    expect(FULL.read(writeItem(stored, { type: 'text/vcard', version: '3.0' }).body).get('photo')).toBe(
      facts.get('photo'),
    );
    const whole = readItem('text/vcard', FULL.write(new Map([...CONTACT, ['photo', photo]])));
    const told = writeItem(whole, { type, version }).body;
    if (type.includes('vcard')) expect(told).toContain(`VERSION:${version}`);
    expect(phone.read(told).get('photo'), told.slice(0, 300)).toBe(photo);
  });
});

describe('a picture', () => {
  it('is known by all of its bytes', () => {
    const whole = pictureOf('110x50');
    expect(photoIn(whole)).toBe('110x50');
    expect(photoIn(`${whole.slice(0, 200)}${whole.slice(204)}`)).toContain('damaged');
  });
});
