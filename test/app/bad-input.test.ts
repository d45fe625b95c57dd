/** Whatever comes in is answered with a clear text, and nothing of it is stored [HB12, T01-T22, Q02]. */
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../lib/app/http/http.ts';
import { bodiesOf, post, watchedServer } from '../engine/steps.ts';
import { alert } from '../kit/drafts.ts';
import { startServer } from '../kit/server.ts';

import { message, type Sent, textOf, WBXML, XML, xml } from './requests.ts';

/** The answer must be this error as plain text, and nothing may be stored. */
async function refused(request: Sent, status: number, text: RegExp): Promise<HttpAnswer> {
  const { server, writes } = await watchedServer();
  const answer = await server.post(request);
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store, private');
  expect(textOf(answer)).toMatch(text);
  expect(writes).toEqual([]);
  return answer;
}

describe('the HTTP binding', () => {
  it.each(['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'])(
    'T01: %s is 405 and names POST',
    async (method) => {
      const answer = await refused({ method, body: message() }, 405, /POST/);
      expect(answer.headers.allow).toBe('POST');
    },
  );

  it.each(['text/plain', 'application/json', 'multipart/form-data; boundary=x', ''])(
    'T02 T04: Content-Type "%s" is 415 and names ours',
    async (type) => {
      await refused({ headers: { 'content-type': type }, body: message() }, 415, /vnd\.syncml\+xml/);
    },
  );

  it.each([
    [{ accept: 'text/html' }, /Accept/],
    [{ accept: `${XML};q=0, ${WBXML};q=0` }, /Accept/],
    [{ 'accept-charset': 'iso-8859-1' }, /UTF-8/],
  ])('T04 T08: %j is 406', async (more, text) => {
    await refused({ headers: { 'content-type': XML, ...more }, body: message() }, 406, text);
  });

  it.each([
    {},
    { accept: '*/*' },
    { accept: `${WBXML}, ${XML};q=0.9` },
    { 'accept-charset': 'iso-8859-1, utf-8' },
    { 'accept-charset': '*' },
    { 'content-type': `${XML}; charset="utf-8"` },
    { 'content-type': XML.toUpperCase() },
  ])('T03 T05 T06 T07 T10: %j is answered in the encoding of the request', async (more) => {
    const server = await startServer();
    const answer = await server.post({ headers: { 'content-type': XML, ...more }, body: message() });
    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({
      'content-type': `${XML}; charset=utf-8`,
      'cache-control': 'no-store, private',
    });
  });

  it('T06 T10: in WBXML, too', async () => {
    const answer = await (await startServer()).post({
      headers: { 'content-type': WBXML },
      body: message('wbxml'),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({ 'content-type': WBXML, 'cache-control': 'no-store, private' });
  });

  it('T10: a refusal in SyncML is not to be cached either', async () => {
    const { http } = await post(await startServer(), { commands: [alert(201)] });
    expect(http.status).toBe(200);
    expect(http.headers['cache-control']).toBe('no-store, private');
  });

  it('20 MB are 413, and the limit is named', async () => {
    await refused({ body: new Uint8Array(20 * 1024 * 1024) }, 413, /\d{5,}/);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ] as const)('T11: a body in %s is read', async (encoding, pack) => {
    const server = await startServer();
    const headers = { 'content-type': XML, 'content-encoding': encoding };
    expect((await server.post({ headers, body: pack(message()) })).status).toBe(200);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ] as const)('a bomb in %s is 413 before it is unpacked', async (encoding, pack) => {
    const body = pack(Buffer.alloc(200 * 1024 * 1024));
    expect(body.length).toBeLessThan(1_000_000);
    await refused({ headers: { 'content-type': XML, 'content-encoding': encoding }, body }, 413, /\d{5,}/);
  });

  it.each([
    ['gzip', 400],
    ['deflate', 400],
    ['br', 415],
    ['compress', 415],
  ])('Content-Encoding %s that is none is %i', async (encoding, status) => {
    const headers = { 'content-type': XML, 'content-encoding': encoding };
    await refused({ headers, body: message() }, status, /gzip|deflate/);
  });
});

describe('bodies that are no message', () => {
  const nested = (count: number) => `${'<Item>'.repeat(count)}${'</Item>'.repeat(count)}`;
  const entities = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};&e${n};">`).join(
    '',
  );
  const bomb = `<!DOCTYPE SyncML [<!ENTITY e0 "aaaaaaaaaaaaaaaaaaaa">${entities}]>`;
  it.each([
    ['nothing', ''],
    ['white space', ' \n '],
    ['text', 'hello'],
    ['HTML', '<html><body>hello</body></html>'],
    ['JSON', '{"SyncML": {}}'],
    ['an open element', '<SyncML><SyncHdr>'],
    ['crossed tags', '<SyncML><SyncHdr></SyncML></SyncHdr>'],
    ['two roots', '<SyncML/><SyncML/>'],
    ['SyncML without a header', '<SyncML><SyncBody/></SyncML>'],
    ['a header without Source', '<SyncML><SyncHdr><SessionID>1</SessionID></SyncHdr></SyncML>'],
    ['a header without SessionID', '<SyncML><SyncHdr><Source><LocURI>x</LocURI></Source></SyncHdr></SyncML>'],
    ['20,000 nested elements', `<SyncML><SyncBody>${nested(20_000)}</SyncBody></SyncML>`],
    ['20,000 open elements', `<SyncML>${'<Item>'.repeat(20_000)}`],
  ])('T22: %s: 400 without a SyncML body', async (_, body) => {
    await refused({ body: xml(body) }, 400, /^Not a SyncML message: .{5,}\n$/);
  });

  it.each([
    ['an entity bomb', bomb, '&e30;'],
    ['an external entity', '<!DOCTYPE SyncML [<!ENTITY e30 SYSTEM "file:///etc/passwd">]>', '&e30;'],
    ['an external subset', '<!DOCTYPE SyncML SYSTEM "http://evil.example.com/x.dtd">', 'x'],
  ])('Q02: %s is not followed', async (_, doctype, use) => {
    const { server } = await watchedServer();
    const body = Buffer.from(message()).toString('utf8');
    const text = body.replace(/^<\?xml[^>]*\?>/, '').replace('FN:Ada', `FN:Ada ${use}`);
    const answer = await server.post({ body: xml(doctype + text) });
    expect([200, 400]).toContain(answer.status);
    const stored = (await bodiesOf(server)).join('');
    expect(stored.length).toBeLessThan(500);
    expect(stored).not.toMatch(/root:|aaaa/);
    expect(textOf(answer)).not.toMatch(/root:|aaaaaaaaaaaaaaaaaaaaaa/);
  });

  it('a message that is cut anywhere is 400, in both encodings', async () => {
    for (const wire of ['xml', 'wbxml'] as const) {
      const whole = message(wire);
      const { server, writes } = await watchedServer();
      for (let length = 0; length < whole.length - 1; length += 23) {
        const headers = { 'content-type': `application/vnd.syncml+${wire}` };
        const answer = await server.post({ headers, body: whole.subarray(0, length) });
        expect([length, answer.status]).toEqual([length, 400]);
      }
      expect(writes).toEqual([]);
    }
  });

  it('W08: unknown tokens and broken lengths in WBXML are 400 or answered', async () => {
    const { server } = await watchedServer();
    const whole = message('wbxml');
    for (let at = 0; at < whole.length; at += 7) {
      const body = Uint8Array.from(whole);
      body[at] = 0xff;
      const answer = await server.post({ headers: { 'content-type': WBXML }, body });
      expect([200, 400]).toContain(answer.status);
    }
    expect(server.log.filter(({ event }) => event === 'error')).toEqual([]);
  });
});
