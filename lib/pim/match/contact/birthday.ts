/** Birthdays: what two of them say. */
import { DAY } from '../../time/zones/zones.ts';
import { type Property, paramOf } from '../../vobject/model.ts';

export interface Birthday {
  /** Undefined where a device keeps day and month only. */
  readonly year?: number;
  /** `mm-dd`. */
  readonly day: string;
}

/** Years from which clocks and programs count: their first day is what a field has that nobody filled in. */
const EPOCHS = new Set([1, 1600, 1601, 1753, 1899, 1900, 1901, 1904, 1970, 1980, 2000, 4501]);
/** A year that Apple writes for none. */
const NO_YEAR = 1604;

/** Undefined for none, and for the day that a device has for none. */
export function birthdayOf(of: Property | undefined): Birthday | undefined {
  const [, digits, month, date] = /^(?:(\d{4})|--)-?(\d\d)-?(\d\d)/.exec(of?.value ?? '') ?? [];
  if (of === undefined || month === undefined || date === undefined) return undefined;
  const day = `${month}-${date}`;
  const year = Number(digits ?? NO_YEAR);
  if (year === NO_YEAR || Number(paramOf(of, 'X-APPLE-OMIT-YEAR')) === year) return { day };
  const isEpoch = (day === '01-01' && EPOCHS.has(year)) || (day === '12-30' && year === 1899);
  return isEpoch || (day === '12-31' && year === 1969) ? undefined : { year, day };
}

/**
 * `same`: one day in one year, in whatever order day and month are; `near`: a day apart, as devices in another time zone
 * make it; `day`: the same as far as both say; `unknown`: says nothing.
 */
export type Birthdays = 'same' | 'near' | 'day' | 'other' | 'unknown';

export function birthdays(a: Birthday | undefined, b: Birthday | undefined): Birthdays {
  if (a === undefined || b === undefined) return 'unknown';
  const haveYears = a.year !== undefined && b.year !== undefined;
  const apart = Math.abs(timeOf(a, haveYears) - timeOf(b, haveYears));
  const days = a.day === b.day ? 'same' : apart === DAY ? 'near' : 'other';
  const isTurned = a.day === `${b.day.slice(3)}-${b.day.slice(0, 2)}`;
  if (!haveYears) return days === 'same' ? 'day' : days === 'near' ? 'unknown' : 'other';
  if (days === 'near') return 'near';
  if (a.year !== b.year || (days === 'other' && !isTurned)) return 'other';
  // Whoever does not know the day of his birth has this one.
  return a.day === '01-01' ? 'unknown' : 'same';
}

const timeOf = ({ year, day }: Birthday, hasYear: boolean): number =>
  Date.parse(`${hasYear ? String(year).padStart(4, '0') : '2000'}-${day}`);
