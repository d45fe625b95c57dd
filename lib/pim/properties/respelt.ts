/**
 * Did a device write in its own way what it was shown? Where nobody else changed that, its spelling is as good as ours;
 * where somebody did, it is no change that could win.
 */
import { isSmallerCopy } from '../formats/vcard/picture.ts';
import { type Param, type Property, paramOf, typesOf } from '../vobject/model.ts';
import { joinParts, textList, textParts, unescapeText } from '../vobject/text.ts';
import { isHabit, isHabitType, isPreference } from './parameters.ts';
import { valueTypeOf } from './table.ts';
import { spacedText } from './text.ts';

export const isRespelt = (seen: Property, sent: Property): boolean =>
  isSameValue(seen, sent) && isSameKind(seen, sent);

/** The value alone: its parameters may be others. */
export function isSameValue(seen: Property, sent: Property): boolean {
  if (namesOtherZone(seen, sent)) return false;
  if (seen.value === sent.value) return true;
  return paramOf(seen, 'ENCODING') === 'b' ? isSmallerCopy(sent, seen) : plainOf(seen) === plainOf(sent);
}

/** A device may leave out the zone that it was shown. */
export const namesOtherZone = (seen: Property, sent: Property): boolean => {
  const zone = paramOf(sent, 'TZID');
  return zone !== undefined && zone !== paramOf(seen, 'TZID');
};

function plainOf({ name, value }: Property): string {
  const text = unescapeText(value).trim();
  switch (name) {
    case 'TEL':
      return text.replace(/^tel:/i, '').replace(/[^\d+*#a-z]/gi, '');
    case 'EMAIL':
    case 'ATTENDEE':
    case 'ORGANIZER':
      return text.replace(/^mailto:/i, '').toLowerCase();
    case 'URL':
      return text.replace(/^[a-z]+:\/\/[^/]*/i, (host) => host.toLowerCase()).replace(/\/$/, '');
    default:
      break;
  }
  if (valueTypeOf(name) === 'list') return textList(value).sort().join('\n');
  if (valueTypeOf(name) === 'parts') return joinParts(withoutEmptyEnd(textParts(value).map(spacedText)));
  return text.split('\n').map(spacedText).join('\n');
}

/** A device that shows fewer parts writes fewer. */
export function withoutEmptyEnd(parts: readonly string[]): readonly string[] {
  const last = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, last + 1);
}

/** Of a picture the kind is in its bytes. A preference that is gone may be one that the device does not know. */
function isSameKind(seen: Property, sent: Property): boolean {
  const types = (of: Property) => typesOf(of).filter((type) => !isHabitType(type));
  const [was, now] = [types(seen), types(sent)];
  const isSameType =
    was.every((type) => isPreference(type) || now.includes(type)) && now.every((type) => was.includes(type));
  if (!isSameType && paramOf(seen, 'ENCODING') !== 'b') return false;
  return sent.params.every((param) => isHabit(param.name) || isIn(seen, param));
}

const isIn = (of: Property, { name, values }: Param): boolean =>
  of.params.some(
    (one) => one.name === name && one.values.join().toUpperCase() === values.join().toUpperCase(),
  );
