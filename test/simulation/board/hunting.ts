/** The hunt for a bug: stories are told, one seed after the other, until one fails because of it. */
import type { Bug } from './bug.ts';
import { wasReached, whilePlanted } from './planting.ts';

export interface Hunted {
  readonly bug: Bug;
  /** The seed that found the bug; undefined: a gap. */
  readonly seed: number | undefined;
  /** How many seeds were told. */
  readonly told: number;
  /** What the story said, in one line. */
  readonly reason: string | undefined;
  /** Did any story come by where the bug is? */
  readonly reached: boolean;
}

/** Hunts with the seeds from 0 on, `most` at most. A story that fails without the bug, too, does not find it. */
export async function hunt(
  bug: Bug,
  most: number,
  onSeed: (told: number) => void = () => {},
): Promise<Hunted> {
  let reached = false;
  for (let seed = 0; seed < most; seed += 1) {
    const reason = await whilePlanted(bug.plants, () => failureOf(bug, seed));
    reached ||= wasReached();
    if (reason !== undefined && (await failureOf(bug, seed)) === undefined)
      return { bug, seed, told: seed + 1, reason, reached };
    onSeed(seed + 1);
  }
  return { bug, seed: undefined, told: most, reason: undefined, reached };
}

/** Why the story of this seed fails, in one line; undefined when it does not. */
export async function failureOf({ tell }: Bug, seed: number): Promise<string | undefined> {
  try {
    await tell(seed);
    return undefined;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return text.replace(/^seed \d+: (Error: )?/, '').split('\n')[0] ?? '';
  }
}
