/**
 * The type of an entry in the agenda of Symbian. The agenda tells by it whether an entry is a day: an event that comes
 * without it becomes an appointment at midnight (E05).
 */
export const ENTRY_TYPE = 'X-EPOCAGENDAENTRYTYPE';

/** A day that comes back every year. Its entry ends as it begins. */
export const ANNIVERSARY = 'ANNIVERSARY';
export const APPOINTMENT = 'APPOINTMENT';
const EVENT = 'EVENT';
const TYPES_OF_DAYS = [ANNIVERSARY, EVENT];
const TYPES_WITH_TIMES = [APPOINTMENT, 'REMINDER'];

/** Is it a type of entries that are days? */
export const isTypeOfDays = (type: string): boolean => TYPES_OF_DAYS.includes(type);

/** The type of an event that came without one. */
export const newEntryType = (isDay: boolean): string => (isDay ? EVENT : APPOINTMENT);

/** The type that agrees with the times of the event: only days have the types of days. Other types stay. */
export function trueEntryType(type: string, isDay: boolean): string {
  if (isDay) return TYPES_WITH_TIMES.includes(type) ? EVENT : type;
  return isTypeOfDays(type) ? APPOINTMENT : type;
}
