/** What cannot be looked into is one field: it is taken from one side as a whole. */
import { describe, expect, it } from 'vitest';
import { readItem, type TextItem } from '../../kit/items.ts';
import { card, event, merge } from './merging.ts';

const opaque = (text: string): TextItem => readItem('text/vcard', text);
const [ada, edited] = [card('N:A;;;;', 'FN:Ada'), card('N:A;;;;', 'FN:Ada', 'TEL:1')];
const meeting = event('UID:u', 'DTSTART:20260302T100000Z');

describe('as a whole', () => {
  it.each([
    ['the base', opaque('a'), ada, edited],
    ['what is', ada, opaque('a'), edited],
    ['what was sent', ada, edited, opaque('a')],
    ['that of another kind', ada, edited, meeting],
    ['the base of another kind', meeting, ada, edited],
  ])('%s cannot be merged: the winner is taken, and the other one is lost', (_, base, now, sent) => {
    expect(merge(base, now, sent, { winner: 'client' })).toEqual({ item: sent, clashes: 1 });
    expect(merge(base, now, sent, { winner: 'server' })).toEqual({ item: now, clashes: 1 });
  });

  it.each([
    ['the device alone changed it', opaque('a'), opaque('a'), opaque('b'), opaque('b')],
    ['the server alone changed it', opaque('a'), opaque('b'), opaque('a'), opaque('b')],
    ['both changed it to the same', opaque('a'), opaque('b'), opaque('b'), opaque('b')],
  ])('%s, so that nothing is lost', (_, base, now, sent, item) => {
    expect(merge(base, now, sent, { winner: 'client' })).toEqual({ item, clashes: 0 });
    expect(merge(base, now, sent, { winner: 'server' })).toEqual({ item, clashes: 0 });
  });
});
