/** Series for devices that take one event an item: many join several into one that never was. */
import { type Component, firstOf, type Property, valueIn } from '../model.ts';

const isException = (part: Component): boolean => firstOf(part, 'RECURRENCE-ID') !== undefined;
const uidOf = (part: Component): string => valueIn(part, 'UID') ?? '';

/** The events without the exceptions: their dates are left out of their series. One that stands alone stays. */
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
