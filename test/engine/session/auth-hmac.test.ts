/** Credentials in the header `x-syncml-hmac` (U28), and our own for a client that asks for them (U27). */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../lib/codec/codec.ts';
import { SERVER_ID } from '../../../lib/engine/device/own-devinf.ts';
import { verifierOf } from '../../../lib/engine/session/credentials.ts';
import type { StatusCommand } from '../../../lib/message/model.ts';
import { parseMessage } from '../../../lib/message/parse/message.ts';
import { serializeMessage } from '../../../lib/message/serialize/message.ts';
import { add, alert, sync, vcard } from '../../kit/drafts.ts';
import { PASSWORD, startServer, type TestServer } from '../../kit/server.ts';
import { codesOf, Session } from '../../kit/session.ts';
import { bodiesOf, numbered, statusesOf } from '../steps.ts';
import { headerCode, nonceOf } from './logins.ts';

const md5 = (...parts: (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest('base64');

interface Signed {
  readonly nonce?: Uint8Array;
  readonly sessionId?: string;
  readonly password?: string;
  /** Changes the header. */
  readonly header?: (mac: string) => string;
  /** Changes the body behind the signature. */
  readonly body?: (body: Uint8Array) => Uint8Array;
}

async function send(server: TestServer, how: Signed = {}) {
  const { nonce = new Uint8Array(), sessionId = '1', password = PASSWORD } = how;
  const header = {
    ...{ verDTD: '1.2', verProto: 'SyncML/1.2', sessionId, msgId: 1 },
    ...{ target: { uri: server.url }, source: { uri: 'phone-1', name: 'anna' } },
  };
  const commands = numbered([alert(201), sync([add('1', vcard('Ada'))])]);
  const body = encode(serializeMessage({ header, commands, final: true }, '1.2'), 'xml', '1.2');
  const mac = md5(md5(`anna:${password}`), ':', nonce, ':', md5(body));
  const form = how.header ?? ((value: string) => `algorithm=MD5, username="anna", mac=${value}`);
  const answer = await server.post({
    body: how.body?.(body) ?? body,
    headers: { 'content-type': 'application/vnd.syncml+xml', 'x-syncml-hmac': form(mac) },
  });
  return parseMessage(decode(answer.body, 'xml').root);
}
const chalType = (reply: Awaited<ReturnType<typeof send>>) => (reply.commands[0] as StatusCommand).chal?.type;
/** A server that takes the header, and the nonce of its first challenge. */
async function challenged() {
  const server = await startServer({ hmac: true });
  const refused = await send(server);
  return { server, refused, nonce: nonceOf(refused) };
}

describe('U28: x-syncml-hmac', () => {
  it('is challenged in its own scheme, then taken, and a nonce serves one session', async () => {
    const { server, refused, nonce } = await challenged();
    expect([headerCode(refused), chalType(refused)]).toEqual([401, 'syncml:auth-MAC']);
    const taken = await send(server, { nonce });
    expect([headerCode(taken), chalType(taken)]).toEqual([212, 'syncml:auth-MAC']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
    expect(headerCode(await send(server, { nonce, sessionId: '2' }))).toBe(401);
    expect(headerCode(await send(server, { nonce: nonceOf(taken), sessionId: '3' }))).toBe(212);
  });

  it('takes the header without algorithm, in any order', async () => {
    const { server, nonce } = await challenged();
    const reply = await send(server, { nonce, header: (mac) => `mac=${mac},username=anna` });
    expect(headerCode(reply)).toBe(212);
  });

  it.each<[string, number, Signed]>([
    ['a wrong password', 401, { password: 'wrong' }],
    [
      'a body that is another one',
      401,
      { body: (body) => Buffer.from(Buffer.from(body).toString().replace('Ada', 'Eve')) },
    ],
    ['another algorithm', 407, { header: (mac) => `algorithm=SHA1, username="anna", mac=${mac}` }],
    ['nonsense', 407, { header: () => 'x' }],
    ['a user that there is not', 401, { header: (mac) => `username="bert", mac=${mac}` }],
  ])('refuses %s with %i', async (_, code, how) => {
    const { server, nonce } = await challenged();
    expect(headerCode(await send(server, { nonce, ...how }))).toBe(code);
    expect(await bodiesOf(server)).toEqual([]);
  });

  it('is no credentials where it is not switched on', async () => {
    const server = await startServer();
    expect(headerCode(await send(server))).toBe(407);
  });
});

describe('U27: a client that challenges the server', () => {
  const chal = { type: 'syncml:auth-md5', format: 'b64', nextNonce: Buffer.from('who are you') } as const;
  async function ask(server: TestServer, more: object) {
    const session = new Session(server);
    await session.send([alert(201)]);
    const [header, ...others] = session.statuses();
    const { reply } = await session.send([{ ...header, ...more } as never, ...others, sync([])]);
    return { session, reply };
  }

  it('gets the digest of the server password in the next header, once', async () => {
    const server = await startServer({ notifications: true });
    const { session, reply } = await ask(server, { code: 407, chal });
    expect(reply.header.cred).toEqual({
      meta: { type: 'syncml:auth-md5', format: 'b64' },
      data: md5(verifierOf(SERVER_ID, PASSWORD), ':', 'who are you'),
    });
    const next = await session.send(session.statuses());
    expect(next.reply.header.cred).toBeUndefined();
  });

  it.each([
    ['for basic credentials', { code: 407, chal: { type: 'syncml:auth-basic', format: 'b64' } }, true],
    ['where no server password is kept', { code: 407, chal }, false],
    ['without a refusal', { code: 200, chal }, true],
  ])('gets none %s', async (_, more, notifications) => {
    const { reply } = await ask(await startServer({ notifications }), more);
    expect(reply.header.cred).toBeUndefined();
    expect(codesOf(reply)[0]).toBe('SyncHdr@0=200');
    expect(statusesOf(reply).find(({ cmd }) => cmd === 'Sync')?.code).toBe(200);
  });
});
