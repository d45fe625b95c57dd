/** Times as texts that are equal when the times are: instants in UTC, days, and times of no zone. */
import type ICAL from 'ical.js';

/** Throws for what is no time. */
export function timeText(time: ICAL.Time): string {
  if (time.isDate) return time.toString();
  const { zone } = time;
  if (zone === undefined || zone === null || zone.tzid === 'floating') return time.toString();
  return new Date(time.toUnixTime() * 1000).toISOString().replace('.000Z', 'Z');
}

/** Whole minutes from the one to the other. */
export const minutesBetween = (from: ICAL.Time, to: ICAL.Time): number =>
  Math.round((to.toUnixTime() - from.toUnixTime()) / 60);
