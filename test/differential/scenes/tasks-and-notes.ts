/** Stories of tasks and of notes. */
import { note, prose, task } from '../../client/items.ts';
import { FIRST, on, type Scene, sync } from './step.ts';
import { alarm, todo } from './texts.ts';

const tasks = on('phone', 'tasks');
const laptopTasks = on('laptop', 'tasks');
const TASKS = [
  todo('Day', 'DUE;VALUE=DATE:20270520', 'PRIORITY:1'),
  todo('Half done', 'DUE:20270520T150000Z', 'STATUS:IN-PROCESS', 'PERCENT-COMPLETE:40', 'CATEGORIES:Work'),
  todo('No date', 'DESCRIPTION:whenever\\, äöü'),
  todo('Begun', 'DTSTART:20270518T080000Z', 'DUE:20270520T150000Z', ...alarm(':-PT30M')),
];

export const TASK_SCENES: readonly Scene[] = [
  {
    name: 'task-done-and-reopened',
    about: 'a task is done on one device, and reopened on the other',
    datastores: ['tasks'],
    steps: [
      tasks.add('quote', task('Write the quote')),
      ...FIRST,
      laptopTasks.edit('Write', ['STATUS:NEEDS-ACTION', 'STATUS:COMPLETED\r\nCOMPLETED:20270519T100000Z']),
      sync('laptop'),
      sync('phone'),
      tasks.edit('Write', ['STATUS:COMPLETED', 'STATUS:NEEDS-ACTION'], [/COMPLETED:2[^\r\n]*\r\n/, '']),
    ],
  },
  {
    name: 'task-kinds',
    about: 'tasks with a day, half done, without a date, with start and alarm; one is moved',
    datastores: ['tasks'],
    steps: [
      ...TASKS.map((text, n) => tasks.add(`task-${n}`, text)),
      ...FIRST,
      laptopTasks.edit('SUMMARY:Begun', ['20270520T150000Z', '20270521T150000Z']),
      sync('laptop'),
    ],
  },
  {
    name: 'task-kinds-old-format',
    about: 'the same where the laptop speaks vCalendar 1.0 only',
    datastores: ['tasks'],
    oldFormats: ['laptop'],
    steps: [
      ...TASKS.map((text, n) => tasks.add(`task-${n}`, text)),
      ...FIRST,
      laptopTasks.edit('SUMMARY:No date', ['whenever', 'never']),
      sync('laptop'),
    ],
  },
];

const notes = on('phone', 'notes');
const laptopNotes = on('laptop', 'notes');

export const NOTE_SCENES: readonly Scene[] = [
  {
    name: 'note-both-ways',
    about: 'notes with odd texts; one is changed, one deleted',
    datastores: ['notes'],
    steps: [
      notes.add('odd', note('Ödd 🎉', '\ttab\n\n  blanks\n=3D <x> \\n & 日本語 ]]>')),
      notes.add('one-line', 'One line'),
      laptopNotes.add('shelf', note('Shelf')),
      ...FIRST,
      laptopNotes.edit('One line', ['One line', 'One longer line']),
      notes.delete('Shelf'),
      sync('phone'),
    ],
  },
  {
    name: 'note-long',
    about: 'a note of 40,000 characters, changed at its end',
    datastores: ['notes'],
    maxMsgSize: 10_240,
    steps: [
      notes.add('long', note('Long', `${prose(4, 40_000)}\nthe end`)),
      ...FIRST,
      laptopNotes.edit('Long', ['the end', 'the very end']),
      sync('laptop'),
    ],
  },
];
