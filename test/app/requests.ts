/** Requests as bytes, and what their answers say. */
import type { HttpAnswer, HttpRequest } from '../../lib/app/http/http.ts';
import { encode } from '../../lib/codec/codec.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import { basicCred, numbered } from '../engine/steps.ts';
import { add, alert, putDevInf, sync, vcard } from '../kit/drafts.ts';

export const XML = 'application/vnd.syncml+xml';
export const WBXML = 'application/vnd.syncml+wbxml';
export const textOf = (answer: HttpAnswer): string => Buffer.from(answer.body).toString('utf8');
export const xml = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** A good first message. */
export function message(wire: 'xml' | 'wbxml' = 'xml', data = vcard('Ada')): Uint8Array {
  const header = {
    ...{ verDTD: '1.2', verProto: 'SyncML/1.2', sessionId: '1', msgId: 1, cred: basicCred() },
    ...{ target: { uri: 'http://sync.example.com/syncml' }, source: { uri: 'phone-1', name: 'anna' } },
  };
  const commands = numbered([putDevInf(), alert(201), sync([add('1', data)])]);
  return encode(serializeMessage({ header, commands, final: true }, '1.2'), wire, '1.2');
}

export type Sent = Partial<HttpRequest> & { body: Uint8Array };
