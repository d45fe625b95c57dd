/** Random element trees of a version, such as a sender could build. */
import fc from 'fast-check';
import { namesOf } from '../../lib/codec/tables.ts';
import { type Element, element, type Namespace, type Node, type Version } from '../../lib/codec/tree.ts';

/** Any text that both wires can hold: no control characters, and not only white space, which may be layout. */
export const text: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    fc.stringMatching(/^[ -~\r\n\t]{1,30}$/),
    fc.constantFrom(
      '007',
      '0x10',
      ' x ',
      '1e3',
      'true',
      ']]>',
      '&amp;lt;',
      '<![CDATA[',
      'a\r\nb',
      '&#13;',
      '\r',
    ),
    fc.constantFrom('x'.repeat(300), `${'line\r\n'.repeat(60)}end`),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that XML cannot hold
  .map((value) => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu, ''))
  .filter((value) => value !== '' && !/^\s*<DevInf/.test(value));

/** Octets that are no text. */
export const octets: fc.Arbitrary<Uint8Array> = fc
  .uint8Array({ maxLength: 16 })
  .map((bytes) => Uint8Array.from([0xff, 0, ...bytes]));

const visible = text.filter((value) => /\S/.test(value));

function nodes(
  space: Namespace,
  version: Version,
  depth: number,
  leaf: fc.Arbitrary<Node>,
): fc.Arbitrary<Node[]> {
  const leaves = fc.array(leaf, { maxLength: 1 });
  if (depth === 0) return leaves;
  const inner = fc.array(anyElement(space, version, depth - 1, leaf), { maxLength: 4 });
  const mixed = fc.tuple(visible, anyElement(space, version, depth - 1, leaf));
  return fc.oneof({ weight: 3, arbitrary: leaves }, { weight: 3, arbitrary: inner }, mixed);
}

/** Properties of DevInf 1.2 have a MaxSize, other elements a Size: both are one token. */
const isPlain = (space: Namespace, name: string): boolean =>
  space !== 'devinf' || !['DevInf', 'Size', 'MaxSize', 'Property', 'PropParam'].includes(name);

function named(
  space: Namespace,
  version: Version,
  depth: number,
  leaf: fc.Arbitrary<Node>,
): fc.Arbitrary<Element> {
  const names = namesOf(space, version).filter((name) => isPlain(space, name));
  return fc
    .tuple(fc.constantFrom(...names), nodes(space, version, depth, leaf))
    .map(([name, children]) => element(space, name, children));
}

function anyElement(
  space: Namespace,
  version: Version,
  depth: number,
  leaf: fc.Arbitrary<Node>,
): fc.Arbitrary<Element> {
  const own = named(space, version, depth, leaf);
  if (space === 'devinf') return own;
  const devInf = fc
    .array(named('devinf', version, Math.min(depth, 2), leaf), { maxLength: 3 })
    .map((children) => element('syncml', 'Data', [element('devinf', 'DevInf', children)]));
  return fc.oneof(
    { weight: 5, arbitrary: named('syncml', version, depth, leaf) },
    { weight: 3, arbitrary: named('metinf', version, depth, leaf) },
    devInf,
  );
}

export function message(version: Version, leaf: fc.Arbitrary<Node>): fc.Arbitrary<Element> {
  return fc
    .array(anyElement('syncml', version, 3, leaf), { maxLength: 5 })
    .map((children) => element('syncml', 'SyncML', children));
}
