/**
 * Did a device write in its own way what it was shown? Where nobody else changed that, its spelling is as good as ours;
 * where somebody did, it is no change that could win.
 */
import { isSmallerCopy } from '../formats/vcard/picture.ts';
import { type Param, type Property, paramOf, typesOf } from '../vobject/model.ts';
import { textList, textParts, unescapeText } from '../vobject/text.ts';
import { kindOf } from './table.ts';

/** They say nothing of their own, or what every line of the kind is. */
const QUIET_TYPES = new Set(['VOICE', 'MSG', 'INTERNET', 'TEXT', 'VIDEO']);
/** Programs add them as they like. */
const QUIET_PARAMS = /^(TYPE|LANGUAGE|CHARSET|VALUE|ENCODING|CUTYPE|SCHEDULE-\w+|X-[\w-]+)$/;

export const isRespelt = (seen: Property, sent: Property): boolean =>
  isSameValue(seen, sent) && isSameKind(seen, sent);

/** The value alone: its parameters may be others. */
export function isSameValue(seen: Property, sent: Property): boolean {
  if (seen.value === sent.value) return true;
  return paramOf(seen, 'ENCODING') === 'b' ? isSmallerCopy(sent, seen) : plainOf(seen) === plainOf(sent);
}

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
  if (kindOf(name) === 'list') return textList(value).sort().join('\n');
  if (kindOf(name) === 'parts') return textParts(value).map(spaced).join(';').replace(/;+$/, '');
  return text.split('\n').map(spaced).join('\n');
}

const spaced = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** Of a picture the kind is in its bytes. A preference that is gone may be one that the device does not know. */
function isSameKind(seen: Property, sent: Property): boolean {
  const types = (of: Property) => typesOf(of).filter((type) => !QUIET_TYPES.has(type));
  const [was, now] = [types(seen), types(sent)];
  const isSameType =
    was.every((type) => type === 'PREF' || now.includes(type)) && now.every((type) => was.includes(type));
  if (!isSameType && paramOf(seen, 'ENCODING') !== 'b') return false;
  return sent.params.every((param) => QUIET_PARAMS.test(param.name) || isIn(seen, param));
}

const isIn = (of: Property, { name, values }: Param): boolean =>
  of.params.some(
    (one) => one.name === name && one.values.join().toUpperCase() === values.join().toUpperCase(),
  );
