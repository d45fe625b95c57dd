import { describe, expect, it } from 'vitest';
import { MessageError, parseMessage } from '../../lib/message/parse/message.ts';
import { markup, messageMarkup } from './markup.ts';

const header = `<VerDTD>1.1</VerDTD><VerProto>SyncML/1.1</VerProto><SessionID> 007 </SessionID><MsgID>2</MsgID>
  <Target><LocURI>https://sync.example.com/syncml</LocURI></Target>
  <Source><LocURI>IMEI:490000000000001</LocURI><LocName>ann</LocName></Source>`;
const parseHeader = (content: string) =>
  parseMessage(markup(`<SyncML><SyncHdr>${content}</SyncHdr><SyncBody/></SyncML>`)).header;

describe('SyncHdr', () => {
  it('is read with all its fields (H01)', () => {
    const rest = `<RespURI>https://sync.example.com/syncml?s=1</RespURI><NoResp/>
      <Cred><Data>YW5uOnNlY3JldA==</Data></Cred><Meta><MaxMsgSize>10000</MaxMsgSize></Meta>`;
    expect(parseHeader(header + rest)).toEqual({
      verDTD: '1.1',
      verProto: 'SyncML/1.1',
      sessionId: '007',
      msgId: 2,
      target: { uri: 'https://sync.example.com/syncml' },
      source: { uri: 'IMEI:490000000000001', name: 'ann' },
      respURI: 'https://sync.example.com/syncml?s=1',
      noResp: true,
      cred: { data: 'YW5uOnNlY3JldA==' },
      meta: { maxMsgSize: 10000 },
    });
  });

  it.each(['', '<MsgID/>', '<MsgID>x1</MsgID>', '<MsgID>-1</MsgID>', '<MsgID>1.5</MsgID>'])(
    'has no msgId with %j (H08)',
    (msgId) => {
      const read = parseHeader(header.replace('<MsgID>2</MsgID>', msgId));
      expect(read).not.toHaveProperty('msgId');
      expect(read.sessionId).toBe('007');
    },
  );

  it('keeps a version that nobody knows as written (H03, H04)', () => {
    const read = parseHeader(header.replace('1.1</VerDTD>', '3.0</VerDTD>'));
    expect(read.verDTD).toBe('3.0');
  });

  it('goes on without versions and Target', () => {
    const read = parseHeader('<SessionID>1</SessionID><Source><LocURI>d</LocURI></Source>');
    expect(read).toEqual({
      verDTD: '',
      verProto: '',
      sessionId: '1',
      target: { uri: '' },
      source: { uri: 'd' },
    });
  });
});

describe('what is no message', () => {
  const source = '<Source><LocURI>d</LocURI></Source>';
  it.each([
    ['another root', '<DevInf/>', 'the root is not SyncML'],
    ['no SyncHdr', '<SyncML><SyncBody/></SyncML>', 'there is no SyncHdr'],
    [
      'no Source',
      '<SyncML><SyncHdr><SessionID>1</SessionID></SyncHdr></SyncML>',
      'SyncHdr has no Source LocURI',
    ],
    [
      'an empty LocURI',
      '<SyncML><SyncHdr><SessionID>1</SessionID><Source><LocURI> </LocURI></Source></SyncHdr></SyncML>',
      'SyncHdr has no Source LocURI',
    ],
    ['no SessionID', `<SyncML><SyncHdr>${source}</SyncHdr></SyncML>`, 'SyncHdr has no SessionID'],
  ])('%s is refused without quoting it', (_, source, reason) => {
    const parse = () => parseMessage(markup(source));
    expect(parse).toThrow(MessageError);
    expect(parse).toThrow(reason);
  });
});

describe('SyncBody', () => {
  it('gives the commands in their order, and Final (P01)', () => {
    const body = '<Alert><CmdID>1</CmdID><Data>222</Data></Alert><Get><CmdID>2</CmdID></Get><Final/>';
    const message = parseMessage(messageMarkup(body));
    expect(message.commands.map((command) => command.name)).toEqual(['Alert', 'Get']);
    expect(message.final).toBe(true);
  });

  it('may be missing or without Final', () => {
    const bare = `<SyncML><SyncHdr>${header}</SyncHdr></SyncML>`;
    expect(parseMessage(markup(bare))).toMatchObject({ commands: [], final: false });
    expect(parseMessage(messageMarkup('')).final).toBe(false);
  });
});
