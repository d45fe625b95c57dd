/** Rules of vCalendar 1.0 from text to text. */
import { ruleFromVcalendar, ruleToVcalendar } from '../../../lib/pim/formats/vcalendar/rules.ts';
import { parseRule, printRule } from '../../../lib/pim/time/rule.ts';

type Until = (end: string) => string;

export function ruleFromOld(text: string, until: Until, start = ''): string | undefined {
  const rule = ruleFromVcalendar(text, { start, until });
  return rule && printRule(rule);
}

export function ruleToOld(text: string, until: Until, start = ''): string | undefined {
  const rule = parseRule(text);
  return rule && ruleToVcalendar(rule, { start, until });
}
