/** What vCard 2.1 must not lose on its way through a writer. */

import { describe, expect, it } from 'vitest';
import { readObjects } from '../../../../lib/pim/vobject/read.ts';
import { writeObject } from '../../../../lib/pim/vobject/write.ts';
import { readItem, writeItem } from '../../../kit/items.ts';

describe('vCard 2.1', () => {
  const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:2.1', ...lines, 'END:VCARD', ''].join('\r\n');

  it("keeps the spelling of types that are somebody's own", () => {
    const [object] = readObjects(card('N:A;;;;', 'TEL;X-Mobile:139'));
    if (object === undefined) throw new Error('there is no card');
    expect(writeObject(object.component, object.dialect)).toContain('TEL;X-Mobile:139');
  });

  it('keeps a backslash at the end of a part from eating the separator', () => {
    const stored = readItem('text/x-vcard', card('N:Smith;\\\\;;;'));
    expect(stored.body).toContain('N:Smith;\\\\;;;');
    const old = writeItem(stored, { type: 'text/x-vcard', version: '2.1' });
    expect(readItem('text/x-vcard', old.body)).toEqual(stored);
  });
});
