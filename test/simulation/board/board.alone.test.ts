/** The simulation can fail: each planted bug is found by a story that found it before. `npm run board` looks for such stories. */
import { describe, expect, it } from 'vitest';
import { BUGS } from './all.ts';
import { type Bug, LAYERS } from './bug.ts';
import { installSwitches, whilePlanted } from './planting.ts';

installSwitches(BUGS);

const found = BUGS.filter(({ seeds }) => seeds.length > 0);

/** The first of its seeds whose story fails. */
async function seedThatFinds({ plants, tell, seeds }: Bug): Promise<number | undefined> {
  for (const seed of seeds) {
    const failed = await whilePlanted(plants, () => tell(seed)).then(
      () => false,
      () => true,
    );
    if (failed) return seed;
  }
  return undefined;
}

describe('the simulation finds that', () => {
  it.each(found)('$layer: $name', async (bug) => {
    const advice = `no story of the seeds ${bug.seeds} finds it any more: npm run board -- --bug '${bug.name}'`;
    expect(await seedThatFinds(bug), advice).toBeDefined();
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

  it('says of gaps alone what the stories lack', () => {
    expect(found.filter(({ lacks }) => lacks !== undefined).map(({ name }) => name)).toEqual([]);
  });
});
