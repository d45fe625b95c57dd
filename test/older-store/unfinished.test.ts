/**
 * Sessions that an earlier server began and today's has to bring to an end: a device died while it sent a contact
 * larger than a message, another one in the middle of its first sync.
 */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../lib/app/changes.ts';
import { SESSION_SHAPE } from '../../lib/engine/model/session-state.ts';
import type { Device } from '../kit/device.ts';
import type { TestServer } from '../kit/server.ts';
import { Refused, type Session } from '../kit/session.ts';
import { fixtureNames, readFixture } from './fixture.ts';
import { type Died, died, itemsOf, known, seen, serverOf } from './known.ts';
import { card, ofTheWatch } from './people.ts';

const NOTHING = { Add: 0, Replace: 0, Delete: 0 };

/** The ways in which a device that died can come back. */
const WAYS: readonly {
  readonly how: string;
  readonly gotAnswer: boolean;
  back(died: Died): Promise<unknown>;
}[] = [
  {
    how: 'sends its last message again and goes on, in the session or in one that resumes it',
    gotAnswer: true,
    back: async ({ device, session, next }) => {
      const isReadable = await answersAgain(session);
      return isReadable ? device.goOn(session, next) : device.sync(225);
    },
  },
  { how: 'resumes', gotAnswer: false, back: ({ device }) => device.sync(225) },
  { how: 'resumes, and had the last answer', gotAnswer: true, back: ({ device }) => device.sync(225) },
  { how: 'begins anew', gotAnswer: false, back: ({ device }) => device.sync() },
  {
    how: 'begins anew with a slow sync',
    gotAnswer: false,
    back: ({ device }) => {
      device.forgetAnchor();
      return device.sync(201);
    },
  },
];

/** False: the session is of a shape that is not read any more, so its device has to begin again. */
async function answersAgain(session: Session): Promise<boolean> {
  try {
    await session.resend(session.respURI);
    return true;
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 407) throw error;
    return false;
  }
}

describe.each(fixtureNames())('an unfinished session in the store of %s', (name) => {
  const fixture = readFixture(name);
  const guidsOf = async (server: TestServer) =>
    new Set(
      (await readChanges(server.store, fixture.login, { datastore: 'contacts' })).map(({ guid }) => guid),
    );

  /** Everybody syncs until nothing comes any more; then all hold the same number of contacts. */
  async function settled(server: TestServer, device: Device): Promise<[Device, Device]> {
    const others = ['phone', 'laptop'].map((who) => known(server, fixture, who, 'contacts')) as [
      Device,
      Device,
    ];
    for (const one of [...others, device, ...others]) await one.sync();
    for (const one of [...others, device]) {
      expect(await one.sync()).toMatchObject({ code: 200, received: NOTHING });
      expect(one.items.size).toBe(others[0].items.size);
    }
    const [phone, laptop] = others.map((one) => seen(one.contents, 'contacts').map(named));
    expect(laptop).toEqual(phone);
    return others;
  }

  const isReadable = fixture.rows.every(({ sk, attributes }) => sk !== 'S' || attributes.f === SESSION_SHAPE);

  it.for(['tablet', 'watch'])('gives the %s its last answer again, byte for byte', async (who, { skip }) => {
    skip(!isReadable, 'its session is of an older shape; a fixture of today: npm run older-store');
    const server = await serverOf(fixture);
    const { session, last } = died(server, fixture, who, true);
    const { http } = await session.resend(session.respURI);
    expect(Buffer.from(http.body).equals(last.answer ?? Buffer.alloc(0))).toBe(true);
  });

  it.for(['tablet', 'watch'])(
    'asks the %s to begin again: its session is of an older shape',
    async (who, { skip }) => {
      skip(isReadable, 'its session is of the shape of today');
      const server = await serverOf(fixture);
      expect(await answersAgain(died(server, fixture, who, true).session)).toBe(false);
    },
  );

  it.each(WAYS)('of the tablet loses and doubles nothing when it $how', async ({ gotAnswer, back }) => {
    const server = await serverOf(fixture);
    const before = await guidsOf(server);
    const tablet = died(server, fixture, 'tablet', gotAnswer);
    await back(tablet);
    const [phone] = await settled(server, tablet.device);
    for (const [text, count] of Object.entries(OF_THE_TABLET))
      expect(phone.contents.filter((item) => item.includes(text)).map(named), text).toHaveLength(count);
    const large = phone.items.get(phone.find('FN:Wim Large')) ?? '';
    expect(/^PHOTO[^:]*:(.*)$/m.exec(large.replace(/\r\n /g, ''))?.[1]).toHaveLength(160_000);
    // The large one and the one behind it are new; the first was there already.
    expect((await guidsOf(server)).size - before.size).toBe(2);
  });

  // The watch has no anchor from an earlier session: anew is slow.
  it.each(WAYS.slice(0, 4))(
    'of the watch loses and doubles nothing when it $how',
    async ({ gotAnswer, back }) => {
      const server = await serverOf(fixture);
      const before = await guidsOf(server);
      const watch = died(server, fixture, 'watch', gotAnswer);
      await back(watch);
      const [phone] = await settled(server, watch.device);
      const own = phone.contents.filter((item) => item.includes('Watchmaker')).map(named);
      expect(own.sort()).toEqual([...ofTheWatch.values()].map(named).sort());
      const there = itemsOf(fixture, 'phone', 'contacts').map(({ text }) => named(text));
      const fresh = own.filter((one) => !there.includes(one));
      expect((await guidsOf(server)).size - before.size).toBe(fresh.length);
    },
  );
});

/** What stands on the phone when the tablet has come to its end, and how often. */
const OF_THE_TABLET = {
  'FN:Una First': 1,
  'FN:Vera Second': 1,
  'FN:Wim Large': 1,
  'FN:Konrad Cordes-Meyer': 0,
  'FN:Mathilde Brandt-Meyer': 1,
  'TITLE:Changed on the tablet': 1,
};

/** The name alone: photos would fill the screen. */
const named = (text: string): string => /^FN[^:]*:(.*)$/m.exec(text)?.[1]?.trim() ?? card(['', 'nobody']);
