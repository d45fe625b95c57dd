/** What tasks of all dialects have in common: what their facts are, and the words for their states. */
import { type Facts, factsOf, onlyWords, withFact } from '../facts.ts';
import { dayOf, isDay, minutesAfter, minutesBefore, minutesBetween } from './calendar-clock.ts';

import type { Part } from './lines.ts';

export const TASK_TEXTS = ['summary', 'note', 'category', 'class', 'priority'];
export const TASK_STATE = ['state', 'percent', 'done'];

/** A task that says nothing of its state is open. One that is done has no per cent, and one that is not has no day. */
function withState(facts: Facts): Facts {
  const state = facts.get('state') ?? 'open';
  const left = state === 'done' ? 'percent' : 'done on';
  return withFact(withFact(facts, 'state', state), left, undefined);
}

export const taskOf = (facts: Facts, words: readonly string[]): Facts => withState(onlyWords(facts, words));

/** The day of a time only, of a program without times. */
export const inDays = (facts: Facts): Facts =>
  factsOf([...facts].map(([fact, value]) => [fact, ['start', 'due'].includes(fact) ? dayOf(value) : value]));

/** Some per cent that are neither none nor all. */
export const percentOf = (text: string | undefined): string | undefined =>
  Number(text ?? 0) > 0 && Number(text) < 100 ? text : undefined;

const STATUS: { readonly [word: string]: string } = { 'IN-PROCESS': 'begun', COMPLETED: 'done' };
export const stateOf = (text: string | undefined): string => STATUS[text?.toUpperCase() ?? ''] ?? 'open';
export const statusOf = (state: string | undefined): string =>
  Object.keys(STATUS).find((word) => STATUS[word] === state) ?? 'NEEDS-ACTION';

/** The end of a day on which something was done, at noon. */
export const noonOf = (day: string): string => `${day}T12:00`;

export const todoIn = (calendar: Part): Part => {
  const todo = calendar.parts.find((part) => part.name === 'VTODO');
  if (todo === undefined) throw new Error('no task');
  return todo;
};

/**
 * Minutes from the due time to the alarm. A day is one of the clock on the wall, so that no change of clocks counts there.
 */
export const alarmOffset = (due: string, alarm: string): number =>
  isDay(due) ? (Date.parse(`${alarm}Z`) - Date.parse(`${due}T00:00Z`)) / 60_000 : minutesBetween(due, alarm);

/** The alarm so many minutes after the due time. */
export const alarmAt = (due: string, offset: number): string =>
  isDay(due) ? minutesAfter(due, offset) : minutesBefore(due, -offset);
