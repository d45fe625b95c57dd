/** The names that devices give to zones, as the IANA has them. */
import { type Component, valueIn } from '../../vobject/model.ts';
import { offsetsIn, zoneLike } from './rules.ts';
import { CANDIDATES, constantZone, minutesOf, offsetsOf } from './search.ts';
import { WINDOWS_ZONES } from './windows.ts';
import { isZone } from './zones.ts';

/**
 * The IANA zone that a TZID means: itself, behind a vendor's prefix, by Windows' name, the first like its VTIMEZONE, or
 * the offset in the name. A name without a place (`EST`) means what the item itself says of it.
 */
export function ianaOf(tzid: string, calendar?: Component): string | undefined {
  const definition = calendar?.components.find(
    (one) => one.name === 'VTIMEZONE' && valueIn(one, 'TZID') === tzid,
  );
  const named = tailOf(tzid);
  if (named !== undefined && !(definition !== undefined && isOther(named, definition))) return spelt(named);
  return (
    WINDOWS_ZONES.get(tzid.toLowerCase()) ??
    (definition === undefined ? zoneAt(tzid) : (locationOf(definition) ?? likeOf(definition)))
  );
}

/** `America/Argentina/Buenos_Aires`. */
const MOST_PARTS = 3;

/** The longest end of the name that is a zone: `Europe/Berlin` of `/freeassociation.sourceforge.net/Tzfile/Europe/Berlin`. */
function tailOf(tzid: string): string | undefined {
  const parts = tzid.split('/').slice(-MOST_PARTS);
  return parts.map((_, from) => parts.slice(from).join('/')).find(isZone);
}

/** `EST` with the summer time of New York, `GMT` with that of London: abbreviations name no rules. */
function isOther(zone: string, definition: Component): boolean {
  if (zone.includes('/')) return false;
  const known = offsetsOf(zone);
  return offsetsIn(definition).some((offset) => !known.includes(offset));
}

function locationOf(definition: Component): string | undefined {
  const location = valueIn(definition, 'X-LIC-LOCATION')?.trim();
  return location !== undefined && isZone(location) ? spelt(location) : undefined;
}

const likes = new WeakMap<Component, { readonly zone: string | undefined }>();

/** Each time of an item asks for it again. */
function likeOf(definition: Component): string | undefined {
  const found = likes.get(definition) ?? { zone: zoneLike(definition) };
  likes.set(definition, found);
  return found.zone;
}

/** `GMT+01:00`, `UTC-5`. */
function zoneAt(name: string): string | undefined {
  const [, text = ''] = /^\(?(?:GMT|UTC)\s*([+-]\d\d?(?::?\d\d)?)\)?$/i.exec(name.trim()) ?? [];
  const offset = minutesOf(text);
  return offset === undefined ? undefined : constantZone(offset);
}

const spellings = new Map<string, string>();

/** Names of zones have no case, but one spelling. */
function spelt(zone: string): string {
  if (spellings.size === 0)
    for (const one of [
      'UTC',
      ...Intl.supportedValuesOf('timeZone'),
      ...WINDOWS_ZONES.values(),
      ...CANDIDATES,
    ])
      spellings.set(one.toLowerCase(), one);
  const known = spellings.get(zone.toLowerCase());
  if (known !== undefined || /^[A-Z]/.test(zone)) return known ?? zone;
  return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
}
