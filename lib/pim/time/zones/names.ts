/** Converts the zone names of devices to IANA names. */
import { type Component, valueIn } from '../../vobject/model.ts';
import { spendOnce, unpaid } from '../../work/budget.ts';
import { clockName } from './own-clock.ts';
import { usageOf, zoneDefinition } from './own-zones.ts';
import { offsetsIn, zoneLike } from './rules.ts';
import { ANY_YEAR, CANDIDATES, constantZone, minutesOf, offsetsOf, steadyZone } from './search.ts';
import { WINDOWS_ZONES, zoneShownAs } from './windows.ts';
import { isZone } from './zones.ts';

/**
 * The IANA zone of a TZID. The TZID may be an IANA name, also after a vendor's prefix, or a name of Windows. Otherwise the
 * VTIMEZONE in the item decides, or, without one, a text that Windows shows, or an offset in the name. An abbreviation
 * (`EST`) means the zone that the VTIMEZONE defines.
 */
export function ianaOf(tzid: string, calendar?: Component): string | undefined {
  const definition = filledDefinition(tzid, calendar);
  const named = tailOf(tzid);
  if (named !== undefined && !(definition !== undefined && isOther(named, definition))) return spelt(named);
  return (
    WINDOWS_ZONES.get(tzid.toLowerCase()) ??
    (definition === undefined
      ? (zoneShownAs(tzid) ?? zoneAt(tzid, calendar))
      : (locationOf(definition) ?? likeOf(definition, calendar)))
  );
}

/** The definition of that name in the item, if it says anything. */
function filledDefinition(tzid: string, calendar: Component | undefined): Component | undefined {
  const found = zoneDefinition(tzid, calendar);
  return found !== undefined && (found.components.length > 0 || locationOf(found) !== undefined)
    ? found
    : undefined;
}

/** `America/Argentina/Buenos_Aires`. */
const MOST_PARTS = 3;

/** The longest end of a TZID that is a zone: `Europe/Berlin` in `/freeassociation.sourceforge.net/Tzfile/Europe/Berlin`. */
function tailOf(tzid: string): string | undefined {
  const parts = tzid.split('/').slice(-MOST_PARTS);
  return parts.map((_, from) => parts.slice(from).join('/')).find(isZone);
}

const offsetsFound = new WeakMap<Component, readonly number[]>();

/** Does the definition contradict the abbreviation? Devices define `EST` with the summer time of New York. */
function isOther(zone: string, definition: Component): boolean {
  if (zone.includes('/')) return false;
  const known = offsetsOf(zone);
  const offsets = offsetsFound.get(definition) ?? offsetsIn(definition);
  offsetsFound.set(definition, offsets);
  return offsets.some((offset) => !known.includes(offset));
}

function locationOf(definition: Component): string | undefined {
  const location = valueIn(definition, 'X-LIC-LOCATION')?.trim();
  return location !== undefined && isZone(location) ? spelt(location) : undefined;
}

/** What the search of a zone costs (lib/pim/work/budget.ts). */
const SEARCH = 3_000;
const zonesFound = new WeakMap<Component, { readonly zone: string | undefined }>();

/** The zone like a definition. It is searched once, because each time of an item asks for it. */
function likeOf(definition: Component, calendar: Component | undefined): string | undefined {
  spendOnce(definition, SEARCH);
  const search = () => zoneLike(definition, usageOf(definition, calendar));
  const found = zonesFound.get(definition) ?? { zone: unpaid(search) };
  zonesFound.set(definition, found);
  return found.zone;
}

/** The zone of an offset in a name: `GMT+01:00`, `UTC-5`. In an item it is one that has had the offset at every date. */
function zoneAt(name: string, calendar: Component | undefined): string | undefined {
  const [, text = ''] = /^\(?(?:GMT|UTC)\s*([+-]\d\d?(?::?\d\d)?)\)?$/i.exec(name.trim()) ?? [];
  const offset = minutesOf(text);
  if (offset === undefined) return undefined;
  return calendar === undefined ? constantZone(offset) : steadyClock(offset, ANY_YEAR);
}

/** A zone that has had this offset at every date, or at least since a year. If there is none, the name of such a clock. */
export const steadyClock = (offset: number, since: number): string =>
  steadyZone(offset, since) ?? clockName([{ start: 0, before: offset, after: offset }]);

const spellings = new Map<string, string>();

/** The usual spelling of a zone. Devices may write names of zones in any case. */
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
