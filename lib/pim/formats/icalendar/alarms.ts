import { type Component, valueIn } from '../../vobject/model.ts';

/** Apple's `ACTION:NONE` turns off the alarm that its calendars add by themselves: it is no alarm. */
export const isRealAlarm = (part: Component): boolean =>
  part.name === 'VALARM' && valueIn(part, 'ACTION')?.trim().toUpperCase() !== 'NONE';
