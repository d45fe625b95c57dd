import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { messageMarkup } from './markup.ts';

function firstItem(sync: string, add: string, item: string) {
  const { commands } = parseMessage(
    messageMarkup(`<Sync><CmdID>1</CmdID><Target><LocURI>c</LocURI></Target>${sync}
      <Atomic><CmdID>2</CmdID><Add><CmdID>3</CmdID>${add}<Item>${item}</Item></Add></Atomic></Sync>`),
  );
  const [outer] = commands;
  const atomic = outer?.name === 'Sync' ? outer.commands[0] : undefined;
  const inner = atomic?.name === 'Atomic' ? atomic.commands[0] : undefined;
  return inner?.name === 'Add' ? inner.items[0]?.meta : undefined;
}

describe('Meta is handed down [RP12 6.3.3]', () => {
  it('from a container over containers to the items (C31)', () => {
    expect(firstItem('<Meta><Type>text/vcard</Type><Format>b64</Format></Meta>', '', '')).toEqual({
      type: 'text/vcard',
      format: 'b64',
    });
  });
  it('element by element, the nearer one winning (C30)', () => {
    const [sync, add, item] = ['<Type>a/a</Type><Format>b64</Format>', '<Type>b/b</Type>', '<Size>9</Size>'];
    expect(
      firstItem(`<Meta>${sync}</Meta>`, `<Meta>${add}</Meta>`, `<Meta>${item}<Format>chr</Format></Meta>`),
    ).toEqual({ type: 'b/b', format: 'chr', size: 9 });
  });
  it('but Size and Mem only where they stand', () => {
    const mem = '<Mem><FreeMem>1</FreeMem></Mem>';
    expect(firstItem(`<Meta><Size>5</Size>${mem}</Meta>`, '', '')).toBeUndefined();
    expect(firstItem('', '<Meta><Size>5</Size></Meta>', '')).toEqual({ size: 5 });
  });
});
