/**
 * Days of a person's life in each dialect: birthdays, anniversaries. A day without a year is stored as Apple writes it, with
 * a year that a parameter calls none; vCard 3.0 has no other way. vCard 2.1 and 4.0 write `--MMDD` [ISO 8601:1988 5.2.1.3,
 * RFC 6350 4.3.1].
 */
import { isDay } from '../../properties/table.ts';
import { isNoDate } from '../../time/item-time.ts';
import {
  type Dialect,
  type Property,
  paramOf,
  withoutParams,
  withParam,
  withValue,
} from '../../vobject/model.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';

/** Apple's parameter. Its value is the year that stands for none. */
export const OMIT_YEAR = 'X-APPLE-OMIT-YEAR';
/** A leap year before all birthdays of the living. Devices that do not know the parameter send it back without. */
const NO_YEAR = '1604';
const NO_YEARS = [NO_YEAR, '0000'];

/** A time of midnight, in any zone, is no time: the value means the day that it names. */
const DAY =
  /^(?:(\d{4})-?|--)(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?:[T ]00(?::?00(?::?00(?:\.0+)?)?)?(?:Z|[-+]\d\d(?::?\d\d)?)?)?$/;

interface LifeDay {
  /** Undefined for a day of every year. */
  readonly year?: string;
  /** `MM` and `DD`. */
  readonly month: string;
  readonly day: string;
}

/** Undefined for any other value: a text, a part of a date, a time of birth. */
function dayOf(of: Property): LifeDay | undefined {
  const [, year = NO_YEAR, month = '', day = ''] = isText(of) ? [] : (DAY.exec(of.value.trim()) ?? []);
  if (month === '') return undefined;
  const isOmitted = NO_YEARS.includes(year) || paramOf(of, OMIT_YEAR) === year;
  return { month, day, ...(isOmitted ? {} : { year }) };
}

const isText = (of: Property): boolean => paramOf(of, 'VALUE')?.toLowerCase() === 'text';

/** Brings a day to the stored spelling, which is that of vCard 3.0. Outlook's date for none has no value. */
export function canonicalDay(source: Property): Property {
  if (isNoDate(source.value)) return withValue(source, '');
  if (isText(source))
    return withParam({ ...source, value: escapeText(unescapeText(source.value).trim()) }, 'VALUE', 'text');
  const found = dayOf(source);
  if (found !== undefined) return ofVcard3(source, found);
  const kind = paramOf(source, 'VALUE')?.toLowerCase();
  const isImplied = kind === 'date' || kind === 'date-and-or-time';
  return withValue(isImplied ? withoutParams(source, 'VALUE') : source, source.value.trim());
}

function ofVcard3(source: Property, { year, month, day }: LifeDay): Property {
  const plain = withoutParams(source, 'VALUE');
  if (year !== undefined) return withValue(withoutParams(plain, OMIT_YEAR), `${year}-${month}-${day}`);
  const marked = paramOf(plain, OMIT_YEAR) === NO_YEAR ? plain : withParam(plain, OMIT_YEAR, NO_YEAR);
  return withValue(marked, `${NO_YEAR}-${month}-${day}`);
}

/** Part of a date, which only vCard 4.0 has: a year, a month, a day of the month [RFC 6350 4.3.1]. */
const PART_OF_DATE = /^(?:\d{4}(?:-\d\d)?|--\d\d|---\d\d)$/;

/** The day in a dialect. Any other property is returned as it is. Undefined where the dialect cannot say it. */
export function dayInDialect(source: Property, dialect: Dialect): Property | undefined {
  if (!isDay(source.name)) return source;
  const found = dayOf(source);
  if (found === undefined)
    return dialect !== 'vcard-4.0' && !isText(source) && PART_OF_DATE.test(source.value) ? undefined : source;
  if (dialect === 'vcard-3.0') return ofVcard3(source, found);
  const { year, month, day } = found;
  if (year === undefined) return { ...withoutParams(source, 'VALUE', OMIT_YEAR), value: `--${month}${day}` };
  const isExtended = dialect === 'vcard-2.1' && source.name !== 'BDAY';
  return isExtended ? source : { ...source, value: `${year}${month}${day}` };
}

/** The day as Outlook has it: `YYYY-MM-DD`, or a text that Outlook sent itself. Undefined for all that is no such day. */
export function dayToSif(of: Property): string | undefined {
  if (isText(of)) return unescapeText(of.value);
  const found = dayOf(of);
  if (found !== undefined && found.year === undefined) return undefined;
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?:T|$)/.exec(of.value) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}
