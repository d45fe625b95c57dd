/** Whoever follows a datastore by its log, also when the log is not the one that it was (N01). */
import { describe, expect, it } from 'vitest';
import { newsText, placeOf } from '../../functions/cli/news-text.ts';
import { type News, readNews } from '../../lib/app/feed.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { liveItems } from '../engine/steps.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { CONTACTS } from '../kit/match-index.ts';
import { restorableStore } from '../kit/restorable-store.ts';
import { startServer } from '../kit/server.ts';

/** A reader that keeps what it was told: the GUIDs of the items that it has, with their revs. */
class Reader {
  readonly items = new Map<string, number>();
  private last: News | undefined;
  async follow(store: Parameters<typeof readNews>[0]): Promise<News> {
    const news = await readNews(store, CONTACTS, this.last?.place);
    if (news.anew) this.items.clear();
    for (const { guid, op, rev } of news.changes)
      if (op === 'delete') this.items.delete(guid);
      else this.items.set(guid, rev);
    this.last = news;
    return news;
  }
}

async function followed() {
  let clock = () => 0;
  const store = restorableStore(sqliteStore({ file: ':memory:', now: () => clock() }));
  const server = await startServer({ store });
  clock = () => server.time;
  const phone = new Device(server);
  const reader = new Reader();
  const adds = async (...names: readonly string[]) => {
    for (const name of names) {
      phone.add(vcard(name));
      await phone.sync();
    }
  };
  const follow = async () => {
    const news = await reader.follow(store);
    const live = await liveItems(server);
    expect([...reader.items].sort()).toEqual(live.map(({ guid, rev }) => [guid, rev]).sort());
    return { anew: news.anew, count: news.changes.length };
  };
  return { store, server, phone, adds, follow };
}

describe('a reader of the log', () => {
  it('is told all at first, then what is new, then nothing', async () => {
    const { adds, follow, phone } = await followed();
    expect(await follow()).toEqual({ anew: true, count: 0 });
    await adds('Ada', 'Berta');
    expect(await follow()).toEqual({ anew: false, count: 2 });
    phone.delete(phone.find('FN:Ada\r'));
    await phone.sync();
    expect(await follow()).toEqual({ anew: false, count: 1 });
    expect(await follow()).toEqual({ anew: false, count: 0 });
  });

  it.each([0, 1, 2, 3])('starts over when the log went back, and %i commits came since', async (count) => {
    const { store, server, adds, follow } = await followed();
    await adds('Ada');
    const copy = await store.copy('items');
    await adds('Berta', 'Carl');
    await follow();
    await store.putBack(copy);
    const other = new Device(server, { device: 'other' });
    for (let n = 0; n < count; n += 1) {
      other.add(vcard(`Other${n}`));
      await other.sync();
    }
    expect(await follow()).toEqual({ anew: true, count: 1 + count });
    expect(await follow()).toEqual({ anew: false, count: 0 });
  });

  it('starts over when the log is empty again', async () => {
    const { store, adds, follow } = await followed();
    await adds('Ada', 'Berta');
    await follow();
    await store.putBack({ table: 'items', rows: [] });
    expect(await follow()).toEqual({ anew: true, count: 0 });
  });

  it('starts over when commits that it has not seen have expired', async () => {
    const { server, adds, follow } = await followed();
    await adds('Ada');
    await follow();
    await adds('Berta');
    server.time += 200 * 24 * 3600 * 1000;
    await adds('Carl');
    expect(await follow()).toEqual({ anew: true, count: 3 });
  });
});

it('a place is a word on the command line', async () => {
  const place = { sequence: 12, id: 'aF-h_3' };
  expect(newsText({ changes: [], place, anew: true })).toBe(
    'all items; others are gone\nno changes\nnext place: 12:aF-h_3',
  );
  expect(placeOf('12:aF-h_3')).toEqual(place);
  expect(placeOf('0')).toEqual({ sequence: 0 });
  expect(() => placeOf('x')).toThrow(/no place/);
});
