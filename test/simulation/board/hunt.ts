/** What `npm run board` runs: modules can have switches in a run of vitest only. */
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { PROOF, rewriteSection } from '../../kit/proof.ts';
import { codeOf } from '../runs/code.ts';
import { BUGS } from './all.ts';
import type { Bug } from './bug.ts';
import { type Hunted, hunt } from './hunting.ts';
import type { BoardOptions } from './options.ts';
import { notePlan, shortPlan } from './plans.ts';
import { installSwitches } from './planting.ts';
import { boardText } from './table.ts';
import { life } from './tells.ts';

declare module 'vitest' {
  interface ProvidedContext {
    board: BoardOptions;
  }
}

const options = inject('board');
const asked = BUGS.filter(
  ({ layer, name, seeds }) =>
    `${layer}: ${name}`.includes(options.bug) && (!options.gaps || seeds.length === 0),
);

installSwitches(asked);

const { commit, dirty } = codeOf(join(import.meta.dirname, '..', '..', '..'));
const occasion = {
  date: new Date().toISOString().slice(0, 10),
  commit: `${commit.slice(0, 7)}${dirty === undefined ? '' : ' with changes'}`,
};

/** A story in a second or less: after so many a line says how far the hunt is. */
const SEEDS_BETWEEN_LINES = 50;

const hunted: Hunted[] = [];

/** The table so far: a hunt that is stopped has written what it found. */
function write(): void {
  if (!options.print)
    rewriteSection(PROOF, 'board', (before) => boardText(BUGS, hunted, { before, occasion }));
}

async function follow(bug: Bug): Promise<void> {
  const one = await hunt(bug, options.seeds, (told) => {
    if (told % SEEDS_BETWEEN_LINES === 0) console.log(`  ${told} seeds of ${options.seeds}: ${bug.name}`);
  });
  hunted.push(one);
  write();
  // A life is noted as a plan, and by its seed in the table.
  if (one.seed !== undefined && bug.tell === life)
    notePlan(bug, await shortPlan(bug, one.seed, one.reason ?? ''));
  const isNew = one.seed !== undefined && bug.tell !== life && !bug.seeds.includes(one.seed);
  const result =
    one.seed === undefined
      ? `GAP, ${one.told} seeds${one.reached ? '' : ', no story came by'}`
      : `seed ${one.seed}`;
  console.log(`${bug.layer}: ${bug.name}: ${result}${isNew ? ', not noted yet' : ''} (${one.reason ?? ''})`);
}

describe('the hunt for', () => {
  it.each(asked)('$layer: $name', async (bug) => {
    await follow(bug);
    expect(hunted.at(-1)?.bug).toBe(bug);
  });
});

describe('the board', () => {
  it('is printed', () => {
    expect(hunted).toHaveLength(asked.length);
    console.log(boardText(asked, hunted, { occasion }));
  });
});
