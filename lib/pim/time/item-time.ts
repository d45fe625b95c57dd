/**
 * A time of an item as a value: what it is told by, and what stands there.
 *
 * An item has times of five kinds: a day, a time on whatever clock (`floating`), an instant in UTC, a time in a zone that is
 * known here, and a time in a zone that the item alone defines (`own-zone`), of which nobody here knows when it is.
 */
import { type Property, paramOf, withoutParams, withParam } from '../vobject/model.ts';
import { instantOf, inZone, isZone, type LocalTime, localOf, utcOf } from './zones/zones.ts';

/** `local` is the text without the Z of UTC: `20260302`, `20260302T100000`. A text that is no time stays what it is. */
export type ItemTime =
  | { readonly kind: 'day' | 'floating' | 'utc'; readonly local: LocalTime }
  | { readonly kind: 'zoned' | 'own-zone'; readonly local: LocalTime; readonly zone: string };

const DAY_TEXT = /^\d{8}$/;

export const isDayText = (text: string): boolean => DAY_TEXT.test(text);

/** Is the value of the property a day? */
export const isDate = ({ value }: Property): boolean => isDayText(value);

/** The time that a property of a stored item says. */
export function itemTime(of: Property): ItemTime {
  const { value } = of;
  if (isDayText(value)) return { kind: 'day', local: value };
  if (value.endsWith('Z')) return { kind: 'utc', local: value.slice(0, -1) };
  const zone = paramOf(of, 'TZID');
  if (zone === undefined) return { kind: 'floating', local: value };
  return { kind: isZone(zone) ? 'zoned' : 'own-zone', local: value, zone };
}

export const utcTime = (instant: number): ItemTime => ({ kind: 'utc', local: localOf(instant) });
export const zonedTime = (instant: number, zone: string): ItemTime => ({
  kind: 'zoned',
  local: inZone(instant, zone),
  zone,
});

/** An instant as another time is told: in UTC, in its zone, by a clock without a name, as a day. */
export function timeLike(model: ItemTime, instant: number): ItemTime {
  if (model.kind === 'zoned') return zonedTime(instant, model.zone);
  const local = localOf(instant);
  return { ...model, local: model.kind === 'day' ? local.slice(0, 8) : local };
}

/** The value of a property that says this time; its zone is a parameter. */
export const timeText = ({ kind, local }: ItemTime): string => (kind === 'utc' ? `${local}Z` : local);

/** The property with this time in place of its own. */
export function withTime(of: Property, time: ItemTime): Property {
  const told = { ...of, value: timeText(time) };
  if ('zone' in time) return withParam(told, 'TZID', time.zone);
  return time.kind === 'day'
    ? withParam(withoutParams(told, 'TZID'), 'VALUE', 'DATE')
    : withoutParams(told, 'TZID');
}

/** Epoch ms; of a time that is no instant as if it were told in UTC. Undefined for what is no time. */
export const instantOfTime = (time: ItemTime): number | undefined =>
  time.kind === 'zoned' ? instantOf(time.local, time.zone) : utcOf(time.local);

/** Does the time happen everywhere at once? Only then its instant is known. */
export const isInstant = ({ kind }: ItemTime): boolean => kind === 'utc' || kind === 'zoned';

/** Is it a day or a time that is told by no clock? Each place has its own instant for it. */
export const isFloating = ({ kind }: ItemTime): boolean => kind === 'day' || kind === 'floating';

/** Are both times told by the same clock, or both as days? */
export const isToldAlike = (one: ItemTime, other: ItemTime): boolean =>
  one.kind === other.kind && zoneNameOf(one) === zoneNameOf(other);

const zoneNameOf = (time: ItemTime): string | undefined => ('zone' in time ? time.zone : undefined);

/** The zone of the time, if it is one that is known. */
export const zoneOfTime = (time: ItemTime | undefined): string | undefined =>
  time?.kind === 'zoned' ? time.zone : undefined;

/** `2009-10-16`, `20091016T120000Z`, `2009-10-16T12:00:00`: without its marks. Undefined for no time. */
export function plainTime(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/(\d)[-:](?=\d)/g, '$1')
    .replace(/\.\d+(?=Z?$)/, '')
    .replace(' ', 'T');
  return /^\d{8}(T\d{6}Z?)?$/.test(plain) && utcOf(plain) !== undefined ? plain : undefined;
}
