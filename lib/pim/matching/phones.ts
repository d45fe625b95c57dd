/** Telephone numbers as they are compared. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min/es6';

export interface Phone {
  /** E.164 when the number says its country, else its digits without the trunk prefix. */
  readonly number: string;
  readonly isInternational: boolean;
}

/** Digits at the end that tell a number where one side leaves out country or area. */
const TELLING = 7;

/** Undefined for what is no number: a service code, a text. */
export function phoneOf(text: string): Phone | undefined {
  const plain = text
    .replace(/^tel:/i, '')
    .replace(/\(0\)/g, '')
    .replace(/(?:;|,|\bx|ext).*$/i, '')
    .trim();
  const digits = plain.replace(/\D/g, '');
  if (digits.length < 5) return undefined;
  const international = plain.startsWith('+')
    ? plain
    : digits.startsWith('00')
      ? `+${digits.slice(2)}`
      : undefined;
  const parsed = international === undefined ? undefined : parsePhoneNumberFromString(international);
  if (parsed !== undefined) return { number: parsed.number, isInternational: true };
  return { number: digits.replace(/^0+/, ''), isInternational: false };
}

/** What both ways to write a number share. */
export const tailOf = ({ number }: Phone): string => number.slice(-TELLING);

/** One says its country and the other does not: they are the same when the one ends with the other. */
export function samePhone(a: Phone, b: Phone): boolean {
  if (a.number === b.number) return true;
  if (a.isInternational === b.isInternational && a.isInternational) return false;
  const [long, short] = a.number.length >= b.number.length ? [a.number, b.number] : [b.number, a.number];
  return short.length >= TELLING && long.endsWith(short.replace(/^\+/, ''));
}
