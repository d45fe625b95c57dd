/** Reads and compares birthdays. */
import { DAY } from '../../time/zones/zones.ts';
import { type Property, paramOf } from '../../vobject/model.ts';

export interface Birthday {
  /** Undefined where a device stores day and month only. */
  readonly year?: number;
  /** `mm-dd`. */
  readonly day: string;
}

/** Years from which clocks and programs count time. The first day of such a year stands in fields that nobody filled in. */
const EPOCHS = new Set([1, 1600, 1601, 1753, 1899, 1900, 1901, 1904, 1970, 1980, 2000, 4501]);
/** Apple writes this year for an unknown year. */
const NO_YEAR = 1604;

/** Undefined without a birthday, and for a date that devices write for no birthday. */
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
 * `same`: the same day and year; day and month may be swapped. `near`: one day apart, which devices in another time zone
 * cause. `slip`: one digit is another, a typing error. `day`: the same day, and one of them has no year. `other`: different.
 * `unknown`: they cannot be compared.
 */
export type Birthdays = 'same' | 'near' | 'slip' | 'day' | 'other' | 'unknown';

export function birthdays(a: Birthday | undefined, b: Birthday | undefined): Birthdays {
  if (a === undefined || b === undefined) return 'unknown';
  const haveYears = a.year !== undefined && b.year !== undefined;
  const apart = Math.abs(timeOf(a, haveYears) - timeOf(b, haveYears));
  const days = a.day === b.day ? 'same' : apart === DAY ? 'near' : 'other';
  const isTurned = a.day === `${b.day.slice(3)}-${b.day.slice(0, 2)}`;
  if (!haveYears) return days === 'same' ? 'day' : days === 'near' ? 'unknown' : 'other';
  if (days === 'near') return 'near';
  if (a.year !== b.year || (days === 'other' && !isTurned)) return isSlip(a, b) ? 'slip' : 'other';
  // People who do not know their birthday have 1 January in their documents.
  return a.day === '01-01' ? 'unknown' : 'same';
}

/** Is just one digit another? */
function isSlip(a: Birthday, b: Birthday): boolean {
  const [one, other] = [a, b].map(({ year, day }) => `${year}${day}`) as [string, string];
  return one.length === other.length && [...one].filter((digit, n) => digit !== other.charAt(n)).length === 1;
}

const timeOf = ({ year, day }: Birthday, hasYear: boolean): number =>
  Date.parse(`${hasYear ? String(year).padStart(4, '0') : '2000'}-${day}`);
