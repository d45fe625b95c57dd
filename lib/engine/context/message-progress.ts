/** What the commands of a message have shown of it so far. */
import { MAX_ATOMICS } from '../model/limits.ts';

export class MessageProgress {
  private substance = false;
  private suspended = false;
  private atomics = 0;
  private nonce: Uint8Array | undefined;

  /** Something besides Statuses and Alert 222 arrived (P37). */
  get hasSubstance(): boolean {
    return this.substance;
  }

  /** The client suspends the session with this message (S04). */
  get isSuspended(): boolean {
    return this.suspended;
  }

  /** The nonce of the client's challenge, if it wants to know who we are (U27). */
  get challenge(): Uint8Array | undefined {
    return this.nonce;
  }

  noteSubstance(): void {
    this.substance = true;
  }

  noteSuspend(): void {
    this.suspended = true;
  }

  noteChallenge(nonce: Uint8Array): void {
    this.nonce = nonce;
  }

  /** Counts one more Atomic; false when the message holds more of them than are carried out. */
  takeAtomic(): boolean {
    this.atomics += 1;
    return this.atomics <= MAX_ATOMICS;
  }
}
