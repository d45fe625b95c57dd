/** How many bytes of texts in part rows are read for one outgoing message. */
import { MESSAGE_TEXTS, ROUND_TEXTS } from '../model/limits.ts';

/** Counts the texts in part rows that a message has to do with. Sizes are in bytes. */
export class TextBudget {
  /** Of all that were looked at, sent or not. */
  private met = 0;
  /** Of those that were sent, as they are stored and as the device got them. */
  private stored = 0;
  private written = 0;

  /** Have so many texts been read that others have to wait for the next message? */
  get isSpent(): boolean {
    return this.met >= MESSAGE_TEXTS;
  }

  noteMet(size: number): void {
    this.met += size;
  }

  noteSent(stored: number, written: number): void {
    this.stored += stored;
    this.written += written;
  }

  /**
   * Will a text of this size fit? Taken to come out as the texts before it; unknown before the first one. What will be
   * larger than the client takes (`largest`) needs no room.
   */
  mayFit(size: number, room: number, largest = Number.POSITIVE_INFINITY): boolean {
    if (this.stored === 0) return true;
    const written = (size * this.written) / this.stored;
    return written <= room || written > largest;
  }

  /** How many bytes are read in one round. The more were met, the more: a message takes few rounds. */
  roundFor(room: number): number {
    return Math.min(ROUND_TEXTS, Math.max(room, 2 * this.met));
  }
}
