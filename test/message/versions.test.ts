import { describe, expect, it } from 'vitest';
import type { Command, Message } from '../../lib/message/model.ts';
import { serializeCommand, serializeMessage } from '../../lib/message/serialize/message.ts';
import { supportedDTDs, supportedProtos, versionOf, versionRow } from '../../lib/message/versions.ts';
import { markup, messageMarkup } from './markup.ts';

describe('the version table', () => {
  it.each([
    ['1.0', 'SyncML/1.0', '1.0'],
    ['1.1', 'SyncML/1.1', '1.1'],
    ['1.2', 'SyncML/1.2', '1.2'],
    ['1.2', 'syncml/1.2', '1.2'],
    ['1.2', 'SyncML/1.1', undefined],
    ['1.2', 'DM/1.2', undefined],
    ['', '', undefined],
  ])('VerDTD %s with VerProto %s is %s', (verDTD, verProto, version) => {
    expect(versionOf({ verDTD, verProto })).toBe(version);
  });
  it('lists what a refusal names (H03, H04)', () => {
    expect(supportedDTDs).toEqual(['1.0', '1.1', '1.2']);
    expect(supportedProtos).toEqual(['SyncML/1.0', 'SyncML/1.1', 'SyncML/1.2']);
    expect(versionRow('1.0').devInfURI).toBe('./devinf10');
  });
});

describe('nothing newer than the version is written', () => {
  const sync: Command = {
    name: 'Sync',
    cmdId: '1',
    target: { uri: 't', filter: { filterType: 'EXCLUSIVE' } },
    meta: { maxObjSize: 5, fieldLevel: true },
    numberOfChanges: 1,
    commands: [
      {
        name: 'Add',
        cmdId: '2',
        items: [{ sourceParent: 'p', targetParent: 'q', data: 'x', moreData: true }],
      },
    ],
  };
  it('1.0', () => {
    expect(serializeCommand(sync, '1.0')).toEqual(
      markup(`<Sync><CmdID>1</CmdID><Target><LocURI>t</LocURI></Target>
        <Add><CmdID>2</CmdID><Item><Data>x</Data></Item></Add></Sync>`),
    );
  });
  it('1.1', () => {
    expect(serializeCommand(sync, '1.1')).toEqual(
      markup(`<Sync><CmdID>1</CmdID><Target><LocURI>t</LocURI></Target><Meta><MaxObjSize>5</MaxObjSize></Meta>
        <NumberOfChanges>1</NumberOfChanges><Add><CmdID>2</CmdID><Item><Data>x</Data><MoreData/></Item></Add></Sync>`),
    );
  });
  it('1.2', () => {
    expect(serializeCommand(sync, '1.2')).toEqual(
      markup(`<Sync><CmdID>1</CmdID><Target><LocURI>t</LocURI><Filter><FilterType>EXCLUSIVE</FilterType></Filter></Target>
        <Meta><MaxObjSize>5</MaxObjSize><FieldLevel/></Meta><NumberOfChanges>1</NumberOfChanges>
        <Add><CmdID>2</CmdID><Item><SourceParent><LocURI>p</LocURI></SourceParent>
        <TargetParent><LocURI>q</LocURI></TargetParent><Data>x</Data><MoreData/></Item></Add></Sync>`),
    );
  });
  it('a Move below 1.2 is our own error', () => {
    expect(() => serializeCommand({ name: 'Move', cmdId: '1', items: [] }, '1.1')).toThrow(RangeError);
  });
});

describe('a message', () => {
  const header = {
    verDTD: '1.1',
    verProto: 'SyncML/1.1',
    sessionId: 'a1',
    msgId: 1,
    target: { uri: 'https://sync.example.com/syncml' },
    source: { uri: 'IMEI:490000000000001' },
  };
  it('is written as header, body and Final', () => {
    const message: Message = {
      header,
      commands: [{ name: 'Get', cmdId: '1', items: [{}] }],
      final: true,
    };
    expect(serializeMessage(message, '1.1')).toEqual(
      messageMarkup('<Get><CmdID>1</CmdID><Item></Item></Get><Final/>', '1.1'),
    );
  });
  it('has the header in the order of the DTD (H01)', () => {
    const full = { ...header, respURI: 'r', noResp: true, cred: { data: 'x' }, meta: { maxMsgSize: 1 } };
    const root = serializeMessage({ header: full, commands: [], final: false }, '1.1');
    const [hdr] = root.children;
    const names = typeof hdr === 'object' && 'children' in hdr ? hdr.children : [];
    expect(names.map((node) => (typeof node === 'object' && 'name' in node ? node.name : ''))).toEqual([
      ...['VerDTD', 'VerProto', 'SessionID', 'MsgID', 'Target', 'Source'],
      ...['RespURI', 'NoResp', 'Cred', 'Meta'],
    ]);
  });
});
