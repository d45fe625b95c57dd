/** What a device can hold of a content type [DI12 5.3; D13-D16, D19], as writers of items need it. */

export interface PropertyLimits {
  /** Values of the property at most; undefined: any number. */
  readonly maxOccur?: number;
  /** Bytes of a value at most. */
  readonly maxSize?: number;
  /** What is longer is left out instead of cut. */
  readonly noTruncate?: boolean;
  /** The only values that it takes; empty: any. */
  readonly values: readonly string[];
}

export interface Abilities {
  /** D13: the device takes times in UTC; else they are local times. */
  readonly utc: boolean;
  readonly charset: 'utf-8' | 'iso-8859-1';
  /** It takes one event an item of iCalendar 2.0: a series without its exceptions. */
  readonly oneEvent?: boolean;
  /** By upper-case name. Undefined: nothing is known, everything is sent, and nothing that lacks was deleted (D19). */
  readonly properties?: ReadonlyMap<string, PropertyLimits>;
}

export const ALL: Abilities = { utc: true, charset: 'utf-8' };
