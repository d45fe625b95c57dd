/** What the versions of vCard say each in its own way: one stored form of it, and every way back. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../../lib/pim/formats/registry.ts';
import { readItem, writeItem } from '../../../kit/items.ts';
import { FORMATS, FOUR, linesOf, OLD, read, THREE } from './vcards.ts';

/** By format what is read, what is stored, what is written. */
type Row = readonly [what: string, format: Format, read: string, stored: string, old: string, four: string];

describe('each way of each version', () => {
  const rows: readonly Row[] = [
    ['a place', OLD, 'GEO:37.24,-17.87', 'GEO:37.24;-17.87', 'GEO:37.24,-17.87', 'GEO:geo:37.24,-17.87'],
    ['a place', THREE, 'GEO:37.24;-17.87', 'GEO:37.24;-17.87', 'GEO:37.24,-17.87', 'GEO:geo:37.24,-17.87'],
    ['a place', FOUR, 'GEO:geo:37.24,-17.87', 'GEO:37.24;-17.87', 'GEO:37.24,-17.87', 'GEO:geo:37.24,-17.87'],
    [
      'a place and how sure it is',
      FOUR,
      'GEO:geo:1.5,2.5;u=40',
      'GEO:geo:1.5\\,2.5;u=40',
      'GEO:geo:1.5,2.5;u=40',
      'GEO:geo:1.5,2.5;u=40',
    ],
    [
      'a picture by its media type',
      THREE,
      'PHOTO;ENCODING=b;TYPE=image/jpeg:/9j/QUJD',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/QUJD',
      'PHOTO;TYPE=JPEG;ENCODING=BASE64:/9j/QUJD',
      'PHOTO:data:image/jpeg;base64,/9j/QUJD',
    ],
    [
      'a picture, called a binary',
      THREE,
      'PHOTO;VALUE=binary;ENCODING=b;TYPE=jpg:/9j/QUJD',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/QUJD',
      'PHOTO;TYPE=JPEG;ENCODING=BASE64:/9j/QUJD',
      'PHOTO:data:image/jpeg;base64,/9j/QUJD',
    ],
    [
      'a picture as a data URI',
      THREE,
      'PHOTO;VALUE=uri:data:image/png\\;base64\\,QUJD',
      'PHOTO;ENCODING=b;TYPE=PNG:QUJD',
      'PHOTO;TYPE=PNG;ENCODING=BASE64:QUJD',
      'PHOTO:data:image/png;base64,QUJD',
    ],
    [
      'a picture of which more is said',
      THREE,
      'PHOTO;ENCODING=b;TYPE=GIF,WORK:QUJD',
      'PHOTO;ENCODING=b;TYPE=GIF,WORK:QUJD',
      'PHOTO;TYPE=GIF,WORK;ENCODING=BASE64:QUJD',
      'PHOTO;TYPE=work:data:image/gif;base64,QUJD',
    ],
    [
      'a picture somewhere else',
      OLD,
      'PHOTO;VALUE=URL;TYPE=GIF:http://a.example/b,c.gif',
      'PHOTO;TYPE=GIF;VALUE=uri:http://a.example/b,c.gif',
      'PHOTO;GIF;VALUE=URL:http://a.example/b,c.gif',
      'PHOTO;MEDIATYPE=image/gif:http://a.example/b,c.gif',
    ],
    [
      'a picture somewhere else, in bare words',
      OLD,
      'PHOTO;URL;GIF:http://a.example/b.gif',
      'PHOTO;TYPE=GIF;VALUE=uri:http://a.example/b.gif',
      'PHOTO;GIF;VALUE=URL:http://a.example/b.gif',
      'PHOTO;MEDIATYPE=image/gif:http://a.example/b.gif',
    ],
    [
      'a picture somewhere else, as the only way',
      FOUR,
      'PHOTO:http://a.example/b',
      'PHOTO;VALUE=uri:http://a.example/b',
      'PHOTO;VALUE=URL:http://a.example/b',
      'PHOTO:http://a.example/b',
    ],
    [
      'a key somewhere else',
      FOUR,
      'KEY;MEDIATYPE=application/pgp-keys:http://a.example/k',
      'KEY;TYPE=PGP-KEYS;VALUE=uri:http://a.example/k',
      'KEY;PGP-KEYS;VALUE=URL:http://a.example/k',
      'KEY;MEDIATYPE=application/pgp-keys:http://a.example/k',
    ],
    [
      'bytes of somebody',
      OLD,
      'X-PICTURE;TYPE=JPEG;ENCODING=BASE64:/9j/QUJD',
      'X-PICTURE;ENCODING=b;TYPE=JPEG:/9j/QUJD',
      'X-PICTURE;TYPE=JPEG;ENCODING=BASE64:/9j/QUJD',
      'X-PICTURE;VALUE=uri:data:image/jpeg;base64,/9j/QUJD',
    ],
    [
      'bytes of which nobody knows what they are',
      OLD,
      'X-BYTES;ENCODING=BASE64:AAEC',
      'X-BYTES;ENCODING=b:AAEC',
      'X-BYTES;ENCODING=BASE64:AAEC',
      'X-BYTES;VALUE=uri:data:application/octet-stream;base64,AAEC',
    ],
    [
      'a birthday in words',
      FOUR,
      'BDAY;VALUE=text:circa 1800',
      'BDAY;VALUE=text:circa 1800',
      'BDAY;VALUE=text:circa 1800',
      'BDAY;VALUE=text:circa 1800',
    ],
    [
      'a birthday at midnight',
      THREE,
      'BDAY;VALUE=date-time:1980-01-01T00:00:00Z',
      'BDAY:1980-01-01',
      'BDAY:19800101',
      'BDAY:19800101',
    ],
    [
      'a birthday near midnight',
      THREE,
      'BDAY;VALUE=date-time:1979-12-31T23:00:00Z',
      'BDAY;VALUE=date-time:1979-12-31T23:00:00Z',
      'BDAY;VALUE=date-time:1979-12-31T23:00:00Z',
      'BDAY;VALUE=date-time:1979-12-31T23:00:00Z',
    ],
    [
      'a birthday, called a day',
      THREE,
      'BDAY;VALUE=date:1980-01-01',
      'BDAY:1980-01-01',
      'BDAY:19800101',
      'BDAY:19800101',
    ],
    [
      'a birthday of no year',
      FOUR,
      'BDAY;VALUE=date-and-or-time:--0501',
      'BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-01',
      'BDAY:--0501',
      'BDAY:--0501',
    ],
    [
      'a day',
      FOUR,
      'ANNIVERSARY:20010709',
      'X-ANNIVERSARY:2001-07-09',
      'X-ANNIVERSARY:2001-07-09',
      'ANNIVERSARY:20010709',
    ],
    [
      'somebody in words',
      FOUR,
      'RELATED;TYPE=friend;VALUE=text:Eva\\, or Ann',
      'RELATED;TYPE=FRIEND;VALUE=text:Eva\\, or Ann',
      'RELATED;FRIEND;VALUE=text:Eva, or Ann',
      'RELATED;VALUE=text;TYPE=friend:Eva\\, or Ann',
    ],
    [
      'a parameter with marks',
      FOUR,
      'ADR;LABEL="Ring 1, Rom: I; II":;;Ring 1;Rom;;;',
      'ADR;LABEL="Ring 1, Rom: I; II":;;Ring 1;Rom;;;',
      'ADR;LABEL=Ring 1=2C Rom=3A I=3B II:;;Ring 1;Rom;;;',
      'ADR;LABEL="Ring 1, Rom: I; II":;;Ring 1;Rom;;;',
    ],
    [
      'a nickname with a comma',
      THREE,
      'NICKNAME:Smith\\, Jr.,Jo',
      'NICKNAME:Smith\\, Jr.,Jo',
      'NICKNAME:Smith, Jr.,Jo',
      'NICKNAME:Smith\\, Jr.,Jo',
    ],
    [
      'nicknames',
      OLD,
      'NICKNAME:Jo,Joe;Joey',
      'NICKNAME:Jo,Joe,Joey',
      'NICKNAME:Jo,Joe,Joey',
      'NICKNAME:Jo,Joe,Joey',
    ],
    [
      'an address with escapes',
      THREE,
      'URL:http\\://a.example/b\\,c;d',
      'URL:http://a.example/b,c;d',
      'URL:http://a.example/b,c;d',
      'URL:http://a.example/b,c;d',
    ],
    [
      'an address that is a path',
      OLD,
      'URL:file://C:\\docs\\new',
      'URL:file://C:\\docs\\new',
      'URL;ENCODING=QUOTED-PRINTABLE:file://C:\\docs\\new',
      'URL:file://C:\\docs\\new',
    ],
    [
      'an agent somewhere else',
      OLD,
      'AGENT;VALUE=URL:http://a.example',
      'AGENT;VALUE=uri:http://a.example',
      'AGENT;VALUE=URL:http://a.example',
      'X-AGENT;VALUE=uri:http://a.example',
    ],
  ];

  it.each(rows)('%s', (_, format, line, kept, old, four) => {
    const item = read(format, line);
    expect(linesOf(item)).toEqual([kept]);
    const shown = (to: Format) => linesOf(writeItem(item, to)).join('');
    expect([shown(OLD), shown(THREE), shown(FOUR)]).toEqual([old, kept, four]);
    for (const to of FORMATS) expect(readItem(to.type, writeItem(item, to).body)).toEqual(item);
  });
});

describe('an address of any marks', () => {
  it('is the same after any number of passes', () => {
    const marks = fc.string({ unit: fc.constantFrom(...'ab/\\,;:n= é'), minLength: 1, maxLength: 30 });
    const names = fc.constantFrom('URL', 'IMPP', 'PHOTO;VALUE=uri');
    const formats = fc.array(fc.constantFrom(...FORMATS), { maxLength: 4 });
    fc.assert(
      fc.property(names, marks, fc.constantFrom(...FORMATS), formats, (name, value, from, passes) => {
        const first = read(from, `${name}:http:${value}x`);
        const last = passes.reduce((item, to) => readItem(to.type, writeItem(item, to).body), first);
        expect(last).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });
});
