/** The windows of the logs that a message looks into: a bounded number, so that its answer leaves in time. */
import { MAX_WINDOWS } from '../model/limits.ts';

export class LogWindows {
  private readonly opened = new Set<string>();

  get count(): number {
    return this.opened.size;
  }

  /** Looks into a window of a datastore's log; false when the message has looked far enough. */
  open(datastore: string, from: number): boolean {
    const name = `${datastore}/${from}`;
    if (!this.opened.has(name) && this.opened.size >= MAX_WINDOWS) return false;
    this.opened.add(name);
    return true;
  }
}
