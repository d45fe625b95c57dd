/** Recurrence rules by their meaning. What the start of a series says, some devices say again in the rule, others do not. */
import { type ItemTime, isInstant, zoneOfTime } from './item-time.ts';
import { parseRule, type Rule } from './rule.ts';
import { DAY, inZone, localOf, utcOf, WEEKDAYS } from './zones/zones.ts';

type Parts = Map<string, string>;

/**
 * Equal texts for two rules that mean the same beside their starts; empty for no rule. `start`: of the series, if anybody
 * knows it.
 */
export function ruleMeaning(text: string, start: ItemTime | undefined): string {
  const rule = parseRule(text);
  if (rule === undefined) return '';
  const parts = plainParts(rule);
  asWeekly(parts);
  asNumbered(parts);
  dropImplied(parts, start?.local ?? '');
  const until = parts.get('UNTIL');
  if (until !== undefined) parts.set('UNTIL', lastDay(until, start));
  return [...parts]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(';');
}

/** The parts with their lists sorted, their numbers without plus signs and leading zeros. */
function plainParts(rule: Rule): Parts {
  const plain = (value: string) =>
    [...new Set(value.split(',').map((entry) => entry.replace(/^\+?(-?)0*(?=\d)/, '$1')))].sort().join();
  return new Map([...rule].map(([name, value]) => [name, name === 'UNTIL' ? value : plain(value)]));
}

/** Every day that is one of these weekdays is every week on them. */
function asWeekly(parts: Parts): void {
  const days = parts.get('BYDAY');
  if (parts.get('FREQ') === 'DAILY' && days !== undefined && (parts.get('INTERVAL') ?? '1') === '1')
    parts.set('FREQ', 'WEEKLY');
  if (parts.get('FREQ') !== 'WEEKLY' || (parts.get('INTERVAL') ?? '1') !== '1') return;
  if (days?.split(',').length !== WEEKDAYS.length) return;
  parts.set('FREQ', 'DAILY');
  parts.delete('BYDAY');
}

/** The second of all Tuesdays is the second Tuesday. */
function asNumbered(parts: Parts): void {
  const [day = '', position = ''] = [parts.get('BYDAY'), parts.get('BYSETPOS')];
  if (parts.get('FREQ') !== 'MONTHLY' || !WEEKDAYS.includes(day) || !/^-?\d+$/.test(position)) return;
  parts.set('BYDAY', `${position}${day}`);
  parts.delete('BYSETPOS');
}

/** Takes out what the rule means with this start anyway [RFC 5545 3.3.10]. */
function dropImplied(parts: Parts, start: string): void {
  const drop = (name: string, ...implied: readonly string[]) => {
    if (implied.includes(parts.get(name) ?? '')) parts.delete(name);
  };
  drop('INTERVAL', '1');
  // Where a week begins matters only to what skips weeks, or counts them.
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
      // The day of the start is in its week, so it is nothing that a week's beginning could move.
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
 * The last day on which an occurrence may start. UNTIL says it as a date, as the time of the last start, as the end of that
 * day, or as its midnight.
 */
function lastDay(until: string, start: ItemTime | undefined): string {
  const isUtc = until.endsWith('Z');
  const instant = utcOf(until);
  const zone = zoneOfTime(start);
  const local =
    isUtc && zone !== undefined && instant !== undefined ? inZone(instant, zone) : until.replace(/Z$/, '');
  const [day = '', time = ''] = local.split('T');
  const [, clock = ''] = start?.local.split('T') ?? [];
  // An end in UTC cannot be compared with a start whose instant nobody knows.
  const isComparable = !isUtc || (start !== undefined && isInstant(start));
  const isBefore = isComparable && time !== '' && !/^0+$/.test(time) && time < clock;
  const end = isBefore ? utcOf(day) : undefined;
  return end === undefined ? day : localOf(end - DAY).slice(0, 8);
}
