/** Who has failed too often has to wait, and is refused until then, whatever the credentials are (docs/adr/0031). */
import type { Request } from '../io/request.ts';
import type { Attempt, Failures, Guard } from '../model/guard.ts';
import {
  FIRST_WAIT_SECONDS,
  FREE_FAILURES,
  FREE_FAILURES_OF_SOURCE,
  MOST_WAIT_SECONDS,
} from '../model/limits.ts';

export const attemptOf = ({ message, source }: Request, login: string): Attempt => ({
  ...{ login, source },
  device: message.header.source.uri,
});

/** Is the attempt refused without a look at its credentials? `now`: epoch milliseconds. */
export const isHeldOff = ({ own, login, source }: Guard, now: number): boolean =>
  own === undefined
    ? isEarly(login, FREE_FAILURES, now) || isEarly(source, FREE_FAILURES_OF_SOURCE, now)
    : isEarly(own, FREE_FAILURES, now);

/** How long it is remembered by one login that a device is known where it is; the store remembers it for much longer. */
const RENEWED_MS = 7 * 24 * 3600 * 1000;

/** Is the device to be remembered where it came in? It has no failures any more, and stays known for long. */
export const isToRemember = ({ own }: Guard, now: number): boolean =>
  own === undefined || own.count > 0 || now - own.last > RENEWED_MS;

/** Is it too early after the last failure? The wait doubles with each failure beyond those that are free. */
function isEarly(failures: Failures | undefined, free: number, now: number): boolean {
  if (failures === undefined || failures.count < free) return false;
  const seconds = Math.min(MOST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (failures.count - free));
  return now < failures.last + seconds * 1000;
}
