/** What a first sync makes of a namesake and an exact copy does not depend on which of them comes first. */
import { describe, expect, it } from 'vitest';
import { readReviews } from '../../../lib/app/changes.ts';
import { luid as asLuid } from '../../../lib/engine/model/ids.ts';
import { Device } from '../../kit/device.ts';
import { add, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import { begin, liveItems, upload, wholeSync } from '../steps.ts';

const card = (...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');
const BARE = card('N:Huber;Josef;;;', 'FN:Josef Huber');
const TITLED = card('N:Huber;Josef;;;', 'FN:Josef Huber', 'TITLE:Baker');
const WHOLE = card(
  ...['N:Huber;Josef;;;', 'FN:Josef Huber', 'TEL;TYPE=CELL:+49 170 1234567'],
  ...['EMAIL:josef.huber@example.com', 'BDAY:1970-03-04'],
);

async function serverWith(...cards: string[]): Promise<{ server: TestServer; laptop: Device }> {
  const server = await startServer();
  const laptop = new Device(server, { device: 'laptop' });
  for (const one of cards) laptop.add(one);
  await laptop.sync();
  return { server, laptop };
}

/** A phone's first sync that sends each of the lists in a message of its own. */
async function firstSync(server: TestServer, messages: readonly (readonly string[])[], code = 201) {
  const { session } = await begin(server, { next: 'n1', code });
  let luid = 0;
  const replies = [];
  for (const [n, cards] of messages.entries()) {
    const adds = cards.map((one) => {
      luid += 1;
      return add(String(luid), one);
    });
    replies.push(await upload(session, adds, { final: n === messages.length - 1 }));
  }
  return replies;
}

const textsOf = async (server: TestServer): Promise<string[]> =>
  (await liveItems(server)).map(({ content }) => content?.storedText ?? '').sort();

const ORDERS: readonly (readonly [name: string, messages: (namesake: string) => string[][]])[] = [
  ['the namesake before the copy, in one message', (namesake) => [[namesake, WHOLE]]],
  ['the copy before the namesake, in one message', (namesake) => [[WHOLE, namesake]]],
  ['the namesake in a message before', (namesake) => [[namesake], [vcard('Zoe')], [WHOLE]]],
  ['the namesake in a message after', (namesake) => [[WHOLE], [namesake]]],
];

describe.each([
  ['a bare name', BARE],
  ['a name with something else', TITLED],
])('a namesake with %s, and a copy of the whole', (_, namesake) => {
  it.each(ORDERS)('are two items: %s', async (_order, messages) => {
    const { server, laptop } = await serverWith(WHOLE);
    await firstSync(server, messages(namesake));
    expect((await textsOf(server)).filter((text) => text.includes('Huber'))).toEqual(
      [WHOLE, namesake].sort(),
    );
    const items = await liveItems(server);
    const [one, other] = [WHOLE, namesake].map((text) =>
      items.find(({ content }) => content?.storedText === text),
    );
    const reviews = await readReviews(server.store, USER, 'contacts');
    expect(reviews.map(({ guid, other: beside }) => [guid, beside])).toEqual([[other?.guid, one?.guid]]);
    expect(one?.luids['d:phone-1']).not.toEqual(undefined);
    await laptop.sync();
    expect(laptop.contents.filter((text) => text.includes('Huber'))).toEqual([WHOLE, namesake].sort());
  });

  it.each([201, 203])('are both known to the device by their own LUIDs (%s)', async (code) => {
    const { server } = await serverWith(WHOLE);
    const replies = await firstSync(server, [[namesake], [WHOLE]], code);
    const items = await liveItems(server);
    const luidOf = (text: string) =>
      Object.values(
        items.find(({ content }) => content?.storedText === text)?.luids['d:phone-1'] ?? {},
      ).flat();
    expect([luidOf(namesake), luidOf(WHOLE)]).toEqual([['1'], ['2']]);
    expect(
      replies.flatMap((reply) => changesOf(reply).map(({ name }) => name)).filter((name) => name === 'Add'),
    ).toEqual([]);
  });
});

describe('the link stays', () => {
  it('where it was made by the LUID of before, and a copy of the old content comes', async () => {
    const { server } = await serverWith();
    await wholeSync(server, { next: 'n0' }, [add('1', WHOLE)]);
    await wholeSync(server, { code: 201, next: 'n1', sessionId: '2' }, [add('1', TITLED), add('2', WHOLE)]);
    const items = await liveItems(server);
    expect(items).toHaveLength(2);
    const first = items.find(({ luids }) =>
      Object.values(luids['d:phone-1'] ?? {}).some((own) => own.includes(asLuid('1'))),
    );
    expect(first?.content?.storedText).toContain('TITLE:Baker');
  });

  it('where two copies of one item come: each is an item', async () => {
    const { server } = await serverWith(WHOLE);
    await firstSync(server, [[WHOLE], [WHOLE]]);
    expect(await textsOf(server)).toEqual([WHOLE, WHOLE]);
  });

  it('where what came first is the same person by more than the name, and no copy comes', async () => {
    const { server } = await serverWith(WHOLE);
    await firstSync(server, [[WHOLE.replace('BDAY', 'TITLE:Baker\r\nBDAY')], [vcard('Zoe')]]);
    expect((await textsOf(server)).filter((text) => text.includes('Huber'))).toHaveLength(1);
  });

  it('when the message that takes it over comes again', async () => {
    const { server } = await serverWith(WHOLE);
    const { session } = await begin(server, { next: 'n1' });
    await upload(session, [add('1', TITLED)], { final: false });
    await upload(session, [add('2', WHOLE), add('1', TITLED)], { final: false });
    await upload(session, [add('2', WHOLE)]);
    expect(await textsOf(server)).toEqual([WHOLE, TITLED].sort());
  });
});
