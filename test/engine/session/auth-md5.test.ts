/** Digests and their nonces [SP11 3.2; U16-U21]. */
import { describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../kit/server.ts';
import { codesOf, type SessionOptions } from '../../kit/session.ts';
import { basicCred, post } from '../steps.ts';
import { chalOf, headerCode, login, md5Cred, nonceOf } from './logins.ts';

describe('md5', () => {
  const challenged = async (server: TestServer, options: SessionOptions = {}) =>
    nonceOf((await login(server, options)).reply);

  it.each(['xml', 'wbxml'] as const)(
    'U16 U18 U19: %s: an empty nonce is refused with a fresh one, which works with a higher MsgID',
    async (wire) => {
      const server = await startServer();
      const first = await login(server, { wire });
      expect(headerCode(first.reply)).toBe(401);
      expect(chalOf(first.reply)).toMatchObject({ type: 'syncml:auth-md5', format: 'b64' });
      const second = await login(server, { wire, nonce: nonceOf(first.reply) }, 2);
      expect(headerCode(second.reply)).toBe(212);
      expect(codesOf(second.reply)).toContain('Alert@1=200');
    },
  );

  it('U18 E51: the nonce also works in a new session from MsgID 1, for it belongs to the device', async () => {
    const server = await startServer();
    const nonce = await challenged(server, { sessionId: '1' });
    expect(headerCode((await login(server, { sessionId: '2', nonce })).reply)).toBe(212);
  });

  it('U18: the nonce of one device is none of another', async () => {
    const server = await startServer();
    const nonce = await challenged(server, { device: 'phone-1' });
    expect(headerCode((await login(server, { device: 'phone-2', nonce })).reply)).toBe(401);
  });

  it('U18: a nonce serves one session: the same credentials later are refused', async () => {
    const server = await startServer();
    const nonce = await challenged(server);
    expect(headerCode((await login(server, { nonce }, 2)).reply)).toBe(212);
    const replayed = await login(server, { sessionId: '2', nonce });
    expect(headerCode(replayed.reply)).toBe(401);
    expect(codesOf(replayed.reply)).toContain('Alert@1=401');
  });

  it('U11: 212 brings the nonce for the next session, in which it works', async () => {
    const server = await startServer();
    let nonce = await challenged(server);
    for (const sessionId of ['2', '3', '4']) {
      const { reply } = await login(server, { sessionId, nonce });
      expect(headerCode(reply)).toBe(212);
      nonce = nonceOf(reply);
      expect(nonce.length).toBeGreaterThan(0);
    }
  });

  it('U11 U18: a client that lost the answer with the nonce is challenged and comes in', async () => {
    const server = await startServer();
    const nonce = await challenged(server);
    await login(server, { nonce }, 2);
    const refused = await login(server, { sessionId: '2', nonce });
    expect(
      headerCode((await login(server, { sessionId: '2', nonce: nonceOf(refused.reply) }, 2)).reply),
    ).toBe(212);
  });

  it("U18 U19: the settled nonce survives somebody else's attempts with this device id", async () => {
    const server = await startServer();
    const settled = nonceOf((await login(server, { nonce: await challenged(server) }, 2)).reply);
    for (let n = 0; n < 5; n += 1) await login(server, { sessionId: `x${n}`, password: 'guess' });
    expect(headerCode((await login(server, { sessionId: '9', nonce: settled })).reply)).toBe(212);
  });

  it('U19: twenty failures lock nobody out', async () => {
    const server = await startServer();
    for (let n = 0; n < 20; n += 1) await login(server, { sessionId: `x${n}`, password: 'guess' });
    const nonce = await challenged(server, { sessionId: 'y' });
    expect(headerCode((await login(server, { sessionId: 'y', nonce }, 2)).reply)).toBe(212);
  });

  it('E58 U20: a digest in WBXML may be the raw 16 octets', async () => {
    const server = await startServer();
    for (const format of ['bin', 'b64']) {
      const fresh = await challenged(server, { sessionId: format });
      const data = new Uint8Array(Buffer.from(md5Cred(fresh).data, 'base64'));
      const cred = { meta: { type: 'syncml:auth-md5', format }, data };
      const header = { cred, msgId: 2, sessionId: format };
      expect(headerCode((await post(server, { wire: 'wbxml', header })).reply)).toBe(212);
    }
  });

  it('U17: without LocName there is no user to look for: 415', async () => {
    const server = await startServer();
    const nonce = await challenged(server);
    const { reply } = await post(server, {
      header: { cred: md5Cred(nonce), source: { uri: 'phone-1' }, msgId: 2 },
    });
    expect(headerCode(reply)).toBe(415);
  });

  it('U06 U21: SyncML 1.0 is asked for basic, since its digest needs the clear password', async () => {
    const server = await startServer();
    const cred = md5Cred(Buffer.from('x'));
    const { reply } = await post(server, { version: '1.0', header: { cred } });
    expect(headerCode(reply)).toBe(401);
    expect(chalOf(reply)).toEqual({ type: 'syncml:auth-basic', format: 'b64' });
    const basic = await post(server, { version: '1.0', header: { cred: basicCred(), msgId: 2 } });
    expect(headerCode(basic.reply)).toBe(212);
  });
});
