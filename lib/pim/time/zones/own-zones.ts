/**
 * Zones that an item defines: which definition a name means. The name is a text in the definition and a parameter in a
 * time, and these are spelled in different ways [RFC 5545 3.2.19, 3.8.3.1].
 */
import { type Component, type Property, paramValues, valueIn } from '../../vobject/model.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { spend, spendOnce } from '../../work/budget.ts';
import { intervalOf, parseRule, periodOf, type Rule } from '../rule.ts';
import type { Usage } from './rules.ts';
import { ANY_YEAR } from './search.ts';
import type { LocalTime } from './zones.ts';

/** The name as a parameter can hold it. A parameter has no quotes, line ends and outer blanks. */
const plainName = (text: string): string =>
  text
    .trim()
    .replace(/^"([^"]*)"$/, '$1')
    .replace(/[\r\n]+/g, ' ')
    .replace(/"/g, "'")
    .trim();

/** The name of the zone that a definition defines. */
export const zoneNameOf = (definition: Component): string =>
  plainName(unescapeText(valueIn(definition, 'TZID') ?? ''));

/** The name of the zone in a property, such as a time. Commas separate values where the name has no quotes. */
export function zoneNameIn(of: Property): string | undefined {
  const values = paramValues(of, 'TZID');
  return values.length === 0 ? undefined : plainName(values.join(', '));
}

/** A text that is equal for spellings of one name: devices add and drop blanks, quotes and backslashes. */
const spellingOfZone = (name: string): string => name.replace(/[\\\s"']/g, '');

export const isDefinition = ({ name }: Component): boolean => name === 'VTIMEZONE';

/** The definitions of a calendar by their names, and by the spelling of these. Of equal ones the first. */
interface Definitions {
  readonly named: ReadonlyMap<string, Component>;
  readonly spelt: ReadonlyMap<string, Component>;
}
const definitionsFound = new WeakMap<Component, Definitions>();

function definitionsIn(calendar: Component): Definitions {
  spendOnce(calendar.components, calendar.components.length);
  const found = definitionsFound.get(calendar);
  if (found !== undefined) return found;
  const all = calendar.components.filter(isDefinition).reverse();
  const named = new Map(all.map((one) => [zoneNameOf(one), one]));
  const spelt = new Map(all.map((one) => [spellingOfZone(zoneNameOf(one)), one]));
  definitionsFound.set(calendar, { named, spelt });
  return { named, spelt };
}

/** The definition that a name means: the one of this name, or else one of another spelling of it. */
export function zoneDefinition(name: string, calendar: Component | undefined): Component | undefined {
  if (calendar === undefined) return undefined;
  const { named, spelt } = definitionsIn(calendar);
  spend(1);
  return named.get(plainName(name)) ?? spelt.get(spellingOfZone(name));
}

/** The name of a zone as its definition has it. Without a definition, the name itself. */
export function definedName(name: string, calendar: Component | undefined): string {
  const definition = zoneDefinition(name, calendar);
  return definition === undefined ? plainName(name) : zoneNameOf(definition);
}

/** The definition with its name in one spelling. */
export const withPlainName = (definition: Component): Component => ({
  ...definition,
  properties: definition.properties.map((one) =>
    one.name === 'TZID' ? { ...one, value: escapeText(zoneNameOf(definition)) } : one,
  ),
});

/** The names of all zones in the properties of a component, and of the components inside it. */
export const zoneNamesIn = ({ properties, components }: Component): string[] => [
  ...properties.flatMap((one) => zoneNameIn(one) ?? []),
  ...components.flatMap(zoneNamesIn),
];

const UNUSED: Usage = { times: [], lastYear: undefined };
const usagesFound = new WeakMap<Component, ReadonlyMap<Component, Usage>>();

/** The local times that mean a definition, and the last year of a series of them. */
export function usageOf(definition: Component, calendar: Component | undefined): Usage {
  if (calendar === undefined) return UNUSED;
  const usages = usagesFound.get(calendar) ?? usagesIn(calendar);
  usagesFound.set(calendar, usages);
  return usages.get(definition) ?? UNUSED;
}

/** The usage of each definition of the calendar that a time means. */
function usagesIn(calendar: Component): Map<Component, Usage> {
  const usages = new Map<Component, { times: LocalTime[]; lastYear: number | undefined }>();
  const visit = ({ properties, components }: Component): void => {
    const rules = properties.flatMap(({ name, value }) => (name === 'RRULE' ? (parseRule(value) ?? []) : []));
    const own = properties.flatMap((of) => {
      const name = zoneNameIn(of);
      const definition = name === undefined ? undefined : zoneDefinition(name, calendar);
      return definition === undefined ? [] : [{ definition, times: localTimesIn(of) }];
    });
    for (const [definition, all] of Map.groupBy(own, (one) => one.definition)) {
      const usage = usages.get(definition) ?? { times: [], lastYear: undefined };
      const [start, ...others] = all.flatMap(({ times }) => times);
      if (start === undefined) continue;
      for (const time of [start, ...others]) usage.times.push(time);
      for (const rule of rules) usage.lastYear = Math.max(usage.lastYear ?? 0, lastYearOf(rule, start));
      usages.set(definition, usage);
    }
    components.forEach(visit);
  };
  calendar.components.filter((part) => !isDefinition(part)).forEach(visit);
  return usages;
}

const localTimesIn = ({ value }: Property): LocalTime[] =>
  value.split(/[,/]/).flatMap((text) => {
    const time = text.trim().replace(/(\d)[-:](?=\d)/g, '$1');
    return /^\d{8}T\d{6}$/.test(time) ? [time] : [];
  });

/** The year in which a series ends. A series without an end is taken to go on from today. */
function lastYearOf(rule: Rule, start: LocalTime): number {
  const [until, count, year] = [rule.get('UNTIL'), rule.get('COUNT'), Number(start.slice(0, 4))];
  if (until !== undefined) return Math.max(year, Number(until.slice(0, 4)) || 0);
  if (count === undefined) return Math.max(year, ANY_YEAR) + 1;
  const days = Number(count) * intervalOf(rule) * periodOf(rule);
  return year + Math.ceil(Math.min(days, 36_600) / 365);
}
