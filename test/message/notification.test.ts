import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../lib/codec/codec.ts';
import type { Initiator, Notification, ServerAlert, UiMode } from '../../lib/message/notification.ts';
import { alertMessage, buildNotification } from '../../lib/message/notification.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import { markup } from './markup.ts';

const md5 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const contacts = { code: 206, serverUri: './contacts' };
const base: Notification = {
  verifier: md5('srv1:OhBehave').toString('base64'),
  nonce: Buffer.from('Nonce'),
  serverId: 'srv1',
  sessionId: 0,
  uiMode: 0,
  initiator: 1,
  syncs: [],
};

/** Reads bit by bit, unlike the builder; what it leaves over is vendor specific. */
function parse(bytes: Uint8Array) {
  let at = 128;
  const bits = (count: number): number => {
    let value = 0;
    for (let n = 0; n < count; n += 1, at += 1)
      value = value * 2 + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  const text = (): string => {
    const length = bits(8);
    const found = Buffer.from(bytes.subarray(at / 8, at / 8 + length)).toString('utf8');
    at += length * 8;
    return found;
  };
  const header = { version: bits(10), uiMode: bits(2), initiator: bits(1), future: bits(27) };
  const from = { sessionId: bits(16), serverId: text() };
  const count = bits(4);
  const zeros = [header.future, bits(4)];
  const syncs = Array.from({ length: count }, () => {
    const code = bits(4) + 200;
    zeros.push(bits(4));
    const contentType = bits(24);
    return { code, contentType, serverUri: text() };
  });
  return { ...header, ...from, syncs, zeros, left: bytes.length - at / 8, digest: bytes.subarray(0, 16) };
}

describe('the 1.2 package [A01 A02 A05]', () => {
  it('asks for one sync', () => {
    const bytes = buildNotification({ ...base, uiMode: 1, sessionId: 0x1234, syncs: [contacts] });
    expect(hex(bytes.subarray(16))).toBe('03180000001234047372763110600000000a2e2f636f6e7461637473');
    expect(hex(bytes.subarray(0, 16))).toBe('17ab686c2a5ee7c5c346ab09534f70ed');
  });

  it('asks for all datastores', () => {
    expect(hex(buildNotification(base).subarray(16))).toBe('03080000000000047372763100');
  });

  it('has a digest over verifier, nonce and what follows it [A03]', () => {
    const bytes = buildNotification({ ...base, nonce: new Uint8Array(0), syncs: [contacts] });
    const over = md5(base.verifier, '::', md5(bytes.subarray(16)).toString('base64'));
    expect(hex(bytes.subarray(0, 16))).toBe(hex(over));
  });

  const octets = (most: number) =>
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: most })
      .filter((text) => Buffer.byteLength(text) <= most);
  const notification: fc.Arbitrary<Notification> = fc.record({
    verifier: fc.string().map((text) => md5(text).toString('base64')),
    nonce: fc.uint8Array({ maxLength: 64 }),
    serverId: octets(255),
    sessionId: fc.nat(0xffff),
    uiMode: fc.constantFrom<UiMode>(0, 1, 2, 3),
    initiator: fc.constantFrom<Initiator>(0, 1),
    syncs: fc.array(
      fc.record({
        code: fc.integer({ min: 206, max: 210 }),
        serverUri: octets(255),
        contentType: fc.nat(0xffffff),
      }),
      { maxLength: 15 },
    ),
  });

  it('parse(build(n)) = n, with future use 0 [A04]', () => {
    fc.assert(
      fc.property(notification, (n) => {
        const { verifier, nonce, ...fields } = n;
        const bytes = buildNotification(n);
        const { zeros, digest, ...parsed } = parse(bytes);
        expect(parsed).toEqual({ version: 12, future: 0, left: 0, ...fields });
        expect(zeros.every((bits) => bits === 0)).toBe(true);
        const trigger = md5(bytes.subarray(16)).toString('base64');
        expect(hex(digest)).toBe(hex(md5(verifier, ':', nonce, ':', trigger)));
      }),
    );
  });

  it('takes fields at their limits', () => {
    const long = 'ä'.repeat(127);
    const most = { code: 210, serverUri: `${long}.`, contentType: 0xffffff };
    const syncs = Array.from({ length: 15 }, () => most);
    const bytes = buildNotification({
      ...base,
      uiMode: 3,
      initiator: 0,
      sessionId: 0xffff,
      serverId: 's'.repeat(255),
      syncs,
    });
    expect(bytes).toHaveLength(16 + 8 + 255 + 1 + 15 * (5 + 255));
    expect(parse(bytes)).toMatchObject({ uiMode: 3, initiator: 0, sessionId: 0xffff, syncs, left: 0 });
  });

  const tooMany = Array.from({ length: 16 }, () => contacts);
  it.each<[string, Partial<Notification>, string]>([
    ['session id', { sessionId: 0x10000 }, 'the session id is a whole number from 0 to 65535, not 65536'],
    ['session id', { sessionId: -1 }, 'the session id is a whole number from 0 to 65535, not -1'],
    ['session id', { sessionId: 1.5 }, 'the session id is a whole number from 0 to 65535, not 1.5'],
    ['ui mode', { uiMode: 4 as UiMode }, 'the ui mode is a whole number from 0 to 3, not 4'],
    ['initiator', { initiator: 2 as Initiator }, 'the initiator is a whole number from 0 to 1, not 2'],
    ['server id', { serverId: '' }, 'the server id has 1 to 255 octets, not 0'],
    ['server id', { serverId: 'ä'.repeat(128) }, 'the server id has 1 to 255 octets, not 256'],
    ['syncs', { syncs: tooMany }, 'the number of syncs is a whole number from 0 to 15, not 16'],
    ['code', { syncs: [{ ...contacts, code: 205 }] }, 'a server alerts with 206 to 210, not 205'],
    ['code', { syncs: [{ ...contacts, code: 211 }] }, 'a server alerts with 206 to 210, not 211'],
    [
      'type',
      { syncs: [{ ...contacts, contentType: 1 << 24 }] },
      'the content type is a whole number from 0 to 16777215',
    ],
    ['URI', { syncs: [{ code: 206, serverUri: '' }] }, 'the server URI has 1 to 255 octets, not 0'],
    ['verifier', { verifier: 'OhBehave' }, 'the verifier is the base64 of an MD5 digest'],
  ])('refuses a %s that does not fit its field', (_, wrong, sentence) => {
    expect(() => buildNotification({ ...base, ...wrong })).toThrow(RangeError);
    expect(() => buildNotification({ ...base, ...wrong })).toThrow(sentence);
  });
});

