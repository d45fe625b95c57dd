/**
 * The words of the old grammar of recurrence rules, `MP1 2+ TU #5`. What it says besides, and what is no word of it, makes
 * the rule one that is not understood: with less it would be another one.
 */
import { plainTime } from '../../time/times.ts';
import { localOf, utcOf, WEEKDAYS } from '../../time/zones/zones.ts';

export interface OldRule {
  readonly frequency: string;
  readonly interval: number;
  /** `BYDAY=2TU`, if it is not just the day of the start. */
  readonly by: string | undefined;
  /** 0: for ever. */
  readonly count: number;
  readonly end: string | undefined;
}

type Kind = 'D' | 'W' | 'MP' | 'MD' | 'YM' | 'YD';
const FREQUENCIES: { readonly [kind in Kind]: string } = {
  D: 'DAILY',
  W: 'WEEKLY',
  MP: 'MONTHLY',
  MD: 'MONTHLY',
  YM: 'YEARLY',
  YD: 'YEARLY',
};

const isWeekday = (word: string): boolean => WEEKDAYS.includes(word);
/** Without a count or an end. */
const WITHOUT_END = 2;

/** `start`: that of the series, `yyyymmddThhmmss`. Undefined for what is no rule, or not only a rule of this grammar. */
export function oldRule(text: string, start: string): OldRule | undefined {
  const [first = '', ...words] = wordsOf(text);
  const [, kind, digits] = /^(D|W|MP|MD|YM|YD)(\d+)$/.exec(first) ?? [];
  const counts = words.filter((word) => /^#\d+$/.test(word)).map((word) => Number(word.slice(1)));
  const ends = words.flatMap((word) => plainTime(word) ?? []);
  const times = words.filter((word) => /^\d{4}$/.test(word));
  const rest = words.filter((word) => !/^(#\d+|\d{4})$/.test(word) && plainTime(word) === undefined);
  const [count = ends.length > 0 ? 0 : WITHOUT_END] = counts;
  const by = kind === undefined ? undefined : byPart(kind as Kind, rest, start);
  const isSimple = counts.length <= 1 && ends.length <= 1 && (count === 0 || ends.length === 0);
  // A time of day is that of the start: iCalendar has no other.
  const isAtStart = times.every((time) => time === start.slice(9, 13));
  if (by === undefined || !isSimple || !isAtStart || Number(digits) === 0) return undefined;
  return {
    frequency: FREQUENCIES[kind as Kind],
    interval: Number(digits),
    by: by.values.length === 0 ? undefined : `${by.name}=${by.values.join(',')}`,
    count,
    end: ends[0],
  };
}

/** Between blanks; some write commas, `1+SU`, and the `$` that ends a week. */
const wordsOf = (text: string): string[] =>
  text
    .trim()
    .toUpperCase()
    .split(/[\s,]+/)
    .map((word) => word.replace(/\$$/, ''))
    .flatMap((word) => /^([+-]?\d+[+-]?)([A-Z]{2})$/.exec(word)?.slice(1) ?? word)
    .filter((word) => word !== '');

interface By {
  readonly name: string;
  readonly values: readonly string[];
}

/** Days, dates or months; undefined when one of the words is none. */
function byPart(kind: Kind, list: readonly string[], start: string): By | undefined {
  const of = (name: string, values: readonly (string | undefined)[] | undefined): By | undefined => {
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
