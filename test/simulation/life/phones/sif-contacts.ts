/** Contacts of a plug-in of Outlook, in SIF-C: a field for each, so many of them. */
import { type Facts, factsOf, manyOf } from '../facts.ts';
import { dialled } from './contacts.ts';
import type { Phone } from './phone.ts';
import { photoIn, pictureOf } from './pictures.ts';
import { documentOf, element, overDocument, readFields } from './sif.ts';
import { categoriesOf, firstOfWord, noteFacts, noteOf, yes } from './texts.ts';

/** The fields for numbers, in the order in which a number of the kind takes one. */
const SIF_NUMBERS: { readonly [kind: string]: readonly string[] } = {
  cell: ['MobileTelephoneNumber'],
  home: ['HomeTelephoneNumber', 'Home2TelephoneNumber'],
  work: ['BusinessTelephoneNumber', 'Business2TelephoneNumber'],
  fax: ['OtherFaxNumber', 'BusinessFaxNumber', 'HomeFaxNumber'],
  other: ['OtherTelephoneNumber'],
};
const SIF_ADDRESSES = ['Email1Address', 'Email2Address', 'Email3Address'];
const SIF_HOME = ['HomeAddressStreet', 'HomeAddressCity', 'HomeAddressPostalCode', 'HomeAddressCountry'];

function readSif(text: string): Facts {
  const fields = new Map(readFields(text).map(({ name, value }) => [name, value]));
  const home = SIF_HOME.map((name) => fields.get(name) ?? '');
  const numbers = Object.entries(SIF_NUMBERS).flatMap(([kind, names]) =>
    names.flatMap((name) =>
      fields.get(name) ? [[`tel ${dialled(fields.get(name) ?? '')}`, kind] as const] : [],
    ),
  );
  return factsOf([
    ...(
      [
        ['family', 'LastName'],
        ['given', 'FirstName'],
        ['title', 'JobTitle'],
        ['company', 'CompanyName'],
        ['url', 'WebPage'],
      ] as const
    ).map(([fact, name]) => [fact, fields.get(name)] as const),
    ['birthday', fields.get('Birthday')?.slice(0, 10)],
    ['home', home.some((part) => part !== '') ? home.join('|') : undefined],
    ...numbers,
    ...SIF_ADDRESSES.flatMap((name) =>
      fields.get(name) ? [[`email ${fields.get(name)}`, 'yes'] as const] : [],
    ),
    ['photo', fields.get('Photo') ? photoIn(fields.get('Photo') ?? '') : undefined],
    ...noteFacts(fields.get('Body')),
    ...yes('category', (fields.get('Categories') ?? '').split(/[,;]/)),
  ]);
}

const photoElement = (photo: string | undefined): string =>
  photo === undefined ? '<Photo></Photo>' : `<Photo TYPE="PNG">${pictureOf(photo)}</Photo>`;

function writeSif(facts: Facts): string {
  const home = (facts.get('home') ?? '').split('|');
  const mails = manyOf(facts, 'email').map(([address]) => address);
  const slots = Object.entries(SIF_NUMBERS).flatMap(([kind, names]) => {
    const own = manyOf(facts, 'tel').filter(([, of]) => of === kind);
    return names.map((name, n) => [name, own[n]?.[0]] as const);
  });
  const fields: (readonly [name: string, value: string | undefined])[] = [
    ['LastName', facts.get('family')],
    ['FirstName', facts.get('given')],
    ['FileAs', `${facts.get('family')}, ${facts.get('given') ?? ''}`],
    ['JobTitle', facts.get('title')],
    ['CompanyName', facts.get('company')],
    ['WebPage', facts.get('url')],
    ['Birthday', facts.get('birthday')],
    ...SIF_HOME.map((name, n) => [name, home[n]] as const),
    ...slots,
    ...SIF_ADDRESSES.map((name, n) => [name, mails[n]] as const),
    ['Body', noteOf(facts)],
    ['Categories', categoriesOf(facts).join(', ')],
  ];
  return documentOf('contact', [
    ...fields.map(([name, value]) => element(name, value)),
    photoElement(facts.get('photo')),
  ]);
}

/** An Outlook has fields for so many numbers of a kind, and three addresses by mail, of no kind. */
function sifHolds(facts: Facts): Facts {
  const counts = new Map<string, number>();
  const roomy = [...facts].flatMap(([fact, value]): [string, string][] => {
    if (fact.startsWith('email ')) return [[fact, 'yes']];
    if (!fact.startsWith('tel ')) return [[fact, value]];
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    return count > (SIF_NUMBERS[value]?.length ?? 0) ? [] : [[fact, value]];
  });
  return firstOfWord(new Map(roomy), 'email', 3);
}

export const OUTLOOK_CONTACTS: Phone = {
  name: 'Outlook',
  kind: 'contacts',
  options: { type: 'text/x-s4j-sifc', typeVersion: '1.0' },
  read: readSif,
  write: writeSif,
  holds: sifHolds,
  roomy: ['tel', 'email'],
  over: overDocument,
  sendsEmpty: ['given', 'title', 'company', 'birthday', 'url', 'home', 'tel', 'email', 'photo'],
};
