/** What is known of a message from the commands of it that are carried out so far. */
import { MAX_ATOMICS } from '../model/limits.ts';

export class MessageProgress {
  private substance = false;
  private suspended = false;
  private atomics = 0;
  private nonce: Uint8Array | undefined;

  /** Does the message hold something besides Statuses and Alert 222 (P37)? */
  get hasSubstance(): boolean {
    return this.substance;
  }

  /** Does the client suspend the session with this message (S04)? */
  get isSuspended(): boolean {
    return this.suspended;
  }

  /** The nonce of the client's challenge, if the client wants the server's credentials (U27). */
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

  /** Counts one more Atomic; false when it is beyond the limit and must not be carried out. */
  takeAtomic(): boolean {
    this.atomics += 1;
    return this.atomics <= MAX_ATOMICS;
  }
}
