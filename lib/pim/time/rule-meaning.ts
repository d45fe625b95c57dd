/**
 * Compares recurrence rules by their meaning. The start of a series implies some parts of its rule, which some devices
 * write and others leave out.
 */
import { type ItemTime, isInstant, zoneOfTime } from './item-time.ts';
import { parseRule, type Rule } from './rule.ts';
import { simplestRule } from './rule-forms.ts';
import { DAY, inZone, localOf, utcOf, WEEKDAYS } from './zones/zones.ts';

type Parts = Map<string, string>;

/**
 * A text that is equal for rules of the same meaning; empty without a rule. `start` is the start of the series,
 * undefined if it is not known.
 */
export function ruleMeaning(text: string, start: ItemTime | undefined): string {
  const rule = parseRule(text);
  if (rule === undefined) return '';
  const parts = plainParts(simplestRule(rule, start?.local ?? ''));
  dropImplied(parts, start?.local ?? '');
  const until = parts.get('UNTIL');
  if (until !== undefined) parts.set('UNTIL', lastDay(until, start));
  return [...parts]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(';');
}

/** The parts of a rule with sorted lists. Plus signs and leading zeros of numbers are removed. */
function plainParts(rule: Rule): Parts {
  const plain = (value: string) =>
    [...new Set(value.split(',').map((entry) => entry.replace(/^\+?(-?)0*(?=\d)/, '$1')))].sort().join();
  return new Map([...rule].map(([name, value]) => [name, name === 'UNTIL' ? value : plain(value)]));
}

/** Removes parts that are defaults, or that the start implies [RFC 5545 3.3.10]. */
function dropImplied(parts: Parts, start: string): void {
  const drop = (name: string, ...implied: readonly string[]) => {
    if (implied.includes(parts.get(name) ?? '')) parts.delete(name);
  };
  drop('INTERVAL', '1');
  // The first day of the week matters only to rules that skip weeks or count them.
  const skips = parts.get('FREQ') === 'WEEKLY' && parts.has('INTERVAL') && parts.has('BYDAY');
  if (!skips && !parts.has('BYWEEKNO')) parts.delete('WKST');
  drop('WKST', 'MO');
  const at = utcOf(start);
  if (at === undefined) return;
  const date = new Date(at);
  drop('BYHOUR', String(date.getUTCHours()));
  drop('BYMINUTE', String(date.getUTCMinutes()));
  drop('BYSECOND', String(date.getUTCSeconds()));
  const [day, month] = [String(date.getUTCDate()), String(date.getUTCMonth() + 1)];
  const has = (...names: string[]) => names.some((name) => parts.has(name));
  switch (parts.get('FREQ')) {
    case 'WEEKLY':
      // A rule on only the weekday of the start does not depend on the first day of the week.
      if (parts.get('BYDAY') === WEEKDAYS[date.getUTCDay()])
        for (const name of ['BYDAY', 'WKST']) parts.delete(name);
      break;
    case 'MONTHLY':
      if (!has('BYDAY', 'BYSETPOS')) drop('BYMONTHDAY', day);
      break;
    case 'YEARLY':
      if (has('BYDAY', 'BYSETPOS', 'BYWEEKNO', 'BYYEARDAY') || parts.get('BYMONTH') !== month) break;
      drop('BYMONTHDAY', day);
      if (!has('BYMONTHDAY')) parts.delete('BYMONTH');
      break;
  }
}

/**
 * The last day on which an occurrence may start. Devices write UNTIL as that day, as the time of the last start, as the
 * end of that day, or as its midnight.
 */
function lastDay(until: string, start: ItemTime | undefined): string {
  const isUtc = until.endsWith('Z');
  const instant = utcOf(until);
  const zone = zoneOfTime(start);
  const local =
    isUtc && zone !== undefined && instant !== undefined ? inZone(instant, zone) : until.replace(/Z$/, '');
  const [day = '', time = ''] = local.split('T');
  const [, clock = ''] = start?.local.split('T') ?? [];
  // An end in UTC cannot be compared with a start that is not a known instant.
  const isComparable = !isUtc || (start !== undefined && isInstant(start));
  const isBefore = isComparable && time !== '' && !/^0+$/.test(time) && time < clock;
  const end = isBefore ? utcOf(day) : undefined;
  return end === undefined ? day : localOf(end - DAY).slice(0, 8);
}
