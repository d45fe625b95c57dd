/** Stories of contacts: what each device does to those of the other. */
import { contact, photo, prose } from '../../client/items.ts';
import { FIRST, on, type Scene, sync } from './step.ts';
import { card } from './texts.ts';

const phone = on('phone', 'contacts');
const laptop = on('laptop', 'contacts');

const RICH = card(
  'Łucja Zoë',
  'Größmann',
  ...['NICKNAME:Lu', 'ORG:Müller & Söhne;Einkauf', 'TITLE:Köchin', 'ROLE:Leitung'],
  ...['TEL;TYPE=CELL:+49 170 1000001', 'TEL;TYPE=HOME:+49 30 1000002', 'TEL;TYPE=WORK:+49 30 1000003'],
  ...['TEL;TYPE=WORK,FAX:+49 30 1000004', 'EMAIL;TYPE=HOME:lu@example.com', 'EMAIL;TYPE=WORK:gr@example.com'],
  ...['ADR;TYPE=HOME:;;Straße des 17. Juni 1;Berlin;;10557;Deutschland'],
  ...['ADR;TYPE=WORK:;2. Stock;Am Markt 5;Lübeck;Schleswig-Holstein;23552;Deutschland'],
  ...['BDAY:1970-03-05', 'URL:http://lu.example.com', 'CATEGORIES:Freunde,Küche'],
  'NOTE:Zeile eins\\nZeile zwei\\, mit Komma\\; und mehr',
);
const ODD_TEXTS = card(
  'Zoë 🦊',
  'Łukasiewicz-Παπαδόπουλος',
  'NOTE:Emoji 👩‍👩‍👧 and 日本語\\n\\n  indented\\; a\\\\b\\, =3D 100% <b>&amp\\;</b> ]]> "quoted"\\nlast',
  'ORG:Ünïcode\\, Inc.;R&D\\; Lab',
  'ADR;TYPE=HOME:;;1 O\\;Brien Rd\\, Flat 2;Übersee;;D-1;Ελλάδα',
);
const NUMBERS = Array.from(
  { length: 12 },
  (_, n) => `TEL;TYPE=${['CELL', 'HOME', 'WORK'][n % 3]}:+49 30 77000${String(n).padStart(2, '0')}`,
);

