/** The result of comparing two items: their match class, a score, and reasons for the person who decides in the end. */

/** Reasons are codes, so that they contain no personal data. */
export const REASONS = [
  'same-uid',
  'same-name',
  'name-alike',
  'given-name-alike',
  'given-name-differs',
  'family-name-differs',
  'generation-differs',
  'salutation-differs',
  'name-turned',
  'name-in-part',
  'name-in-other-letters',
  'no-name',
  'common-in-book',
  'same-email',
  'other-email',
  'shared-email',
  'same-mobile',
  'other-mobile',
  'same-phone',
  'other-phone',
  'shared-number',
  'same-birthday',
  'birthday-near',
  'birthday-differs',
  'same-organisation',
  'other-organisation',
  'other-department',
  'same-address',
  'other-address',
  'same-start',
  'other-start',
  'same-summary',
  'summary-alike',
  'other-recurrence',
  'same-due',
  'other-due',
  'other-status',
  'same-text',
  'text-alike',
  'same-first-line',
  /** The comparison would be too much work. */
  'not-compared',
] as const;
export type Reason = (typeof REASONS)[number];

/** `same` is certain enough to link the items without asking. `possible` is for review by a person. */
export type MatchClass = 'same' | 'possible' | 'different';

export interface MatchResult {
  readonly matchClass: MatchClass;
  /**
   * Orders candidates. It is the sum of weights: positive for agreements, negative for disagreements. The weights are about
   * natural logarithms of odds.
   */
  readonly score: number;
  readonly reasons: readonly Reason[];
  /**
   * Set where nothing but a name agrees: the blocking keys of that name, not hashed. The items are the same only if no
   * other item of the book has one of these keys.
   */
  readonly ifRare?: readonly string[];
}

export const DIFFERENT: MatchResult = { matchClass: 'different', score: 0, reasons: [] };
