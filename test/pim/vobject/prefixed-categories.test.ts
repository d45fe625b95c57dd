/** Categories of phones that put `X-` before the names (E04, E07). */
import { describe, expect, it } from 'vitest';
import { readItem } from '../../../lib/pim/read-item.ts';

const calendar = (categories: string) =>
  ['BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VEVENT', 'SUMMARY:Meal', 'DTSTART:20260301T100000Z', categories]
    .concat('END:VEVENT', 'END:VCALENDAR', '')
    .join('\r\n');
const card = (categories: string) =>
  ['BEGIN:VCARD', 'VERSION:2.1', 'N:Lovelace;Ada', categories, 'END:VCARD', ''].join('\r\n');
const read = (type: string, text: string, prefixedCategories: boolean) =>
  readItem(type, text, { prefixedCategories }).content.storedText;

describe('E04 E07: a prefix of categories', () => {
  it('is no part of their names', () => {
    const text = calendar('CATEGORIES:X-Family;MEETING; x-Work');
    expect(read('text/x-vcalendar', text, true)).toContain('CATEGORIES:Family,MEETING,Work\r\n');
    expect(read('text/x-vcard', card('CATEGORIES:X-Family,X-X-Ray'), true)).toContain(
      'CATEGORIES:Family,X-Ray\r\n',
    );
  });
  it('is one where the device has no such habit', () =>
    expect(read('text/x-vcalendar', calendar('CATEGORIES:X-Ray'), false)).toContain('CATEGORIES:X-Ray\r\n'));
  it('in an item that cannot be parsed stays', () =>
    expect(read('text/x-vcalendar', 'CATEGORIES:X-Ray', true)).toBe('CATEGORIES:X-Ray\r\n'));
});
