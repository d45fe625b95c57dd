/** All stories. */
import { CONTACT_SCENES } from './contacts.ts';
import type { Scene } from './step.ts';

export const SCENES: readonly Scene[] = [...CONTACT_SCENES];
