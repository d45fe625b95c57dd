/** Rules with all of their days moved by one: those of a series whose local days are other days in UTC. */
import { hasOthersThan, intervalOf, listOf, type Rule } from './rule.ts';
import { dayAfter, WEEKDAYS } from './zones/zones.ts';

const KNOWN = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'BYMONTHDAY', 'BYMONTH'];
/** Every month has this date. */
const LAST_DATE = 28;

/** The rule for the day after (1) or before (-1) each of its days. Undefined where no such rule has just these days. */
export function movedByDay(rule: Rule, days: number): Rule | undefined {
  if (hasOthersThan(rule, KNOWN)) return undefined;
  const parts = ['BYDAY', 'BYMONTH', 'BYMONTHDAY'].filter((name) => rule.has(name)).join();
  switch (`${rule.get('FREQ')} ${parts}`) {
    case 'DAILY ':
    case 'WEEKLY ':
      return withEnd(rule, days);
    case 'DAILY BYDAY':
    case 'WEEKLY BYDAY':
      return onWeekdays(withEnd(rule, days), days);
    case 'MONTHLY BYMONTHDAY':
    case 'YEARLY BYMONTH,BYMONTHDAY':
      return onDates(withEnd(rule, days), days);
    default:
      return undefined;
  }
}

/** An end that is a day is moved, too. An end that is an instant stays. */
function withEnd(rule: Rule, days: number): Rule {
  const end = rule.get('UNTIL') ?? '';
  return end.length === 8 ? new Map(rule).set('UNTIL', dayAfter(end, days)) : rule;
}

function onWeekdays(rule: Rule, days: number): Rule | undefined {
  const moved = (day: string) => WEEKDAYS.at((WEEKDAYS.indexOf(day) + days) % WEEKDAYS.length) ?? day;
  const list = listOf(rule, 'BYDAY');
  if (!list.every((day) => WEEKDAYS.includes(day))) return undefined;
  const result = new Map(rule).set('BYDAY', list.map(moved).join());
  return intervalOf(rule) > 1 ? result.set('WKST', moved(rule.get('WKST') ?? 'MO')) : result;
}

/** Dates at the end of a month are left out: the day after the 31st has another date each time. */
function onDates(rule: Rule, days: number): Rule | undefined {
  const dates = listOf(rule, 'BYMONTHDAY').map(Number);
  const isInside = (date: number) => date >= 1 && date <= LAST_DATE;
  if (!dates.every((date) => isInside(date) && isInside(date + days))) return undefined;
  return new Map(rule).set('BYMONTHDAY', dates.map((date) => date + days).join());
}
