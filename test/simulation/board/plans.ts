/**
 * Lives that find planted bugs, as short plans: when lives are planned otherwise, a seed tells another life, but a plan stays.
 * `npm run board` writes them, one a line.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Plan } from '../life/plan.ts';
import type { Bug } from './bug.ts';
import { whilePlanted } from './planting.ts';

const FILE = new URL('./plans.jsonl', import.meta.url);

interface Noted {
  readonly bug: string;
  readonly plan: Plan;
}

const notedIn = (text: string): Noted[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Noted);

/** The bugs, those that a life found with its plan. */
export function withPlans(bugs: readonly Bug[]): readonly Bug[] {
  const plans = new Map(notedIn(readFileSync(FILE, 'utf8')).map(({ bug, plan }) => [bug, plan]));
  return bugs.map((bug) => {
    const plan = plans.get(bug.name);
    return plan === undefined ? bug : { ...bug, plan, seeds: [plan.seed] };
  });
}

export function notePlan({ name }: Bug, plan: Plan): void {
  const others = notedIn(readFileSync(FILE, 'utf8')).filter(({ bug }) => bug !== name);
  const lines = [...others, { bug: name, plan }].map((one) => JSON.stringify(one)).sort();
  writeFileSync(FILE, `${lines.join('\n')}\n`);
}

/** Tells the life of a plan. */
export async function tellPlan(plan: Plan): Promise<unknown> {
  const { playLife } = await import('../life/play.ts');
  return playLife(plan);
}

/** A short plan of the life of the seed, which the bug makes fail. `failure`: the first line of what it threw. */
export async function shortPlan({ plants }: Bug, seed: number, failure: string): Promise<Plan> {
  const { planOf } = await import('../life/plan.ts');
  const { shortened } = await import('../life/shorten.ts');
  const plan = planOf(seed);
  const short = await whilePlanted(plants, () => shortened(plan, failure));
  const isFine = await tellPlan(short).then(
    () => true,
    () => false,
  );
  return isFine ? short : plan;
}
