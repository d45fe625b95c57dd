/** What people do with the pictures of contacts. */
import type { Random } from '../random.ts';
import type { Edit } from './edits-of-items.ts';
import { withFact } from './facts.ts';

/** Words of the comment: most pictures are small, some are larger than the messages of many devices. */
const WORDS = [0, 20, 20, 150, 150, 400, 900];
/** Shades differ by more than compression may change one. */
const SHADES = 24;

export const newPhoto = (number: number, random: Random): string =>
  `${11 * (number % SHADES)}x${random.pick(WORDS)}`;

/** Puts a picture, puts another in its place, or takes it away. */
export const photo: Edit = (facts, number, random) =>
  withFact(facts, 'photo', facts.has('photo') && random.chance(0.4) ? undefined : newPhoto(number, random));
