/** Stories of items with a past: ids that are used again, changes that are taken back, items that come late. */
import { contact, note, photo } from '../../client/items.ts';
import { FIRST, on, type Scene, sync } from './step.ts';
import { card } from './texts.ts';

const phone = on('phone', 'contacts');
const laptop = on('laptop', 'contacts');
const ADA = contact('Ada', 'Lindqvist', { phone: '+49 151 5550100', note: 'first' });

export const HISTORY_SCENES: readonly Scene[] = [
  {
    name: 'history-id-used-again',
    about: 'a contact is deleted, and another one gets its id on the device',
    datastores: ['contacts'],
    steps: [
      phone.add('one', ADA),
      ...FIRST,
      phone.delete('Lindqvist'),
      sync('phone'),
      phone.add('one', contact('Bruno', 'Öztürk')),
      sync('phone'),
      laptop.edit('Lindqvist', ['NOTE:first', 'NOTE:second']),
    ],
  },
  {
    name: 'history-edit-taken-back',
    about:
      'an edit is synchronised and taken back, while the other device changes another field of what it had',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', ADA),
      ...FIRST,
      laptop.edit('Lindqvist', ['NOTE:first', 'NOTE:second']),
      phone.edit('Lindqvist', ['5550100', '5550199']),
      sync('phone'),
      phone.edit('Lindqvist', ['5550199', '5550100']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'history-many-edits',
    about: 'three edits of one device, of which each is synchronised, meet one edit of the other device',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', ADA),
      ...FIRST,
      laptop.edit('Lindqvist', ['Mühlenweg 12', 'Mühlenweg 14']),
      phone.edit('Lindqvist', ['5550100', '5550101']),
      sync('phone'),
      phone.edit('Lindqvist', ['NOTE:first', 'NOTE:second']),
      sync('phone'),
      phone.edit('Lindqvist', ['ada@example.com', 'ada@example.org']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'history-both-add-later',
    about: 'both add the same contact between two syncs',
    datastores: ['contacts'],
    steps: [
      phone.add('bruno', contact('Bruno', 'Öztürk')),
      ...FIRST,
      phone.add('ada', ADA),
      laptop.add('a-1', ADA),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'history-renamed',
    about: 'a contact gets another name on one device and another number on the other',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', ADA),
      ...FIRST,
      phone.edit('Lindqvist', ['N:Lindqvist;Ada', 'N:Berg;Ada'], ['FN:Ada Lindqvist', 'FN:Ada Berg']),
      laptop.edit('Lindqvist', ['5550100', '5550101']),
      sync('laptop'),
      sync('phone'),
    ],
  },
  {
    name: 'history-photos',
    about: 'each device sets another photo, and one of them a number as well',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', ADA),
      ...FIRST,
      phone.edit('Lindqvist', [
        /PHOTO[^\r\n]*\r\n|(?=END:VCARD)/,
        `PHOTO;ENCODING=B;TYPE=JPEG:${photo(1, 3_000)}\r\n`,
      ]),
      laptop.edit(
        'Lindqvist',
        [/PHOTO[^\r\n]*\r\n|(?=END:VCARD)/, `PHOTO;ENCODING=B;TYPE=JPEG:${photo(2, 3_000)}\r\n`],
        ['5550100', '5550101'],
      ),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'history-odd-contacts',
    about:
      'a firm without a person, a person of one name, a contact with a number only, two mail addresses of a kind',
    datastores: ['contacts'],
    steps: [
      phone.add(
        'firm',
        card('', '', 'ORG:Example Widgets AG', 'TEL;TYPE=WORK:+49 30 1').replace(
          'FN: ',
          'FN:Example Widgets AG',
        ),
      ),
      phone.add(
        'cher',
        card('Cher', '', 'EMAIL;TYPE=HOME:c@example.com', 'EMAIL;TYPE=HOME:cher@example.com').replace(
          'FN:Cher ',
          'FN:Cher',
        ),
      ),
      phone.add('number', card('', '', 'TEL;TYPE=CELL:+49 151 7').replace('FN: ', 'FN:')),
      ...FIRST,
      laptop.edit('Widgets', ['+49 30 1', '+49 30 11']),
      laptop.edit('Cher', ['c@example.com', 'c@example.org']),
      sync('laptop'),
    ],
  },
  {
    name: 'history-odd-notes',
    about: 'a note of a title only, one that begins with an empty line, two that differ in the last line',
    datastores: ['notes'],
    steps: [
      on('phone', 'notes').add('title', 'Title'),
      on('phone', 'notes').add('gap', '\n\nAfter a gap\n'),
      on('phone', 'notes').add('list', note('List', 'a\nb\nc')),
      on('laptop', 'notes').add('list-2', note('List', 'a\nb\nd')),
      ...FIRST,
      on('laptop', 'notes').edit('After a gap', ['After a gap', 'After a long gap']),
      sync('laptop'),
    ],
  },
];
