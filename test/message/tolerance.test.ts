import { describe, expect, it } from 'vitest';
import { element } from '../../lib/codec/tree.ts';
import type { MessageItem, Meta } from '../../lib/message/model.ts';
import { parseCommand } from '../../lib/message/parse/command.ts';
import { parseData, parseItem } from '../../lib/message/parse/item.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { parseChal, parseCred, parseMeta } from '../../lib/message/parse/meta.ts';
import { markup, messageMarkup } from './markup.ts';

const command = (source: string) => parseCommand(markup(source));
const meta = (content: string): Meta | undefined => parseMeta(markup(`<Meta>${content}</Meta>`));
const item = (content: string): MessageItem => parseItem(markup(`<Item>${content}</Item>`));

describe('names and order', () => {
  it('takes the odd spellings of the older texts (Q09)', () => {
    expect(meta('<Mem><FreeId>3</FreeId></Mem><size>7</size>')).toEqual({ mem: { freeId: 3 }, size: 7 });
    expect(command('<Get><CmdId>4</CmdId><Item></Item></Get>')).toMatchObject({ cmdId: '4' });
    const source = messageMarkup('');
    const renamed = JSON.parse(JSON.stringify(source).replace('"MsgID"', '"MsgId"'));
    expect(parseMessage(renamed).header.msgId).toBe(1);
  });
  it('takes prefixed names and any namespace (Q04)', () => {
    expect(meta('<mi:MaxMsgSize>5000</mi:MaxMsgSize>')).toEqual({ maxMsgSize: 5000 });
    const plain = element('syncml', 'Meta', [element('syncml', 'Type', ['text/plain'])]);
    expect(parseMeta(plain)).toEqual({ type: 'text/plain' });
  });
  it('takes any order (Q04)', () => {
    expect(
      command('<Add><Item><Data>x</Data><Source><LocURI>1</LocURI></Source></Item><CmdID>1</CmdID></Add>'),
    ).toEqual({ name: 'Add', cmdId: '1', items: [{ source: { uri: '1' }, data: 'x' }] });
  });
  it('takes the MetInf wrapper or none (W06)', () => {
    expect(meta('<MetInf><Type>a/b</Type></MetInf><Format>b64</Format>')).toEqual({
      type: 'a/b',
      format: 'b64',
    });
  });
  it('ignores elements that nobody knows (D18)', () => {
    expect(item('<Colour>red</Colour><Data>x</Data>')).toEqual({ data: 'x' });
  });
  it('answers a parent that an older version has no element for (E20, R10)', () => {
    expect(item('<SourceParent><LocURI> 4 </LocURI></SourceParent>')).toEqual({ sourceParent: '4' });
  });
});

describe('white space and numbers', () => {
  it('is trimmed around ids, codes, anchors and URIs (Q06)', () => {
    expect(
      command(
        `<Alert><CmdID> 1 </CmdID><Data> 200 </Data><Item><Target><LocURI> ./c </LocURI></Target>
          <Meta><Anchor><Last> 1 </Last><Next> 2 </Next></Anchor></Meta></Item></Alert>`,
      ),
    ).toEqual({
      name: 'Alert',
      cmdId: '1',
      code: 200,
      items: [{ target: { uri: './c' }, meta: { anchor: { last: '1', next: '2' } } }],
    });
  });
  it('around a LUID counts, but for line ends and the indentation (Q06)', () => {
    const uris = (name: string, uri: string) => {
      const parsed = command(`<${name}><CmdID>1</CmdID><Item><Source><LocURI>${uri}</LocURI></Source>
        <Target><LocURI>${uri}</LocURI></Target><Data>x</Data></Item></${name}>`);
      const [first] = 'items' in parsed ? (parsed.items as readonly MessageItem[]) : [];
      return [first?.source?.uri, first?.target?.uri];
    };
    for (const name of ['Add', 'Replace', 'Delete', 'Copy']) {
      for (const luid of ['a', ' a', 'a ', ' a ', '\ta', 'a  b'])
        expect(uris(name, luid)).toEqual([luid, luid]);
      expect(uris(name, '\n      a\n    ')).toEqual(['a', 'a']);
      expect(uris(name, '\r\n\ta \r\n')).toEqual(['a ', 'a ']);
      expect(uris(name, ' ')).toEqual(['', '']);
    }
    expect(
      command(
        `<Map><CmdID>1</CmdID><Target><LocURI> ./c </LocURI></Target><Source><LocURI> ./b </LocURI></Source><MapItem>
          <Target><LocURI> guid </LocURI></Target><Source><LocURI> a </LocURI></Source></MapItem></Map>`,
      ),
    ).toMatchObject({
      target: { uri: './c' },
      source: { uri: './b' },
      items: [{ target: 'guid', source: ' a ' }],
    });
  });
  it('is kept in item Data', () => {
    expect(item('<Data> \tx \n</Data>').data).toBe(' \tx \n');
  });
  it('numbers that are none are absent', () => {
    expect(meta('<Size>12kb</Size>')).toBeUndefined();
    expect(meta('<Size>-1</Size><MaxMsgSize>0</MaxMsgSize>')).toEqual({ maxMsgSize: 0 });
    expect(meta('<Size>99999999999999999999</Size>')).toBeUndefined();
  });
  it('an empty Type or Format says nothing (Q10)', () => {
    expect(meta('<Type/><Format> </Format>')).toBeUndefined();
  });
  it('flags may have content or none', () => {
    expect(item('<Data>x</Data><MoreData></MoreData>').moreData).toBe(true);
    expect(item('<Data>x</Data>')).not.toHaveProperty('moreData');
  });
});

