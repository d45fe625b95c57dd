/**
 * Bytes <-> element tree, on either wire.
 *
 * Owns: the choice of the wire. Must not know: any SyncML command.
 */
import { budgetOf, checkSize, defaultLimits, type Limits } from './limits.ts';
import type { Element, Version, Wire } from './tree.ts';
import { readWbxml } from './wbxml/reader.ts';
import { wbxmlSize, writeWbxml } from './wbxml/writer.ts';
import { type Document, readXml } from './xml/reader.ts';
import { writeXml, xmlSize } from './xml/writer.ts';

export type { Document } from './xml/reader.ts';

/**
 * Reads a document. Its `version` is that of the WBXML public identifier or of the XML namespace, not of VerDTD.
 * `charset`: from the HTTP header, used for XML only (Q11). Throws a CodecError for bytes that cannot be read, and no
 * other error.
 */
export function decode(
  bytes: Uint8Array,
  wire: Wire,
  limits: Limits = defaultLimits,
  charset?: string,
): Document {
  checkSize(bytes.length, limits);
  const budget = budgetOf(limits);
  return wire === 'xml' ? readXml(bytes, budget, charset) : readWbxml(bytes, budget);
}

/**
 * Writes a document. Throws for a tree that this wire and version cannot hold, which is a fault of the caller (W12).
 */
export function encode(root: Element, wire: Wire, version: Version): Uint8Array {
  return wire === 'xml' ? writeXml(root, version) : writeWbxml(root, version);
}

/** Octets that this element adds to a message at most, for MaxMsgSize. */
export function encodedSize(element: Element, wire: Wire, version: Version): number {
  return wire === 'xml' ? xmlSize(element, version) : wbxmlSize(element, version);
}
