/** Tasks of a telephone that speaks vCalendar 1.0. */
import { type Facts, factsOf, withFact } from '../facts.ts';
import { dayOf, utcText } from './calendar-clock.ts';
import { fieldLines, fieldsIn } from './icalendar-fields.ts';
import { lineIn, objectOf, type Part, readPart } from './lines.ts';
import type { Phone } from './phone.ts';
import { inDays, noonOf, stateOf, statusOf, TASK_TEXTS, taskOf, todoIn } from './task-facts.ts';
import { oldAlarmIn, oldTime, oldTimeIn } from './vcalendar-times.ts';

const SYMBIAN_WORDS = [...TASK_TEXTS, 'due', 'state', 'done', 'alarm'];

/** The tasks of a telephone are due on days, and are done or not. */
const symbianHolds = (facts: Facts): Facts => {
  const kept = inDays(taskOf(facts, SYMBIAN_WORDS));
  return kept.get('state') === 'begun' ? withFact(kept, 'state', 'open') : kept;
};

export const SYMBIAN_TASKS: Phone = {
  name: 'Symbian tasks',
  kind: 'tasks',
  options: {
    type: 'text/x-vcalendar',
    typeVersion: '1.0',
    properties: [
      ...['BEGIN', 'END', 'VERSION', 'SUMMARY', 'DESCRIPTION', 'CATEGORIES', 'CLASS', 'PRIORITY', 'DUE'],
      ...['STATUS', 'COMPLETED', 'AALARM'],
    ],
  },
  read: (text) => symbianHolds(readOldTask(readPart(text))),
  write: writtenOldTask,
  holds: symbianHolds,
  narrows: ['due', 'state'],
};

function readOldTask(calendar: Part): Facts {
  const todo = todoIn(calendar);
  const done = oldTimeIn(todo, 'COMPLETED');
  const status = lineIn(todo, 'STATUS')?.value;
  return factsOf([
    ...fieldsIn(todo, 'old'),
    ['due', oldTimeIn(todo, 'DUE')],
    ['state', status === undefined && done !== undefined ? 'done' : stateOf(status)],
    ['done on', done && dayOf(done)],
    ['alarm', oldAlarmIn(todo)],
  ]);
}

function writtenOldTask(facts: Facts): string {
  const [due, state, done, alarm] = ['due', 'state', 'done on', 'alarm'].map((word) => facts.get(word));
  return objectOf('old', 'VCALENDAR', [
    ...['VERSION:1.0', 'BEGIN:VTODO'],
    ...fieldLines(facts, 'old', SYMBIAN_WORDS),
    ...(due === undefined ? [] : [`DUE:${oldTime(due, 'local')}`]),
    `STATUS:${statusOf(state).replace('-', ' ')}`,
    ...(done === undefined ? [] : [`COMPLETED:${utcText(noonOf(done))}`]),
    ...(alarm === undefined ? [] : [`AALARM:${oldTime(alarm, 'local')};;0;`]),
    'END:VTODO',
  ]);
}
