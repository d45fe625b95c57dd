/** The programs for contacts, as they are found on phones and computers. */
import { type Facts, factsOf, manyOf, onlyWords } from '../facts.ts';
import { cardPhone, dialled } from './contacts.ts';
import type { Phone } from './phone.ts';
import { photoIn, pictureOf, shrunk, withSmallPhoto } from './pictures.ts';
import { documentOf, element, readFields } from './sif.ts';
import { categoriesOf, firstOfWord, noteFacts, noteOf, yes } from './texts.ts';

const upper = (kind: string): string => (kind === 'yes' || kind === 'other' ? '' : `;${kind.toUpperCase()}`);
const typed = (name: string, kind: string): string =>
  kind === 'yes' || kind === 'other' ? name : `${name};TYPE=${kind.toUpperCase()}`;

/** Holds all; a program of a computer. */
const EVOLUTION = cardPhone(
  'Evolution',
  { version: '3.0', telephone: (kind) => typed('TEL', kind), email: (kind) => typed('EMAIL', kind) },
  { type: 'text/vcard' },
);

/** Groups, TYPE=INTERNET and VOICE, lower case. */
const APPLE = cardPhone(
  'Apple',
  {
    version: '3.0',
    telephone: (kind) =>
      kind === 'fax' ? 'TEL;type=FAX' : kind === 'other' ? 'TEL;type=VOICE' : `TEL;type=${kind};type=VOICE`,
    email: (kind) => `EMAIL;type=INTERNET${kind === 'yes' ? '' : `;type=${kind.toUpperCase()}`}`,
    own: ['PRODID:-//Apple Inc.//iOS 5.0//EN'],
  },
  { type: 'text/vcard' },
);

const MODERN = cardPhone(
  'vCard 4.0',
  {
    version: '4.0',
    ownLists: true,
    telephone: (kind) => (kind === 'other' ? 'TEL;VALUE=uri' : `TEL;VALUE=uri;TYPE=${kind}`),
    email: (kind) => (kind === 'yes' ? 'EMAIL' : `EMAIL;TYPE=${kind}`),
    number: (one) => `tel:${one}`,
  },
  { type: 'text/vcard' },
);

const OLD = {
  version: '2.1',
  telephone: (kind: string) => `TEL${upper(kind)}`,
  email: (kind: string) => `EMAIL;INTERNET${upper(kind)}`,
} as const;
const OLD_WORDS = ['family', 'given', 'title', 'company', 'birthday', 'url', 'home', 'tel', 'email', 'note'];

const NOKIA_STYLE = {
  ...OLD,
  telephone: (kind: string) => `TEL${upper(kind)}${kind === 'fax' ? '' : ';VOICE'}`,
};
const NOKIA_LIST = [
  ...['BEGIN', 'END', 'VERSION', 'N', 'TITLE', 'ORG', 'BDAY', 'URL', 'ADR', 'TEL', 'EMAIL', 'NOTE'],
];

/** Says what it holds; has no categories and no pictures. */
const NOKIA = cardPhone('Nokia', NOKIA_STYLE, { type: 'text/x-vcard', properties: NOKIA_LIST }, (facts) =>
  onlyWords(facts, OLD_WORDS),
);

/** The longest picture, in characters of base64, that it holds. It says so. */
const NOKIA_PHOTO = 1_000;
const NOKIA_WITH_CAMERA = cardPhone(
  'Nokia with a camera',
  NOKIA_STYLE,
  {
    type: 'text/x-vcard',
    properties: [...NOKIA_LIST, 'PHOTO'],
    sizes: { PHOTO: NOKIA_PHOTO },
  },
  (facts) => withSmallPhoto(onlyWords(facts, [...OLD_WORDS, 'photo']), NOKIA_PHOTO),
);

/** Drops larger pictures without a word. */
const MOTOROLA = cardPhone('Motorola', OLD, { type: 'text/x-vcard' }, (facts) =>
  withSmallPhoto(onlyWords(facts, [...OLD_WORDS, 'category', 'photo']), 3_000),
);

/** Makes pictures small. One number of each kind, three addresses by mail, no list of properties: what has no room is dropped without a word. */
const SONY_ERICSSON = cardPhone(
  'Sony Ericsson',
  { ...OLD, roomy: ['tel', 'email'] },
  { type: 'text/x-vcard' },
  (facts) => {
    const kinds = new Set<string>();
    const roomy = onlyWords(facts, ['family', 'given', 'title', 'company', 'tel', 'email', 'note', 'photo']);
    const telephones = [...roomy].filter(([fact, kind]) => {
      if (!fact.startsWith('tel ')) return true;
      const isFirst = !kinds.has(kind);
      kinds.add(kind);
      return isFirst;
    });
    return shrunk(firstOfWord(new Map(telephones), 'email', 3));
  },
);

/** A name and two numbers, which it writes with blanks. */
const LITTLE = cardPhone(
  'little phone',
  {
    ...OLD,
    roomy: ['tel'],
    number: (one) => one.replace(/(\+49|0)(\d{3})(\d+)/, '$1 $2 $3'),
  },
  { type: 'text/x-vcard' },
  (facts) => firstOfWord(onlyWords(facts, ['family', 'given', 'tel']), 'tel', 2),
);

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

const OUTLOOK: Phone = {
  name: 'Outlook',
  kind: 'contacts',
  options: { type: 'text/x-s4j-sifc', typeVersion: '1.0' },
  read: readSif,
  write: writeSif,
  holds: sifHolds,
  roomy: ['tel', 'email'],
};

/** The first one holds all. */
export const CONTACT_PHONES: readonly [Phone, ...Phone[]] = [
  ...([
    EVOLUTION,
    APPLE,
    MODERN,
    NOKIA,
    NOKIA_WITH_CAMERA,
    MOTOROLA,
    SONY_ERICSSON,
    LITTLE,
    OUTLOOK,
  ] as const),
];
