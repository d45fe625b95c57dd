/**
 * The words of the recurrence grammar of vCalendar 1.0 that say on which days, dates or months a rule falls: in
 * `MP1 2+ TU #5` the words `2+ TU`.
 */
import { localOf, utcOf, WEEKDAYS } from '../../time/zones/zones.ts';

/** What a rule begins with: days, weeks, places of a month, dates of a month, months of a year, days of a year. */
export type VcalendarFrequency = 'D' | 'W' | 'MP' | 'MD' | 'YM' | 'YD';

const isWeekday = (word: string): boolean => WEEKDAYS.includes(word);

/** A part of a rule, such as BYDAY with its values; none: the rule says no more than its frequency. */
export interface ByPart {
  readonly name: string;
  readonly values: readonly string[];
}

/** Days, dates or months; undefined when one of the words is none. */
export function byPart(kind: VcalendarFrequency, list: readonly string[], start: string): ByPart | undefined {
  const of = (name: string, values: readonly (string | undefined)[] | undefined): ByPart | undefined => {
    const known = values?.filter((value) => value !== undefined);
    return known === undefined || known.length !== values?.length ? undefined : { name, values: known };
  };
  const within = (least: number, most: number, words = list) =>
    words.map((word) => {
      const number = Number(signed(word));
      return number !== 0 && number >= least && number <= most ? String(number) : undefined;
    });
  switch (kind) {
    case 'D':
      return of('', list.length === 0 ? [] : undefined);
    case 'W':
      return of('BYDAY', list.every(isWeekday) ? list : undefined);
    case 'MP':
      return of('BYDAY', list.some(isWeekday) ? weekdays(list) : weekdayOf(start, list));
    case 'MD':
      return of(
        'BYMONTHDAY',
        within(
          -31,
          31,
          list.map((word) => (word === 'LD' ? '1-' : word)),
        ),
      );
    case 'YM':
      return of('BYMONTH', within(1, 12));
    case 'YD':
      return of('BYYEARDAY', within(-366, 366));
  }
}

/** `2+`, `1-`, `13`; some write `+2`, `-1`. */
const signed = (word: string): string => {
  const [, before, digits, behind] = /^([+-]?)(\d+)([+-]?)$/.exec(word) ?? [];
  return digits === undefined ? word : `${before === '-' || behind === '-' ? '-' : ''}${Number(digits)}`;
};

const ordinalOf = (word: string): string | undefined => /^-?[1-5]$/.exec(signed(word))?.[0];

/** Ordinals are of the days behind them. */
function weekdays(list: readonly string[]): string[] | undefined {
  const found: string[] = [];
  let ordinals: string[] = [];
  let behind = false;
  for (const word of list) {
    const ordinal = ordinalOf(word);
    if (isWeekday(word)) {
      found.push(...(ordinals.length === 0 ? [word] : ordinals.map((one) => `${one}${word}`)));
      behind = true;
    } else if (ordinal === undefined) return undefined;
    else {
      ordinals = behind ? [ordinal] : [...ordinals, ordinal];
      behind = false;
    }
  }
  return behind ? found : undefined;
}

/** Without a weekday that of the start, without an ordinal its place in the month, too. */
function weekdayOf(start: string, list: readonly string[]): (string | undefined)[] | undefined {
  const day = utcOf(start.slice(0, 8));
  if (day === undefined) return undefined;
  const weekday = WEEKDAYS[new Date(day).getUTCDay()];
  const place = Math.ceil(Number(localOf(day).slice(6, 8)) / 7);
  if (list.length === 0) return [`${place}${weekday}`];
  return list.map((word) => {
    const ordinal = ordinalOf(word);
    return ordinal === undefined ? undefined : `${ordinal}${weekday}`;
  });
}
