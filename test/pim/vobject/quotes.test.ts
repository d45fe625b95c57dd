/** Quotes in parameters: none of them swallows what stands behind it. */

import { describe, expect, it } from 'vitest';
import { readObjects } from '../../../lib/pim/vobject/read.ts';
import { writeObject } from '../../../lib/pim/vobject/write.ts';
import { readItem, writeItem } from '../../kit/items.ts';
import { event, linesOf } from '../formats/sif/sif.ts';

const attendee = (cn: string) => ({
  name: 'ATTENDEE',
  params: [
    { name: 'CN', values: [cn] },
    { name: 'ROLE', values: ['CHAIR'] },
  ],
  value: 'mailto:a@b.c',
});

describe('a quote in a parameter', () => {
  it.each([
    ['5" disk', "5' disk"],
    ['"Bob" Smith', "'Bob' Smith"],
    ['5", or 3"', "5', or 3'"],
  ])('%s is written as %s', (cn, written) => {
    const text = writeObject({ name: 'VEVENT', properties: [attendee(cn)], components: [] }, 'icalendar-2.0');
    expect(readObjects(text)[0]?.component.properties).toEqual([attendee(written)]);
  });

  it.each([
    ['5" disk', "CN=5' disk"],
    ['"Bob" Smith', "CN='Bob' Smith"],
    ['Smith "Bob"', "CN=Smith 'Bob'"],
    ['"Bob Smith"', 'CN=Bob Smith'],
  ])('%s of an old device', (name, cn) => {
    const own = event(
      'DTSTART:20300101T100000Z',
      'DTEND:20300101T110000Z',
      `ATTENDEE;ROLE=DELEGATE:${name} <a@b.c>`,
    );
    const text = ['BEGIN:VCALENDAR', 'VERSION:1.0', ...own, 'END:VCALENDAR', ''].join('\r\n');
    const item = readItem('text/x-vcalendar', text);
    expect(linesOf(item.body)).toContain(`ATTENDEE;${cn};ROLE=DELEGATE:mailto:a@b.c`);
    const back = writeItem(item, { type: 'text/x-vcalendar', version: '1.0' });
    expect(readItem('text/x-vcalendar', back.body)).toEqual(item);
  });
});
