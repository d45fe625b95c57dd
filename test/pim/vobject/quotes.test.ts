/** Quotes in parameters: none of them swallows what stands behind it. */

import { describe, expect, it } from 'vitest';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readObjects } from '../../../lib/pim/vobject/read.ts';
import { writeObject } from '../../../lib/pim/vobject/write.ts';
import { mergeEdit, readItem, seenOf, writeItem } from '../../kit/items.ts';
import { event, linesOf } from '../formats/sif/sif.ts';
import { event as calendarItem } from '../merge/merging.ts';

const OLD_CALENDAR: Format = { type: 'text/x-vcalendar', version: '1.0' };
const OLD_CARD: Format = { type: 'text/x-vcard', version: '2.1' };

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
    ['5" disk', "5^' disk"],
    ['"Bob" Smith', "^'Bob^' Smith"],
    ['5", or 3"', `"5^', or 3^'"`],
    ['two\nlines', 'two^nlines'],
    ['2^8 ^n', '2^^8 ^^n'],
  ])('%s is written as %s', (cn, written) => {
    const text = writeObject({ name: 'VEVENT', properties: [attendee(cn)], components: [] }, 'icalendar-2.0');
    expect(text).toContain(`ATTENDEE;CN=${written};`);
    expect(readObjects(text)[0]?.component.properties).toEqual([attendee(cn)]);
  });

  it.each([
    ['5" disk', "CN=5^' disk"],
    ['"Bob" Smith', "CN=^'Bob^' Smith"],
    ['Smith "Bob"', "CN=Smith ^'Bob^'"],
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
    const back = writeItem(item, OLD_CALENDAR);
    expect(linesOf(back.body)).toContain(`ATTENDEE;ROLE=DELEGATE:${name.replace(/^"(.*)"$/, '$1')} <a@b.c>`);
    expect(readItem('text/x-vcalendar', back.body)).toEqual(item);
  });

  it('a caret of an old device is a caret', () => {
    const card = ['BEGIN:VCARD', 'VERSION:2.1', 'N:A', 'X-A;X-B=a^nb:h', 'END:VCARD', ''].join('\r\n');
    const item = readItem('text/x-vcard', card);
    expect(item.body).toContain('X-A;X-B=a^^nb:h');
    expect(writeItem(item, OLD_CARD).body).toContain('X-A;X-B=a^nb:h');
  });
});

describe('a parameter with a separator, a quote or a line end', () => {
  const DAY = ['DTSTART:20300101T100000Z', 'DTEND:20300101T110000Z'];
  const written = (line: string, as: Format) => {
    const isCard = as.type === OLD_CARD.type;
    const [type, own] = isCard ? ['text/vcard', ['N:A;;;;', line]] : ['text/calendar', event(...DAY, line)];
    const frame = isCard ? ['VCARD', '4.0'] : ['VCALENDAR', '2.0'];
    const text = [`BEGIN:${frame[0]}`, `VERSION:${frame[1]}`, ...own, `END:${frame[0]}`, ''].join('\r\n');
    const item = readItem(type as string, text);
    expect(linesOf(item.body)).toContain(line);
    const { body } = writeItem(item, as);
    expect(linesOf(readItem(as.type, body).body)).toContain(line);
    return body.replace(/=\r\n/g, '').split('\r\n');
  };

  it.each([
    ['LOCATION;ALTREP="http://x.example/a.vcf":Room 1', 'LOCATION;ALTREP=http=3A//x.example/a.vcf:Room 1'],
    ['SUMMARY;ALTREP="cid:a;b";LANGUAGE=en:Lunch', 'SUMMARY;ALTREP=cid=3Aa=3Bb;LANGUAGE=en:Lunch'],
    ['X-A;X-B=a=b;X-C=a=3D3A:h', 'X-A;X-B=a=b;X-C=a=3D3D3A:h'],
    ['X-A;X-B="a:b;c,d",e;X-C="f,g":h', 'X-A;X-B=a=3Ab=3Bc=2Cd,e;X-C=f=2Cg:h'],
    ["X-A;X-B=5^' disk;X-C=a^nb;X-D=2^^3:h", 'X-A;X-B=5=22 disk;X-C=a=0Ab;X-D=2^3:h'],
    [
      'ATTENDEE;MEMBER="mailto:a@b.c","mailto:d@e.f":mailto:g@h.i',
      'ATTENDEE;MEMBER=mailto=3Aa@b.c,mailto=3Ad@e.f:g@h.i',
    ],
  ])('ends no head where the dialect has no quotes: %s', (line, old) => {
    expect(written(line, OLD_CALENDAR)).toContain(old);
  });

  it.each([
    ['ADR;LABEL="1 Way, Town";TYPE=HOME:;;1 Way;Town;;;', 'ADR;LABEL=1 Way=2C Town;HOME:;;1 Way;Town;;;'],
    ['ADR;LABEL=1 Way^nTown:;;1 Way;Town;;;', 'ADR;LABEL=1 Way=0ATown:;;1 Way;Town;;;'],
    ['TEL;TYPE=HOME,X-A;X-B="c:d":1', 'TEL;HOME;X-A;X-B=c=3Ad:1'],
  ])('so it is for phones: %s', (line, old) => expect(written(line, OLD_CARD)).toContain(old));

  it.each([
    ['3.0', 'ADR;LABEL=1 ^^ Way^nTown:;;1 Way;Town;;;'],
    ['4.0', 'ADR;LABEL="^\'1 Way^\', Town":;;1 Way;Town;;;'],
  ])('has its escapes in vCard %s', (version, line) => {
    const text = ['BEGIN:VCARD', `VERSION:${version}`, 'N:A;;;;', 'FN:A', line, 'END:VCARD', ''].join('\r\n');
    const item = readItem('text/vcard', text);
    for (const as of ['3.0', '4.0'])
      expect(linesOf(writeItem(item, { type: 'text/vcard', version: as }).body)).toContain(line);
  });

  it('is not taken away by a device that drops it', () => {
    const lines = [...DAY, 'LOCATION;ALTREP="http://x.example/a.vcf":Room 1'];
    const item = calendarItem(...lines);
    const sent = calendarItem(...DAY, 'LOCATION:Room 1');
    const seen = seenOf(item, OLD_CALENDAR);
    const merged = mergeEdit({
      current: item,
      base: { item, seen },
      sent,
      held: 'all',
      capacities: new Map(),
      unseen: new Set(),
      winner: 'client',
    });
    expect(merged.item.body).toContain('LOCATION;ALTREP="http://x.example/a.vcf":Room 1');
  });
});
