/** Changes of a good message: bytes cut, flipped, doubled; elements renamed, moved, doubled, dropped, filled with extremes. */
import { decode, encode } from '../../lib/codec/codec.ts';
import { namesOf } from '../../lib/codec/tables.ts';
import { type Element, isElement, type Node, type Version, type Wire } from '../../lib/codec/tree.ts';
import type { Random } from '../simulation/random.ts';

/** Texts that numbers, ids and contents must bear. */
const EXTREMES = [
  '',
  '0',
  '-1',
  '2147483648',
  '99999999999999999999',
  '1e309',
  'NaN',
  ' 7 ',
  '007',
  'x'.repeat(5_000),
  '\u{1F600}'.repeat(300),
  'a\u0301',
  ']]>',
  '&amp;',
  '%00%FF',
  '../../etc',
  'contacts?x=1&AND;(',
  'SINCE&EQ;20300101T000000Z&AND;((((',
  'BEGIN:VCARD\r\nBEGIN:VCARD\r\nEND:VCARD',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '224',
  '225',
  '201',
  '203',
  '508',
];
/** Alert codes and other numbers that mean something in another place. */
const CODES = [
  '100',
  '200',
  '201',
  '202',
  '203',
  '204',
  '205',
  '206',
  '210',
  '221',
  '222',
  '223',
  '224',
  '225',
];

/** The bytes changed a little, or a lot; `other` is another message to take pieces from. */
export function mutated(random: Random, body: Uint8Array, other: Uint8Array, wire: Wire): Uint8Array {
  const inTree = random.chance(0.7) ? mutatedTree(random, body, wire) : undefined;
  return inTree ?? mutatedBytes(random, body, other);
}

function mutatedBytes(random: Random, body: Uint8Array, other: Uint8Array): Uint8Array {
  let bytes = Buffer.from(body);
  for (let n = 1 + random.below(4); n > 0; n -= 1) {
    const at = random.below(bytes.length + 1);
    const to = Math.min(bytes.length, at + 1 + random.below(40));
    switch (random.below(6)) {
      case 0:
        if (at < bytes.length) bytes[at] = random.below(256);
        break;
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
        break;
      case 3:
        bytes = bytes.subarray(0, at);
        break;
      case 4: {
        const from = random.below(other.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(from)]);
        break;
      }
      default:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.alloc(random.below(300), random.below(256)),
          bytes.subarray(at),
        ]);
    }
  }
  return bytes;
}

/** Undefined when the changed tree cannot be written, or the bytes are no message. */
function mutatedTree(random: Random, body: Uint8Array, wire: Wire): Uint8Array | undefined {
  try {
    const { root, version = '1.2' } = decode(body, wire);
    let tree = root;
    for (let n = 1 + random.below(3); n > 0; n -= 1) tree = changed(random, tree, random.below(count(tree)));
    return encode(tree, wire, version as Version);
  } catch {
    return undefined;
  }
}

const count = (el: Element): number =>
  el.children.reduce((n, child) => n + (isElement(child) ? count(child) : 0), 1);

/** The tree with its n-th element (in document order) changed. */
function changed(random: Random, el: Element, n: number): Element {
  if (n === 0) return changedElement(random, el);
  let left = n - 1;
  const children: Node[] = [];
  for (const child of el.children) {
    const size = isElement(child) ? count(child) : 0;
    if (!isElement(child) || left < 0 || left >= size) children.push(child);
    else if (left === 0) children.push(...replaced(random, child));
    else children.push(changed(random, child, left));
    left -= size;
  }
  return { ...el, children };
}

function replaced(random: Random, el: Element): Node[] {
  switch (random.below(5)) {
    case 0:
      return [];
    case 1:
      return [el, el];
    case 2:
      return [...el.children];
    case 3:
      return Array.from({ length: 1 + random.below(30) }, () => el);
    default:
      return [changedElement(random, el)];
  }
}

function changedElement(random: Random, el: Element): Element {
  switch (random.below(6)) {
    case 0:
      return { ...el, children: [random.pick(EXTREMES)] };
    case 1:
      return { ...el, children: [random.pick(CODES)] };
    case 2:
      return { ...el, name: random.pick(namesOf(el.space, '1.2')) };
    case 3:
      return { ...el, children: [...el.children].reverse() };
    case 4:
      return { ...el, children: [] };
    default: {
      let deep: Element = el;
      for (let n = random.below(60); n > 0; n -= 1) deep = { ...el, children: [deep] };
      return deep;
    }
  }
}
