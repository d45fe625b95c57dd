/** What people do to their appointments, as facts: each is `(facts, number, random) => facts`, and the number is one of the story. */
import type { Random } from '../random.ts';
import { excluded, localMinutesAfter, movedOnce, withExceptions } from './edits-exceptions.ts';
import { type Edit, OF_ITEMS } from './edits-of-items.ts';
import { text } from './edits-texts.ts';
import { type Facts, factsOf, withFact } from './facts.ts';
import { dayAfter, dayOf, isDay, minutesAfter, two } from './phones/calendar-clock.ts';
import { factOfRule, type Rule, ruleOf, weekdayName } from './phones/calendar-rules.ts';

/** A time of day by the number: not in the hour that the change of clocks takes away or repeats. */
const timeBy = (number: number): string =>
  `${two([8, 9, 10, 14, 18, 22][number % 6] ?? 8)}:${two((number * 5) % 60)}`;
/** A day by the number, in a year in which both clocks are met. */
const dayBy = (number: number): string => dayAfter('2030-01-02', (number * 37) % 360);

const withTimes = (facts: Facts, start: string, end: string): Facts =>
  withFact(withFact(facts, 'start', start), 'end', end);

/** An hour, or so many minutes, from this time on. */
const lasting = (facts: Facts, start: string, minutes = 60): Facts =>
  withTimes(facts, start, minutesAfter(start, minutes));

const CHANGES = ['2030-03-31', '2030-10-27'];

const SINGLE: readonly Edit[] = [
  (facts, number) => lasting(facts, `${dayBy(number)}T${timeBy(number)}`, 45),
  (facts, number) => lasting(facts, `2030-07-${two(1 + (number % 28))}T${timeBy(number)}`),
  // In the evening and after midnight the day in UTC may be another.
  (facts, number) => lasting(facts, `${dayBy(number)}T00:${two(number % 60)}`, 30),
  (facts, number) => lasting(facts, `${dayBy(number)}T23:${two(number % 60)}`, 120),
  (facts, number) => {
    const day = CHANGES[number % 2] ?? '';
    return withTimes(facts, `${day}T01:${two(number % 60)}`, `${day}T04:30`);
  },
  (facts, number) => withTimes(facts, dayBy(number), dayAfter(dayBy(number), 1)),
  (facts, number) => withTimes(facts, dayBy(number), dayAfter(dayBy(number), 2 + (number % 9))),
  (facts, number) => withTimes(facts, CHANGES[number % 2] ?? '', dayAfter(CHANGES[number % 2] ?? '', 1)),
];

/** The day on or after this one with which the rule can begin, and the words of the rule for it. */
type Pattern = (day: string) => readonly [start: string, rule: string];

const onWeekday = (day: string, name: string): string =>
  weekdayName(day) === name ? day : onWeekday(dayAfter(day, 1), name);
const inMonth = (day: string, date: string): string => `${day.slice(0, 8)}${date}`;
const PATTERNS: readonly Pattern[] = [
  (day) => [day, 'DAILY'],
  (day) => [day, 'DAILY/3'],
  (day) => [day, `WEEKLY ${weekdayName(day)}`],
  (day) => [onWeekday(day, 'MO'), 'WEEKLY MO,WE'],
  (day) => [onWeekday(day, 'TU'), 'WEEKLY/2 TU,FR'],
  (day) => [inMonth(day, '15'), 'MONTHLY 15'],
  (day) => [inMonth(day, '28'), 'MONTHLY/2 28'],
  (day) => [onWeekday(inMonth(day, '08'), 'TU'), 'MONTHLY 2TU'],
  (day) => [onWeekday(inMonth(dayAfter(inMonth(day, '01'), 58), '01'), 'FR'), 'MONTHLY 1FR'],
  (day) => [inMonth(day, '20'), 'YEARLY'],
];

/** The last Friday of a month of 31 days. */
const LAST_FRIDAY: Pattern = () => ['2030-05-31', 'MONTHLY -1FR'];

