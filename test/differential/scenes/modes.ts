/** Stories of the kinds of sync: refreshes, one way only, after a reset, of several databases. */
import { contact, event, note, task } from '../../client/items.ts';
import type { Mode } from '../../client/syncevolution.ts';
import { FIRST, on, type Scene, type Step, sync } from './step.ts';

const phone = on('phone', 'contacts');
const laptop = on('laptop', 'contacts');
const THREE: readonly Step[] = [
  phone.add('ada', contact('Ada', 'Lindqvist', { phone: '+49 151 5550100' })),
  phone.add('bruno', contact('Bruno', 'Öztürk', { phone: '+49 151 5550200' })),
  phone.add('cleo', contact('Cleo', 'Park', { phone: '+49 151 5550300' })),
];

/** Both have three contacts; both change, add and delete; the phone then synchronises in this mode. */
const inMode = (mode: Mode, about: string): Scene => ({
  name: `mode-${mode}`,
  about,
  datastores: ['contacts'],
  steps: [
    ...THREE,
    ...FIRST,
    laptop.edit('Lindqvist', ['5550100', '5550101']),
    laptop.delete('Öztürk'),
    laptop.add('dora', contact('Dora', 'Silva')),
    sync('laptop'),
    phone.edit('Park', ['5550300', '5550303']),
    phone.add('emil', contact('Emil', 'Weiss')),
    sync('phone', mode),
  ],
});

const EVERYTHING: readonly Step[] = [
  phone.add('ada', contact('Ada', 'Lindqvist')),
  on('phone', 'calendar').add('fair', event('Trade fair', 11)),
  on('laptop', 'tasks').add('quote', task('Write the quote')),
  on('laptop', 'notes').add('shelf', note('Shelf')),
];

export const MODE_SCENES: readonly Scene[] = [
  inMode('slow', 'a slow sync after changes on both devices'),
  inMode('refresh-from-remote', 'the phone takes what the server has'),
  inMode('refresh-from-local', 'the phone replaces what the server has'),
  inMode('one-way-from-remote', 'the phone takes changes only'),
  inMode('one-way-from-local', 'the phone gives changes only'),
  {
    name: 'all-databases',
    about: 'one session synchronises all databases; each device changes what the other one added',
    datastores: ['contacts', 'calendar', 'tasks', 'notes'],
    steps: [
      ...EVERYTHING,
      ...FIRST,
      laptop.edit('Lindqvist', ['5550100', '5550101']),
      on('laptop', 'calendar').edit('Trade fair', ['Room 3', 'Room 4']),
      on('phone', 'tasks').edit('Write', ['PRIORITY:5', 'PRIORITY:1']),
      on('phone', 'notes').edit('Shelf', ['third line', 'last line']),
      sync('phone'),
    ],
  },
  {
    name: 'all-databases-emptied',
    about: 'the phone deletes all that it has in all databases, but one database is not synchronised at once',
    datastores: ['contacts', 'calendar', 'tasks', 'notes'],
    steps: [
      ...EVERYTHING,
      ...FIRST,
      phone.delete('Lindqvist'),
      on('phone', 'calendar').delete('Trade fair'),
      on('phone', 'tasks').delete('Write'),
      on('phone', 'notes').delete('Shelf'),
      sync('phone', 'two-way', 'contacts', 'calendar', 'tasks'),
      on('laptop', 'notes').edit('Shelf', ['third line', 'last line']),
      sync('laptop', 'two-way', 'notes'),
    ],
  },
];
