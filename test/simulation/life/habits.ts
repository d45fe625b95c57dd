/** What some devices do otherwise than most, whatever their programs are. */
import type { HandsetOptions } from '../../kit/device-options.ts';
import type { Random } from '../random.ts';

/** The habits of a device. */
export const habitsOf = (random: Random): HandsetOptions => ({
  ...(random.chance(0.15) && { tellsVersions: false }),
});
