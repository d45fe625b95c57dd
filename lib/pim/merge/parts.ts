/** Merges a component with all components inside it: events of a series, alarms, zones. */
import { isException } from '../formats/icalendar/exceptions.ts';
import { sameProperties } from '../same.ts';
import { type Component, sameComponent, sameLists } from '../vobject/model.ts';
import { namedParts, type Part, partName, sameAlarm } from './alarms.ts';
import { underNamesOfItem } from './aliases.ts';
import { withMadeName } from './derived-name.ts';
import { withAlarmsFromDue } from './due-alarms.ts';
import { alignedGroups, withoutLoneLabels } from './groups.ts';
import { mergeProperties } from './properties.ts';
import { withinRoom } from './room.ts';
import { withAlarmsInRoom } from './room-alarms.ts';
import { isHeld, type Merging, mapSides, type Sides } from './sides.ts';
import { withOneState } from './task.ts';

export function mergeComponent(sides: Sides<Component>, merging: Merging): Component {
  const each = mapSides(sides, ({ properties }) => properties);
  const named = underNamesOfItem({ ...each, sent: alignedGroups(each) }, merging);
  const lists = { ...named.sides, sent: withinRoom(named.sides, named.merging) };
  const { now, was } = sides;
  const sent = withAlarmsFromDue(sides.sent, lists.sent);
  const merged = withMadeName(lists, (rest) => mergeProperties(rest, named.merging));
  const properties = withoutLoneLabels(merged, now.properties, was.properties);
  return {
    name: now.name,
    properties: now.name === 'VTODO' ? withOneState(properties, lists, merging) : properties,
    components: mergeParts(
      namedParts({ ...sides, sent: withAlarmsInRoom({ ...sides, sent }, merging) }),
      merging,
    ),
  };
}

/** As with properties, a change by one side wins over a deletion by the other. */
function mergeParts(sides: Sides<readonly Part[]>, merging: Merging): Component[] {
  const { now, sent } = sides;
  const { now: known, was: before, seen: shown, sent: there } = mapSides(sides, byName);
  const kept = now.flatMap(({ name, part }) => {
    const [base, has] = [before.get(name), there.get(name)];
    const isUnseen = merging.unseen.has('RECURRENCE-ID') && isException(part);
    const saw = isUnseen ? undefined : shown.get(name);
    if (has === undefined) {
      const propertyName = part.name === 'VALARM' ? 'VALARM' : 'RECURRENCE-ID';
      const isDeleted =
        saw !== undefined &&
        part.name !== 'VTIMEZONE' &&
        base !== undefined &&
        isHeld(merging.held, propertyName);
      return isDeleted && sameParts(base, part) ? [] : [part];
    }
    const empty = { name: part.name, properties: [], components: [] };
    return [
      mergeComponent(
        { now: part, was: base ?? empty, seen: saw ?? (base ? has : empty), sent: has },
        merging,
      ),
    ];
  });
  const added = sent.filter(({ name, part }) => {
    const saw = shown.get(name);
    const isThere = known.has(name) || (part.name === 'VALARM' && known.has(partName(part)));
    return !isThere && (saw === undefined || !sameParts(saw, part));
  });
  return [...kept, ...added.map(({ part }) => part)];
}

type Named = ReadonlyMap<string, Component>;
/** If several parts have one name, the first is taken. */
const byName = (list: readonly Part[]): Named =>
  new Map([...list].reverse().map(({ name, part }) => [name, part]));

/** Are two parts the same? */
function sameParts(one: Component, other: Component): boolean {
  if (one.name === 'VALARM') return sameAlarm(one, other);
  return (
    sameProperties(one.properties, other.properties) &&
    sameLists(one.components, other.components, sameComponent)
  );
}
