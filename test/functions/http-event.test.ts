/** API Gateway's shapes to ours and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRequest, toResult } from '../../functions/lambda/http-event.ts';
import { httpHandler } from '../../functions/lambda/http-handler.ts';
import { CONTEXT, httpEvent } from './events.ts';

describe('a request', () => {
  it('has method, path, decoded query, lower-case headers and the URL that the client used', () => {
    const event = httpEvent({
      method: 'POST',
      path: '/syncml',
      query: 's=a%2Bb&t=',
      headers: { 'Content-Type': 'text/xml', 'x-forwarded-proto': 'http' },
      body: 'text',
    });
    expect(toRequest(event)).toEqual({
      address: '192.0.2.1',
      method: 'POST',
      path: '/syncml',
      query: { s: 'a+b', t: '' },
      headers: { 'content-type': 'text/xml', 'x-forwarded-proto': 'http' },
      body: Buffer.from('text'),
      url: 'http://sync.example.com/syncml',
    });
  });

  it('is https where the gateway does not say', () => {
    expect(toRequest(httpEvent({ path: '/' })).url).toBe('https://sync.example.com/');
  });

  it('without a body has an empty one', () => {
    expect(toRequest(httpEvent({})).body).toHaveLength(0);
  });
});

it('T21: carries any bytes both ways', async () => {
  const echo = httpHandler(
    async (request) => ({ status: 200, headers: {}, body: request.body }),
    () => undefined,
  );
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
    (event) => logged.push(event),
  );
  const result = await handler(httpEvent({}), CONTEXT);
  expect(result.statusCode).toBe(500);
  expect(Buffer.from(result.body ?? '', 'base64').toString()).not.toContain('secret');
  expect(logged).toMatchObject([{ event: 'error', error: 'RangeError' }]);
});
