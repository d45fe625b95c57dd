/**
 * The nonces of digests (U07, U11, U18, U19; docs/adr/0028). Those of challenges are computed, not stored: a challenge writes
 * nothing, and nobody can take away the challenge of another.
 */
import { createHmac } from 'node:crypto';
import type { Environment } from '../io/request.ts';
import type { Device } from '../model/records.ts';

/** Who is challenged. Nothing of it need be true. */
export interface Challenged {
  readonly login: string;
  /** The DevID. */
  readonly device: string;
  /** The row of the device, of a login that exists. */
  readonly known: Device | undefined;
}

/** A challenge may be answered in the window in which it was given, and in the next one: for ten to twenty minutes. */
const WINDOW_MS = 10 * 60_000;

/** 16 printable octets: some clients keep a nonce as a C string, which ends at a NUL. */
const OCTETS = 16;

/** The nonce of a challenge that is given now, or so many windows ago. */
export function challengeNonce(
  { key, now }: Pick<Environment, 'key' | 'now'>,
  { login, device, known }: Challenged,
  windowsAgo = 0,
): Uint8Array {
  // With the next settled nonce all challenges of before are void.
  const of = JSON.stringify([login, device, Math.floor(now / WINDOW_MS) - windowsAgo, known?.nonce ?? null]);
  const digest = createHmac('sha256', key).update(of).digest('base64url');
  return Buffer.from(digest.slice(0, OCTETS));
}

/** The nonces that a digest may be made with: the settled one, whatever its age, and those of the last two windows. */
export const acceptedNonces = (environment: Environment, challenged: Challenged): Uint8Array[] => [
  ...(challenged.known?.nonce === undefined ? [] : [Buffer.from(challenged.known.nonce, 'base64')]),
  challengeNonce(environment, challenged),
  challengeNonce(environment, challenged, 1),
];
