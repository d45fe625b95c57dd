/**
 * Series and their exceptions. Some devices take only one event in an item, and would mix up several; they get the
 * series without its exceptions, with the dates on which these take place.
 */
import {
  instantOfTime,
  isInSameZone,
  isInstant,
  itemTime,
  timeLike,
  withTime,
} from '../../time/item-time.ts';
import { atStart, startOf } from '../../time/times.ts';
import {
  type Component,
  firstOf,
  type Property,
  paramOf,
  sameProperty,
  valueIn,
  withoutParams,
} from '../../vobject/model.ts';

export const isException = (part: Component): boolean => firstOf(part, 'RECURRENCE-ID') !== undefined;
/** Is it an appointment or a task? */
export const isEvent = ({ name }: Component): boolean => name === 'VEVENT' || name === 'VTODO';

/** The series, or the single event. An exception only if there is nothing else. */
export function mainOf(calendar: Component): Component | undefined {
  const events = calendar.components.filter(isEvent);
  return events.find((one) => !isException(one)) ?? events[0];
}

const uidOf = (part: Component): string => valueIn(part, 'UID') ?? '';

/** What is written in the series in place of an exception, by the clock of the series. */
export interface StandIn {
  readonly exception: Component;
  /** The EXDATE of the occurrence that the exception replaces. */
  readonly excluded: Property;
  /** The RDATE at which it takes place. Undefined if it does not take place, or its time is not known. */
  readonly extra: Property | undefined;
  /** Does it take place at the time of the occurrence? Then nothing is written: the occurrence of the series stands. */
  readonly isInPlace: boolean;
}

/** Tells the stand-ins of each series of a calendar. */
export function standInsIn({ components }: Component): (series: Component) => readonly StandIn[] {
  const exceptions = Map.groupBy(components.filter(isException), uidOf);
  return (series) => {
    const from = startOf(series);
    if (from === undefined || isException(series)) return [];
    return (exceptions.get(uidOf(series)) ?? []).flatMap((one) => standInOf(one, from));
  };
}

/** `from` is the start of the series. */
function standInOf(exception: Component, from: Property): StandIn[] {
  const [id, start] = [firstOf(exception, 'RECURRENCE-ID'), startOf(exception)];
  if (id === undefined) return [];
  const takesPlace = start !== undefined && valueIn(exception, 'STATUS') !== 'CANCELLED';
  const excluded = likeStart({ ...withoutParams(id, 'RANGE'), name: 'EXDATE' }, from);
  const extra = takesPlace ? likeStart({ ...start, name: 'RDATE' }, from) : undefined;
  const isInPlace = extra !== undefined && sameProperty({ ...extra, name: 'EXDATE' }, excluded);
  return [{ exception, excluded, extra, isInPlace }];
}

/** The time in the kind of the start of the series, in its zone. A time of which the instant is not known stays as it is. */
function likeStart(one: Property, start: Property): Property {
  const [time, model] = [itemTime(one), itemTime(start)];
  if (isInSameZone(time, model)) return one;
  if (model.kind === 'day') return withTime(one, { kind: 'day', local: time.local.slice(0, 8) });
  if (time.kind === 'day') return atStart(one, start);
  const at = instantOfTime(time);
  return at !== undefined && isInstant(time) && isInstant(model) ? withTime(one, timeLike(model, at)) : one;
}

/** The properties that are written in the series for its stand-ins. */
export const standInDates = (standIns: readonly StandIn[]): Property[] =>
  standIns.flatMap(({ excluded, extra, isInPlace }) =>
    isInPlace ? [] : [excluded, ...(extra === undefined ? [] : [extra])],
  );

/** The series with the properties of its stand-ins. One that it has already is not added again. */
export function withStandInDates(series: Component, standIns: readonly StandIn[]): Component {
  const dates = standInDates(standIns);
  if (dates.length === 0) return series;
  const known = new Set(series.properties.map(keyOf));
  return { ...series, properties: [...series.properties, ...dates.filter((one) => !known.has(keyOf(one)))] };
}

const keyOf = (one: Property): string => `${one.name} ${one.value} ${paramOf(one, 'TZID') ?? ''}`;

/**
 * Removes the exceptions. The series gets an EXDATE for each, and an RDATE at its new time. An exception without a series is
 * kept.
 */
export const withoutExceptions = (calendar: Component): Component =>
  replaced(calendar, (series, standIns) => withStandInDates(series, standIns));

/** Removes the exceptions. The series gets an EXDATE for each, whenever it takes place: so devices got them once. */
export const withExclusions = (calendar: Component): Component =>
  replaced(calendar, (series, standIns) => ({
    ...series,
    properties: [...series.properties, ...standIns.map(({ excluded }) => excluded)],
  }));

function replaced(
  calendar: Component,
  inPlace: (series: Component, standIns: readonly StandIn[]) => Component,
): Component {
  const zones = calendar.components.filter(({ name }) => name === 'VTIMEZONE');
  const parts = calendar.components.filter(({ name }) => name !== 'VTIMEZONE');
  const masters = parts.filter((part) => !isException(part));
  if (masters.length === parts.length) return calendar;
  const standIns = standInsIn(calendar);
  const shown = masters.length > 0 ? masters : parts.slice(0, 1);
  const components = shown.map((part) => inPlace(part, standIns(part)));
  return { ...calendar, components: [...zones, ...components] };
}
