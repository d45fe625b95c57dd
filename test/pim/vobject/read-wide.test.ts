/** Items in UTF-16, which desktops write, with the mark of its byte order. */

import { describe, expect, it } from 'vitest';
import { readItem } from '../../kit/items.ts';
import { C, xml } from '../formats/sif/sif.ts';

const wide = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const CARD = ['BEGIN:VCARD', 'VERSION:3.0', 'N:Gr\u00fcn;\u5b50;;;', 'FN:Gr\u00fcn', 'END:VCARD', ''].join(
  '\r\n',
);
const LABELLED = CARD.replace('\nN:', '\nN;CHARSET=UTF-16:').replace('3.0', '2.1');

describe('UTF-16', () => {
  it.each<[string, string, string]>([
    ['a card', 'text/vcard', CARD],
    ['an old card that says it', 'text/x-vcard', LABELLED],
    ['an item of SIF', C, xml('contact', { LastName: 'Gr\u00fcn' })],
    ['what cannot be read', 'text/calendar', 'Gr\u00fcn'],
  ])('is read in either order: %s', (_, type, text) => {
    expect(readItem(type, wide(text))).toEqual(readItem(type, text));
    expect(readItem(type, wide(text).swap16())).toEqual(readItem(type, text));
  });
  it('is not what only begins like it', () => {
    const bytes = Buffer.from(CARD.replace('\u5b50', '').replace('\nN:', '\nN:\u00ff\u00fe'), 'latin1');
    expect(readItem('text/vcard', bytes).body).toContain('\u00ff\u00feGr\u00fcn');
  });
});
