/** Compares telephone numbers. Of the numbering plan of each country, only the mobile numbers are known here. */
import parsePhoneNumber from 'libphonenumber-js/core/es6';
import metadata from 'libphonenumber-js/mobile/metadata';

export interface Phone {
  /** The number in E.164 if it has a country code. Otherwise its digits without the trunk prefix. */
  readonly number: string;
  readonly isInternational: boolean;
}

/**
 * Undefined for a text that is no number of any country. The package throws an error inside for each of those; without
 * its stack trace that costs little.
 */
function parsedPhone(text: string): ReturnType<typeof parsePhoneNumber> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parsePhoneNumber(text, metadata);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** How many digits at the end are compared where one number lacks the country or the area. */
const TELLING = 7;
/** Numbers of countries whose trunk prefix is 8. The group holds the digits after the country code. */
const TRUNK_EIGHT = /^\+(?:7|370|375|993|998)(\d+)$/;

const SCHEME = /^tel:/i;
export const isTelUri = (value: string): boolean => SCHEME.test(value);
export const withoutTel = (value: string): string => value.replace(SCHEME, '');

/** The characters of a number that are dialled, or belong to an extension. */
export const spelledPhone = (text: string): string => withoutTel(text).replace(/[^\d+*#a-z]/gi, '');

/** Undefined for a text that is not a telephone number, such as a service code. */
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
  const parsed = international === undefined ? undefined : parsedPhone(international);
  if (parsed !== undefined) return { number: parsed.number, isInternational: true };
  return { number: digits.replace(/^0+/, ''), isInternational: false };
}

/** Countries whose mobile numbers cannot be told from others. */
const ONE_PLAN = /^\+(?:1|45|52|56|508|691)/;

/**
 * The kind of a number by the numbering plan of its country. Undefined without a country code, or if the plan does not
 * tell.
 */
export function planOf({ number, isInternational }: Phone): 'mobile' | 'fixed' | undefined {
  if (!isInternational || ONE_PLAN.test(number)) return undefined;
  return parsedPhone(number)?.isValid() ? 'mobile' : 'fixed';
}

/** The end of a number, which is the same with and without country and area code. */
export const tailOf = ({ number }: Phone): string => number.slice(-TELLING);

/** Are two numbers the same? If only one has a country code, it has to end with the other. */
export function samePhone(a: Phone, b: Phone): boolean {
  if (a.number === b.number) return true;
  if (a.isInternational && b.isInternational) return false;
  const isLonger = a.isInternational || (!b.isInternational && a.number.length >= b.number.length);
  const [long, short] = isLonger ? [a.number, b.number] : [b.number, a.number];
  return short.length >= TELLING && (long.endsWith(short) || isBehindEight(long, short));
}

/**
 * Is `number` the international one with 8 as trunk prefix? `8 (916) 1..` is `+7 916 1..`. Belarus writes `80`: `8
 * 029`.
 */
function isBehindEight(international: string, number: string): boolean {
  const rest = TRUNK_EIGHT.exec(international)?.[1];
  return rest !== undefined && (number === `8${rest}` || number === `80${rest}`);
}
