/** What people do to single occurrences of a series: they leave them out, or move them. */
import type { Random } from '../random.ts';
import { occurrencesOf } from './calendar-meaning.ts';
import type { Edit } from './edits-of-items.ts';
import { type Facts, factsOf, manyOf, withFact } from './facts.ts';
import { dayAfter, dayOf, isDay, localOf, minutesAfter, two } from './phones/calendar-clock.ts';

/** The end of an appointment that lasts as long as the one from `start` to `end`. */
export const localMinutesAfter = (to: string, start: string, end: string): string =>
  minutesAfter(to, Math.round((Date.parse(`${end}Z`) - Date.parse(`${start}Z`)) / 60_000));

/** The first days on which the series takes place as its rule says, from the second one on. */
export function daysOf(facts: Facts): readonly string[] {
  const plain = factsOf([...facts].filter(([fact]) => !/^(moved|added|excluded) /.test(fact)));
  const left = new Set([...manyOf(facts, 'excluded'), ...manyOf(facts, 'moved')].map(([day]) => day));
  return occurrencesOf(plain, 40)
    .slice(1)
    .map((span) => localDayOf(span.split('/', 1)[0] ?? ''))
    .filter((day) => !left.has(day));
}

function localDayOf(start: string): string {
  const [, year, month, day, hour, minute] =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d)(\d\d)\d\dZ)?$/.exec(start) ?? [];
  const date = `${year}-${month}-${day}`;
  return hour === undefined ? date : dayOf(localOf(Date.parse(`${date}T${hour}:${minute}Z`)));
}

export const excluded: Edit = (facts, _, random) => {
  const days = facts.has('rule') ? daysOf(facts) : [];
  return days.length < 3 ? facts : withFact(facts, `excluded ${random.pick(days)}`, 'yes');
};

export const movedOnce: Edit = (facts, number, random) => {
  const days = facts.has('rule') ? daysOf(facts) : [];
  const [start = '', end = ''] = [facts.get('start'), facts.get('end')];
  if (days.length < 3 || isDay(start)) return facts;
  const day = random.pick(days);
  const to = `${random.chance(0.5) ? day : dayAfter(day, 1)}T${two(11 + (number % 3))}:${two(number % 60)}`;
  const own = random.chance(0.3) ? ` other${number}` : '';
  return withFact(facts, `moved ${day}`, `${to}/${localMinutesAfter(to, start, end)}${own}`);
};

/** A new appointment to which all of this is done at once. */
export const withExceptions =
  (made: Edit, exceptions: readonly Edit[]): Edit =>
  (facts: Facts, number: number, random: Random) =>
    exceptions.reduce((before, edit) => edit(before, number, random), made(facts, number, random));
