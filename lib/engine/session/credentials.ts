/** Who sends this message: credentials, challenges, nonces [SP11 3, B.1]. */

import { createHash, timingSafeEqual } from 'node:crypto';
import { Status, type StatusCode } from '../../message/codes.ts';
import { credentials } from '../../message/data.ts';
import type { Chal, Version } from '../../message/model.ts';
import type { Request } from '../io/request.ts';
import type { Password } from '../model/accounts.ts';

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

function loginOf(text: string | undefined): string | undefined {
  const login = normalText(text ?? '');
  return login === '' || login.length > MAX_LOGIN ? undefined : login;
}

/** A login as it is stored: without blanks around it, and each letter in one form of Unicode. */
const normalText = (login: string): string =>
  login
    .slice(0, 2 * MAX_LOGIN)
    .normalize('NFC')
    .trim();

/** Characters of the longest login, which is part of a key. */
const MAX_LOGIN = 256;

type Scheme = 'basic' | 'md5' | 'mac';

export type CredentialCheck =
  | { readonly ok: true; readonly scheme: Scheme; readonly password: Password }
  | { readonly ok: false; readonly code: StatusCode; readonly scheme: Scheme };

/** What credentials are compared with. */
export interface Claim {
  readonly request: Request;
  readonly version: Version;
  /** The passwords that are looked at; the same work is done where there is none. */
  readonly passwords: readonly Password[];
  /** With which of these nonces may a digest be made? */
  readonly nonces: readonly Uint8Array[];
}

/** Are the credentials right? Never says which of login and password is wrong. */
export function verify({ request, version, passwords, nonces }: Claim): CredentialCheck {
  const { cred } = request.message.header;
  // Digests of SyncML 1.0 need the clear password, so the client is asked for basic credentials (U21).
  const usual = version === '1.0' ? 'basic' : 'md5';
  if (cred === undefined && request.mac !== undefined) return verifyMac(request.mac, passwords, nonces);
  if (cred === undefined) return { ok: false, code: Status.missingCredentials, scheme: usual };
  const read = credentials(cred);
  if (read.type === 'unsupported') return { ok: false, code: Status.notSupported, scheme: usual };
  if (read.type === 'md5' && version === '1.0')
    return { ok: false, code: Status.invalidCredentials, scheme: 'basic' };
  // A digest does not name its login. Without LocName there is nobody to check it for (U17).
  if (read.type === 'md5' && request.message.header.source.name === undefined)
    return { ok: false, code: Status.unsupportedType, scheme: 'md5' };
  const refused: CredentialCheck = { ok: false, code: Status.invalidCredentials, scheme: read.type };
  const own = read.type === 'basic' ? verifierOf(normalText(read.user), read.password) : '';
  const password = rightOf(passwords, ({ verifier }) =>
    read.type === 'basic' ? sameText(own, verifier) : isDigest(read.digest, verifier, nonces),
  );
  return password === undefined ? refused : { ok: true, scheme: read.type, password };
}

/** Compared where there is no password. */
const NONE: Password = { id: '', verifier: verifierOf('', ''), created: 0 };

/** The password that is right. All are compared, so that the time does not tell which it was. */
function rightOf(
  passwords: readonly Password[],
  isRight: (password: Password) => boolean,
): Password | undefined {
  const [right] = (passwords.length === 0 ? [NONE] : passwords).filter(isRight);
  return right === NONE ? undefined : right;
}

const isDigest = (sent: Uint8Array, verifier: string, nonces: readonly Uint8Array[]): boolean =>
  nonces.filter((nonce) => sameText(md5Digest(verifier, nonce), Buffer.from(sent).toString('base64')))
    .length > 0;

const NO_NONCE = [new Uint8Array()];

/**
 * Does the client only lack a nonce? Without one of ours some send a digest over none [SP11 3.2]: that is right then, and no
 * guess.
 */
export function lacksNonce(claim: Omit<Claim, 'nonces'>): boolean {
  const verdict = verify({ ...claim, nonces: NO_NONCE });
  return verdict.ok && verdict.scheme !== 'basic';
}

/** U28: the digest of U18, but over the body too. */
function verifyMac(
  { mac, body }: NonNullable<Request['mac']>,
  passwords: readonly Password[],
  nonces: readonly Uint8Array[],
): CredentialCheck {
  const password = rightOf(
    passwords,
    ({ verifier }) =>
      nonces.filter((nonce) => sameText(md5Base64(verifier, ':', nonce, ':', body), mac)).length > 0,
  );
  return password === undefined
    ? { ok: false, code: Status.invalidCredentials, scheme: 'mac' }
    : { ok: true, scheme: 'mac', password };
}

/** The challenge for the next attempt or the next session (U07, U11). `nextNonce`: decoded octets. */
export const challenge = (scheme: Scheme, nextNonce: Uint8Array): Chal =>
  scheme === 'basic'
    ? { type: 'syncml:auth-basic', format: 'b64' }
    : { type: SCHEME_TYPES[scheme], format: 'b64', nextNonce };

const SCHEME_TYPES = { md5: 'syncml:auth-md5', mac: 'syncml:auth-MAC' } as const;
