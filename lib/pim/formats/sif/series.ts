/** Writes how an appointment or task repeats, for Outlook: a pattern, with dates that are left out and added. */
import { parseRule, withUntil } from '../../time/rule.ts';
import { atStart, startOf, startOfPeriod } from '../../time/times.ts';
import { type Component, firstOf, type Property, propertiesOf } from '../../vobject/model.ts';
import { ruleToSif } from './recurrence.ts';
import { timeToSif, untilToSif, type WriteClock, zoneToSif } from './times.ts';
import { isKept } from './unknown.ts';
import { field, type SifField } from './xml.ts';

/** In Outlook a series of single dates is a pattern that falls on its start alone, with dates that are added. */
const ONCE = parseRule('FREQ=DAILY;COUNT=1');

const isOfDates = (part: Component): boolean =>
  firstOf(part, 'RDATE') !== undefined &&
  ['RRULE', 'X-RRULE'].every((name) => firstOf(part, name) === undefined) &&
  !isKept(part, 'RecurrenceType');

/**
 * The pattern of a series. Undefined if Outlook has none; it can leave out dates, but not by a rule. `until` converts the end
 * of the rule.
 */
function patternOf(part: Component, until = (end: string) => end): SifField[] | undefined {
  const [first, ...others] = propertiesOf(part, 'RRULE');
  const rule = isOfDates(part) ? ONCE : parseRule(first?.value ?? '');
  const isExpressed = ['EXRULE', 'X-EXRULE'].every((name) => firstOf(part, name) === undefined);
  if (rule === undefined || !isExpressed || others.length > 0) return undefined;
  return ruleToSif(withUntil(rule, until), startOf(part)?.value ?? '');
}

/** Can Outlook say the rules of the part, if it has any? */
export const isSaidInSif = (part: Component): boolean =>
  firstOf(part, 'RRULE') === undefined || patternOf(part) !== undefined;

/** The fields that tell how an item repeats. */
export function seriesFields(part: Component, clock: WriteClock): SifField[] {
  const start = startOf(part);
  const pattern = patternOf(part, (until) => untilToSif(until, start, clock));
  if (pattern === undefined) {
    const isUnknown = firstOf(part, 'RRULE') === undefined && isKept(part, 'RecurrenceType');
    return isUnknown ? [field('IsRecurring', '1'), ...zoneToSif(part)] : [field('IsRecurring', '0')];
  }
  const dates = (name: string, list: readonly Property[]): SifField[] =>
    list.flatMap((one) => {
      const text = timeToSif(atStart(one, start), clock);
      return text === undefined ? [] : [field(name, text)];
    });
  const exceptions = [
    ...dates('ExcludeDate', propertiesOf(part, 'EXDATE')),
    ...dates('IncludeDate', propertiesOf(part, 'RDATE').map(startOfPeriod)),
  ];
  return [
    ...[field('IsRecurring', '1'), ...pattern],
    ...(exceptions.length > 0 ? [field('Exceptions', '', exceptions)] : []),
    ...zoneToSif(part),
  ];
}
