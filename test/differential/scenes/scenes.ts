/** All stories. */
import { EVENT_SCENES, NOTE_SCENES, TASK_SCENES } from './calendar.ts';
import { CONFLICT_SCENES } from './conflicts.ts';
import { CONTACT_SCENES } from './contacts.ts';
import { DOUBLE_SCENES } from './doubles.ts';
import { MODE_SCENES } from './modes.ts';
import { SERIES_SCENES } from './series.ts';
import type { Scene } from './step.ts';

export const SCENES: readonly Scene[] = [
  ...CONTACT_SCENES,
  ...DOUBLE_SCENES,
  ...CONFLICT_SCENES,
  ...EVENT_SCENES,
  ...SERIES_SCENES,
  ...TASK_SCENES,
  ...NOTE_SCENES,
  ...MODE_SCENES,
];
