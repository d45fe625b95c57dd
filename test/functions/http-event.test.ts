/** API Gateway's shapes to ours and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRequest, toResult } from '../../functions/lambda/http-event.ts';
import { httpHandler } from '../../functions/lambda/http-handler.ts';
import { CONTEXT, httpEvent } from './events.ts';

describe('a request', () => {
  it('has method, path, decoded query and lower-case headers', () => {
    const event = httpEvent({
      method: 'POST',
      path: '/syncml',
      query: 's=a%2Bb&t=',
      headers: { 'Content-Type': 'text/xml' },
      body: 'text',
    });
    expect(toRequest(event)).toEqual({
      address: '192.0.2.1',
      method: 'POST',
      path: '/syncml',
      query: { s: 'a+b', t: '' },
      headers: { 'content-type': 'text/xml' },
      body: Buffer.from('text'),
      url: 'https://sync.example.com/syncml',
    });
  });

  it('knows its URL from the gateway, with the folder of a stage, and from nothing that a client sends', () => {
    const invented = {
      host: 'evil.example',
      forwarded: 'host=evil.example;proto=http',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '1',
    };
    const event = httpEvent({ path: '/', headers: invented });
    expect(toRequest(event).url).toBe('https://sync.example.com/syncml');
    expect(toRequest(event, { scheme: 'http' }).url).toBe('http://sync.example.com/syncml');
    const staged = { ...event, requestContext: { ...event.requestContext, stage: 'test' } };
    expect(toRequest(staged).url).toBe('https://sync.example.com/test/syncml');
  });

  it('has the URL that is configured', () => {
    const url = 'https://phones.example.org/sync';
    expect(toRequest(httpEvent({}), { url, scheme: 'http' }).url).toBe(url);
  });

  it('without a body has an empty one', () => {
    expect(toRequest(httpEvent({})).body).toHaveLength(0);
  });
});

it('T21: carries any bytes both ways', async () => {
  const echo = httpHandler(async (request) => ({ status: 200, headers: {}, body: request.body }), {
    log: () => undefined,
  });
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      const result = await echo(httpEvent({ method: 'POST', body: bytes }), CONTEXT);
      expect(result.isBase64Encoded).toBe(true);
      expect(Buffer.from(result.body ?? '', 'base64')).toEqual(Buffer.from(bytes));
    }),
  );
});

it('gives status and headers of the answer', () => {
  const answer = { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from('no') };
  expect(toResult(answer)).toEqual({
    statusCode: 404,
    headers: { 'content-type': 'text/plain' },
    body: 'bm8=',
    isBase64Encoded: true,
  });
});

it('logs what was thrown and keeps it from the client', async () => {
  const logged: unknown[] = [];
  const handler = httpHandler(
    async () => {
      throw new RangeError('secret detail');
    },
    { log: (event) => logged.push(event) },
  );
  const result = await handler(httpEvent({}), CONTEXT);
  expect(result.statusCode).toBe(500);
  expect(Buffer.from(result.body ?? '', 'base64').toString()).not.toContain('secret');
  expect(logged).toMatchObject([{ event: 'error', error: 'RangeError', request: 'r1' }]);
  expect(JSON.stringify(logged)).not.toContain('secret');
});

it('logs each request with its route and ids, and not with its path', async () => {
  const logged: unknown[] = [];
  const handler = httpHandler(async () => ({ status: 200, headers: {}, body: Buffer.from('ok') }), {
    log: (event) => logged.push(event),
  });
  const event = httpEvent({ method: 'POST', path: '/secret', query: 's=secret', body: 'four' });
  await handler({ ...event, routeKey: 'ANY /syncml' }, { ...CONTEXT, awsRequestId: 'call-1' });
  const ids = { request: 'r1', invocation: 'call-1' };
  expect(logged).toEqual([
    { event: 'http', route: 'ANY /syncml', status: 200, bytesIn: 4, bytesOut: 2, ...ids },
  ]);
});
