/** What a program keeps of an appointment or a task: the kinds of facts that it has, and what it can say of a series. */
import { type Facts, factsOf, manyOf, withFact, wordOf } from '../facts.ts';
import { dayAfter, dayOf, fromClock, inClock, isDay } from './calendar-clock.ts';
import { type Rule, ruleOf } from './calendar-rules.ts';

const OF_SERIES = ['rule', 'excluded', 'moved', 'added', 'clock'];

const without = (facts: Facts, words: readonly string[]): Facts =>
  factsOf([...facts].filter(([fact]) => !words.includes(wordOf(fact))));

/** What an exception of a series says of its occurrence: `start/end`, and a summary of its own behind a blank. */
export function movedTo(value: string): {
  readonly start: string;
  readonly end: string;
  readonly summary: string;
} {
  const [times = '', ...words] = value.split(' ');
  const [start = '', end = ''] = times.split('/');
  return { start, end, summary: words.join(' ') };
}

/**
 * The time of the occurrence on this day. `clock`: the minutes ahead of UTC of the steady clock by which the series goes;
 * without one it goes by that of Berlin.
 */
export function occurrenceOn(day: string, start: string, clock?: string): string {
  if (isDay(start)) return day;
  if (clock === undefined) return `${day}T${start.slice(11)}`;
  const first = inClock(start, clock).slice(11);
  const near = [0, -1, 1].map((days) => fromClock(`${dayAfter(day, days)}T${first}`, clock));
  return near.find((time) => dayOf(time) === day) ?? near[0] ?? '';
}

/** A single appointment has no facts of a series; and what was left out of a series is nowhere else. */
export function wholeSeries(facts: Facts): Facts {
  if (!facts.has('rule')) return without(facts, OF_SERIES);
  const left = new Set(manyOf(facts, 'excluded').map(([day]) => `moved ${day}`));
  return factsOf([...facts].filter(([fact]) => !left.has(fact)));
}

/** A series of a program that can say this rule, and a single appointment of one that cannot. */
export function saidSeries(facts: Facts, canSay: (rule: Rule) => boolean): Facts {
  const rule = ruleOf(facts.get('rule') ?? '');
  return wholeSeries(rule !== undefined && canSay(rule) ? facts : withFact(facts, 'rule', undefined));
}

/**
 * A series of a program without exceptions: a moved occurrence is left out, and is added where it takes place. One that
 * takes place at its time stays in the series.
 */
export function withoutMoved(facts: Facts): Facts {
  const start = facts.get('start') ?? '';
  const dates = manyOf(facts, 'moved').flatMap(([day, value]) => {
    const to = movedTo(value).start;
    const own = isDay(start) ? dayOf(to) : to;
    return own === occurrenceOn(day, start) ? [] : [`excluded ${day}`, `added ${own}`];
  });
  return factsOf([...without(facts, ['moved']), ...dates.map((fact) => [fact, 'yes'] as const)]);
}

/** A text of at most so many characters. */
export const cut = (facts: Facts, fact: string, most: number): Facts =>
  withFact(facts, fact, facts.get(fact)?.slice(0, most).trim());
