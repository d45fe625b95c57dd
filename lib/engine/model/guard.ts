/** What is remembered of failed logins, so that nobody can guess for long (docs/adr/0031). */

/** Where an attempt comes from. */
export interface Attempt {
  readonly login: string;
  /** The DevID. */
  readonly device: string;
  /** The network address; empty where it is not known. */
  readonly source: string;
}

/** Failed logins since the last one that was right. `last`: when the newest of them was, or else the right one; epoch milliseconds. */
export interface Failures {
  readonly count: number;
  readonly last: number;
}

/** What concerns one attempt. */
export interface Guard {
  /** Of this device from this source, once it came in from there: those of strangers do not concern it then. */
  readonly own?: Failures;
  /** Of all others with this login, and from this source. */
  readonly login?: Failures;
  readonly source?: Failures;
}

/** What is to be remembered of an attempt. */
export interface Tried extends Attempt {
  readonly outcome: 'failed' | 'came in';
  /** Did the device come in from there before? */
  readonly isKnown: boolean;
}
