/** When a card was made and changed: no days, and the same behind every version. */

import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { linesOf } from '../sif/sif.ts';

const format = (version: string) => ({ type: version === '2.1' ? 'text/x-vcard' : 'text/vcard', version });
const card = (version: string, ...own: readonly string[]) =>
  readItem(
    format(version).type,
    ['BEGIN:VCARD', `VERSION:${version}`, 'N:A;;;;', 'FN:A', ...own, 'END:VCARD', ''].join('\r\n'),
  );

describe('a stamp of a card', () => {
  it.each([
    'REV:1997-11-15',
    'REV:19971115',
    'REV:19971115T000000Z',
    'CREATED:20220101T000000Z',
    'CREATED:2022-01-01',
  ])('%s is the same behind each version', (stamp) => {
    const item = card('3.0', stamp);
    for (const version of ['2.1', '3.0', '4.0'])
      expect(readItem(format(version).type, writeItem(item, format(version)).body)).toEqual(item);
  });
  it('at midnight is a time', () => {
    expect(linesOf(card('4.0', 'CREATED:20220101T000000Z').body)).toContain('CREATED:20220101T000000Z');
    expect(linesOf(card('4.0', 'BDAY:20220101T000000Z').body)).toContain('BDAY:2022-01-01');
  });
});
