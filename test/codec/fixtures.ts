/** Messages that stand side by side on both wires; the WBXML is hex with a comment per line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Wire } from '../../lib/codec/tree.ts';

const directory = join(import.meta.dirname, 'fixtures');

export const fromHex = (hex: string): Uint8Array =>
  Buffer.from(hex.replace(/#.*$/gm, '').replace(/\s/g, ''), 'hex');

export const stems: readonly string[] = readdirSync(directory)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => name.slice(0, -'.xml'.length));

export function fixture(stem: string, wire: Wire): Uint8Array {
  const path = join(directory, stem);
  return wire === 'xml' ? readFileSync(`${path}.xml`) : fromHex(readFileSync(`${path}.wbxml.hex`, 'utf8'));
}
