/** Recurrence rules: one spelling for those of iCalendar 2.0, and both ways to the grammar of vCalendar 1.0. */

/** Parts in a fixed order, what is the default left out. */
export function canonicalRule(rule: string): string {
  const parts = partsOf(rule);
  if (parts.get('INTERVAL') === '1') parts.delete('INTERVAL');
  const ordered = [...parts].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return ordered.map(([name, value]) => `${name}=${value}`).join(';');
}

const ORDER = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL'];
const rank = (name: string): number => (ORDER.indexOf(name) + ORDER.length + 1) % (ORDER.length + 1);

const partsOf = (rule: string): Map<string, string> =>
  new Map(
    rule
      .toUpperCase()
      .replace(/\s/g, '')
      .split(';')
      .flatMap((part): [string, string][] => {
        const [name = '', value = ''] = part.split('=');
        return value === '' ? [] : [[name, value]];
      }),
  );

const DAY = /^(SU|MO|TU|WE|TH|FR|SA)$/;
const WITHOUT_END = 2;

/** `MP1 2+ TU #5` as `FREQ=MONTHLY;...`; undefined for what is no rule. `until` turns an end date into an UNTIL. */
export function ruleFromOld(text: string, until: (end: string) => string): string | undefined {
  const [first = '', ...words] = wordsOf(text);
  const [, kind = '', interval] = /^(D|W|MP|MD|YM|YD)(\d+)$/.exec(first) ?? [];
  const frequency = FREQUENCIES[kind];
  if (frequency === undefined || interval === undefined) return undefined;
  const ends = words.filter((word) => word.startsWith('#') || /^\d{8}/.test(word));
  const list = words.filter((word) => !ends.includes(word) && !/^\d{4}$/.test(word));
  const by = byPart(kind, list);
  return canonicalRule(
    [
      `FREQ=${frequency}`,
      `INTERVAL=${Number(interval)}`,
      ...(by === undefined ? [] : [by]),
      ...endOf(ends, until),
    ].join(';'),
  );
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

const FREQUENCIES: { readonly [kind: string]: string } = {
  D: 'DAILY',
  W: 'WEEKLY',
  MP: 'MONTHLY',
  MD: 'MONTHLY',
  YM: 'YEARLY',
  YD: 'YEARLY',
};

/** A count, an end, or neither: that means twice. */
function endOf(ends: readonly string[], until: (end: string) => string): string[] {
  const date = ends.find((word) => !word.startsWith('#'));
  if (date !== undefined) return [`UNTIL=${until(date)}`];
  const count = Number(ends[0]?.slice(1) ?? WITHOUT_END);
  return count === 0 || Number.isNaN(count) ? [] : [`COUNT=${count}`];
}

function byPart(kind: string, list: readonly string[]): string | undefined {
  const numbers = list.map(signed).filter((word) => /^-?\d+$/.test(word));
  switch (kind) {
    case 'W':
      return listPart(
        'BYDAY',
        list.filter((word) => DAY.test(word)),
      );
    case 'MP':
      return listPart('BYDAY', weekdays(list));
    case 'MD':
      return listPart(
        'BYMONTHDAY',
        list.map((word) => (word === 'LD' ? '-1' : signed(word))).filter((word) => /^-?\d+$/.test(word)),
      );
    case 'YM':
      return listPart('BYMONTH', numbers);
    case 'YD':
      return listPart('BYYEARDAY', numbers);
    default:
      return undefined;
  }
}

const listPart = (name: string, values: readonly string[]): string | undefined =>
  values.length === 0 ? undefined : `${name}=${values.join(',')}`;

/** `2+`, `1-`, `13`; some write `+2`, `-1`. */
const signed = (word: string): string => {
  const [, before, digits, behind] = /^([+-]?)(\d+)([+-]?)$/.exec(word) ?? [];
  return digits === undefined ? word : `${before === '-' || behind === '-' ? '-' : ''}${Number(digits)}`;
};

/** Ordinals are of the days behind them. */
function weekdays(list: readonly string[]): string[] {
  const found: string[] = [];
  let ordinals: string[] = [];
  let behind = false;
  for (const word of list) {
    if (DAY.test(word)) {
      found.push(...(ordinals.length === 0 ? [word] : ordinals.map((ordinal) => `${ordinal}${word}`)));
      behind = true;
      continue;
    }
    ordinals = behind ? [signed(word)] : [...ordinals, signed(word)];
    behind = false;
  }
  return found;
}

/**
 * The rule in the old grammar; undefined when that cannot say it. `end` turns an UNTIL into an end date, `start` is that of
 * the series, `yyyymmdd...`: what the rule leaves out is its day or month.
 */
export function ruleToOld(rule: string, end: (until: string) => string, start = ''): string | undefined {
  const parts = partsOf(rule);
  const known = [
    'FREQ',
    'INTERVAL',
    'COUNT',
    'UNTIL',
    'WKST',
    'BYDAY',
    'BYMONTHDAY',
    'BYMONTH',
    'BYYEARDAY',
    'BYSETPOS',
  ];
  if ([...parts.keys()].some((name) => !known.includes(name))) return undefined;
  const words = oldWords(parts, start);
  if (words === undefined) return undefined;
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  const last = until !== undefined ? end(until) : `#${count ?? 0}`;
  return [...words, last].join(' ');
}

function oldWords(parts: ReadonlyMap<string, string>, start: string): string[] | undefined {
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const list = (name: string) => parts.get(name)?.split(',') ?? [];
  const [days, dates, months] = [list('BYDAY'), list('BYMONTHDAY'), list('BYMONTH')];
  const limits = ['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYYEARDAY', 'BYSETPOS']
    .filter((name) => parts.has(name))
    .join();
  switch (`${parts.get('FREQ')} ${limits}`) {
    case 'DAILY ':
      return [`D${interval}`];
    case 'DAILY BYDAY': // each week on these days
      return interval === 1 ? ['W1', ...days] : undefined;
    case 'WEEKLY ':
    case 'WEEKLY BYDAY':
      return [`W${interval}`, ...days];
    case 'MONTHLY ':
    case 'MONTHLY BYMONTHDAY':
      return [`MD${interval}`, ...dates.map(ordinalWord)];
    case 'MONTHLY BYDAY':
      return monthly(interval, days);
    case 'MONTHLY BYDAY,BYSETPOS':
      return monthly(
        interval,
        days.map((day) => `${parts.get('BYSETPOS')}${day}`),
        days.length === 1,
      );
    case 'YEARLY ':
    case 'YEARLY BYMONTH':
      return [`YM${interval}`, ...months];
    case 'YEARLY BYMONTHDAY,BYMONTH':
      return isAt(start.slice(6, 8), dates) ? [`YM${interval}`, ...months] : undefined;
    case 'YEARLY BYDAY,BYMONTH':
      return isAt(start.slice(4, 6), months) ? monthly(interval * 12, days) : undefined;
    case 'YEARLY BYYEARDAY':
      return [`YD${interval}`, ...list('BYYEARDAY')];
    default:
      return undefined;
  }
}

/** Is it the only one, counted from the beginning, and that of the start? */
const isAt = (ofStart: string, numbers: readonly string[]): boolean =>
  numbers.length === 1 && Number(ofStart || numbers[0]) === Number(numbers[0]) && Number(numbers[0]) > 0;

const ordinalWord = (number: string): string =>
  number.startsWith('-') ? `${number.slice(1)}-` : `${number.replace('+', '')}+`;

function monthly(interval: number, days: readonly string[], sayable = true): string[] | undefined {
  const found = days.map((day) => /^([+-]?\d+)(SU|MO|TU|WE|TH|FR|SA)$/.exec(day));
  if (!sayable || found.some((day) => day === null)) return undefined;
  return [`MP${interval}`, ...found.flatMap((day) => [ordinalWord(day?.[1] ?? ''), day?.[2] ?? ''])];
}
