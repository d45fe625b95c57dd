/** Edits of an item that is still to be sent to the device: what its owner takes away stays away. */
import { describe, expect, it } from 'vitest';
import { Cut, cutting } from '../../kit/cut.ts';
import { Device } from '../../kit/device.ts';
import { add, replace, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { known, session2 } from '../send/news.ts';
import { addedGuids, begin, confirm, upload, wholeSync } from '../steps.ts';

const BEFORE = vcard('Ada', 'TEL:1', 'TEL:2', 'NOTE:short');

/** The laptop writes a longer note. */
async function lengthenNote(laptop: Device): Promise<void> {
  await laptop.sync();
  const [held = ''] = [...laptop.items].flatMap(([luid, text]) => (text.includes('Ada') ? [luid] : []));
  laptop.replace(held, vcard('Ada', 'TEL:1', 'TEL:2', 'NOTE:short\\nlonger'));
  await laptop.sync();
}

/** The phone, which has shown that it holds two numbers, and a laptop, which has written a longer note. */
async function withLongerNote() {
  const own = await startServer();
  const { server, cut } = cutting(own);
  const [phone, laptop] = [new Device(server), new Device(own, { device: 'laptop' })];
  phone.add(vcard('Berta', 'TEL:3', 'TEL:4'));
  laptop.add(BEFORE);
  await laptop.sync();
  await phone.sync();
  await lengthenNote(laptop);
  return { phone, laptop, cut };
}

describe('an edit of an item whose Replace the device has not confirmed', () => {
  /** What is left of the contact on both when the phone lost its Status, or the answer with the Replace. */
  async function afterBreak(at: number, what: 'message' | 'answer', code: number, edited: string) {
    const { phone, laptop, cut } = await withLongerNote();
    cut(at, what);
    await expect(phone.sync()).rejects.toThrow(Cut);
    cut(Number.POSITIVE_INFINITY, 'message');
    const [luid = ''] = [...phone.items].flatMap(([luid, text]) => (text.includes('Ada') ? [luid] : []));
    phone.replace(luid, edited);
    await phone.sync(code);
    await laptop.sync();
    await phone.sync();
    expect(phone.contents).toEqual(laptop.contents);
    return laptop.contents.filter((text) => text.includes('Ada'));
  }

  it.each([200, 225])('it had come: what was taken away stays away (%i)', async (code) => {
    const edited = vcard('Ada', 'TEL:2', 'NOTE:short\\nlonger');
    expect(await afterBreak(3, 'message', code, edited)).toEqual([edited]);
  });

  it.each([200, 225])('it had not come: that, and the news stays (%i)', async (code) => {
    const edited = vcard('Ada', 'TEL:2', 'NOTE:short');
    expect(await afterBreak(2, 'answer', code, edited)).toEqual([
      vcard('Ada', 'TEL:2', 'NOTE:short\\nlonger'),
    ]);
  });
});

describe('an edit of an item whose news the device refused', () => {
  it.each([1, 2])('what was taken away stays away, and the news comes (%i refusals)', async (refusals) => {
    const server = await known([add('1', vcard('Berta', 'TEL:3', 'TEL:4'))]);
    const laptop = new Device(server, { device: 'laptop' });
    laptop.add(BEFORE);
    await laptop.sync();
    const first = await session2(server);
    const [guid = ''] = addedGuids(await upload(first.session));
    await confirm(first.session, [[guid, '2']]);
    await lengthenNote(laptop);
    let last = 'n2';
    for (let n = 0; n < refusals; n += 1) {
      const { session } = await begin(server, { sessionId: `r${n}`, code: 200, last, next: `r${n}` });
      await upload(session);
      await confirm(session, [], { Replace: 500 });
      last = `r${n}`;
    }
    const edited = replace('2', vcard('Ada', 'TEL:2', 'NOTE:short'));
    await wholeSync(server, { sessionId: 'e', code: 200, last, next: 'e' }, [edited]);
    await laptop.sync();
    expect(laptop.contents).toContain(vcard('Ada', 'TEL:2', 'NOTE:short\\nlonger'));
  });
});
