/** The log: a line for each message, and nothing personal in it. */
import { describe, expect, it } from 'vitest';
import { begin, upload } from '../engine/steps.ts';
import { add, alert, vcard } from '../kit/drafts.ts';
import { PASSWORD, startServer } from '../kit/server.ts';
import { credOf, Session, type SessionOptions } from '../kit/session.ts';

import { message, xml } from './requests.ts';

describe('the log', () => {
  it('has a line for each message, and neither content nor password nor digest', async () => {
    const server = await startServer();
    const secret = 'Zebra-Quagga-77';
    const { session } = await begin(server);
    await upload(session, [add('1', vcard(secret)), add('2', secret, 'image/png')]);
    await upload(session, [add('3', vcard(secret))]); // refused: the package is closed
    await server.post({ body: xml(`<SyncML>${secret}</SyncML>`) });
    await server.post({ body: xml(`<SyncML><${secret}>`) });
    await server.post({ headers: { 'content-type': secret }, body: message('xml', secret) });
    const digests = [];
    for (const password of [PASSWORD, 'Wrong-Password-1']) {
      const options = { auth: 'md5', password, nonce: Buffer.from('x') } as const;
      await new Session(server, options).send([alert(201)]);
      digests.push(String(credOf(options)?.data));
      await new Session(server, { password, sessionId: '9' }).send([alert(201)]);
      digests.push(Buffer.from(`anna:${password}`).toString('base64'));
    }
    const log = JSON.stringify(server.log);
    for (const text of [secret, PASSWORD, 'Wrong-Password-1', ...digests]) expect(log).not.toContain(text);
    expect(server.log.filter(({ event }) => event === 'message')).toHaveLength(7);
    expect(server.log.filter(({ event }) => event === 'refused')).toHaveLength(3);
    for (const line of server.log) expect(() => JSON.parse(JSON.stringify(line))).not.toThrow();
  });

  const address = '192.0.2.7';
  const failures = async (options: SessionOptions) => {
    const server = await startServer();
    const post = server.post.bind(server);
    const remote = {
      ...server,
      post: (request: Parameters<typeof post>[0]) => post({ ...request, address }),
    };
    await new Session(remote, options).send([alert(201)]);
    return { server, remote, of: () => server.log.filter(({ event }) => event === 'auth-failed') };
  };

  it('names login and address of a failed login, and nothing else', async () => {
    const basic = await failures({ password: 'wrong' });
    expect(basic.of()).toEqual([{ event: 'auth-failed', login: 'anna', address }]);
    const unknown = await failures({ user: 'nobody', password: 'wrong' });
    expect(unknown.of()).toEqual([{ event: 'auth-failed', login: 'nobody', address }]);
    const strange = await failures({ user: 'a name\nof two lines', password: 'wrong' });
    expect(strange.of()).toEqual([{ event: 'auth-failed', login: 'malformed', address }]);
  });

  it.each(['none', 'md5'] as const)(
    'has no failed login where a challenge was waited for: %s',
    async (auth) => {
      const { of, server, remote } = await failures({ auth });
      expect(of()).toEqual([]);
      expect(server.log.filter(({ event }) => event === 'not-opened')).toHaveLength(1);
      const nonce = Buffer.from('not the nonce');
      await new Session(remote, { auth: 'md5', password: 'wrong', nonce, sessionId: '2' }).send([alert(201)]);
      expect(of()).toEqual([{ event: 'auth-failed', login: 'anna', address }]);
    },
  );

  it('names no id and no type that is not one: there may be content in its place', async () => {
    const server = await startServer();
    const secret = vcard('Quagga');
    const { session } = await begin(server, { device: secret, sessionId: secret });
    await upload(session, [add('1', vcard('Ada'), secret)]);
    expect(JSON.stringify(server.log)).not.toContain('Quagga');
    expect(server.log.at(-1)).toMatchObject({ device: 'malformed', session: 'malformed', type: 'malformed' });
  });

  it('says of a message who, which, how many commands and how large, and no name of an unknown command', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    await upload(session, [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
    const line = server.log.filter(({ event }) => event === 'message').at(-1);
    expect(line).toMatchObject({
      user: 'anna',
      device: 'phone-1',
      session: '1',
      msg: 2,
      wire: 'xml',
      final: true,
    });
    expect(line?.commands).toMatchObject({ Sync: 1, Add: 2 });
    expect(line?.bytesIn).toBeGreaterThan(100);
    expect(line?.bytesOut).toBeGreaterThan(100);
  });
});
