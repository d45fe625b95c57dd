/** Credentials and challenges, basic, and what is told to strangers [SP11 3; U01-U15, U23]. */
import { describe, expect, it } from 'vitest';
import { putAccount } from '../../../lib/app/accounts.ts';
import { md5Digest, verifierOf } from '../../../lib/engine/session/credentials.ts';
import { add, alert, devInf, putDevInf, remove, sync, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { codesOf, Session } from '../../kit/session.ts';
import { basicCred, begin, liveItems, post, statusesOf, tablesOf, upload, watchedServer } from '../steps.ts';
import { chalOf, headerCode, login, md5Cred, nonceOf } from './logins.ts';

describe('the formulas of B.1', () => {
  const verifier = verifierOf('Bruce2', 'OhBehave');
  it('U22: the stored verifier is B64(MD5(user:password))', () => {
    expect(verifier).toBe('PtEdr8lBQ45IbT1bZIkrOQ==');
  });
  it('U18 U21: the digest of the nonce "Nonce"', () => {
    expect(md5Digest(verifier, Buffer.from('Nonce'))).toBe('Zz6EivR3yeaaENcRN6lpAQ==');
  });
  it('U18: the nonce is taken as the decoded octets, whatever they are', () => {
    expect(md5Digest(verifier, Buffer.from('LG3iZQhhdmKNHg==', 'base64'))).toBe('LAK2i25Fh0nxxGGaAzRRpg==');
  });
});

describe('a message without credentials', () => {
  const commands = [
    putDevInf(),
    alert(201),
    sync([add('1', vcard('Ada')), remove('2')]),
    { name: 'Get', items: [{ target: { uri: './devinf12' } }] } as const,
  ];

  it('U05 U07: gets 407 and a challenge for md5 with a nonce', async () => {
    const { reply } = await post(await startServer(), { commands: [alert(201)] });
    expect(headerCode(reply)).toBe(407);
    expect(chalOf(reply)).toMatchObject({ type: 'syncml:auth-md5', format: 'b64' });
    expect(nonceOf(reply).length).toBeGreaterThanOrEqual(10);
    expect(nonceOf(reply).length).toBeLessThan(64);
  });

  it('U13 U14: is answered by one Status for each command, nested ones too, by nothing else, and Final', async () => {
    const { reply } = await post(await startServer(), { commands });
    expect(codesOf(reply)).toEqual([
      ...[
        'SyncHdr@0=407',
        'Put@1=407',
        'Alert@2=407',
        'Sync@3=407',
        'Add@4=407',
        'Delete@5=407',
        'Get@6=407',
      ],
    ]);
    expect(reply.commands).toHaveLength(7);
    expect(reply.final).toBe(true);
    expect(reply.header.respURI).toBeUndefined(); // H14
  });

  it.each([
    ['without credentials', undefined, 407],
    ['with a wrong password', basicCred('anna:wrong'), 401],
    ['with a wrong digest', md5Cred(Buffer.from('x'), 'wrong'), 401],
  ] as const)('U15: executes and stores nothing %s', async (_, cred, code) => {
    const { server, writes } = await watchedServer();
    const { reply } = await post(server, { commands, header: cred === undefined ? {} : { cred } });
    expect(statusesOf(reply).map((status) => status.code)).toEqual(Array.from({ length: 7 }, () => code));
    expect(await liveItems(server)).toEqual([]);
    // A nonce for the next attempt is all that may be kept.
    expect(['', 'anchors']).toContain(tablesOf(writes).join());
    for (const write of writes) {
      if (write.op !== 'put') throw new Error('only rows of devices are put');
      expect(write.row.sk).toBe('D');
      expect(Object.keys(write.row.attributes).sort()).toEqual(['challenge', 'f']);
      expect(write.row.blob).toBeUndefined();
    }
  });

  it('U16 U18: may be repeated with a digest over the nonce of the 407', async () => {
    const server = await startServer();
    const { reply } = await post(server, { commands: [alert(201)] });
    const again = await login(server, { nonce: nonceOf(reply) }, 2);
    expect(headerCode(again.reply)).toBe(212);
  });
});

describe('basic', () => {
  it.each([
    ['with Type and Format', { type: 'syncml:auth-basic', format: 'b64' }],
    ['U04: without Format', { type: 'syncml:auth-basic' }],
    ['U02: without Meta', {}],
    ['U02: without Type', { format: 'b64' }],
  ])('U01 U03 U08: %s is 212', async (_, meta) => {
    const { reply } = await post(await startServer(), { header: { cred: basicCred(undefined, meta) } });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=212']);
  });

  it('U06: a wrong password is 401 with a challenge for basic', async () => {
    const { reply } = await post(await startServer(), { header: { cred: basicCred('anna:wrong') } });
    expect(headerCode(reply)).toBe(401);
    expect(chalOf(reply)).toEqual({ type: 'syncml:auth-basic', format: 'b64' });
  });

  it('U06: the right password after a wrong one goes on in the same session', async () => {
    const server = await startServer();
    await post(server, { header: { cred: basicCred('anna:wrong') } });
    const { reply } = await post(server, { header: { cred: basicCred(), msgId: 2 } });
    expect(headerCode(reply)).toBe(212);
  });

  it('U08 U09 U10 U12: 212 is said once; the messages after it are 200', async () => {
    const server = await startServer();
    const { session, init } = await begin(server);
    expect(headerCode(init)).toBe(212);
    expect(headerCode(await upload(session))).toBe(200);
  });

  it('U03: a password may have colons', async () => {
    const server = await startServer();
    await putAccount(server.store, { login: 'carl', password: 'a:b:c' });
    const { reply } = await post(server, { header: { cred: basicCred('carl:a:b:c') } });
    expect(headerCode(reply)).toBe(212);
  });
});

describe('what is told to strangers', () => {
  it('U23: an unsupported scheme is 406 with a challenge for one that is supported', async () => {
    const cred = { meta: { type: 'syncml:auth-x509', format: 'b64' }, data: 'eA==' };
    const { reply } = await post(await startServer(), { header: { cred }, commands: [alert(201)] });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=406', 'Alert@1=406']);
    expect(chalOf(reply)?.type).toBe('syncml:auth-md5');
  });

  it.each(['basic', 'md5'] as const)('%s: an unknown login looks like a wrong password', async (auth) => {
    const server = await startServer();
    const answers = [];
    for (const user of ['anna', 'zora']) {
      const session = new Session(server, { auth, user, password: 'wrong', device: 'phone-9' });
      const replies = [];
      for (const msgId of [1, 2]) {
        const { reply, http } = await session.send([putDevInf(devInf()), alert(201)], { msgId, cred: true });
        const nonce = Buffer.from(nonceOf(reply)).toString('base64');
        const text = Buffer.from(http.body).toString('utf8');
        replies.push(text.replace(nonce, `${nonce.length} characters`).replace(`>${user}<`, '><'));
      }
      answers.push(replies);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('a user of another account cannot use the nonce that was made for this one', async () => {
    const server = await startServer({ users: ['anna', 'berta'] });
    const nonce = nonceOf((await login(server, { user: 'anna' })).reply);
    expect(headerCode((await login(server, { user: 'berta', nonce }, 2)).reply)).toBe(401);
  });
});
