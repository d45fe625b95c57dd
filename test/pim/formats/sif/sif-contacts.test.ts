/** SIF-C and SIF-N, the contacts and notes of Outlook's clients, each way by pairs; and what comes in any shape. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { C, linesOf, N, stored, written, xml } from './sif.ts';

describe('a contact', () => {
  const CONTACT: readonly (readonly [string, { readonly [name: string]: string }, readonly string[]])[] = [
    [
      'name',
      { LastName: 'Müller', FirstName: 'Hans', MiddleName: 'G.', Title: 'Dr.', Suffix: 'jun.' },
      ['N:Müller;Hans;G.;Dr.;jun.'],
    ],
    ['what it is filed as', { FileAs: 'Müller, Hans' }, ['FN:Müller\\, Hans']],
    ['firm', { CompanyName: 'Holz; Huber', Department: 'Sales' }, ['ORG:Holz\\; Huber;Sales']],
    [
      'address',
      { HomeAddressStreet: 'Ring 1', HomeAddressCity: 'Rom', HomeAddressPostalCode: '0015' },
      ['ADR;TYPE=HOME:;;Ring 1;Rom;;0015;'],
    ],
    [
      'office',
      { BusinessAddressPostOfficeBox: '7', BusinessAddressCountry: 'IT' },
      ['ADR;TYPE=WORK:7;;;;;;IT'],
    ],
    [
      'two home lines',
      { HomeTelephoneNumber: '1', Home2TelephoneNumber: '2' },
      ['TEL;TYPE=HOME:1', 'TEL;TYPE=HOME:2'],
    ],
    [
      'mobile, faxes',
      { MobileTelephoneNumber: '3', HomeFaxNumber: '4', BusinessFaxNumber: '5', OtherFaxNumber: '6' },
      ['TEL;TYPE=CELL:3', 'TEL;TYPE=FAX,HOME:4', 'TEL;TYPE=FAX,WORK:5', 'TEL;TYPE=FAX:6'],
    ],
    [
      'rare lines',
      {
        PagerNumber: '1',
        CarTelephoneNumber: '2',
        TelexNumber: '3',
        AssistantTelephoneNumber: '4',
        PrimaryTelephoneNumber: '5',
        OtherTelephoneNumber: '6',
      },
      [
        'TEL;TYPE=PAGER:1',
        'TEL;TYPE=CAR:2',
        'TEL;TYPE=X-ASSISTANT:4',
        'TEL;TYPE=X-TELEX:3',
        'TEL;TYPE=PREF:5',
        'TEL:6',
      ],
    ],
    [
      'mailboxes',
      {
        Email1Address: 'a@x.example',
        Email1AddressType: 'SMTP',
        Email2Address: 'b@x.example',
        Email2AddressType: 'SMTP',
      },
      ['EMAIL:a@x.example', 'EMAIL:b@x.example'],
    ],
    [
      'pages',
      { WebPage: 'http://a.example', HomeWebPage: 'http://b.example', IMAddress: 'anna' },
      ['URL;TYPE=HOME:http://b.example', 'URL:http://a.example', 'IMPP:im:anna'],
    ],
    [
      'days',
      { Birthday: '1970-03-05', Anniversary: '2001-07-09' },
      ['BDAY:1970-03-05', 'X-ANNIVERSARY:2001-07-09'],
    ],
    [
      'texts',
      { JobTitle: 'Chef', Profession: 'Koch', NickName: 'Hansi', Spouse: 'Eva', Body: 'a, b; c' },
      ['NICKNAME:Hansi', 'TITLE:Chef', 'ROLE:Koch', 'NOTE:a\\, b\\; c', 'X-SPOUSE:Eva'],
    ],
    ['categories', { Categories: 'Family, VIP' }, ['CATEGORIES:Family,VIP']],
    ['sensitivity', { Sensitivity: '2' }, ['CLASS:PRIVATE']],
    [
      'what only Outlook knows',
      { Mileage: '12', Gender: '2', Hobby: 'chess &amp; go' },
      [
        'X-SIF-MILEAGE;X-ELEMENT=Mileage:12',
        'X-SIF-GENDER;X-ELEMENT=Gender:2',
        'X-SIF-HOBBY;X-ELEMENT=Hobby:chess & go',
      ],
    ],
  ];

  it.each(CONTACT)('%s', (_, fields, lines) => {
    expect(stored(C, 'contact', fields).sort()).toEqual([...lines].sort());
    expect(written(C, lines)).toMatchObject(fields);
  });

  it.each<[string, string[], { [field: string]: string }]>([
    [
      'what has its own slot keeps it, what finds none takes a free one',
      ['TEL;TYPE=HOME,VOICE:1', 'TEL;TYPE=HOME:2', 'TEL;TYPE=HOME:3', 'TEL;TYPE=CELL,PREF:4'],
      {
        HomeTelephoneNumber: '1',
        Home2TelephoneNumber: '2',
        OtherTelephoneNumber: '3',
        MobileTelephoneNumber: '4',
      },
    ],
    [
      'more of a kind than slots',
      ['TEL;TYPE=CELL:1', 'TEL;TYPE=CELL:2', 'TEL;TYPE=WORK:3', 'TEL;TYPE=WORK:4', 'TEL;TYPE=WORK:5'],
      {
        MobileTelephoneNumber: '1',
        BusinessTelephoneNumber: '3',
        Business2TelephoneNumber: '4',
        OtherTelephoneNumber: '2',
        PrimaryTelephoneNumber: '5',
      },
    ],
    [
      'types that Outlook does not know',
      [
        ...['TEL;TYPE=PREF,MAIN:100', 'TEL;TYPE=OTHER:101', 'TEL;TYPE=MOBILE:102', 'TEL;TYPE=HOME,WORK:103'],
        ...['TEL;TYPE=X-MYLABEL:104', 'TEL;TYPE=ISDN:105', 'TEL;TYPE=OTHER,FAX:106'],
        ...['URL;TYPE=PROFILE:http://example.org/p', 'URL:http://example.org/q'],
      ],
      {
        PrimaryTelephoneNumber: '100',
        OtherTelephoneNumber: '101',
        MobileTelephoneNumber: '102',
        HomeTelephoneNumber: '103',
        CallbackTelephoneNumber: '104',
        CompanyMainTelephoneNumber: '105',
        OtherFaxNumber: '106',
        HomeWebPage: 'http://example.org/p',
        WebPage: 'http://example.org/q',
      },
    ],
    [
      "Evolution's types",
      [
        'TEL;TYPE=X-EVOLUTION-CALLBACK:1',
        'TEL;TYPE=COMPANY:2',
        'TEL;TYPE=X-EVOLUTION-TELEX:3',
        'TEL;TYPE=ASSISTANT,VOICE:4',
      ],
      {
        CallbackTelephoneNumber: '1',
        CompanyMainTelephoneNumber: '2',
        TelexNumber: '3',
        AssistantTelephoneNumber: '4',
      },
    ],
    [
      'a fax stays with faxes, and nothing else goes there while another slot is free',
      ['TEL;TYPE=FAX:1', 'TEL;TYPE=FAX,X-A:2', 'TEL;TYPE=HOME:3', 'TEL;TYPE=HOME:4', 'TEL;TYPE=HOME:5'],
      {
        OtherFaxNumber: '1',
        HomeFaxNumber: '2',
        HomeTelephoneNumber: '3',
        Home2TelephoneNumber: '4',
        OtherTelephoneNumber: '5',
      },
    ],
    [
      'addresses',
      ['ADR;TYPE=HOME:;;A;;;;', 'ADR;TYPE=HOME,POSTAL:;;B;;;;', 'ADR;TYPE=DOM:;;C;;;;'],
      { HomeAddressStreet: 'A', OtherAddressStreet: 'C', BusinessAddressStreet: 'B' },
    ],
  ])('fills its slots: %s', (_, lines, fields) => {
    expect(written(C, lines)).toEqual(fields);
  });

  it('shows seventeen numbers of any kinds, and no more', () => {
    const numbers = Array.from({ length: 20 }, (__, n) => `TEL;TYPE=WORK:${n}`);
    expect(Object.values(written(C, numbers))).toEqual(
      expect.arrayContaining(Array.from({ length: 17 }, (__, n) => `${n}`)),
    );
    expect(Object.keys(written(C, numbers))).toHaveLength(17);
  });

  it('has its picture with its kind', () => {
    const photo = '<contact><Photo encoding="base64" type="JPG">AAEC\n AwQF</Photo></contact>';
    const item = readItem(C, photo);
    expect(linesOf(item.body)).toEqual(['PHOTO;ENCODING=b;TYPE=JPEG:AAECAwQF']);
    expect(writeItem(item, { type: C }).body).toContain('<Photo type="JPEG">AAECAwQF</Photo>');
  });
});

describe('a note', () => {
  it('is its text, whose first line is its subject', () => {
    const item = readItem(N, xml('note', { Subject: 'Milk', Body: 'Milk\nbread' }));
    expect(item).toEqual({ type: 'text/plain', body: 'Milk\nbread' });
    expect(writeItem(item, { type: N }).body).toContain('<Subject>Milk</Subject>\n<Body>Milk\nbread</Body>');
    expect(readItem(N, xml('note', { Subject: 'Milk' }))).toEqual({ type: 'text/plain', body: 'Milk' });
  });
});

describe('what comes', () => {
  const plain = xml('contact', { LastName: 'Müller' });
  it.each([
    ['base64 that nobody announced', Buffer.from(plain).toString('base64')],
    ['bytes in the charset that they name', Buffer.from(plain.replace('UTF-8', 'ISO-8859-1'), 'latin1')],
    ['a mark of byte order', `\uFEFF${plain}`],
    ['CDATA', plain.replace('Müller', '<![CDATA[Müller]]>')],
    ['references', plain.replace('ü', '&#252;')],
    ['references to no character', plain.replace('ü', '&#0;&#xFC;&#1114112;')],
  ])('is understood: %s', (_, data) => {
    expect(linesOf(readItem(C, data).body)).toEqual(['N:Müller;;;;']);
  });

  it.each([
    ['another root', xml('task', { Subject: 'x' })],
    ['the root of an appointment', xml('appointment', { Subject: 'x', Start: '20300101T100000Z' })],
    ['the root of a note', xml('note', { Subject: 'x' })],
    ['no XML', 'hello'],
    ['XML that ends in the middle', '<contact><LastName>x'],
    [
      'entities of its own',
      '<!DOCTYPE contact [<!ENTITY a "b">]><contact><LastName>&a;</LastName></contact>',
    ],
    ['a thousand levels', `${'<contact>'.repeat(1_000)}${'</contact>'.repeat(1_000)}`],
    ['two roots', '<contact/><contact/>'],
  ])('is kept as it came: %s', (_, data) => {
    expect(readItem(C, data)).toEqual({ type: C, body: data });
  });

  it('in the old name of the type is the same', () => {
    expect(readItem('text/x-sifc', plain)).toEqual(readItem(C, plain));
  });

  it('any texts: what is written is read as it was', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const names = fc.constantFrom(
      'LastName',
      'FirstName',
      'FileAs',
      'Body',
      'HomeTelephoneNumber',
      'WebPage',
      'Categories',
      'Hobby',
      'CompanyName',
      'OtherAddressStreet',
      'Birthday',
      'Sensitivity',
      'IMAddress',
    );
    fc.assert(
      fc.property(fc.dictionary(names, text), (fields) => {
        const safe = Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [name, value.replace(/[<&]/g, '.')]),
        );
        const item = readItem(C, xml('contact', safe));
        fc.pre(item.type !== C);
        expect(readItem(C, writeItem(item, { type: C }).body)).toEqual(item);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
