import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, encode, encodedSize } from '../../lib/codec/codec.ts';
import { element, isElement, type Version, type Wire } from '../../lib/codec/tree.ts';
import { message, octets, text } from './trees.ts';

const versions: readonly Version[] = ['1.0', '1.1', '1.2'];
const wires: readonly Wire[] = ['xml', 'wbxml'];

describe.each(versions)('any tree of %s', (version) => {
  test.each(wires)('is read as it was written in %s', (wire) => {
    fc.assert(
      fc.property(message(version, text), (root) => {
        expect(decode(encode(root, wire, version), wire).root).toEqual(root);
      }),
    );
  });

  test('may hold octets in WBXML', () => {
    fc.assert(
      fc.property(message(version, fc.oneof(text, octets)), (root) => {
        const again = decode(encode(root, 'wbxml', version), 'wbxml');
        expect(again).toEqual({ root, version });
      }),
    );
  });

  test.each(wires)('is not larger in %s than the sum of its measured parts', (wire) => {
    fc.assert(
      fc.property(message(version, fc.oneof(text, octets)), (root) => {
        const parts = root.children.filter(isElement);
        const empty = encode(element('syncml', 'SyncML', [element('syncml', 'Final')]), wire, version).length;
        const sum = parts.reduce((total, part) => total + encodedSize(part, wire, version), empty);
        expect(encode(element('syncml', 'SyncML', parts), wire, version).length).toBeLessThanOrEqual(sum);
      }),
    );
  });
});

test('text is told from octets by what it holds', () => {
  fc.assert(
    fc.property(text, (value) => {
      const bytes = new TextEncoder().encode(value);
      const root = element('syncml', 'Data', [bytes]);
      expect(decode(encode(root, 'wbxml', '1.2'), 'wbxml').root.children).toEqual([value]);
    }),
  );
});
