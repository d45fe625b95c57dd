/**
 * Series and their exceptions. Some devices take only one event in an item, and would mix up several; they get the
 * series without its exceptions.
 */
import { type Component, firstOf, type Property, valueIn } from '../../vobject/model.ts';

export const isException = (part: Component): boolean => firstOf(part, 'RECURRENCE-ID') !== undefined;
/** Is it an appointment or a task? */
export const isEvent = ({ name }: Component): boolean => name === 'VEVENT' || name === 'VTODO';

/** The series, or the single event. An exception only if there is nothing else. */
export function mainOf(calendar: Component): Component | undefined {
  const events = calendar.components.filter(isEvent);
  return events.find((one) => !isException(one)) ?? events[0];
}

const uidOf = (part: Component): string => valueIn(part, 'UID') ?? '';

/** Removes the exceptions and adds an EXDATE to the series for each. An exception without a series is kept. */
export function withoutExceptions(calendar: Component): Component {
  const zones = calendar.components.filter(({ name }) => name === 'VTIMEZONE');
  const parts = calendar.components.filter(({ name }) => name !== 'VTIMEZONE');
  const exceptions = parts.filter(isException);
  if (exceptions.length === 0) return calendar;
  const dates = Map.groupBy(exceptions, uidOf);
  const masters = parts.filter((part) => !isException(part));
  const shown = masters.length > 0 ? masters : parts.slice(0, 1);
  const left = (part: Component): Property[] =>
    (isException(part) ? [] : (dates.get(uidOf(part)) ?? [])).flatMap((exception) => {
      const id = firstOf(exception, 'RECURRENCE-ID');
      return id === undefined ? [] : [{ ...id, name: 'EXDATE' }];
    });
  const components = shown.map((part) => ({ ...part, properties: [...part.properties, ...left(part)] }));
  return { ...calendar, components: [...zones, ...components] };
}
