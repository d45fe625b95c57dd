/** Differences between this server and others that are known. Add what the command prints, with a reason. */
import type { Judgement } from '../judging.ts';
import { JUDGED_ITEMS } from './items.ts';
import { JUDGED_STORIES } from './stories.ts';

export const JUDGED: readonly Judgement[] = [...JUDGED_ITEMS, ...JUDGED_STORIES];
