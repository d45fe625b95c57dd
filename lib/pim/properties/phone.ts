/** Telephone numbers as they are compared. Of the plans of the countries only those of mobile numbers are known here. */
import parsePhoneNumber from 'libphonenumber-js/core/es6';
import metadata from 'libphonenumber-js/mobile/metadata';

export interface Phone {
  /** E.164 when the number says its country, else its digits without the trunk prefix. */
  readonly number: string;
  readonly isInternational: boolean;
}

/** Digits at the end that tell a number where one side leaves out country or area. */
const TELLING = 7;
/** Countries (and the digits behind them) where a call to another area begins with 8. */
const TRUNK_EIGHT = /^\+(?:7|370|375|993|998)(\d+)$/;

const SCHEME = /^tel:/i;
export const isTelUri = (value: string): boolean => SCHEME.test(value);
export const withoutTel = (value: string): string => value.replace(SCHEME, '');

/** The characters that are dialled, or say an extension. */
export const spelledPhone = (text: string): string => withoutTel(text).replace(/[^\d+*#a-z]/gi, '');

/** Undefined for what is no number: a service code, a text. */
export function phoneOf(text: string): Phone | undefined {
  const plain = text
    .slice(0, 100)
    .replace(SCHEME, '')
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
  const parsed = international === undefined ? undefined : parsePhoneNumber(international, metadata);
  if (parsed !== undefined) return { number: parsed.number, isInternational: true };
  return { number: digits.replace(/^0+/, ''), isInternational: false };
}

/** Countries whose mobile numbers look like any other. */
const ONE_PLAN = /^\+(?:1|45|52|56|508|691)/;

/** What the numbering plan of its country says; undefined where it says nothing, or the number says no country. */
export function planOf({ number, isInternational }: Phone): 'mobile' | 'fixed' | undefined {
  if (!isInternational || ONE_PLAN.test(number)) return undefined;
  return parsePhoneNumber(number, metadata)?.isValid() ? 'mobile' : 'fixed';
}

/** What both ways to write a number share. */
export const tailOf = ({ number }: Phone): string => number.slice(-TELLING);

/** One says its country and the other does not: they are the same when the one ends with the other. */
export function samePhone(a: Phone, b: Phone): boolean {
  if (a.number === b.number) return true;
  if (a.isInternational && b.isInternational) return false;
  const isLonger = a.isInternational || (!b.isInternational && a.number.length >= b.number.length);
  const [long, short] = isLonger ? [a.number, b.number] : [b.number, a.number];
  return short.length >= TELLING && (long.endsWith(short) || isBehindEight(long, short));
}

/** `8 (916) 123-45-67` is `+7 916 123-45-67`; `8 029` in Belarus has both trunk prefixes. */
function isBehindEight(international: string, number: string): boolean {
  const rest = TRUNK_EIGHT.exec(international)?.[1];
  return rest !== undefined && (number === `8${rest}` || number === `80${rest}`);
}
