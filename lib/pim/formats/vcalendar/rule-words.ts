/** Reads the words in a rule of vCalendar 1.0 that tell its days, dates or months: in `MP1 2+ TU #5` the words `2+ TU`. */
import { isWeekday, localOf, utcOf, WEEKDAYS } from '../../time/zones/zones.ts';

/**
 * The first word of a rule: daily, weekly, by weekdays of the month, by dates of the month, by months of the year, by
 * days of the year.
 */
export type VcalendarFrequency = 'D' | 'W' | 'MP' | 'MD' | 'YM' | 'YD';

const LETTERS: readonly string[] = ['D', 'W', 'MP', 'MD', 'YM', 'YD'] satisfies VcalendarFrequency[];

/**
 * The frequency with these letters, undefined if there is none. Some devices write only `M` and `Y`: then the words behind
 * tell whether days or dates of the month are meant.
 */
export function frequencyNamed(letters: string, words: readonly string[]): VcalendarFrequency | undefined {
  if (letters === 'M') return words.some(isWeekday) ? 'MP' : 'MD';
  if (letters === 'Y') return 'YM';
  return LETTERS.includes(letters) ? (letters as VcalendarFrequency) : undefined;
}

/** A part of a rule, such as BYDAY with its values. Without values the rule has only its frequency. */
export interface ByPart {
  readonly name: string;
  readonly values: readonly string[];
}

/** The part of the rule that the words give. Undefined if one of the words is not valid. */
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

/** The number in a word: `2+`, `1-`, `13`. Some devices write `+2`, `-1`. */
const signed = (word: string): string => {
  const [, before, digits, behind] = /^([+-]?)(\d+)([+-]?)$/.exec(word) ?? [];
  return digits === undefined ? word : `${before === '-' || behind === '-' ? '-' : ''}${Number(digits)}`;
};

const ordinalOf = (word: string): string | undefined => /^-?[1-5]$/.exec(signed(word))?.[0];

/** Reads weekdays with ordinals. An ordinal applies to the weekdays after it. */
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

/**
 * Reads ordinals without weekdays: the weekday is that of the start. Without ordinals, the place is that of the start,
 * too.
 */
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
