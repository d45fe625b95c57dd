/** What happens in some lives only. It is put between the other steps of a plan, and changes none of them. */
import { createRandom, type Random } from '../random.ts';
import { ALIKE, type Alike } from './alike.ts';
import type { LifeKind } from './facts.ts';

export type RareStep =
  | {
      readonly does: 'types alike';
      readonly devices: readonly string[];
      readonly kind: LifeKind;
      readonly how: Alike;
    }
  | { readonly does: 'keeps a backup'; readonly device: string }
  | { readonly does: 'gets its backup back'; readonly device: string }
  | { readonly does: 'copies a table'; readonly table: 'items' | 'anchors' }
  | { readonly does: 'restores a table' };

interface Cast {
  readonly kinds: readonly LifeKind[];
  readonly devices: readonly string[];
}
type Sync = {
  readonly does: 'syncs';
  readonly device: string;
  readonly code: number;
  readonly kinds: readonly LifeKind[];
};
export type RareOrSync = RareStep | Sync;

/** Numbers of these steps begin here: other steps have smaller ones. */
const FIRST_NUMBER = 1_000;

/** The steps with those that are rare. `numbered` makes a step of what happens. */
export function withRareSteps<Step>(
  seed: number,
  steps: readonly Step[],
  cast: Cast,
  numbered: (happens: RareOrSync, number: number, dice: number) => Step,
): readonly Step[] {
  const random = createRandom(seed ^ 0x452821e6);
  const all = [...steps];
  let number = FIRST_NUMBER;
  const own = (happens: RareOrSync) => {
    number += 1;
    return numbered(happens, number, random.below(2 ** 31));
  };
  const between = (from: number) => from + random.below(all.length - from + 1);
  if (random.chance(0.25)) all.splice(between(0), 0, own(alike(cast, random)));
  if (random.chance(0.2)) {
    const device = random.pick(cast.devices);
    // Not before there is something to keep.
    const at = between(Math.floor(all.length / 3));
    all.splice(at, 0, own({ does: 'keeps a backup', device }));
    all.splice(between(at + 1), 0, own({ does: 'gets its backup back', device }));
  }
  if (random.chance(0.08)) {
    const at = between(0);
    all.splice(at, 0, own({ does: 'copies a table', table: random.chance(0.7) ? 'items' : 'anchors' }));
    all.splice(between(at + 1), 0, own({ does: 'restores a table' }));
  }
  if (random.chance(0.2)) all.unshift(...fullBooks(cast, random).map(own));
  return all;
}

function alike({ kinds, devices }: Cast, random: Random): RareStep {
  const kind = random.pick(kinds);
  const first = random.pick(devices);
  const others = devices.filter((device) => device !== first);
  return { does: 'types alike', devices: [first, random.pick(others)], kind, how: howOf(kind, random) };
}

const howOf = (kind: LifeKind, random: Random): Alike =>
  random.pick(
    ALIKE.filter(
      (how) =>
        how === 'the same' ||
        (how === 'a household' ? kind === 'contacts' : kind === 'calendar' || kind === 'tasks'),
    ),
  );

/** Two devices begin with books of which much is the same; most of them meet at once. */
function fullBooks(cast: Cast, random: Random): RareOrSync[] {
  const devices = cast.devices.slice(0, 2);
  const typed = Array.from({ length: 2 + random.below(4) }, () => ({ ...alike(cast, random), devices }));
  if (random.chance(0.3)) return typed;
  return [
    ...typed,
    ...devices.map((device): Sync => ({ does: 'syncs', device, code: 201, kinds: cast.kinds })),
  ];
}
