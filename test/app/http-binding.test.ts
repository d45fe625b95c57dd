/** Encodings of the answer: wire, charset, compression [HB12 5.2, 5.3; T04-T11]. */
import { gunzipSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../lib/app/http/http.ts';
import { decode } from '../../lib/codec/codec.ts';
import type { Wire } from '../../lib/codec/tree.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { codeOf } from '../engine/steps.ts';
import { startServer } from '../kit/server.ts';
import { message, WBXML, XML } from './requests.ts';

const TYPES = { xml: XML, wbxml: WBXML };

async function answerTo(sent: Wire, headers: { [name: string]: string }): Promise<HttpAnswer> {
  const server = await startServer();
  return server.post({ body: message(sent), headers: { 'content-type': TYPES[sent], ...headers } });
}
const typeOf = (answer: HttpAnswer) => answer.headers['content-type']?.split(';')[0];
function expectAnswer({ status, body }: HttpAnswer, wire: Wire, bytes: Uint8Array = body): void {
  expect(status).toBe(200);
  expect(codeOf(parseMessage(decode(bytes, wire).root), 'Sync')).toBe(200);
}

describe('the wire of the answer', () => {
  it.each([
    ['xml', {}, 'xml'],
    ['wbxml', {}, 'wbxml'],
    ['wbxml', { accept: '*/*' }, 'wbxml'],
    ['wbxml', { accept: 'application/*' }, 'wbxml'],
    ['wbxml', { accept: `${XML}, ${WBXML};q=0.1` }, 'wbxml'],
    ['xml', { accept: `${XML}; charset=utf-8` }, 'xml'],
    ['wbxml', { accept: `${WBXML};level=1;q=0.5, ${XML};charset=UTF-8` }, 'wbxml'],
    ['xml', { accept: '', 'accept-charset': '' }, 'xml'],
    ['wbxml', { accept: 'anything', 'accept-charset': ',;=' }, 'wbxml'],
    ['xml', { accept: `${WBXML}, ${XML};q=0.1` }, 'xml'],
    ['xml', { accept: 'text/xml' }, 'xml'],
    ['xml', { accept: WBXML }, 'wbxml'],
    ['wbxml', { accept: XML }, 'xml'],
    ['xml', { accept: `${XML};q=0, */*` }, 'wbxml'],
  ] as const)('T04 T05 T06: %s with %j is answered in %s', async (sent, headers, wire) => {
    const answer = await answerTo(sent, headers);
    expect(typeOf(answer)).toBe(TYPES[wire]);
    expect(answer.headers['content-type']?.endsWith('; charset=utf-8')).toBe(wire === 'xml');
    expectAnswer(answer, wire);
  });

  it.each(['utf-8', 'UTF8', 'iso-8859-1;q=0.5, utf-8;q=0.1', '*'])(
    'T07: Accept-Charset %s is answered in UTF-8',
    async (charset) => expectAnswer(await answerTo('xml', { 'accept-charset': charset }), 'xml'),
  );

  it.each(['iso-8859-1', 'utf-8;q=0, utf-16'])('T08: Accept-Charset %s is 406', async (charset) => {
    expect((await answerTo('xml', { 'accept-charset': charset })).status).toBe(406);
  });

  it('T10: is never kept by a cache', async () =>
    expect((await answerTo('xml', {})).headers['cache-control']).toBe('no-store, private'));
});

describe('compression of the answer', () => {
  it.each([
    ['gzip', 'gzip', gunzipSync],
    ['deflate', 'deflate', inflateSync],
    ['gzip;q=0.5, deflate', 'deflate', inflateSync],
    ['identity;q=0.5, *', 'gzip', gunzipSync],
  ] as const)('T11: Accept-Encoding %s gives %s', async (accepted, encoding, inflate) => {
    const answer = await answerTo('xml', { 'accept-encoding': accepted });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expectAnswer(answer, 'xml', inflate(answer.body));
  });

  it.each(['', 'identity', 'gzip;q=0', 'br'])('T11: Accept-Encoding "%s" gives none', async (accepted) => {
    const answer = await answerTo('xml', { 'accept-encoding': accepted });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expectAnswer(answer, 'xml');
  });

  it('T11 T18: a repeated message gets its answer in the encoding that it now asks for', async () => {
    const server = await startServer();
    const headers = { 'content-type': XML };
    const first = await server.post({ body: message('xml'), headers });
    const again = await server.post({
      body: message('xml'),
      headers: { ...headers, 'accept-encoding': 'gzip' },
    });
    expect(gunzipSync(again.body).equals(first.body)).toBe(true);
  });
});
