/** A failing life, shortened by itself: fewer steps, devices and kinds, as long as it fails in the same way. */

import type { Plan } from './plan.ts';
import { playLife } from './play.ts';

/** So many shorter plans are tried. */
const MOST_TRIED = 200;

/** What fails, without names and numbers; undefined where nothing does. */
async function failureOf(plan: Plan): Promise<string | undefined> {
  try {
    await playLife(plan);
    return undefined;
  } catch (error) {
    return kindOf(error instanceof Error ? error.message : String(error));
  }
}

const kindOf = (message: string): string =>
  (message.split('\n')[0] ?? '')
    .replace(/^life \d+: (Error: )?/, '')
    .replace(/\d+|"[^"]*"/g, '#')
    .slice(0, 60);

/** The plan itself where none of the shorter ones fails so. */
export async function shortened(plan: Plan, failure: string): Promise<Plan> {
  const kind = kindOf(failure);
  let [best, tried] = [plan, 0];
  const isBetter = async (candidate: Plan): Promise<boolean> => {
    if (tried >= MOST_TRIED) return false;
    tried += 1;
    if ((await failureOf(candidate)) !== kind) return false;
    best = candidate;
    return true;
  };
  for (const { name } of plan.devices) await isBetter(withoutDevice(best, name));
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = best.steps.length - size; at > -size; at -= size) {
      const from = Math.max(at, 0);
      await isBetter({ ...best, steps: best.steps.toSpliced(from, size) });
    }
  for (const one of plan.kinds) await isBetter(withoutKind(best, one));
  await isBetter({ ...best, faults: 0, harsh: false });
  return best;
}

const withoutDevice = (plan: Plan, name: string): Plan => ({
  ...plan,
  devices: plan.devices.filter((device) => device.name !== name),
  steps: plan.steps.filter(
    (step) =>
      !('device' in step && step.device === name) && !('devices' in step && step.devices.includes(name)),
  ),
});

const withoutKind = (plan: Plan, kind: string): Plan => ({
  ...plan,
  kinds: plan.kinds.filter((one) => one !== kind),
  steps: plan.steps
    .filter((step) => !('kind' in step) || step.kind !== kind)
    .map((step) => ('kinds' in step ? { ...step, kinds: step.kinds.filter((one) => one !== kind) } : step)),
});

/** A test to paste, in which the life is told. */
export const testOf = (plan: Plan, failure: string): string =>
  [
    `it(${JSON.stringify(`life ${plan.seed}: ${failure}`)}, async () => {`,
    `  const plan: Plan = ${JSON.stringify(plan)};`,
    '  expect((await playLife(plan)).plan).toBe(plan);',
    '});',
  ].join('\n');
