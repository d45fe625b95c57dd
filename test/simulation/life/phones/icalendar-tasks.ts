/** Tasks of a desktop's program that speaks iCalendar. */
import { type Facts, factsOf } from '../facts.ts';
import { dayOf, isDay, utcText, zoneDefinition } from './calendar-clock.ts';
import { fieldLines, fieldsIn, withId } from './icalendar-fields.ts';
import { durationIn, timeIn, timesLine } from './icalendar-times.ts';
import { lineIn, objectOf, type Part, readPart } from './lines.ts';
import type { Phone } from './phone.ts';
import {
  alarmAt,
  alarmOffset,
  noonOf,
  percentOf,
  stateOf,
  statusOf,
  TASK_STATE,
  TASK_TEXTS,
  taskOf,
  todoIn,
} from './task-facts.ts';

const DESKTOP_WORDS = ['uid', ...TASK_TEXTS, 'start', 'due', ...TASK_STATE, 'alarm'];
const ZONE = 'Europe/Berlin';

export const DESKTOP_TASKS: Phone = {
  name: 'desktop tasks',
  kind: 'tasks',
  options: {
    type: 'text/calendar',
    typeVersion: '2.0',
    properties: [
      ...[
        'BEGIN',
        'END',
        'VERSION',
        'PRODID',
        'UID',
        'DTSTAMP',
        'SUMMARY',
        'DESCRIPTION',
        'CATEGORIES',
        'CLASS',
      ],
      ...[
        'PRIORITY',
        'DTSTART',
        'DUE',
        'STATUS',
        'PERCENT-COMPLETE',
        'COMPLETED',
        'TZID',
        'ACTION',
        'TRIGGER',
      ],
    ],
  },
  read: (text) => taskOf(readTask(readPart(text)), DESKTOP_WORDS),
  write: writtenTask,
  holds: (facts) => withId(taskOf(facts, DESKTOP_WORDS), 'desktop.example'),
};

function readTask(calendar: Part): Facts {
  const todo = todoIn(calendar);
  const time = (name: string) => timeIn(lineIn(todo, name), calendar);
  const done = time('COMPLETED');
  return factsOf([
    ['uid', lineIn(todo, 'UID')?.value],
    ...fieldsIn(todo, 'new'),
    ['start', time('DTSTART')],
    ['due', time('DUE')],
    ['state', stateOf(lineIn(todo, 'STATUS')?.value)],
    ['percent', percentOf(lineIn(todo, 'PERCENT-COMPLETE')?.value)],
    ['done on', done && dayOf(done)],
    ['alarm', alarmIn(todo, calendar)],
  ]);
}

/** The time of the first alarm, which may be measured from the start or from the due time. */
function alarmIn(todo: Part, calendar: Part): string | undefined {
  const trigger = todo.parts.flatMap((part) => lineIn(part, 'TRIGGER') ?? [])[0];
  if (trigger === undefined) return undefined;
  const offset = durationIn(trigger.value);
  if (offset === undefined) return timeIn(trigger, calendar);
  const isOfEnd = trigger.params.get('RELATED') === 'END';
  const base = timeIn(lineIn(todo, isOfEnd ? 'DUE' : 'DTSTART'), calendar);
  return base === undefined ? undefined : alarmAt(base, offset);
}

/** Measured from the due time, where there is one. */
function triggerLine(due: string | undefined, alarm: string): string {
  if (due === undefined) return `TRIGGER;VALUE=DATE-TIME:${utcText(alarm)}`;
  const minutes = alarmOffset(due, alarm);
  return `TRIGGER;RELATED=END:${minutes < 0 ? '-' : ''}PT${Math.abs(minutes)}M`;
}

function writtenTask(facts: Facts): string {
  const [start, due, state, percent, done, alarm] = [
    'start',
    'due',
    'state',
    'percent',
    'done on',
    'alarm',
  ].map((word) => facts.get(word));
  const times = (name: string, time: string | undefined): string[] =>
    time === undefined ? [] : [timesLine(name, [time], { zone: ZONE })];
  const isTimed = [start, due].some((time) => time !== undefined && !isDay(time));
  const isDone = state === 'done';
  return objectOf('new', 'VCALENDAR', [
    ...['VERSION:2.0', 'PRODID:-//Desktop//Tasks//EN', ...(isTimed ? zoneDefinition(ZONE) : [])],
    ...['BEGIN:VTODO', `UID:${facts.get('uid')}`, 'DTSTAMP:20300101T000000Z'],
    ...fieldLines(facts, 'new', DESKTOP_WORDS),
    ...[...times('DTSTART', start), ...times('DUE', due)],
    ...[`STATUS:${statusOf(state)}`, `PERCENT-COMPLETE:${isDone ? '100' : (percent ?? '0')}`],
    ...(done === undefined ? [] : [`COMPLETED:${utcText(noonOf(done))}`]),
    ...(alarm === undefined
      ? []
      : [
          ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Reminder'],
          ...[triggerLine(due, alarm), 'END:VALARM'],
        ]),
    'END:VTODO',
  ]);
}
