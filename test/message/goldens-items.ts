/** Commands that carry items, one each, as the strictest peer would write it, beside its typed form. */
import { alertCode } from '../../lib/message/codes.ts';
import type { Command, Version } from '../../lib/message/model.ts';

export interface Golden {
  readonly what: string;
  readonly version: Version;
  readonly markup: string;
  readonly command: Command;
}

const vcard = { type: 'text/x-vcard' };

export const itemGoldens: readonly Golden[] = [
  {
    what: 'Add with every field of 1.2',
    version: '1.2',
    markup: `<Add><CmdID>3</CmdID><NoResp/><Cred><Meta><Type>syncml:auth-basic</Type></Meta><Data>YW5uOnNlY3JldA==</Data></Cred>
      <Meta><Type>text/x-vcard</Type></Meta>
      <Item><Source><LocURI>g1</LocURI></Source><SourceParent><LocURI>f1</LocURI></SourceParent>
        <TargetParent><LocURI>/</LocURI></TargetParent><Meta><Type>text/x-vcard</Type><Size>120</Size></Meta>
        <Data>BEGIN:VCARD</Data><MoreData/></Item></Add>`,
    command: {
      name: 'Add',
      cmdId: '3',
      noResp: true,
      cred: { meta: { type: 'syncml:auth-basic' }, data: 'YW5uOnNlY3JldA==' },
      meta: vcard,
      items: [
        {
          source: { uri: 'g1' },
          sourceParent: 'f1',
          targetParent: '/',
          meta: { ...vcard, size: 120 },
          data: 'BEGIN:VCARD',
          moreData: true,
        },
      ],
    },
  },
  {
    what: 'Replace with two items and an empty Data',
    version: '1.0',
    markup: `<Replace><CmdID>4</CmdID>
      <Item><Target><LocURI>7</LocURI></Target><Data> note </Data></Item>
      <Item><Target><LocURI>8</LocURI><LocName>eight</LocName></Target><Data/></Item></Replace>`,
    command: {
      name: 'Replace',
      cmdId: '4',
      items: [
        { target: { uri: '7' }, data: ' note ' },
        { target: { uri: '8', name: 'eight' }, data: '' },
      ],
    },
  },
  {
    what: 'Delete, archived and soft',
    version: '1.1',
    markup: `<Delete><CmdID>5</CmdID><Archive/><SftDel/><Item><Target><LocURI>9</LocURI></Target></Item></Delete>`,
    command: { name: 'Delete', cmdId: '5', archive: true, sftDel: true, items: [{ target: { uri: '9' } }] },
  },
  {
    what: 'Copy',
    version: '1.1',
    markup: `<Copy><CmdID>6</CmdID><Item><Target><LocURI>b</LocURI></Target><Source><LocURI>a</LocURI></Source></Item></Copy>`,
    command: { name: 'Copy', cmdId: '6', items: [{ target: { uri: 'b' }, source: { uri: 'a' } }] },
  },
  {
    what: 'Move',
    version: '1.2',
    markup: `<Move><CmdID>6</CmdID><Item><Source><LocURI>a</LocURI></Source>
      <SourceParent><LocURI>p</LocURI></SourceParent></Item></Move>`,
    command: { name: 'Move', cmdId: '6', items: [{ source: { uri: 'a' }, sourceParent: 'p' }] },
  },
  {
    what: 'Alert with anchors and MaxObjSize',
    version: '1.1',
    markup: `<Alert><CmdID>1</CmdID><Data>200</Data><Item><Target><LocURI>./contacts</LocURI></Target>
      <Source><LocURI>card</LocURI></Source><Meta><Anchor><Last>1</Last><Next>2</Next></Anchor>
      <MaxObjSize>65536</MaxObjSize></Meta></Item></Alert>`,
    command: {
      name: 'Alert',
      cmdId: '1',
      code: alertCode(200),
      items: [
        {
          target: { uri: './contacts' },
          source: { uri: 'card' },
          meta: { anchor: { last: '1', next: '2' }, maxObjSize: 65536 },
        },
      ],
    },
  },
  {
    what: 'Alert with a filter',
    version: '1.2',
    markup: `<Alert><CmdID>1</CmdID><Data>200</Data><Item><Target><LocURI>./cal</LocURI>
      <Filter><Meta><Type>text/x-vcalendar</Type></Meta>
        <Record><Item><Meta><Type>syncml:filtertype-cgi</Type></Meta><Data>SINCE&amp;EQ;20260101T000000Z</Data></Item></Record>
        <FilterType>INCLUSIVE</FilterType></Filter></Target></Item></Alert>`,
    command: {
      name: 'Alert',
      cmdId: '1',
      code: alertCode(200),
      items: [
        {
          target: {
            uri: './cal',
            filter: {
              meta: { type: 'text/x-vcalendar' },
              record: { meta: { type: 'syncml:filtertype-cgi' }, data: 'SINCE&amp;EQ;20260101T000000Z' },
              filterType: 'INCLUSIVE',
            },
          },
        },
      ],
    },
  },
  {
    what: 'Get',
    version: '1.2',
    markup: `<Get><CmdID>2</CmdID><Meta><Type>application/vnd.syncml-devinf+xml</Type></Meta>
      <Item><Target><LocURI>./devinf12</LocURI></Target><Meta><Type>application/vnd.syncml-devinf+xml</Type></Meta></Item></Get>`,
    command: {
      name: 'Get',
      cmdId: '2',
      meta: { type: 'application/vnd.syncml-devinf+xml' },
      items: [{ target: { uri: './devinf12' }, meta: { type: 'application/vnd.syncml-devinf+xml' } }],
    },
  },
  {
    what: 'Put of device information',
    version: '1.2',
    markup: `<Put><CmdID>2</CmdID><Item><Source><LocURI>./devinf12</LocURI></Source>
      <Data><DevInf><VerDTD>1.2</VerDTD><Man>Example</Man></DevInf></Data></Item></Put>`,
    command: {
      name: 'Put',
      cmdId: '2',
      items: [
        {
          source: { uri: './devinf12' },
          data: { devInf: { verDTD: '1.2', man: 'Example', dataStores: [] } },
        },
      ],
    },
  },
  {
    what: 'Results',
    version: '1.1',
    markup: `<Results><CmdID>5</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef><Meta><Mark>final</Mark></Meta>
      <TargetRef>./devinf11</TargetRef><SourceRef>x</SourceRef>
      <Item><Source><LocURI>./devinf11</LocURI></Source><Meta><Mark>final</Mark></Meta></Item></Results>`,
    command: {
      name: 'Results',
      cmdId: '5',
      msgRef: '1',
      cmdRef: '4',
      meta: { mark: 'final' },
      targetRef: './devinf11',
      sourceRef: 'x',
      items: [{ source: { uri: './devinf11' }, meta: { mark: 'final' } }],
    },
  },
];
