/**
 * Others changed when a series takes place, and perhaps the device did, too. A merge takes the schedule of one side, and what
 * either says of single occurrences is said at its own times: a side that moved the series moved its exclusions and exceptions,
 * too.
 */
import { isEvent, isException, mainOf } from '../formats/icalendar/exceptions.ts';
import { sameProperties } from '../same.ts';
import { type Component, firstOf, type Property, propertiesOf, valueIn } from '../vobject/model.ts';
import { scheduleMeaning } from './schedule.ts';
import { movedBy, withOccurrenceShifted, withShifted } from './shift.ts';
import { type Merging, mapSides, type Sides } from './sides.ts';

/**
 * The sides with their exclusions and exceptions at the times of the schedule that wins. Undefined in these cases: others left
 * the schedule as it was; two that never met have the same schedule; a side has no series, or more than one.
 */
export function atTimesOfWinner(
  sides: Sides<Component>,
  { winner, union }: Pick<Merging, 'winner' | 'union'>,
): Sides<Component> | undefined {
  const { now, was, seen, sent } = mapSides(sides, seriesIn);
  if (now === undefined || sent === undefined) return undefined;
  const target = winner === 'client' ? sent : now;
  if (union) {
    const isOne = !isChanged(now, sent);
    return isOne
      ? undefined
      : { ...sides, now: moved(sides.now, now, target), sent: moved(sides.sent, sent, target) };
  }
  if (was === undefined || seen === undefined || !isChanged(was, now)) return undefined;
  const isMoved = isChanged(seen, sent);
  const to = isMoved ? target : now;
  const told = isMoved && saysAsBefore(sides.seen, sides.sent) ? seen : sent;
  return {
    now: moved(sides.now, now, to),
    was: moved(sides.was, was, to),
    seen: moved(sides.seen, seen, to),
    sent: moved(sides.sent, told, to),
  };
}

const isChanged = (before: Component, after: Component): boolean =>
  scheduleMeaning(before.properties) !== scheduleMeaning(after.properties);

/** The one event of the calendar, which is a series. */
function seriesIn({ components }: Component): Component | undefined {
  const [only, ...others] = components.filter((part) => isEvent(part) && !isException(part));
  return only && others.length === 0 && firstOf(only, 'RRULE') !== undefined ? only : undefined;
}

/** Does the device say of occurrences what it was shown, at the times that were before it moved the series? */
function saysAsBefore(seen: Component, sent: Component): boolean {
  const [shown, told] = [seen, sent].map(exclusionsIn) as [readonly Property[], readonly Property[]];
  const [before, after] = [seen, sent].map((one) => one.components.filter(isException).map(occurrenceOf));
  return sameProperties(shown, told) && (before ?? []).every((one) => after?.includes(one));
}

const exclusionsIn = (calendar: Component): readonly Property[] => {
  const series = mainOf(calendar);
  return series === undefined ? [] : propertiesOf(series, 'EXDATE');
};

/** The calendar with all exclusions and exceptions moved as far as it is from one start to the other. */
function moved(calendar: Component, from: Component, to: Component): Component {
  const by = movedBy(from, to);
  if (by === undefined) return calendar;
  const components = calendar.components.map((part) => {
    if (isException(part)) return withOccurrenceShifted(part, by);
    return isEvent(part) ? withShifted(part, by, ({ name }) => name === 'EXDATE') : part;
  });
  return { ...calendar, components };
}

const occurrenceOf = (part: Component): string => valueIn(part, 'RECURRENCE-ID') ?? '';
