/** Which VALARM components of iCalendar are alarms. */
import { type Component, valueIn } from '../../vobject/model.ts';

/**
 * Is the component an alarm that goes off? Apple's `ACTION:NONE` does not: it only turns off the default alarm of a
 * calendar.
 */
export const isRealAlarm = (part: Component): boolean =>
  part.name === 'VALARM' && valueIn(part, 'ACTION')?.trim().toUpperCase() !== 'NONE';
