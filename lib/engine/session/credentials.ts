/** Who sends this message: credentials, challenges, nonces [SP11 3, B.1]. */

import { createHash, timingSafeEqual } from 'node:crypto';
import { Status, type StatusCode } from '../../message/codes.ts';
import { credentials } from '../../message/data.ts';
import type { Chal, Version } from '../../message/model.ts';
import type { Environment, Request } from '../io/request.ts';
import type { Account, Device } from '../model/records.ts';

const md5Base64 = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest('base64');
};

/** B64(MD5(login ":" password)): all that the server keeps of a password (U22). */
export const verifierOf = (login: string, password: string): string => md5Base64(`${login}:${password}`);

/** The digest of SyncML 1.1 and 1.2. `nonce`: decoded octets (U18, U21). */
export const md5Digest = (verifier: string, nonce: Uint8Array): string => md5Base64(verifier, ':', nonce);

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * The login that a message claims: the user of basic credentials, else SyncHdr's LocName (U17). In a message without
 * credentials the login only says whom a challenge is for. A message with the secret of a session claims none.
 */
export function claimedLogin(request: Request): string | undefined {
  const { cred, source } = request.message.header;
  if (cred === undefined && request.mac !== undefined) return loginOf(request.mac.user);
  const read = cred && credentials(cred);
  if (read === undefined && request.ticket !== undefined) return undefined;
  const login = read?.type === 'basic' ? read.user : source.name;
  return loginOf(login);
}

const loginOf = (login: string | undefined): string | undefined =>
  login === '' || (login?.length ?? 0) > MAX_LOGIN ? undefined : login;

/** Characters of the longest login, which is part of a key. */
const MAX_LOGIN = 256;

type Scheme = 'basic' | 'md5' | 'mac';

export type CredentialCheck =
  | { readonly ok: true; readonly scheme: Scheme; readonly account: Account }
  | { readonly ok: false; readonly code: StatusCode; readonly scheme: Scheme };

/** Are the credentials right? Never says which of login and password is wrong. */
export function verify(
  request: Request,
  version: Version,
  account: Account | undefined,
  device: Device | undefined,
): CredentialCheck {
  const { cred } = request.message.header;
  // Digests of SyncML 1.0 need the clear password, so the client is asked for basic credentials (U21).
  const usual = version === '1.0' ? 'basic' : 'md5';
  if (cred === undefined && request.mac !== undefined) return verifyMac(request.mac, account, device);
  if (cred === undefined) return { ok: false, code: Status.missingCredentials, scheme: usual };
  const read = credentials(cred);
  if (read.type === 'unsupported') return { ok: false, code: Status.notSupported, scheme: usual };
  if (read.type === 'md5' && version === '1.0')
    return { ok: false, code: Status.invalidCredentials, scheme: 'basic' };
  // A digest does not name its login. Without LocName there is nobody to check it for (U17).
  if (read.type === 'md5' && request.message.header.source.name === undefined)
    return { ok: false, code: Status.unsupportedType, scheme: 'md5' };
  const refused: CredentialCheck = { ok: false, code: Status.invalidCredentials, scheme: read.type };
  if (account === undefined) return refused;
  if (read.type === 'basic')
    return sameText(verifierOf(read.user, read.password), account.verifier)
      ? { ok: true, scheme: 'basic', account }
      : refused;
  const sent = Buffer.from(read.digest).toString('base64');
  const right = noncesOf(device).some((nonce) => sameText(md5Digest(account.verifier, nonce), sent));
  return right ? { ok: true, scheme: 'md5', account } : refused;
}

const noncesOf = (device: Device | undefined): Buffer[] =>
  [device?.nonce, device?.challenge].flatMap((nonce) =>
    nonce === undefined ? [] : [Buffer.from(nonce, 'base64')],
  );

export const hasNonce = (device: Device | undefined): boolean => noncesOf(device).length > 0;

/** U28: the digest of U18, but over the body too. */
function verifyMac(
  { mac, body }: NonNullable<Request['mac']>,
  account: Account | undefined,
  device: Device | undefined,
): CredentialCheck {
  const right =
    account !== undefined &&
    noncesOf(device).some((nonce) => sameText(md5Base64(account.verifier, ':', nonce, ':', body), mac));
  return right
    ? { ok: true, scheme: 'mac', account }
    : { ok: false, code: Status.invalidCredentials, scheme: 'mac' };
}

/** The challenge for the next attempt or the next session (U07, U11). */
export const challenge = (scheme: Scheme, environment: Environment): Chal =>
  scheme === 'basic'
    ? { type: 'syncml:auth-basic', format: 'b64' }
    : { type: SCHEME_TYPES[scheme], format: 'b64', nextNonce: environment.nonce };

const SCHEME_TYPES = { md5: 'syncml:auth-md5', mac: 'syncml:auth-MAC' } as const;
