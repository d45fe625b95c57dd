/**
 * A record filter as a value: all that `syncml:filtertype-cgi` can say (B.9).
 *
 * Owns: shapes and names. Must not know: how a query is written, how items are compared with it. Plain data, so that a
 * filter can be kept in the session (F17).
 */
export const OPERATORS = ['EQ', 'NE', 'GT', 'GE', 'LT', 'LE', 'CON', 'NCON'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Names that mean more than a property [DI12 5.3.14, F13]. */
export const KEYWORDS = ['BEFORE', 'SINCE', 'UNSEEN', 'GROUP'] as const;
export type Keyword = (typeof KEYWORDS)[number];

export type Subject =
  /** Name in upper case. */
  | { readonly of: 'property'; readonly name: string }
  | { readonly of: 'keyword'; readonly name: Keyword }
  /** `&LUID;`: the client's id of the item. */
  | { readonly of: 'luid' };

export type Term = Subject & {
  readonly kind: 'term';
  readonly op: Operator;
  readonly ignoreCase: boolean;
  /** The value without escapes; null for `&NULL;`, which only EQ and NE take. */
  readonly value: string | null;
};

/** Two parts or more, in the order of the query. */
export interface Junction {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Expression[];
}

export type Expression = Term | Junction;

/** What the record filter of an Alert asks for (F08, F09). */
export interface RecordFilter {
  readonly record: Expression;
  /** INCLUSIVE: items outside the filter stay on the client, but no new ones are sent to it. */
  readonly inclusive: boolean;
}

export interface FilterError {
  readonly error: 'syntax' | 'unknown-grammar';
  /** Index of the character at which reading stopped. */
  readonly at: number;
}

export const isError = <T extends object>(result: T | FilterError): result is FilterError =>
  'error' in result;
