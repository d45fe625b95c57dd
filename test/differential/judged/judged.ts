/** Differences between this server and the peer that are known. Add what the command prints, with a reason. */
import type { Judgement } from '../judging.ts';

export const JUDGED: readonly Judgement[] = [];