describe('Data', () => {
  it('is one text, however many pieces it comes in', () => {
    expect(parseData(element('syncml', 'Data', ['BEGIN', ':', 'VCARD']))).toBe('BEGIN:VCARD');
  });
  it('stays bytes when it is opaque, also in pieces', () => {
    expect(parseData(element('syncml', 'Data', [new Uint8Array([1, 2])]))).toEqual(new Uint8Array([1, 2]));
    expect(parseData(element('syncml', 'Data', ['A', new Uint8Array([0xff])]))).toEqual(
      new Uint8Array([65, 0xff]),
    );
  });
  it('may be empty, which is not absent', () => {
    expect(item('<Data/>').data).toBe('');
    expect(item('')).toEqual({});
  });
  it('may hold an Anchor, a MetInf around it, or Next alone (B.5)', () => {
    const anchor = { anchor: { next: '9' } };
    expect(item('<Data><Anchor><Next>9</Next></Anchor></Data>').data).toEqual(anchor);
    expect(item('<Data><MetInf><Anchor><Next>9</Next></Anchor></MetInf></Data>').data).toEqual(anchor);
    expect(item('<Data><Next>9</Next></Data>').data).toEqual(anchor);
  });
  it('with other markup keeps it as text (Q05)', () => {
    expect(item('<Data><Folder><name>a</name><hidden/></Folder></Data>').data).toBe(
      '<Folder><name>a</name><hidden/></Folder>',
    );
    expect(parseData(element('syncml', 'Data', [element('syncml', 'name', ['a<b&c'])]))).toBe(
      '<name>a&lt;b&amp;c</name>',
    );
  });
});

describe('commands', () => {
  it('keeps every item (C09)', () => {
    const items = ['1', '2', '3'].map((id) => `<Item><Source><LocURI>${id}</LocURI></Source></Item>`);
    expect(command(`<Delete><CmdID>1</CmdID>${items.join('')}</Delete>`)).toMatchObject({
      items: [{ source: { uri: '1' } }, { source: { uri: '2' } }, { source: { uri: '3' } }],
    });
  });
  it('reads Results without references as those of 1 [RP12 6.5.13] (P22)', () => {
    expect(command('<Results><CmdID>1</CmdID><Item></Item></Results>')).toMatchObject({
      msgRef: '1',
      cmdRef: '1',
    });
  });
  it('keeps an empty Target, the Source tells the datastore (E26)', () => {
    const sync = command(
      '<Sync><CmdID>1</CmdID><Target><LocURI/></Target><Source><LocURI>c</LocURI></Source></Sync>',
    );
    expect(sync).toEqual({
      name: 'Sync',
      cmdId: '1',
      target: { uri: '' },
      source: { uri: 'c' },
      commands: [],
    });
  });
  it.each(['constructor', '__proto__', 'toString'])('takes %s for an unknown command', (name) => {
    expect(parseCommand(element('syncml', name, [element('syncml', 'CmdID', ['1'])]))).toMatchObject({
      name: 'Unknown',
      element: name,
    });
  });
  it('takes no part of a container for a command', () => {
    const sync = command(
      `<Sync><CmdID>1</CmdID><NoResp/><Cred><Data>x</Data></Cred><Target><LocURI>c</LocURI></Target>
        <Source><LocURI>d</LocURI></Source><Meta><Type>a/b</Type></Meta><NumberOfChanges>0</NumberOfChanges></Sync>`,
    );
    expect(sync).toMatchObject({ commands: [], numberOfChanges: 0 });
  });
});

describe('credentials and challenges', () => {
  it('a Cred keeps a raw digest and reads opaque text as text (U20)', () => {
    const digest = new Uint8Array(16).fill(0x41);
    const cred = (data: Uint8Array) =>
      parseCred(element('syncml', 'Cred', [element('syncml', 'Data', [data])]));
    expect(cred(digest)?.data).toEqual(digest);
    expect(cred(new TextEncoder().encode('Zz6EivR3yeaaENcRN6lpAQ=='))?.data).toBe('Zz6EivR3yeaaENcRN6lpAQ==');
  });
  it('a challenge of an unknown kind is none, one without Type is Basic (U02)', () => {
    const chal = (content: string) => parseChal(markup(`<Chal><Meta>${content}</Meta></Chal>`));
    expect(chal('<Type>syncml:auth-X509</Type>')).toBeUndefined();
    expect(chal('<Format>b64</Format>')).toEqual({ type: 'syncml:auth-basic', format: 'b64' });
  });
});
