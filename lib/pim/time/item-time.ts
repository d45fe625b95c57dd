/**
 * A time of an item as a value: its kind, and its digits.
 *
 * There are five kinds: a day, a local time without a zone (`floating`), an instant in UTC, a local time in a known zone
 * (`zoned`), and a local time in a zone that only the item defines (`own-zone`). The instant of the last is not known.
 */
import { type Property, paramOf, withoutParams, withParam } from '../vobject/model.ts';
import { instantOf, inZone, isZone, type LocalTime, localOf, utcOf } from './zones/zones.ts';

/** `local` is the text without the Z of UTC: `20260302`, `20260302T100000`. A text that is not a time is kept as it is. */
export type ItemTime =
  | { readonly kind: 'day' | 'floating' | 'utc'; readonly local: LocalTime }
  | { readonly kind: 'zoned' | 'own-zone'; readonly local: LocalTime; readonly zone: string };

const DAY_TEXT = /^\d{8}$/;

export const isDayText = (text: string): boolean => DAY_TEXT.test(text);

/** Is the value of the property a day? */
export const isDate = ({ value }: Property): boolean => isDayText(value);

/** The time in a property of a stored item. */
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

/** The time of an instant in the kind of the `model`: in UTC, in the model's zone, as a floating time, as a day. */
export function timeLike(model: ItemTime, instant: number): ItemTime {
  if (model.kind === 'zoned') return zonedTime(instant, model.zone);
  const local = localOf(instant);
  return { ...model, local: model.kind === 'day' ? local.slice(0, 8) : local };
}

/** The value of a property with this time. The zone is not in it: it is a parameter. */
export const timeText = ({ kind, local }: ItemTime): string => (kind === 'utc' ? `${local}Z` : local);

/** The property with this time in place of its own. */
export function withTime(of: Property, time: ItemTime): Property {
  const told = { ...of, value: timeText(time) };
  if ('zone' in time) return withParam(told, 'TZID', time.zone);
  return time.kind === 'day'
    ? withParam(withoutParams(told, 'TZID'), 'VALUE', 'DATE')
    : withoutParams(told, 'TZID');
}

/**
 * Epoch ms. A day, a floating time or one in an unknown zone counts as if in UTC. Undefined for a text that is not a
 * time.
 */
export const instantOfTime = (time: ItemTime): number | undefined =>
  time.kind === 'zoned' ? instantOf(time.local, time.zone) : utcOf(time.local);

/** Is it one known instant, the same everywhere? */
export const isInstant = ({ kind }: ItemTime): boolean => kind === 'utc' || kind === 'zoned';

/** Is it a day or a time without a zone? Its instant depends on the place. */
export const isFloating = ({ kind }: ItemTime): boolean => kind === 'day' || kind === 'floating';

/** Are both times of one kind, and in the same zone if they have one? */
export const isInSameZone = (one: ItemTime, other: ItemTime): boolean =>
  one.kind === other.kind && zoneNameOf(one) === zoneNameOf(other);

const zoneNameOf = (time: ItemTime): string | undefined => ('zone' in time ? time.zone : undefined);

/** The zone of the time, if that is a known zone. */
export const zoneOfTime = (time: ItemTime | undefined): string | undefined =>
  time?.kind === 'zoned' ? time.zone : undefined;

/** Outlook's date for none: the first of January 4501, in any zone. */
const NO_DATE = /^\s*(4501-?01-?01|4500-?12-?31)/;

/** Does a text from a device say that there is no date? */
export const isNoDate = (text: string): boolean => NO_DATE.test(text);

/**
 * `2009-10-16`, `20091016T120000Z`, `2009-10-16T12:00:00`: without hyphens and colons. Undefined for a text that is not
 * a time, and for Outlook's date for none.
 */
export function plainTime(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/(\d)[-:](?=\d)/g, '$1')
    .replace(/\.\d+(?=Z?$)/, '')
    .replace(' ', 'T');
  const isKnown = /^\d{8}(T\d{6}Z?)?$/.test(plain) && utcOf(plain) !== undefined;
  return isKnown && !isNoDate(plain) ? plain : undefined;
}
