/** In which form a device gets a series: by its rule, or by a list of dates; with the dates of its exceptions. */
import { Content } from '../content.ts';
import { rowOf } from '../formats/content-types.ts';
import { isEvent, isException, mainOf, withExclusions } from '../formats/icalendar/exceptions.ts';
import type { Format } from '../formats/registry.ts';
import { isSif } from '../formats/sif/items.ts';
import { isOwnPattern } from '../formats/sif/recurrence.ts';
import { isSaidInSif } from '../formats/sif/series.ts';
import { unsaidInVcalendar } from '../formats/vcalendar/calendar.ts';
import { isOwnRule } from '../formats/vcalendar/rules.ts';
import { OF_SERIES } from '../properties/table.ts';
import { hasDatesLeft } from '../time/listed-dates.ts';
import { parseRule, type Rule } from '../time/rule.ts';
import { startOf } from '../time/times.ts';
import { type Component, firstOf, propertiesOf } from '../vobject/model.ts';
import type { DeviceCapabilities } from './capabilities.ts';

const seriesIn = ({ tree }: Content): readonly Component[] => tree?.components.filter(isEvent) ?? [];

const isVcalendar = ({ type, version }: Format): boolean => rowOf(type, version)?.dialect === 'vcalendar-1.0';

/** Does the item go with a list of dates in place of a rule that the format cannot say, or will it later? */
export function isListed(content: Content, format: Format, capabilities: DeviceCapabilities): boolean {
  const { datesUntil } = capabilities;
  if (datesUntil === undefined) return false;
  return unsaidIn(content, format, capabilities).some((part) => hasDatesLeft(part, datesUntil));
}

/** The series that go as lists of dates. */
function unsaidIn(
  content: Content,
  format: Format,
  { utc, properties }: DeviceCapabilities,
): readonly Component[] {
  if (isSif(format.type)) {
    const main = content.tree && mainOf(content.tree);
    return main === undefined || isSaidInSif(main) ? [] : [main];
  }
  const takesDates = properties === undefined || properties.has('RDATE');
  if (!takesDates || !isVcalendar(format)) return [];
  const series = seriesIn(content).filter((part) => !isException(part));
  return unsaidInVcalendar(series, { utc });
}

/** A series in the form in which devices got it before there were dates in place of exceptions and of rules. */
export interface SeriesThen {
  /** The content from which the copy of the device was written. */
  readonly content: Content;
  /** Names of properties that the copy lacks, or has otherwise than that content. */
  readonly unseen: readonly string[];
}

/**
 * Undefined if the item goes now as it went then. A series went without the rules that the format can say in other words only.
 * Its exceptions were excluded dates, also those that take place at the time of their occurrence.
 */
export function seriesThen(
  content: Content,
  format: Format,
  { oneEvent }: DeviceCapabilities,
): SeriesThen | undefined {
  const parts = seriesIn(content);
  const isOutlook = isSif(format.type);
  const isOld = isOutlook || isVcalendar(format);
  if (isOld && parts.some((part) => !isToldAsItIs(part, isOutlook))) return { content, unseen: OF_SERIES };
  const { tree } = content;
  const hasExceptions = (isOld || oneEvent === true) && parts.length > 1 && parts.some(isException);
  if (!hasExceptions || tree === undefined) return undefined;
  return { content: Content.ofTree(withExclusions(tree), content.type), unseen: [] };
}

function isToldAsItIs(part: Component, isOutlook: boolean): boolean {
  const rules = ['RRULE', 'EXRULE'].flatMap((name) => propertiesOf(part, name));
  if (rules.length === 0) return !(isOutlook && firstOf(part, 'RDATE'));
  const start = startOf(part)?.value ?? '';
  const isOwn = (rule: Rule) => (isOutlook ? isOwnPattern(rule, start) : isOwnRule(rule, start));
  return rules.every(({ value }) => {
    const rule = parseRule(value);
    return rule === undefined || isOwn(rule);
  });
}
