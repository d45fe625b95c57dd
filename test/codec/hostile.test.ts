import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../lib/codec/codec.ts';
import { defaultLimits } from '../../lib/codec/limits.ts';
import { CodecError, type Wire } from '../../lib/codec/tree.ts';
import { fixture, fromHex, stems } from './fixtures.ts';

const wires: readonly Wire[] = ['xml', 'wbxml'];

function outcome(bytes: Uint8Array, wire: Wire): 'tree' | 'refused' {
  try {
    expect(decode(bytes, wire).root.name).toBeTypeOf('string');
    return 'tree';
  } catch (error) {
    if (error instanceof CodecError) return 'refused';
    throw error;
  }
}

function reasonOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CodecError) return error.reason;
    throw error;
  }
  return 'a tree';
}

const xml = (text: string): Uint8Array => new TextEncoder().encode(text);
const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

describe.each(wires)('bytes that are no %s', (wire) => {
  test('at random give a tree or a CodecError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['tree', 'refused']).toContain(outcome(bytes, wire));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(stems)('made of %s by changing some give a tree or a CodecError', (stem) => {
    const bytes = fixture(stem, wire);
    const change = fc.record({
      at: fc.nat(bytes.length - 1),
      remove: fc.nat(3),
      add: fc.uint8Array({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let mutant: Uint8Array = bytes;
        for (const { at, remove, add } of changes) {
          mutant = Buffer.concat([mutant.subarray(0, at), add, mutant.subarray(at + remove)]);
        }
        expect(['tree', 'refused']).toContain(outcome(mutant, wire));
      }),
      { numRuns: 300 },
    );
  });

  test.each(stems)('%s, cut off anywhere, are refused', (stem) => {
    const bytes = fixture(stem, wire);
    const body = wire === 'xml' ? bytes.lastIndexOf(0x3e) : bytes.length;
    for (let end = 0; end < body; end += 1) expect(outcome(bytes.subarray(0, end), wire)).toBe('refused');
  });
});

describe('limits', () => {
  test('of octets', () => {
    const small = { ...defaultLimits, bytes: 10 };
    expect(reasonOf(() => decode(xml('<a>1234</a>'), 'xml', small))).toBe('the document is too large');
    expect(reasonOf(() => decode(xml('<a>123</a>'), 'xml', small))).toBe('a tree');
  });

  test('of depth, in XML', () => {
    expect(reasonOf(() => decode(xml(nested(64)), 'xml'))).toBe('a tree');
    expect(reasonOf(() => decode(xml(nested(65)), 'xml'))).toBe('the document is nested too deeply');
    expect(reasonOf(() => decode(xml(nested(20_000)), 'xml'))).toBe('the document is nested too deeply');
    expect(outcome(xml('<a>'.repeat(20_000)), 'xml')).toBe('refused');
  });

  test('of depth, in WBXML', () => {
    const deep = (depth: number) => fromHex(`02 a401 6a 00 ${'6d'.repeat(depth)} ${'01'.repeat(depth)}`);
    expect(reasonOf(() => decode(deep(64), 'wbxml'))).toBe('a tree');
    expect(reasonOf(() => decode(deep(20_000), 'wbxml'))).toBe('the document is nested too deeply');
    const unknown = fromHex(`02 a401 6a 00 6d ${'7f'.repeat(20_000)}`);
    expect(reasonOf(() => decode(unknown, 'wbxml'))).toBe('the document is nested too deeply');
  });

  test('of depth, counted through an embedded document', () => {
    const document = '<SyncML><Item><Data>&lt;DevInf>&lt;VerDTD/>&lt;/DevInf></Data></Item></SyncML>';
    expect(reasonOf(() => decode(xml(document), 'xml', { ...defaultLimits, depth: 5 }))).toBe('a tree');
    expect(reasonOf(() => decode(xml(document), 'xml', { ...defaultLimits, depth: 4 }))).toBe(
      'the document is nested too deeply',
    );
  });

  test('of nodes', () => {
    const few = { ...defaultLimits, nodes: 3 };
    expect(reasonOf(() => decode(xml('<a><b/><c/></a>'), 'xml', few))).toBe('a tree');
    expect(reasonOf(() => decode(xml('<a><b/><c/><d/></a>'), 'xml', few))).toBe(
      'the document has too many elements',
    );
    const finals = fromHex('02 a401 6a 00 6d 12 12 12 01');
    expect(reasonOf(() => decode(finals, 'wbxml', few))).toBe('the document has too many elements');
  });

  test('of the string table, and of the text that is made with it', () => {
    const table = (hex: string) => fromHex(`02 a401 6a 05 4142434400 6d 4f ${hex} 01 01`);
    expect(reasonOf(() => decode(table('8300'), 'wbxml'))).toBe('a tree');
    expect(reasonOf(() => decode(table('8300'), 'wbxml', { ...defaultLimits, stringTable: 4 }))).toBe(
      'the string table is too large',
    );
    const repeated = table('8300'.repeat(20));
    expect(reasonOf(() => decode(repeated, 'wbxml', { ...defaultLimits, bytes: 70 }))).toBe(
      'the document stands for too much text',
    );
  });

  test('a reason quotes nothing of the document', () => {
    for (const document of [
      '<secret>',
      '<a secret></a>',
      '<a>&secret</a>',
      '<!DOCTYPE secret [<!ENTITY secret "x">]><a/>',
    ]) {
      expect(reasonOf(() => decode(xml(document), 'xml'))).not.toMatch(/secret|a tree/);
    }
  });
});
