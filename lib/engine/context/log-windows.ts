/**
 * The windows of the logs that are read for one message. Their number is limited so that the answer leaves in time.
 */
import { MAX_WINDOWS } from '../model/limits.ts';

export class LogWindows {
  private readonly opened = new Set<string>();

  get count(): number {
    return this.opened.size;
  }

  /** Counts a window of a datastore's log; false when the limit is reached and the window must not be read. */
  open(datastore: string, from: number): boolean {
    const name = `${datastore}/${from}`;
    if (!this.opened.has(name) && this.opened.size >= MAX_WINDOWS) return false;
    this.opened.add(name);
    return true;
  }
}
