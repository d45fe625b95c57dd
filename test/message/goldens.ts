/** One command each, as the strictest peer would write it, beside its typed form. */
import { alertCode, statusCode } from '../../lib/message/codes.ts';
import { type Golden, itemGoldens } from './goldens-items.ts';

export const goldens: readonly Golden[] = [
  ...itemGoldens,
  {
    what: 'Map',
    version: '1.1',
    markup: `<Map><CmdID>2</CmdID><Target><LocURI>./contacts</LocURI></Target><Source><LocURI>card</LocURI></Source>
      <MapItem><Target><LocURI>g1</LocURI></Target><Source><LocURI>007</LocURI></Source></MapItem></Map>`,
    command: {
      name: 'Map',
      cmdId: '2',
      target: { uri: './contacts' },
      source: { uri: 'card' },
      items: [{ target: 'g1', source: '007' }],
    },
  },
  {
    what: 'Sync with Mem and zero changes',
    version: '1.1',
    markup: `<Sync><CmdID>2</CmdID><Target><LocURI>./contacts</LocURI></Target><Source><LocURI>card</LocURI></Source>
      <Meta><Mem><SharedMem/><FreeMem>0</FreeMem><FreeID>12</FreeID></Mem></Meta><NumberOfChanges>0</NumberOfChanges>
      <Delete><CmdID>3</CmdID><Item><Source><LocURI>1</LocURI></Source></Item></Delete></Sync>`,
    command: {
      name: 'Sync',
      cmdId: '2',
      target: { uri: './contacts' },
      source: { uri: 'card' },
      meta: { mem: { sharedMem: true, freeMem: 0, freeId: 12 } },
      numberOfChanges: 0,
      commands: [{ name: 'Delete', cmdId: '3', items: [{ source: { uri: '1' } }] }],
    },
  },
  ...(['Atomic', 'Sequence'] as const).map(
    (name): Golden => ({
      what: name,
      version: '1.1',
      markup: `<${name}><CmdID>2</CmdID><NoResp/><Alert><CmdID>3</CmdID><Data>100</Data></Alert></${name}>`,
      command: {
        name,
        cmdId: '2',
        noResp: true,
        commands: [{ name: 'Alert', cmdId: '3', code: alertCode(100), items: [] }],
      },
    }),
  ),
  {
    what: 'Exec',
    version: '1.1',
    markup: `<Exec><CmdID>2</CmdID><Item><Target><LocURI>run</LocURI></Target></Item></Exec>`,
    command: { name: 'Exec', cmdId: '2', items: [{ target: { uri: 'run' } }] },
  },
  {
    what: 'a command of nobody',
    version: '1.2',
    markup: `<Fetch><CmdID>2</CmdID></Fetch>`,
    command: { name: 'Unknown', element: 'Fetch', cmdId: '2', items: [] },
  },
  {
    what: 'Status with a challenge',
    version: '1.1',
    markup: `<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>
      <TargetRef>https://sync.example.com/syncml</TargetRef><SourceRef>IMEI:490000000000001</SourceRef>
      <Chal><Meta><Format>b64</Format><Type>syncml:auth-md5</Type><NextNonce>Tm9uY2U=</NextNonce></Meta></Chal>
      <Data>401</Data></Status>`,
    command: {
      name: 'Status',
      cmdId: '1',
      msgRef: '1',
      cmdRef: '0',
      cmd: 'SyncHdr',
      targetRefs: ['https://sync.example.com/syncml'],
      sourceRefs: ['IMEI:490000000000001'],
      chal: {
        type: 'syncml:auth-md5',
        format: 'b64',
        nextNonce: new Uint8Array([0x4e, 0x6f, 0x6e, 0x63, 0x65]),
      },
      code: statusCode(401),
    },
  },
  {
    what: 'Status of an Alert with the anchor',
    version: '1.0',
    markup: `<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef><Cmd>Alert</Cmd><Data>508</Data>
      <Item><Data><Anchor><Next>2</Next></Anchor></Data></Item></Status>`,
    command: {
      name: 'Status',
      cmdId: '2',
      msgRef: '1',
      cmdRef: '1',
      cmd: 'Alert',
      code: statusCode(508),
      items: [{ data: { anchor: { next: '2' } } }],
    },
  },
];
