/**
 * What breaks a rule of structure.ts, each with its reason: nothing. An entry that is not needed fails the test, so the list
 * can only be as long as there are reasons.
 */
export interface Exception {
  readonly rule: string;
  readonly subject: string;
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [];
