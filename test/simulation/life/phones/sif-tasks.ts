/** Tasks of a plug-in of Outlook, in SIF-T: they begin and are due on days. */
import { type Facts, factsOf } from '../facts.ts';
import { compact, dayOf } from './calendar-clock.ts';
import type { Phone } from './phone.ts';
import { documentOf, element, type Field, overDocument, readFields } from './sif.ts';
import { fieldValue, isOn, sharedElements, sharedFacts, sifTime } from './sif-calendar.ts';
import { inDays, percentOf, TASK_STATE, TASK_TEXTS, taskOf } from './task-facts.ts';

const OUTLOOK_WORDS = [...TASK_TEXTS, 'start', 'due', ...TASK_STATE, 'alarm'];
const outlookHolds = (facts: Facts): Facts => inDays(taskOf(facts, OUTLOOK_WORDS));

export const OUTLOOK_TASKS: Phone = {
  name: 'tasks of Outlook',
  kind: 'tasks',
  options: { type: 'text/x-s4j-sift', typeVersion: '1.0' },
  read: (text) => outlookHolds(readSifTask(readFields(text))),
  write: writtenSifTask,
  holds: outlookHolds,
  narrows: ['start', 'due'],
  over: overDocument,
  sendsEmpty: ['start', 'due', 'alarm', 'class', 'priority'],
};

function readSifTask(fields: readonly Field[]): Facts {
  const done = sifTime(fields, 'DateCompleted');
  const isDone = isOn(fields, 'Complete') || fieldValue(fields, 'Status') === '2';
  return factsOf([
    ...sharedFacts(fields),
    ['start', sifTime(fields, 'StartDate')],
    ['due', sifTime(fields, 'DueDate')],
    ['state', isDone ? 'done' : fieldValue(fields, 'Status') === '1' ? 'begun' : 'open'],
    ['percent', percentOf(fieldValue(fields, 'PercentComplete'))],
    ['done on', done && dayOf(done)],
    ['alarm', isOn(fields, 'ReminderSet') ? sifTime(fields, 'ReminderTime') : undefined],
  ]);
}

function writtenSifTask(facts: Facts): string {
  const [state, alarm] = ['state', 'alarm'].map((word) => facts.get(word));
  const isDone = state === 'done';
  return documentOf('task', [
    ...sharedElements(facts),
    element('StartDate', facts.get('start') ?? ''),
    element('DueDate', facts.get('due') ?? ''),
    element('Complete', isDone ? '1' : '0'),
    element('Status', isDone ? '2' : state === 'begun' ? '1' : '0'),
    element('PercentComplete', isDone ? '100' : (facts.get('percent') ?? '0')),
    element('DateCompleted', facts.get('done on') ?? ''),
    element('ReminderSet', alarm === undefined ? '0' : '1'),
    element('ReminderTime', alarm === undefined ? '' : compact(alarm)),
  ]);
}