export const CONTACT_SCENES: readonly Scene[] = [
  {
    name: 'contact-both-ways',
    about: 'each device adds a contact, and changes the one of the other',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', contact('Ada', 'Lindqvist', { phone: '+49 151 5550100' })),
      laptop.add('bruno', contact('Bruno', 'Öztürk', { note: 'met in Köln' })),
      ...FIRST,
      laptop.edit('Lindqvist', ['5550100', '5550101']),
      phone.edit('Öztürk', ['met in Köln', 'met in Bonn']),
      sync('phone'),
    ],
  },
  {
    name: 'contact-all-fields',
    about: 'a contact with all usual fields, of which each device changes one',
    datastores: ['contacts'],
    steps: [
      phone.add('lu', RICH),
      ...FIRST,
      laptop.edit('Größmann', ['TITLE:Köchin', 'TITLE:Chefköchin']),
      sync('laptop'),
      phone.edit('Größmann', ['1000002', '1000009'], ['Berlin', 'Potsdam']),
    ],
  },
  {
    name: 'contact-old-format',
    about: 'the same where the phone speaks vCard 2.1 only',
    datastores: ['contacts'],
    oldFormats: ['phone'],
    steps: [
      laptop.add('lu', RICH),
      ...FIRST,
      phone.edit('Größmann', ['1000002', '1000009'], ['Zeile zwei', 'Reihe zwei']),
      sync('phone'),
      laptop.edit('Größmann', ['TITLE:Köchin', 'TITLE:Chefköchin']),
    ],
  },
  {
    name: 'contact-odd-texts',
    about: 'emoji, other scripts, signs of the grammar and of markup in a contact',
    datastores: ['contacts'],
    steps: [
      phone.add('zoe', ODD_TEXTS),
      ...FIRST,
      laptop.edit('Łukasiewicz', ['Übersee', 'Überlingen 🚲']),
      sync('laptop'),
    ],
  },
  {
    name: 'contact-odd-texts-old-format',
    about: 'the same where both speak vCard 2.1 only',
    datastores: ['contacts'],
    oldFormats: ['phone', 'laptop'],
    steps: [
      phone.add('zoe', ODD_TEXTS),
      ...FIRST,
      laptop.edit('Łukasiewicz', ['Übersee', 'Überlingen 🚲']),
      sync('laptop'),
    ],
  },
  {
    name: 'contact-many-numbers',
    about: 'twelve numbers of three kinds: one is changed, one deleted, one added',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', card('Ada', 'Lindqvist', ...NUMBERS)),
      ...FIRST,
      laptop.edit('Lindqvist', ['7700004', '7700044']),
      sync('laptop'),
      sync('phone'),
      phone.edit(
        'Lindqvist',
        [/TEL[^\r\n]*7700007\r\n/, ''],
        ['END:VCARD', 'TEL;TYPE=CELL:+49 30 7700099\r\nEND:VCARD'],
      ),
    ],
  },
  {
    name: 'contact-fields-emptied',
    about: 'a note is emptied on one device, a number and an address on the other',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', contact('Ada', 'Lindqvist', { phone: '+49 151 5550100', note: 'tall' })),
      ...FIRST,
      laptop.edit('Lindqvist', [/NOTE:tall\r\n/, '']),
      sync('laptop'),
      sync('phone'),
      phone.edit('Lindqvist', [/TEL[^\r\n]*\r\n/, ''], [/ADR[^\r\n]*\r\n/, '']),
    ],
  },
  {
    name: 'contact-photo',
    about: 'a photo is added, changed on the other device, then removed',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', contact('Ada', 'Lindqvist', { photo: photo(1, 4_000) })),
      phone.add('bruno', contact('Bruno', 'Öztürk', { photo: photo(2, 2_000) })),
      ...FIRST,
      laptop.edit('Lindqvist', [/PHOTO[^\r\n]*/, `PHOTO;ENCODING=B;TYPE=JPEG:${photo(3, 6_000)}`]),
      sync('laptop'),
      sync('phone'),
      phone.edit('Öztürk', [/PHOTO[^\r\n]*\r\n/, '']),
    ],
  },
  {
    name: 'contact-large',
    about: 'a note and a photo that are larger than a message',
    datastores: ['contacts'],
    maxMsgSize: 10_240,
    steps: [
      phone.add('ada', contact('Ada', 'Lindqvist', { note: prose(5, 30_000) })),
      phone.add('bruno', contact('Bruno', 'Öztürk', { photo: photo(6, 40_000) })),
      ...FIRST,
      laptop.edit('Lindqvist', ['NOTE:', 'NOTE:changed ']),
      sync('laptop'),
    ],
  },
  {
    name: 'contact-many',
    about: 'eighty contacts of which the other device deletes one and changes one',
    datastores: ['contacts'],
    maxMsgSize: 10_240,
    steps: [
      ...Array.from({ length: 80 }, (_, n) =>
        phone.add(
          `c${n}`,
          contact(`First${n}`, `Last${n}`, { phone: `+49 151 5560${String(n).padStart(3, '0')}` }),
        ),
      ),
      ...FIRST,
      laptop.delete('FN:First7 Last7\r\n'),
      laptop.edit('FN:First8 Last8\r\n', ['5560008', '5561008']),
      sync('laptop'),
    ],
  },
  {
    name: 'contact-added-again',
    about: 'a contact is deleted, and added anew after that',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', contact('Ada', 'Lindqvist')),
      ...FIRST,
      laptop.delete('Lindqvist'),
      sync('laptop'),
      sync('phone'),
      phone.add('ada2', contact('Ada', 'Lindqvist')),
    ],
  },
];
