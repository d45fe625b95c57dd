/**
 * Dates as filters and items spell them -> numbers.
 *
 * Owns: arithmetic on the calendar. Must not know: the clock, time zones by name, properties.
 */
export interface Moment {
  /** Milliseconds since 1970. A local time is counted as if it were UTC. */
  readonly ms: number;
  /** `local`: the offset from UTC is not known. */
  readonly zone: 'utc' | 'local';
  /** The moment is a whole day, and `ms` its beginning. */
  readonly dateOnly: boolean;
}

export const HOUR = 3_600_000;

const DATE = String.raw`(\d{4})-?(\d\d)-?(\d\d)`;
const TIME = String.raw`(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?`;
const MOMENT = new RegExp(`^${DATE}(?:[T ]${TIME}(Z|[+-]\\d\\d:?\\d\\d)?)?$`, 'i');
const DIGITS = /^(\d{8})(\d{6})$/;

/**
 * Reads ISO 8601, basic or extended, to the second, and 14 digits, which are UTC. 24:00 is the beginning of the next
 * day. Undefined for all other texts.
 */
export function parseDate(text: string): Moment | undefined {
  const found = MOMENT.exec(text.trim().replace(DIGITS, '$1T$2Z'));
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (year < 100 || month < 1 || hour > 24 || minute > 59 || second > 60) return undefined;
  const start = Date.UTC(year, month - 1, day);
  // Date.UTC takes the 31st of a short month for a day of the next month: such a date is refused.
  if (day < 1 || new Date(start).getUTCMonth() !== month - 1) return undefined;
  const offset = found[7];
  return {
    ms: start + hour * HOUR + minute * 60_000 + second * 1000 - offsetOf(offset),
    zone: offset === undefined ? 'local' : 'utc',
    dateOnly: found[4] === undefined,
  };
}

function offsetOf(offset: string | undefined): number {
  if (offset === undefined || offset.length === 1) return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  return (offset.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * 60_000);
}
