/** What is measured must be what it says: the script's sessions really move the items. */

import { describe, expect, it } from 'vitest';
import { readItem } from '../kit/items.ts';
import { contact } from './contacts.ts';
import { additions, createWorld, deletions, editions } from './world.ts';

const COUNT = 130;

describe.each([
  { auth: 'md5', wire: 'wbxml' },
  { auth: 'basic', wire: 'xml' },
] as const)('a scripted device with $auth on $wire', ({ auth, wire }) => {
  it('uploads, and another one gets the same items, changes and deletions', async () => {
    const world = await createWorld(false);
    const phone = world.device('phone', { auth, wire, perMessage: 50 });
    const tablet = world.device('tablet', { auth, wire });
    const upload = await phone.sync(201, additions(COUNT, 530));
    // Opening (twice where the nonce is unknown), three messages of changes, the answer to what the server sent.
    expect(upload).toEqual({ messages: 5, received: { Add: 0, Replace: 0, Delete: 0 } });

    expect((await tablet.sync(201)).received).toEqual({ Add: COUNT, Replace: 0, Delete: 0 });
    const stored = (text: string) => readItem('text/vcard', text).body;
    const sent = additions(COUNT, 530).map((change) => stored('data' in change ? change.data : ''));
    const held = [...tablet.items.values()].map(stored);
    expect(held.sort()).toEqual(sent.sort());

    await phone.sync(200, editions(COUNT, 530, 1));
    expect((await tablet.sync(200)).received).toEqual({ Add: 0, Replace: COUNT, Delete: 0 });
    await phone.sync(200, deletions(20));
    expect((await tablet.sync(200)).received).toEqual({ Add: 0, Replace: 0, Delete: 20 });
    expect(tablet.items.size).toBe(COUNT - 20);
    expect((await phone.sync(200)).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    await world.close();
  });
});

describe('a contact', () => {
  it('has exactly the bytes asked for and is the same for the same seed', () => {
    for (let seed = 0; seed < 300; seed += 1)
      for (const bytes of [530, 1024]) expect(Buffer.byteLength(contact(seed, bytes))).toBe(bytes);
    expect(contact(7)).toBe(contact(7));
    expect(contact(7)).not.toBe(contact(8));
    expect(contact(7, 530, 1)).not.toBe(contact(7, 530, 2));
  });
});

describe('a session that the server refuses', () => {
  it('is no figure but an error', async () => {
    const world = await createWorld(false);
    const stranger = world.device('phone', { auth: 'basic', password: 'wrong' });
    await expect(stranger.sync(201)).rejects.toThrow('SyncHdr 0 was answered 401');
    await world.close();
  });
});
