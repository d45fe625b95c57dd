/** Two address books of a thousand contacts each, six hundred of them the same people, written differently. */
import { expect, it } from 'vitest';
import { books } from '../pim/match/books.ts';
import { byScore, judged } from '../pim/match/judge.ts';
import { openLog } from './versions.ts';
import { describeStores } from './world.ts';

const SIZE = 1_000;
const PAIRS = 600;
const SOME = ['contacts'] as const;

describeStores('a first sync of two full address books', (fixture) => {
  it('finds who is who, doubles nothing that is identical, and both sides end with the same', async () => {
    const { phone, laptop, sync, ...world } = await fixture.world();
    const pair = books(2_024, SIZE, PAIRS);
    const identical = pair.ours.filter((_, n) => n % 10 === 0).slice(0, 50);
    for (const [n, { item }] of pair.ours.entries()) phone.put('contacts', `p${n}`, item.body);
    for (const [n, { item }] of pair.theirs.entries()) laptop.put('contacts', `l${n}`, item.body);
    // What is on both sides to the letter, beside what is there in other words.
    const shared = new Set(pair.theirs.map(({ id }) => id));
    const copies = identical.filter(({ id }) => !shared.has(id));
    for (const [n, { item }] of copies.entries()) laptop.put('contacts', `c${n}`, item.body);
    await sync(phone, 'slow', SOME);
    const { report } = await sync(laptop, 'slow', SOME);
    await sync(phone, 'two-way', SOME);
    expect(phone.list('contacts').length).toBe(laptop.list('contacts').length);

    const { right, wrong } = judged(pair, byScore(pair));
    const links = right + wrong;
    const stored = await openLog(world, (log) => log.bodies('contacts'));
    expect(stored.length).toBe(phone.list('contacts').length);
    // The client writes a few of them in its own way: what is told as found is found again, but for one in two hundred.
    expect(Math.abs(2 * SIZE - links - stored.length)).toBeLessThanOrEqual(3);
    expect(links).toBeGreaterThanOrEqual(0.95 * PAIRS);
    expect(report.get('contacts')?.local.added).toBe(stored.length - SIZE - copies.length);
    await sync(laptop, 'two-way', SOME);
    for (const device of [phone, laptop]) await world.syncUnchanged(device, SOME);
  });
});
