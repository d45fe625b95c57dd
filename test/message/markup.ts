/**
 * Element literals for tests: markup without attributes, entities or prolog. Line breaks with indentation
 * between tags are dropped, every other text is kept. Namespaces follow the place: inside Meta or Anchor it is
 * MetInf, inside DevInf it is DevInf, else SyncML.
 */
import { type Element, element, type Namespace, type Node } from '../../lib/codec/tree.ts';

interface Open {
  name: string;
  outer: Namespace;
  inner: Namespace;
  children: Node[];
}

function open(name: string, outer: Namespace): Open {
  if (name === 'DevInf') return { name, outer: 'devinf', inner: 'devinf', children: [] };
  if (name === 'Anchor') return { name, outer: 'metinf', inner: 'metinf', children: [] };
  return { name, outer, inner: name === 'Meta' ? 'metinf' : outer, children: [] };
}

export function markup(source: string): Element {
  const root: Open = { name: '', outer: 'syncml', inner: 'syncml', children: [] };
  const stack = [root];
  for (const [, close, name, empty, text] of source.matchAll(/<(\/?)([^<>/]+)(\/?)>|([^<]+)/g)) {
    const top = stack.at(-1) ?? root;
    if (text !== undefined) {
      if (!/^\s*\n\s*$/.test(text)) top.children.push(text);
    } else if (close === '/') {
      if (top.name !== name) throw new Error(`markup: </${name}> closes <${top.name}>`);
      stack.pop();
      stack.at(-1)?.children.push(element(top.outer, top.name, top.children));
    } else if (name !== undefined) {
      const opened = open(name, top.inner);
      if (empty === '/') top.children.push(element(opened.outer, name));
      else stack.push(opened);
    }
  }
  const [only] = root.children;
  if (stack.length !== 1 || only === undefined || typeof only === 'string' || only instanceof Uint8Array)
    throw new Error('markup: not one element');
  return only;
}

/** A whole message around the markup of a body. */
export const messageMarkup = (body: string, version = '1.2'): Element =>
  markup(`<SyncML>
    <SyncHdr>
      <VerDTD>${version}</VerDTD><VerProto>SyncML/${version}</VerProto><SessionID>a1</SessionID><MsgID>1</MsgID>
      <Target><LocURI>https://sync.example.com/syncml</LocURI></Target>
      <Source><LocURI>IMEI:490000000000001</LocURI></Source>
    </SyncHdr>
    <SyncBody>${body}</SyncBody>
  </SyncML>`);
