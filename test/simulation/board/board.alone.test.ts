/** The simulation can fail: each planted bug is found by a story that found it before. `npm run board` looks for such stories. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROOF, sectionIn } from '../../kit/proof.ts';
import { BUGS } from './all.ts';
import { type Bug, LAYERS } from './bug.ts';
import { tellPlan } from './plans.ts';
import { installSwitches, whilePlanted } from './planting.ts';
import { boardText } from './table.ts';

installSwitches(BUGS);

const found = BUGS.filter(({ seeds }) => seeds.length > 0);

const isTold = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

/** Does one of the stories that are known to find it fail? */
async function isFound({ plants, plan, tell, seeds }: Bug): Promise<boolean> {
  const stories = plan === undefined ? seeds.map((seed) => () => tell(seed)) : [() => tellPlan(plan)];
  for (const story of stories) if (!(await isTold(whilePlanted(plants, story)))) return true;
  return false;
}

describe('the simulation finds that', () => {
  it.each(found)('$layer: $name', async (bug) => {
    const advice = `no story of the seeds ${bug.seeds} finds it any more: npm run board -- --bug '${bug.name}'`;
    expect(await isFound(bug), advice).toBe(true);
    // Without the bug its life is told to the end.
    if (bug.plan !== undefined) expect(await isTold(tellPlan(bug.plan))).toBe(true);
  });
});

describe('the board', () => {
  it('names each bug once', () => {
    const names = BUGS.map(({ name }) => name);
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
  });

  it('has a bug of each layer that is found', () => {
    expect(LAYERS.filter((layer) => !found.some((bug) => bug.layer === layer))).toEqual([]);
  });

  it('is in docs/proof.md as it is', () => {
    const section = sectionIn(readFileSync(PROOF, 'utf8'), 'board');
    const now = boardText(BUGS, [], { before: section, occasion: { date: '', commit: '' } });
    expect(now, 'npm run board writes it').toBe(section);
  });

  it('says of gaps alone what the stories lack', () => {
    expect(found.filter(({ lacks }) => lacks !== undefined).map(({ name }) => name)).toEqual([]);
  });
});
