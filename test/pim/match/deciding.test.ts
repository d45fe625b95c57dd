/** One of several: which are looked at, and which of them it is. */

import { describe, expect, it } from 'vitest';
import { decideMatch } from '../../../lib/pim/match/decide.ts';
import { listBlockingKeys, type TextItem } from '../../kit/items.ts';
import { card, HOME, hans, MAIL, MOBILE, ready, WORK } from './pairs.ts';

describe('of several', () => {
  const candidates = (...items: TextItem[]) => items.map((item, at) => ({ at, prepared: ready(item) }));

  it('the one that is clearly the best is linked', () => {
    const others = [card('N:Müller;Hans;;;', 'NOTE:x'), hans];
    expect(decideMatch(ready(card('N:Müller;Hans;;;', MAIL, MOBILE)), candidates(...others)).link?.at).toBe(
      1,
    );
  });

  it('two that are as good are looked at by somebody', () => {
    const two = [
      card('N:Müller;Hans;;;', 'TEL;TYPE=CELL:0171 1111111', 'EMAIL:a@a.example'),
      card('N:Müller;Hans;;;', 'TEL;TYPE=CELL:0172 2222222', 'EMAIL:b@b.example'),
    ];
    const { link, review } = decideMatch(ready(card('N:Müller;Hans;;;')), candidates(...two));
    expect(link).toBeUndefined();
    expect(review.map(({ at }) => at)).toEqual([0, 1]);
  });

  it('two that are one themselves are no question', () => {
    expect(decideMatch(ready(hans), candidates(hans, hans)).link?.at).toBe(0);
  });

  it("a number that two of them have is nobody's own", () => {
    const couple = [card('N:Müller;Hans;;;', MOBILE), card('N:Müller;Helga;;;', MOBILE)];
    expect(decideMatch(ready(card('N:;;;;', 'FN:', MOBILE)), candidates(...couple)).link).toBeUndefined();
    expect(decideMatch(ready(card('N:Müller;Helga;;;', MOBILE)), candidates(...couple)).link?.at).toBe(1);
  });
});

describe('blocking keys', () => {
  it('are twelve at most, of six characters, and none of what cannot be read', () => {
    const many = Array.from({ length: 30 }, (_, n) => `EMAIL:${n}@mail.example`);
    const keys = listBlockingKeys(card('N:Müller;Hans;;;', ...many, MOBILE, HOME, WORK));
    expect(keys.length).toBeLessThanOrEqual(12);
    expect(keys.every((key) => /^[\w-]{6}$/.test(key))).toBe(true);
    expect(listBlockingKeys({ type: 'text/vcard', body: 'no card' })).toEqual([]);
  });
});
