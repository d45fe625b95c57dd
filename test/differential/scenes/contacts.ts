/** Stories of contacts. */
import { contact } from '../../client/items.ts';
import { FIRST, on, type Scene, sync } from './step.ts';

const phone = on('phone', 'contacts');
const laptop = on('laptop', 'contacts');

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
];
