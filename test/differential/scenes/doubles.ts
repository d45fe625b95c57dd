/** Stories of two devices that had the same before they first synchronised: who is who? */
import { contact, event, note, task } from '../../client/items.ts';
import { FIRST, on, type Scene, sync } from './step.ts';
import { appointment, card } from './texts.ts';

const phone = on('phone', 'contacts');
const laptop = on('laptop', 'contacts');

const ADA = contact('Ada', 'Lindqvist', { phone: '+49 151 5550100', email: 'ada@example.com' });
const OTHER_UID = appointment(
  'Trade fair',
  ...[
    'DTSTART:20270511T090000Z',
    'DTEND:20270511T100000Z',
    'DESCRIPTION:Bring the samples.',
    'LOCATION:Room 3',
  ],
);

export const DOUBLE_SCENES: readonly Scene[] = [
  {
    name: 'double-contact-equal',
    about: 'the very same contact is on both devices before the first sync',
    datastores: ['contacts'],
    steps: [phone.add('ada', ADA), laptop.add('a-1', ADA), ...FIRST],
  },
  {
    name: 'double-contact-more',
    about: 'the same contact, of whom each device knows something of its own',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', ADA.replace('END:VCARD', 'TEL;TYPE=HOME:+49 30 5550111\r\nEND:VCARD')),
      laptop.add('a-1', ADA.replace('END:VCARD', 'NOTE:likes tea\r\nBDAY:1970-03-05\r\nEND:VCARD')),
      ...FIRST,
    ],
  },
  {
    name: 'double-contact-spelled',
    about: 'the same contact, its number and name spelled in another way',
    datastores: ['contacts'],
    steps: [
      phone.add('jose', card('José', 'Müller', 'TEL;TYPE=CELL:+491515550100', 'EMAIL:jose@example.com')),
      laptop.add('j', card('Jose', 'Mueller', 'TEL;TYPE=CELL:0151 555-0100', 'EMAIL:Jose@Example.com')),
      ...FIRST,
    ],
  },
  {
    name: 'double-contact-other-number',
    about: 'the same name and mail address, but another mobile number on each device',
    datastores: ['contacts'],
    steps: [phone.add('ada', ADA), laptop.add('a-1', ADA.replace('5550100', '5550199')), ...FIRST],
  },
  {
    name: 'double-contact-namesakes',
    about: 'two people of one name, with nothing else in common',
    datastores: ['contacts'],
    steps: [
      phone.add('p', card('Anna', 'Meier', 'TEL;TYPE=CELL:+49 151 1110000', 'EMAIL:anna@one.example')),
      laptop.add('q', card('Anna', 'Meier', 'TEL;TYPE=CELL:+49 160 2220000', 'EMAIL:meier@two.example')),
      ...FIRST,
    ],
  },
  {
    name: 'double-on-one-device',
    about: 'one device has a contact twice, on purpose; one copy is changed later',
    datastores: ['contacts'],
    steps: [
      phone.add('ada', ADA),
      phone.add('ada-copy', ADA),
      ...FIRST,
      phone.edit('FN:Ada', ['5550100', '5550123']),
    ],
  },
  {
    name: 'double-event',
    about: 'the same appointment on both devices, by its id; another by its content only',
    datastores: ['calendar'],
    steps: [
      on('phone', 'calendar').add('fair', event('Trade fair', 11)),
      on('laptop', 'calendar').add('f', OTHER_UID),
      on('phone', 'calendar').add('talk', event('Talk', 12)),
      on('laptop', 'calendar').add('t', event('Talk', 12)),
      ...FIRST,
    ],
  },
  {
    name: 'double-event-moved',
    about: 'the same appointment by its id, at another time on each device',
    datastores: ['calendar'],
    steps: [
      on('phone', 'calendar').add('talk', event('Talk', 12)),
      on('laptop', 'calendar').add('t', event('Talk', 13)),
      ...FIRST,
    ],
  },
  {
    name: 'double-task-and-note',
    about: 'the same task and the same note on both devices',
    datastores: ['tasks', 'notes'],
    steps: [
      on('phone', 'tasks').add('quote', task('Write the quote')),
      on('laptop', 'tasks').add('q', task('Write the quote')),
      on('phone', 'notes').add('shelf', note('Shelf')),
      on('laptop', 'notes').add('s', note('Shelf')),
      ...FIRST,
    ],
  },
  {
    name: 'double-note-differs',
    about: 'notes of the same first line that go on differently',
    datastores: ['notes'],
    steps: [
      on('phone', 'notes').add('shop', note('Shopping', 'milk\nbread')),
      on('laptop', 'notes').add('s', note('Shopping', 'screws\nglue')),
      ...FIRST,
    ],
  },
  {
    name: 'double-after-reset',
    about: 'a slow sync after both changed things: nothing may be there twice',
    datastores: ['contacts', 'calendar', 'tasks', 'notes'],
    steps: [
      phone.add('ada', ADA),
      phone.add('bruno', contact('Bruno', 'Öztürk')),
      on('phone', 'calendar').add('fair', event('Trade fair', 11)),
      on('phone', 'tasks').add('quote', task('Write the quote')),
      on('phone', 'notes').add('shelf', note('Shelf')),
      ...FIRST,
      laptop.edit('Lindqvist', ['5550100', '5550101']),
      laptop.delete('Öztürk'),
      sync('laptop'),
      on('phone', 'calendar').edit('Trade fair', ['Room 3', 'Room 4']),
      sync('phone', 'slow'),
    ],
  },
];