describe('the message of 1.0 and 1.1 [A07 A08]', () => {
  const alerts: ServerAlert = {
    version: '1.1',
    sessionId: '4660',
    source: 'http://sync.example.com/syncml',
    device: 'phone-1',
    syncs: [
      { ...contacts, clientUri: 'Contacts', type: 'text/x-vcard' },
      { code: 209, serverUri: './notes', type: 'text/plain' },
    ],
  };

  it('has an Alert for each datastore, and Final', () => {
    expect(serializeMessage(alertMessage(alerts), '1.1')).toEqual(
      markup(`<SyncML>
        <SyncHdr>
          <VerDTD>1.1</VerDTD><VerProto>SyncML/1.1</VerProto><SessionID>4660</SessionID><MsgID>1</MsgID>
          <Target><LocURI>phone-1</LocURI></Target>
          <Source><LocURI>http://sync.example.com/syncml</LocURI></Source>
        </SyncHdr>
        <SyncBody>
          <Alert>
            <CmdID>1</CmdID><Data>206</Data>
            <Item>
              <Target><LocURI>Contacts</LocURI></Target><Source><LocURI>./contacts</LocURI></Source>
              <Meta><Type>text/x-vcard</Type></Meta>
            </Item>
          </Alert>
          <Alert>
            <CmdID>2</CmdID><Data>209</Data>
            <Item><Source><LocURI>./notes</LocURI></Source><Meta><Type>text/plain</Type></Meta></Item>
          </Alert>
          <Final/>
        </SyncBody>
      </SyncML>`),
    );
  });

  it('goes to / where there is no relation yet, on either wire', () => {
    const { device: _, ...unrelated } = alerts;
    for (const wire of ['xml', 'wbxml'] as const) {
      const message = alertMessage({ ...unrelated, version: '1.0' });
      const bytes = encode(serializeMessage(message, '1.0'), wire, '1.0');
      const read = parseMessage(decode(bytes, wire).root);
      expect(read).toEqual(message);
      expect(read.header).toMatchObject({ verDTD: '1.0', verProto: 'SyncML/1.0', target: { uri: '/' } });
    }
  });

  it('refuses a code of the client, and no datastore', () => {
    expect(() => alertMessage({ ...alerts, syncs: [] })).toThrow(RangeError);
    const syncs = [{ code: 200, serverUri: './notes', type: 'text/plain' }];
    expect(() => alertMessage({ ...alerts, syncs })).toThrow('a server alerts with 206 to 210, not 200');
  });
});