/** One in three has no end, one so many times, one a last day. */
function withEnd(rule: string, start: string, random: Random): string {
  const end = random.below(3);
  if (end === 0) return rule;
  return end === 1
    ? `${rule} x${3 + random.below(20)}`
    : `${rule} until ${dayAfter(start, 30 + random.below(500))}`;
}

const series =
  (pattern: Pattern, time: (number: number) => string | undefined): Edit =>
  (facts, number, random) => {
    const [day, words] = pattern(dayBy(number));
    const at = time(number);
    const timed =
      at === undefined ? withTimes(facts, day, dayAfter(day, 1)) : lasting(facts, `${day}T${at}`, 30);
    return withFact(timed, 'rule', withEnd(words, day, random));
  };

/** New appointments: the facts that come in have a summary. */
export const NEW_APPOINTMENTS: readonly Edit[] = [
  ...SINGLE,
  ...[...PATTERNS, LAST_FRIDAY].map((pattern) => series(pattern, timeBy)),
  ...PATTERNS.map((pattern) => series(pattern, (number) => `00:${two(number % 60)}`)),
  ...PATTERNS.map((pattern) => series(pattern, () => undefined)),
  ...PATTERNS.map((pattern) => withExceptions(series(pattern, timeBy), [excluded, excluded])),
  ...PATTERNS.map((pattern) => withExceptions(series(pattern, timeBy), [excluded, movedOnce])),
];

/** To another time: a single one to another day, a series to another hour of its days. */
const moved: Edit = (facts, number) => {
  const [start = '', end = ''] = [facts.get('start'), facts.get('end')];
  const isSeries = facts.has('rule');
  if (isDay(start)) {
    const days = Math.round((Date.parse(end) - Date.parse(start)) / 86_400_000);
    return isSeries ? facts : withTimes(facts, dayBy(number), dayAfter(dayBy(number), days));
  }
  if (facts.has('clock')) return facts;
  const to = `${isSeries ? dayOf(start) : dayBy(number)}T${timeBy(number)}`;
  return withTimes(facts, to, localMinutesAfter(to, start, end));
};

const longer: Edit = (facts, number) => {
  const end = facts.get('end') ?? '';
  const later = isDay(end) ? dayAfter(end, 1) : minutesAfter(end, 5 * (1 + (number % 6)));
  // A series whose occurrences reach into one another has nobody.
  const isTooLong = facts.has('rule') && (isDay(end) || dayOf(later) !== dayOf(facts.get('start') ?? ''));
  return isTooLong ? facts : withFact(facts, 'end', later);
};

/** Another end of a series. What was done to occurrences behind it is gone. */
const endsOtherwise: Edit = (facts, number, random) => {
  const rule = ruleOf(facts.get('rule') ?? '');
  if (rule === undefined) return facts;
  const { count: _count, until: _until, ...endless } = rule;
  const until = dayAfter(dayOf(facts.get('start') ?? ''), 40 + ((number * 7) % 600));
  const hasExceptions = [...facts.keys()].some((fact) => /^(moved|excluded) /.test(fact));
  const ends: readonly Rule[] = hasExceptions
    ? [endless, { ...endless, until }]
    : [endless, { ...endless, until }, { ...endless, count: 5 + (number % 30) }];
  const next = random.pick(ends);
  const isInside = ([fact]: readonly [string, string]) =>
    next.until === undefined || !/^(moved|excluded) /.test(fact) || (fact.split(' ')[1] ?? '') <= next.until;
  return withFact(factsOf([...facts].filter(isInside)), 'rule', factOfRule(next));
};

const alarm: Edit = (facts, number, random) =>
  withFact(facts, 'alarm', facts.has('alarm') && random.chance(0.3) ? undefined : String(1 + (number % 600)));
const busy: Edit = (facts) => withFact(facts, 'busy', facts.has('busy') ? undefined : 'free');
const location: Edit = (facts, number, random) => withFact(facts, 'location', text('l', number, random));

/** What people do to appointments that they have. One that does nothing to these facts gives them back. */
export const APPOINTMENT_EDITS: readonly Edit[] = [
  ...[moved, longer, location, busy, alarm, alarm],
  ...[excluded, excluded, movedOnce, endsOtherwise],
  ...OF_ITEMS,
];
