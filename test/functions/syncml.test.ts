/** POST /syncml through the handler: that both wires pass it unharmed; what SyncML says is tested below it. */
import { describe, expect, it } from 'vitest';
import { createSyncmlHandler } from '../../functions/lambda/syncml/handler.ts';
import { putAccount } from '../../lib/app/accounts.ts';
import { decode, encode } from '../../lib/codec/codec.ts';
import { CONTEXT, httpEvent, memoryDeps } from './events.ts';

const CRED = Buffer.from('anna:correct horse').toString('base64');
const MESSAGE = `<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>SyncML/1.2</VerProto>
<SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>https://sync.example.com/syncml</LocURI></Target>
<Source><LocURI>phone-1</LocURI></Source><Cred><Meta><Format xmlns="syncml:metinf">b64</Format>
<Type xmlns="syncml:metinf">syncml:auth-basic</Type></Meta><Data>${CRED}</Data></Cred></SyncHdr>
<SyncBody><Alert><CmdID>1</CmdID><Data>201</Data><Item><Target><LocURI>contacts</LocURI></Target>
<Source><LocURI>./contacts</LocURI></Source><Meta><Anchor xmlns="syncml:metinf"><Next>1</Next></Anchor></Meta></Item>
</Alert><Final/></SyncBody></SyncML>`;

async function post(type: string, body: Uint8Array | string) {
  const { deps, events } = memoryDeps();
  await putAccount(deps.store, { login: 'anna', password: 'correct horse' });
  const event = httpEvent({ method: 'POST', path: '/syncml', headers: { 'content-type': type }, body });
  const result = await createSyncmlHandler(deps)(event, CONTEXT);
  return { result, events, body: Buffer.from(result.body ?? '', 'base64') };
}

describe('a message', () => {
  it('in XML is answered in XML', async () => {
    const { result, body, events } = await post('application/vnd.syncml+xml; charset=utf-8', MESSAGE);
    expect(result.statusCode).toBe(200);
    expect(result.headers?.['content-type']).toMatch(/^application\/vnd\.syncml\+xml/);
    expect(body.toString('utf8')).toContain('<Data>212</Data>');
    expect(events).toMatchObject([{ event: 'message', user: 'anna', device: 'phone-1' }]);
  });

  it('in WBXML is answered in WBXML', async () => {
    const { root } = decode(Buffer.from(MESSAGE), 'xml');
    const { result, body } = await post('application/vnd.syncml+wbxml', encode(root, 'wbxml', '1.2'));
    expect(result.statusCode).toBe(200);
    expect(result.headers?.['content-type']).toBe('application/vnd.syncml+wbxml');
    expect(decode(body, 'wbxml').root.name).toBe('SyncML');
  });

  it('that is none is answered as HTTP', async () => {
    const { result } = await post('application/vnd.syncml+wbxml', Buffer.from([0xff, 0x00, 0x80]));
    expect(result.statusCode).toBe(400);
  });
});
