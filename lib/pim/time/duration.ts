/** Parses and prints durations of iCalendar, such as `-P1DT2H`. The value is in milliseconds [RFC 5545 3.3.6]. */

/** About three thousand years. Longer durations are refused, because times would be out of range. */
const LONGEST = 1e14;

const SPELLING = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
/** Seconds of a week, a day, an hour, a minute, a second. */
const UNITS = [604_800, 86_400, 3600, 60, 1];

/** Milliseconds. Undefined for a text that is not a duration. */
export function parseDuration(text: string): number | undefined {
  const [, sign, ...amounts] = SPELLING.exec(text.trim()) ?? [];
  if (sign === undefined) return undefined;
  const seconds = UNITS.reduce((sum, unit, n) => sum + unit * Number(amounts[n] ?? 0), 0);
  return seconds * 1000 > LONGEST ? undefined : (sign === '-' ? -1000 : 1000) * seconds;
}

/** Prints milliseconds, rounded to seconds. */
export function printDuration(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const [days, rest] = [Math.floor(seconds / 86_400), seconds % 86_400];
  const parts = [`${Math.floor(rest / 3600)}H`, `${Math.floor((rest % 3600) / 60)}M`, `${rest % 60}S`];
  const time = parts.filter((part) => !part.startsWith('0')).join('');
  const text = `${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
  return `${milliseconds < 0 ? '-' : ''}P${text === '' ? 'T0S' : text}`;
}
