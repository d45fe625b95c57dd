/** Logins, and what their answers say. */
import { md5Digest, verifierOf } from '../../../lib/engine/session/credentials.ts';
import type { Chal, Message } from '../../../lib/message/model.ts';
import { alert } from '../../kit/drafts.ts';
import { PASSWORD, type TestServer, USER } from '../../kit/server.ts';
import { Session, type SessionOptions } from '../../kit/session.ts';
import { statusesOf } from '../steps.ts';

export const chalOf = (reply: Message): Chal | undefined => statusesOf(reply)[0]?.chal;
export const nonceOf = (reply: Message): Uint8Array => chalOf(reply)?.nextNonce ?? new Uint8Array();
export const headerCode = (reply: Message): number | undefined => statusesOf(reply)[0]?.code;
export const md5Cred = (nonce: Uint8Array, password = PASSWORD) => ({
  meta: { type: 'syncml:auth-md5', format: 'b64' },
  data: md5Digest(verifierOf(USER, password), nonce),
});

/** A login by md5 in one message of its own session. */
export async function login(server: TestServer, options: SessionOptions, msgId = 1) {
  const session = new Session(server, { auth: 'md5', ...options });
  return { session, reply: (await session.send([alert(201)], { msgId, cred: true })).reply };
}
