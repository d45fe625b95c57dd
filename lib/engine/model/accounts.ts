/** Who may come in, and with which passwords (docs/adr/0029). */
import type { Policy } from './datastores.ts';

/** One of the passwords of an account. A device has one of its own, or uses a shared one. */
export interface Password {
  /** Random; names the password where it must not be said. */
  readonly id: string;
  /** B64(MD5(login ":" password)) (U22). */
  readonly verifier: string;
  /** B64(MD5(server id ":" password)): signs notifications for devices that keep one password for both directions. */
  readonly san?: string;
  /** Any device may use it. Any other password belongs to the first device that comes in with it. */
  readonly shared?: true;
  /** What the operator calls the device that it is for. */
  readonly label?: string;
  /** Epoch milliseconds; 0: not known. */
  readonly created: number;
  /** Since when it opens nothing. It is kept, so that a device that goes on with it is told from a guess. */
  readonly revoked?: number;
}

export interface Account {
  readonly login: string;
  readonly user: string;
  readonly passwords: readonly Password[];
  /** Nobody comes in. */
  readonly disabled?: true;
  readonly policies?: { readonly [datastore: string]: Policy };
}

/** Which device each password of a user belongs to, by the password's id. */
export interface Bindings {
  readonly bound: { readonly [password: string]: string };
  readonly version: number;
}
