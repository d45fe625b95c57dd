/** Any bytes, and any change of good ones: an answer, never a 500. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basicCred, post, watchedServer } from '../engine/steps.ts';
import { add, alert, sync, vcard } from '../kit/drafts.ts';
import { startServer, type TestServer } from '../kit/server.ts';

import { message, type Sent, WBXML, XML } from './requests.ts';

describe('any bytes', () => {
  const harmless = async (server: TestServer, request: Sent): Promise<void> => {
    const { status, headers } = await server.post(request);
    expect([200, 400, 413]).toContain(status);
    expect(headers['cache-control']).toBe('no-store, private');
  };

  it.each([XML, WBXML])('as %s never are 500, and store nothing', async (type) => {
    const { server, writes } = await watchedServer();
    const headers = { 'content-type': type };
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (body) => harmless(server, { headers, body })),
      { numRuns: 300 },
    );
    expect(writes).toEqual([]);
  });

  it.each(['xml', 'wbxml'] as const)('%s: a message with some bytes changed never is 500', async (wire) => {
    const server = await startServer();
    const whole = message(wire);
    const change = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    const headers = { 'content-type': `application/vnd.syncml+${wire}` };
    await fc.assert(
      fc.asyncProperty(change, (changes) => {
        const body = Uint8Array.from(whole);
        for (const [at, value] of changes) body[at] = value;
        return harmless(server, { headers, body });
      }),
      { numRuns: 300 },
    );
    expect(server.log.filter(({ event }) => event === 'error')).toEqual([]);
  });

  const odd = fc.string({ unit: 'binary', maxLength: 40 });
  it('fields with odd texts never are 500', async () => {
    const server = await startServer();
    await fc.assert(
      fc.asyncProperty(odd, odd, odd, odd, async (device, sessionId, datastore, luid) => {
        const source = { uri: device, name: 'anna' };
        const header = { cred: basicCred(), source, sessionId };
        const commands = [alert(201, datastore), alert(201), sync([add(luid, vcard('Ada'))])];
        const { http } = await post(server, { header, commands, wire: 'wbxml' });
        expect([200, 400]).toContain(http.status);
      }),
      { numRuns: 200 },
    );
    expect(server.log.filter(({ event }) => event === 'error')).toEqual([]);
  });
});
