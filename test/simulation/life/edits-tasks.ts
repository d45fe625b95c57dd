/** What people do to their tasks, as facts. */
import { type Edit, OF_ITEMS } from './edits-of-items.ts';
import { factsOf, withFact } from './facts.ts';
import { dayAfter, dayOf, isDay, two } from './phones/calendar-clock.ts';

const dayBy = (number: number): string => dayAfter('2030-01-02', (number * 37) % 360);
const timeBy = (number: number): string => `${two(8 + (number % 12))}:${two((number * 5) % 60)}`;

/** New tasks: the facts that come in have a summary. */
export const NEW_TASKS: readonly Edit[] = [
  (facts) => withFact(facts, 'state', 'open'),
  (facts, number) => factsOf([...facts, ['state', 'open'], ['due', dayBy(number)]]),
  (facts, number) => factsOf([...facts, ['state', 'open'], ['due', `${dayBy(number)}T${timeBy(number)}`]]),
  (facts, number) =>
    factsOf([...facts, ['state', 'open'], ['start', dayBy(number)], ['due', dayAfter(dayBy(number), 3)]]),
];

/** Due on another day, or at another time. The alarm stays as many days before. */
const due: Edit = (facts, number) => {
  const [start, old, rings] = ['start', 'due', 'alarm'].map((fact) => facts.get(fact));
  const day = start === undefined ? dayBy(number) : dayAfter(dayOf(start), number % 40);
  const after = withFact(facts, 'due', old === undefined || isDay(old) ? day : `${day}T${timeBy(number)}`);
  return rings === undefined
    ? after
    : withFact(after, 'alarm', `${dayAfter(day, -(number % 3))}${rings.slice(10)}`);
};

const state =
  (name: string): Edit =>
  (facts, number) => {
    const own = factsOf([...facts].filter(([fact]) => fact !== 'percent' && fact !== 'done on'));
    return withFact(
      withFact(own, 'state', name),
      'done on',
      name === 'done' ? dayAfter('2030-01-01', number % 365) : undefined,
    );
  };

const percent: Edit = (facts, number) =>
  facts.get('state') === 'done'
    ? facts
    : withFact(withFact(facts, 'state', 'begun'), 'percent', String(1 + (number % 99)));

const alarm: Edit = (facts, number, random) => {
  const day = facts.get('due');
  if (day === undefined) return facts;
  const at = `${dayAfter(dayOf(day), -(number % 3))}T06:${two(number % 60)}`;
  return withFact(facts, 'alarm', facts.has('alarm') && random.chance(0.3) ? undefined : at);
};

/** What people do to tasks that they have. */
export const TASK_EDITS: readonly Edit[] = [
  ...[due, state('open'), state('begun'), state('done'), state('done'), percent, alarm],
  ...OF_ITEMS,
];
