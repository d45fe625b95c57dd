/** First and slow syncs of two full databases: who is who is found, nothing is doubled, nothing is lost. */
import { describe, expect, it } from 'vitest';
import { readReviews } from '../../../lib/app/changes.ts';
import { Device } from '../../kit/device.ts';
import { add, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import { begin, bodiesOf, codesByLuid, liveItems, statusesOf, upload, wholeSync } from '../steps.ts';

const card = (...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');
const OURS = card(
  ...['N:Müller;Hans;;;', 'FN:Hans Müller', 'TEL;TYPE=CELL:+49 170 1234567', 'EMAIL:hm77@mail.example'],
);
const THEIRS = card('N:Mueller;Hans;;;', 'FN:Hans Mueller', 'TEL;TYPE=CELL:0170/1234567', 'TITLE:Baker');
const WIFE = card('N:Müller;Helga;;;', 'FN:Helga Müller', 'TEL;TYPE=CELL:+49 170 1234567');
const NAMESAKE = card(
  'N:Müller;Hans;;;',
  'FN:Hans Müller',
  'TEL;TYPE=CELL:+49 171 7777777',
  'EMAIL:x@y.example',
);

/** A server that has these of a laptop. */
async function having(...cards: string[]): Promise<TestServer> {
  const server = await startServer();
  await wholeSync(
    server,
    { device: 'laptop', next: 'l1' },
    cards.map((one, n) => add(`l${n}`, one)),
  );
  return server;
}

describe('a first sync', () => {
  it('links the same person written differently: one item, what either had, and the device gets it', async () => {
    const server = await having(OURS);
    const { session } = await begin(server, { next: 'n1' });
    const reply = await upload(session, [add('7', THEIRS)]);
    const [item, ...others] = await liveItems(server);
    expect(others).toEqual([]);
    expect(item?.content?.storedText).toContain('EMAIL:hm77@mail.example');
    expect(item?.content?.storedText).toContain('TITLE:Baker');
    expect(item?.content?.storedText?.match(/^TEL/gm)).toHaveLength(1);
    const status = statusesOf(reply).find(({ cmd }) => cmd === 'Add');
    expect([status?.code, status?.items]).toEqual([
      207,
      [{ source: { uri: '7' }, target: { uri: item?.guid } }],
    ]);
    expect(changesOf(reply).map(({ name }) => name)).toEqual(['Replace']);
    expect(await readReviews(server.store, USER, 'contacts')).toEqual([]);
  });

  it('links a person with a large picture too', async () => {
    const server = await startServer();
    const laptop = new Device(server, { device: 'laptop', chunkBytes: 60_000 });
    const picture = Buffer.from(Array.from({ length: 250_000 }, (_, n) => (n * n) % 251)).toString('base64');
    laptop.add(OURS.replace('END:', `PHOTO;ENCODING=b;TYPE=JPEG:${picture}\r\nEND:`));
    await laptop.sync();
    await wholeSync(server, { next: 'n1' }, [add('7', THEIRS)]);
    const [item, ...others] = await liveItems(server);
    expect(others).toEqual([]);
    expect(item?.content?.size).toBeGreaterThan(300_000);
    await laptop.sync();
    expect(laptop.contents.join()).toContain('TITLE:Baker');
  });

  it('keeps a couple with one number apart, and asks nobody', async () => {
    const server = await having(OURS);
    const { reply } = await wholeSync(server, { next: 'n1' }, [add('7', WIFE)]);
    expect(codesByLuid(reply)).toEqual({ 7: 201 });
    expect(await bodiesOf(server)).toHaveLength(2);
    expect(await readReviews(server.store, USER, 'contacts')).toEqual([]);
  });

  it('keeps apart what is not certain, and notes it for a review', async () => {
    const server = await having(OURS);
    await wholeSync(server, { next: 'n1' }, [add('7', NAMESAKE)]);
    const items = await liveItems(server);
    expect(items).toHaveLength(2);
    const [ours, theirs] = ['hm77', 'x@y'].map((text) =>
      items.find((one) => one.content?.storedText?.includes(text)),
    );
    const [review, ...others] = await readReviews(server.store, USER, 'contacts');
    expect(others).toEqual([]);
    expect(review).toMatchObject({ guid: theirs?.guid, other: ours?.guid, by: 'd:phone-1' });
    expect(review?.reasons).toEqual(['same-name', 'other-email', 'other-mobile']);
  });

  it('never links two items of one side', async () => {
    const server = await having(OURS);
    await wholeSync(server, { next: 'n1' }, [add('7', THEIRS), add('8', OURS), add('9', THEIRS)]);
    expect(await bodiesOf(server)).toHaveLength(3);
  });

  it('that breaks and is done again finds its own links', async () => {
    const server = await having(OURS);
    for (const sessionId of ['1', '2', '3']) {
      const { session } = await begin(server, { sessionId, next: `n${sessionId}` });
      await upload(session, [add('7', THEIRS)]);
      expect(await bodiesOf(server)).toHaveLength(1);
    }
  });

  it('of a device that is right about all (203) puts its content over ours', async () => {
    const server = await having(OURS);
    await wholeSync(server, { code: 203, next: 'n1' }, [add('7', THEIRS)]);
    const [item, ...others] = await liveItems(server);
    expect(others).toEqual([]);
    expect(item?.content?.storedText).toContain('N:Mueller;Hans');
    expect(item?.content?.storedText).toContain('TITLE:Baker');
  });

  it('of two whole devices leaves both with the same, and nothing goes round after it', async () => {
    const server = await startServer();
    const [phone, laptop] = ['phone', 'laptop'].map((device) => new Device(server, { device })) as [
      Device,
      Device,
    ];
    phone.add(OURS);
    phone.add(vcard('Anna'));
    laptop.add(THEIRS);
    laptop.add(WIFE);
    await phone.sync();
    await laptop.sync();
    await phone.sync();
    expect(phone.contents).toHaveLength(3);
    expect(laptop.contents).toEqual(phone.contents);
    for (const device of [phone, laptop])
      expect((await device.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  });
});

describe('notes of which both sides are kept', () => {
  it('are one when one goes on where the other ends', async () => {
    const server = await startServer();
    const options = { datastore: 'notes', info: false as const };
    const short = 'Shopping\nmilk\nbread';
    const note = (luid: string, text: string) => add(luid, text, 'text/plain');
    await wholeSync(server, { ...options, device: 'laptop', next: 'l1' }, [note('l', short)]);
    await wholeSync(server, { ...options, next: 'n1' }, [
      note('7', `${short}\nsalt`),
      note('8', 'Shopping\nbeer'),
    ]);
    expect(await bodiesOf(server, 'notes')).toEqual(['Shopping\nbeer', `${short}\nsalt`]);
  });
});
