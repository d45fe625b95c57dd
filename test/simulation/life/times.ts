/** Facts that have one meaning together: when an appointment takes place, what state a task is in. */
import { endOf, occurrencesOf } from './calendar-meaning.ts';
import { type Facts, factsOf, type LifeKind, manyOf, wordOf } from './facts.ts';
import { withoutMoved } from './phones/calendar-holds.ts';

const TIME_WORDS = ['start', 'end', 'rule', 'excluded', 'moved', 'added', 'clock'];

/** Is the fact one of those that together say when the item takes place? */
export const isOfTimes = (kind: LifeKind, fact: string): boolean =>
  kind === 'calendar' && TIME_WORDS.includes(wordOf(fact));

export const timesIn = (facts: Facts): Facts =>
  factsOf([...facts].filter(([fact]) => isOfTimes('calendar', fact)));

/** So many occurrences are compared. */
const MOST = 60;

/**
 * When it takes place, in one text: the first occurrences, and how a series with an end ends. What an occurrence says of itself
 * does not count.
 */
export function meaningOf(times: Facts): string {
  if (!times.has('start')) return '';
  const first = occurrencesOf(times, MOST).map((one) => one.split(' ')[0]);
  const hasEnd = / x\d| until /.test(times.get('rule') ?? '');
  return [...first, ...(hasEnd && first.length === MOST ? [endOf(times)] : [])].join(' ');
}

const OF_STATE = ['state', 'percent', 'done on'];

/** The state of a task as one fact: open, begun so far, done on a day. */
export function withOneState(kind: LifeKind, facts: Facts): Facts {
  if (kind !== 'tasks') return facts;
  const rest = [...facts].filter(([fact]) => !OF_STATE.includes(fact));
  const state = OF_STATE.map((fact) => facts.get(fact) ?? '').join(' ');
  return new Map([...rest, ...(state.trim() === '' ? [] : [['state', state.trim()] as const])]);
}

/**
 * The meanings of two that should take place at the same times. A program that has never sent an exception is told moved
 * occurrences as dates, which last as long as the series: if one of the two has no exceptions, both are compared so.
 */
export function meaningsOf(one: Facts, other: Facts): readonly [string, string] {
  const areWhole = [one, other].every((times) => manyOf(times, 'moved').length > 0);
  const meaning = (times: Facts) => meaningOf(areWhole ? times : withoutMoved(times));
  return [meaning(one), meaning(other)];
}
