/** The programs for appointments and for tasks. */
import { DESKTOP_CALENDAR, PHONE_CALENDAR } from './icalendar-appointments.ts';
import { DESKTOP_TASKS } from './icalendar-tasks.ts';
import type { Phone } from './phone.ts';
import { OUTLOOK_CALENDAR } from './sif-appointments.ts';
import { OUTLOOK_TASKS } from './sif-tasks.ts';
import { LITTLE_CALENDAR, LOCAL_CALENDAR, SYMBIAN_CALENDAR } from './vcalendar-appointments.ts';
import { SYMBIAN_TASKS } from './vcalendar-tasks.ts';

export const APPOINTMENT_PHONES: readonly Phone[] = [
  ...[DESKTOP_CALENDAR, PHONE_CALENDAR, OUTLOOK_CALENDAR],
  ...[SYMBIAN_CALENDAR, LOCAL_CALENDAR, LITTLE_CALENDAR],
];

export const TASK_PHONES: readonly Phone[] = [DESKTOP_TASKS, SYMBIAN_TASKS, OUTLOOK_TASKS];
