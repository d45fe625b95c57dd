/** What SIF says that nobody else has a word for: kept, and given back as it was. */

import { describe, expect, it } from 'vitest';
import { readItem, seenOf, writeItem } from '../../../kit/items.ts';
import { merge } from '../../merge/merging.ts';
import { C, E, linesOf, N, stored, T, written, xml } from './sif.ts';

const OLD = { type: 'text/x-vcard', version: '2.1' } as const;

/** Fields that always come, as Outlook has them where there is nothing. */
const UNSET = { Importance: '1', Sensitivity: '0', BusyStatus: '2' };
const UNSET_OF_EVENT = '<Importance>1</Importance><Sensitivity>0</Sensitivity><BusyStatus>2</BusyStatus>';
const UNSET_OF_TASK =
  '<Importance>1</Importance><Sensitivity>0</Sensitivity><PercentComplete>0</PercentComplete>';

describe('a field with fields in it', () => {
  const inner = '<Bar kind="x">1; 2, 3</Bar><Baz><Deep>a\\b &amp; c</Deep></Baz>';
  it.each<[string, string, string]>([
    [C, 'contact', '<LastName>A</LastName>'],
    [
      E,
      'appointment',
      `<Subject>A</Subject><Start>20300101T100000Z</Start><End>20300101T110000Z</End>${UNSET_OF_EVENT}`,
    ],
    [T, 'task', `<Subject>A</Subject>${UNSET_OF_TASK}`],
    [N, 'note', '<Subject>A</Subject>'],
  ])('of %s comes back as it was', (type, root, fields) => {
    const item = readItem(type, `<${root}>${fields}<Foo>${inner}</Foo></${root}>`);
    expect(item.type).not.toBe(type);
    const { body } = writeItem(item, { type });
    expect(body.replace(/>\n/g, '>')).toContain(`<Foo>${inner}</Foo>`);
    expect(readItem(type, body)).toEqual(item);
  });
  it('stays when a device that knows no SIF changes the item', () => {
    const item = readItem(C, xml('contact', { LastName: 'A', FileAs: 'A', Foo: inner }));
    const { body } = writeItem(item, OLD);
    expect(body).not.toContain('X-SIF');
    const sent = readItem(OLD.type, body.replace('FN:A', 'FN:B'));
    expect(linesOf(merge(item, item, sent, { view: (one) => seenOf(one, OLD) }).item.body).sort()).toEqual(
      linesOf(item.body.replace('FN:A', 'FN:B')).sort(),
    );
  });
  it('in which nothing is says nothing', () => {
    expect(stored(C, 'contact', { LastName: 'A', Foo: '<Bar/><Baz><Deep/></Baz>' })).toEqual(['N:A;;;;']);
  });
  it('that somebody broke is left out', () => {
    expect(written(C, ['N:A;;;;', 'X-SIF-FOO;X-ELEMENT=Foo;X-FORM=XML:<Foo'])).toEqual({ LastName: 'A' });
  });
});

describe('a mailbox', () => {
  const fields = { Email1Address: 'a@x.example', Email2Address: '/o=X/cn=b', Email2AddressType: 'EX' };
  it('that is none of the internet says so', () => {
    const lines = ['EMAIL:a@x.example', 'EMAIL;X-ADDRESSTYPE=EX:/o=X/cn=b'];
    expect(stored(C, 'contact', fields)).toEqual(lines);
    expect(written(C, lines)).toEqual({ ...fields, Email1AddressType: 'SMTP' });
  });
  it('takes that along to another place', () => {
    expect(written(C, ['EMAIL;X-ADDRESSTYPE=EX:/o=X/cn=b'])).toEqual({
      Email1Address: '/o=X/cn=b',
      Email1AddressType: 'EX',
    });
  });
});

describe('a contact', () => {
  it('has its pages and days as they are', () => {
    const fields = { WebPage: 'file://C:\\new\\x', Birthday: 'about 1970; or so', Anniversary: '2001-07-09' };
    const lines = [
      'BDAY;VALUE=text:about 1970\\; or so',
      'X-ANNIVERSARY:2001-07-09',
      'URL:file://C:\\new\\x',
    ];
    expect(stored(C, 'contact', fields)).toEqual(lines);
    expect(written(C, lines)).toEqual(fields);
  });
  it('says nothing of the version of SIF', () => {
    for (const [type, root] of [
      [C, 'contact'],
      [E, 'appointment'],
      [T, 'task'],
      [N, 'note'],
    ] as const)
      expect(readItem(type, xml(root, { SIFVersion: '1.1', Subject: 'A' })).body).not.toMatch(/SIFVERSION/i);
  });
});

describe('a pattern that nobody knows', () => {
  const fields = {
    ...{ Subject: 'A', Start: '20300115T090000Z', End: '20300115T100000Z', IsRecurring: '1', ...UNSET },
    ...{ RecurrenceType: '9', Interval: '2', PatternStartDate: '20300115T000000' },
    Exceptions: '<ExcludeDate>20300117T090000Z</ExcludeDate>',
  };
  it.each<[string, string]>([
    ['in UTC', ''],
    ['in a zone', '<BasicOffset>+0900</BasicOffset><StandardName>Asia/Tokyo</StandardName>'],
  ])('comes back as it was, %s', (_, Timezone) => {
    const item = readItem(E, xml('appointment', { ...fields, ...(Timezone !== '' && { Timezone }) }));
    const { body } = writeItem(item, { type: E });
    expect(body).toContain('<IsRecurring>1</IsRecurring>');
    expect(body.replace(/>\n/g, '>')).toContain(`<Exceptions>${fields.Exceptions}</Exceptions>`);
    expect(readItem(E, body)).toEqual(item);
  });
});
