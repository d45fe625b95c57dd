/** What some devices do otherwise than most, whatever their programs are. */
import type { HandsetOptions } from '../../kit/device-options.ts';
import type { Random } from '../random.ts';

/** What a device says and does whatever database it is about. */
export interface Habits extends HandsetOptions {
  /** Items that each of its programs holds at most. */
  readonly capacity?: number;
  /** Does it say so? */
  readonly tellsMemory?: boolean;
}

/** Bytes of the largest object that a device takes, if it says so. Each item of Outlook has some thousands. */
const LARGEST = [1_500, 3_000, 5_000];
const LARGEST_OF_OUTLOOK = [8_000, 16_000, 30_000];

/** The habits of a device. `hasOutlook`: one of its programs is Outlook. */
export const habitsOf = (random: Random, { version }: HandsetOptions, hasOutlook: boolean): Habits => ({
  ...(random.chance(0.25) && version === undefined && { maxMsgSize: 3_000, chunkBytes: 900 }),
  ...(random.chance(0.3) && { itemsPerCommand: 2 + random.below(4) }),
  ...(random.chance(0.3) && { appends: true }),
  ...(random.chance(0.15) && { tellsVersions: false }),
  ...(random.chance(0.15) && { capacity: 1 + random.below(4), tellsMemory: random.chance(0.5) }),
  ...(random.chance(0.15) && { maxObjSize: random.pick(hasOutlook ? LARGEST_OF_OUTLOOK : LARGEST) }),
});
