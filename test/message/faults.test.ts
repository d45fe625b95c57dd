import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../lib/message/parse/command.ts';
import { markup } from './markup.ts';

const item = '<Item><Source><LocURI>1</LocURI></Source></Item>';
const at = '<Target><LocURI>./contacts</LocURI></Target>';

describe('a faulty command is marked, not refused (C24, P21)', () => {
  it.each([
    ['no CmdID', `<Add>${item}</Add>`, 412, 'CmdID missing'],
    ['an empty CmdID', `<Add><CmdID> </CmdID>${item}</Add>`, 412, 'CmdID missing'],
    ['CmdID 0', `<Add><CmdID>0</CmdID>${item}</Add>`, 400, 'CmdID 0'],
    ['an Add without Item', '<Add><CmdID>1</CmdID></Add>', 412, 'Item missing'],
    ['a Delete without Item', '<Delete><CmdID>1</CmdID></Delete>', 412, 'Item missing'],
    ['a Get without Item', '<Get><CmdID>1</CmdID></Get>', 412, 'Item missing'],
    ['an Alert without Data', '<Alert><CmdID>1</CmdID></Alert>', 412, 'Data missing'],
    ['an Alert with a word', '<Alert><CmdID>1</CmdID><Data>slow</Data></Alert>', 400, 'Data not a number'],
    ['a Sync of nothing', '<Sync><CmdID>1</CmdID></Sync>', 412, 'Target and Source missing'],
    ['a Map without MapItem', `<Map><CmdID>1</CmdID>${at}</Map>`, 412, 'MapItem incomplete'],
    ['a Status of nothing', '<Status><CmdID>1</CmdID><Data>200</Data></Status>', 412, 'MsgRef missing'],
    [
      'a Status without code',
      '<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef></Status>',
      412,
      'Data missing',
    ],
  ])('%s', (_, source, status, text) => {
    expect(parseCommand(markup(source)).fault).toEqual({ status, text });
  });

  it('a Map keeps its whole MapItems beside a broken one (M05)', () => {
    const whole = '<MapItem><Target><LocURI>g</LocURI></Target><Source><LocURI>l</LocURI></Source></MapItem>';
    const broken = '<MapItem><Target><LocURI>g2</LocURI></Target></MapItem>';
    expect(parseCommand(markup(`<Map><CmdID>1</CmdID>${at}${broken}${whole}</Map>`))).toMatchObject({
      fault: { status: 412 },
      items: [{ target: 'g', source: 'l' }],
    });
  });

  it('an Alert with a word has no code', () => {
    const alert = parseCommand(markup('<Alert><CmdID>1</CmdID><Data>slow</Data></Alert>'));
    expect(alert).not.toHaveProperty('code');
  });

  it('a faulty command does not hide its siblings', () => {
    const sync = parseCommand(
      markup(`<Sync><CmdID>1</CmdID>${at}<Add>${item}</Add><Add><CmdID>2</CmdID>${item}</Add></Sync>`),
    );
    const inner = sync.name === 'Sync' ? sync.commands : [];
    expect(inner.map((command) => command.fault?.status)).toEqual([412, undefined]);
  });
});
