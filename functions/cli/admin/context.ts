/** What every command of an operator is given. */
import type { SearchableStore, Store } from '../../../lib/store/port/port.ts';
import type { Terminal } from './output.ts';

/** Does the work on the store that the options name; `print` takes what --json gives, and the text for people. */
export interface Context {
  readonly terminal: Terminal;
  readonly inStore: <T>(work: (store: Store) => Promise<T>) => Promise<T>;
  /** As `inStore`, for the one command that may read whole tables. */
  readonly inSearchableStore: <T>(work: (store: SearchableStore) => Promise<T>) => Promise<T>;
  readonly print: (value: unknown, text: string) => void;
  readonly now: () => number;
}
