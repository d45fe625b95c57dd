/** Rules in the grammar of vCalendar 1.0: `D1 #0`, `W1 MO WE #5`, `MD1 15 20300630T080000Z`, `MP1 2+ TU #0`, `YM1 3 #0`. */
import { timeOf } from './calendar-clock.ts';
import { dateIn, factOfRule, lastDayOf, monthIn, type Rule, weekdayName } from './calendar-rules.ts';

/** `endText`: writes the last day as the program does. */
export function oldRuleText(rule: Rule, start: string, endText: (day: string) => string): string {
  const { interval, count, until } = rule;
  const end = until !== undefined ? endText(until) : `#${count ?? 0}`;
  return [...daysText(rule, start, interval), end].join(' ');
}

function daysText({ frequency, on }: Rule, start: string, interval: number): string[] {
  const [, sign = '', place, day] = /^(-?)(\d)([A-Z]{2})$/.exec(on[0] ?? '') ?? [];
  if (frequency === 'DAILY') return [`D${interval}`];
  if (frequency === 'WEEKLY') return [`W${interval}`, ...on];
  if (frequency === 'YEARLY') return [`YM${interval}`, monthIn(start)];
  if (day !== undefined) return [`MP${interval}`, `${place}${sign === '-' ? '-' : '+'}`, day];
  return [`MD${interval}`, ...on];
}

/** The fact of a rule of this grammar. Undefined where it is none that such a program knows. */
export function factOfOldRule(text: string, start: string): string | undefined {
  const [first = '', ...words] = text.trim().split(/\s+/);
  const [, letters = '', interval] = /^(D|W|MD|MP|YM)(\d+)$/.exec(first) ?? [];
  const counts = words.flatMap((word) => /^#(\d+)$/.exec(word)?.[1] ?? []);
  const ends = words.filter((word) => /^\d{8}/.test(word)).flatMap((word) => timeOf(word) ?? []);
  const days = words.filter((word) => !/^(#\d+|\d{8}.*)$/.test(word));
  const found = interval === undefined ? undefined : onDays(letters, days, start);
  if (found === undefined) return undefined;
  // A rule without a count and without an end is one of two times.
  const count = ends.length > 0 ? 0 : Number(counts[0] ?? 2);
  return factOfRule({
    ...found,
    interval: Number(interval),
    ...(count > 0 && { count }),
    ...(ends[0] !== undefined && { until: lastDayOf(ends[0], start) }),
    ...yearly(letters, found.on, Number(interval), start),
  });
}

type Found = Pick<Rule, 'frequency' | 'on'>;

function onDays(letters: string, days: readonly string[], start: string): Found | undefined {
  const dates = days.map((day) => day.replace(/\+$/, '').replace(/^(\d+)-$/, '-$1'));
  switch (letters) {
    case 'D':
      return days.length === 0 ? { frequency: 'DAILY', on: [] } : undefined;
    case 'W':
      return { frequency: 'WEEKLY', on: days.length > 0 ? days : [weekdayName(start)] };
    case 'MD':
      return days.length > 1
        ? undefined
        : { frequency: 'MONTHLY', on: days.length > 0 ? dates : [dateIn(start)] };
    case 'MP':
      return days.length === 2 ? { frequency: 'MONTHLY', on: [dates.join('')] } : undefined;
    default:
      return days.length === 0 || days.join() === monthIn(start)
        ? { frequency: 'YEARLY', on: [] }
        : undefined;
  }
}

/** A date of every twelfth month is that of a year. */
function yearly(letters: string, on: readonly string[], interval: number, start: string): Partial<Rule> {
  const isYearly = letters === 'MD' && interval % 12 === 0 && on[0] === dateIn(start);
  return isYearly ? { frequency: 'YEARLY', on: [], interval: interval / 12 } : {};
}
