/** Stories of two devices that change the same item without knowing of each other. */
import { contact, event, note, task } from '../../client/items.ts';
import { FIRST, on, type Scene, sync } from './step.ts';

const phone = on('phone', 'contacts');
const laptop = on('laptop', 'contacts');
const ADA = phone.add('ada', contact('Ada', 'Lindqvist', { phone: '+49 151 5550100', note: 'first' }));

export const CONFLICT_SCENES: readonly Scene[] = [
  {
    name: 'conflict-same-field',
    about: 'both change the same number',
    datastores: ['contacts'],
    steps: [
      ADA,
      ...FIRST,
      phone.edit('Lindqvist', ['5550100', '5550111']),
      laptop.edit('Lindqvist', ['5550100', '5550222']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'conflict-other-fields',
    about: 'one changes the number, the other one the note',
    datastores: ['contacts'],
    steps: [
      ADA,
      ...FIRST,
      phone.edit('Lindqvist', ['5550100', '5550111']),
      laptop.edit('Lindqvist', ['NOTE:first', 'NOTE:second']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'conflict-added-numbers',
    about: 'each adds a number of its own',
    datastores: ['contacts'],
    steps: [
      ADA,
      ...FIRST,
      phone.edit('Lindqvist', ['NOTE:', 'TEL;TYPE=HOME:+49 30 1\r\nNOTE:']),
      laptop.edit('Lindqvist', ['NOTE:', 'TEL;TYPE=WORK:+49 30 2\r\nNOTE:']),
      sync('laptop'),
      sync('phone'),
    ],
  },
  {
    name: 'conflict-edit-then-delete',
    about: 'an edit is synchronised before the delete of the other device',
    datastores: ['contacts'],
    steps: [
      ADA,
      ...FIRST,
      phone.edit('Lindqvist', ['5550100', '5550111']),
      laptop.delete('Lindqvist'),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'conflict-delete-then-edit',
    about: 'a delete is synchronised before the edit of the other device',
    datastores: ['contacts'],
    steps: [
      ADA,
      ...FIRST,
      phone.delete('Lindqvist'),
      laptop.edit('Lindqvist', ['5550100', '5550222']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'conflict-both-delete',
    about: 'both delete the same contact',
    datastores: ['contacts'],
    steps: [
      ADA,
      ...FIRST,
      phone.delete('Lindqvist'),
      laptop.delete('Lindqvist'),
      sync('laptop'),
      sync('phone'),
    ],
  },
  {
    name: 'conflict-same-edit',
    about: 'both make the same change',
    datastores: ['contacts'],
    steps: [
      ADA,
      ...FIRST,
      phone.edit('Lindqvist', ['5550100', '5550333']),
      laptop.edit('Lindqvist', ['5550100', '5550333']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'conflict-in-slow-sync',
    about: 'both change different fields, then one forgets all and compares',
    datastores: ['contacts'],
    steps: [
      ADA,
      ...FIRST,
      phone.edit('Lindqvist', ['5550100', '5550111']),
      laptop.edit('Lindqvist', ['NOTE:first', 'NOTE:second']),
      sync('laptop'),
      sync('phone', 'slow'),
    ],
  },
  {
    name: 'conflict-event',
    about: 'one moves an appointment, the other one changes its place and text',
    datastores: ['calendar'],
    steps: [
      on('phone', 'calendar').add('fair', event('Trade fair', 11)),
      ...FIRST,
      on('phone', 'calendar').edit('Trade fair', ['T090000Z', 'T080000Z']),
      on('laptop', 'calendar').edit(
        'Trade fair',
        ['Room 3', 'Room 7'],
        ['Bring the samples', 'Bring nothing'],
      ),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'conflict-event-deleted',
    about: 'one moves an appointment, the other one deletes it before',
    datastores: ['calendar'],
    steps: [
      on('phone', 'calendar').add('fair', event('Trade fair', 11)),
      ...FIRST,
      on('phone', 'calendar').edit('Trade fair', ['T090000Z', 'T080000Z']),
      on('laptop', 'calendar').delete('Trade fair'),
      sync('laptop'),
      sync('phone'),
    ],
  },
  {
    name: 'conflict-task',
    about: 'one does a task, the other one changes its text',
    datastores: ['tasks'],
    steps: [
      on('phone', 'tasks').add('quote', task('Write the quote')),
      ...FIRST,
      on('phone', 'tasks').edit('Write', [
        'STATUS:NEEDS-ACTION',
        'STATUS:COMPLETED\r\nCOMPLETED:20270519T100000Z',
      ]),
      on('laptop', 'tasks').edit('Write', ['price list', 'new price list']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'conflict-note',
    about: 'both change the same note at the same place, and another one at two places',
    datastores: ['notes'],
    steps: [
      on('phone', 'notes').add('shelf', note('Shelf', 'two boards\nscrews')),
      on('phone', 'notes').add('trip', note('Trip', 'tent\n\n\nmap\n\n\nstove')),
      ...FIRST,
      on('phone', 'notes').edit('Shelf', ['two boards', 'three boards']),
      on('laptop', 'notes').edit('Shelf', ['two boards', 'four boards']),
      on('phone', 'notes').edit('Trip', ['tent', 'big tent']),
      on('laptop', 'notes').edit('Trip', ['stove', 'small stove']),
      sync('phone'),
      sync('laptop'),
    ],
  },
  {
    name: 'conflict-note-deleted',
    about: 'one changes a note that the other one deleted',
    datastores: ['notes'],
    steps: [
      on('phone', 'notes').add('shelf', note('Shelf')),
      ...FIRST,
      on('phone', 'notes').edit('Shelf', ['second line', 'other line']),
      on('laptop', 'notes').delete('Shelf'),
      sync('laptop'),
      sync('phone'),
    ],
  },
];
