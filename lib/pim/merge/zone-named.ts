/**
 * Two series that meet for the first time, and are the same but for their clocks: a phone told the one in UTC and named no
 * zone, so that it is stored in UTC or by an assumed clock (docs/adr/0024-a-rule-that-goes-by-another-clock.md). If the copy
 * of another device names a zone, the series goes by that zone from then on.
 */
import { isException, mainOf } from '../formats/icalendar/exceptions.ts';
import { isTime } from '../properties/table.ts';
import { withMeantExclusions } from '../time/exclusions.ts';
import { instantOfTime, itemTime, withTime, zonedTime, zoneOfTime } from '../time/item-time.ts';
import { type Recurrence, recurrenceOf, sameRecurrence, tellsNoZone } from '../time/recurrence.ts';
import { withAssumedNames } from '../time/zones/clocks-in-item.ts';
import { type Component, type Property, propertiesOf } from '../vobject/model.ts';

/** The item with its series in the zone that the copy names, or as it is. */
export function inZoneNamed(item: Component, copy: Component): Component {
  if (![item, copy].every((one) => rulesOf(mainOf(one)).length === 1)) return item;
  const [now, sent] = [item, copy].map(withAssumedNames) as [Component, Component];
  const [own, other] = [now, sent].map(mainOf);
  // Exceptions may be by the steady clock of UTC.
  if (own === undefined || other === undefined || now.components.some(isException)) return item;
  const zone = zoneNamed(own, other);
  if (zone === undefined) return item;
  const rules = rulesOf(other);
  const properties = own.properties.flatMap((one) => (one.name === 'RRULE' ? rules : [inZone(one, zone)]));
  const series = withMeantExclusions({ ...own, properties });
  return { ...now, components: now.components.map((part) => (part === own ? series : part)) };
}

const rulesOf = (part: Component | undefined): readonly Property[] =>
  part === undefined ? [] : propertiesOf(part, 'RRULE');

/** The zone of the copy, if the item has none, and both recur at the same times. */
function zoneNamed(own: Component, other: Component): string | undefined {
  const [item, copy] = [own, other].map(recurrenceOf) as [Recurrence, Recurrence];
  const [start, from] = [item, copy].map((one) => one.start && instantOfTime(one.start));
  if (!tellsNoZone(item.start) || tellsNoZone(copy.start)) return undefined;
  return start === from && sameRecurrence(item, copy) ? zoneOfTime(copy.start) : undefined;
}

function inZone(one: Property, zone: string): Property {
  const at = isTime(one.name) && tellsNoZone(itemTime(one)) ? instantOfTime(itemTime(one)) : undefined;
  return at === undefined ? one : withTime(one, zonedTime(at, zone));
}
