/** When appointments take place: several facts that have one meaning together. */
import { occurrencesOf } from './calendar-meaning.ts';
import { type Facts, factsOf, type LifeKind } from './facts.ts';

const TIME_WORDS = ['start', 'end', 'rule', 'excluded', 'moved', 'added', 'clock'];

const wordOf = (fact: string): string => fact.split(' ')[0] ?? '';

/** Is the fact one of those that together say when the item takes place? */
export const isOfTimes = (kind: LifeKind, fact: string): boolean =>
  kind === 'calendar' && TIME_WORDS.includes(wordOf(fact));

export const timesIn = (facts: Facts): Facts =>
  factsOf([...facts].filter(([fact]) => isOfTimes('calendar', fact)));

/** So many occurrences are compared. */
const MOST = 80;

/** When it takes place, in one text; what an occurrence says of itself does not count. */
export const meaningOf = (times: Facts): string =>
  times.has('start')
    ? occurrencesOf(times, MOST)
        .map((one) => one.split(' ')[0])
        .join(' ')
    : '';
