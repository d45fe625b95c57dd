/** All stories. */

import { CHANGED_EVENT_SCENES } from './changed-events.ts';
import { CONFLICT_SCENES } from './conflicts.ts';
import { CONTACT_SCENES } from './contacts.ts';
import { DOUBLE_SCENES } from './doubles.ts';
import { EVENT_SCENES } from './events.ts';
import { HISTORY_SCENES } from './histories.ts';
import { MODE_SCENES } from './modes.ts';
import { SERIES_SCENES } from './series.ts';
import type { Scene } from './step.ts';
import { NOTE_SCENES, TASK_SCENES } from './tasks-and-notes.ts';

export const SCENES: readonly Scene[] = [
  ...CONTACT_SCENES,
  ...DOUBLE_SCENES,
  ...CONFLICT_SCENES,
  ...HISTORY_SCENES,
  ...EVENT_SCENES,
  ...CHANGED_EVENT_SCENES,
  ...SERIES_SCENES,
  ...TASK_SCENES,
  ...NOTE_SCENES,
  ...MODE_SCENES,
];
