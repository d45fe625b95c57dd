/**
 * The header of a WBXML document: version, public identifier, charset, string table (B.3).
 *
 * Owns: both forms of a public identifier, the charsets. Must not know: tags.
 */
import { LimitError, type Limits } from '../limits.ts';
import { type PublicId, publicIdFor, publicIdOf } from '../tables.ts';
import { decodeText } from '../text.ts';
import { CodecError, type Namespace, type Version } from '../tree.ts';
import { ByteReader, type ByteWriter } from './bytes.ts';

export interface Header {
  readonly kind: Namespace;
  /** Absent when the public identifier is that of "unknown". */
  readonly version?: Version;
  /** Label of the charset of all strings except opaque data. */
  readonly charset: string;
  readonly stringTable: Uint8Array;
}

/** By IANA MIBenum: unknown, US-ASCII, ISO-8859-1, UTF-8 (W03). */
const charsets = new Map([
  [0x00, 'utf-8'],
  [0x03, 'utf-8'],
  [0x04, 'iso-8859-1'],
  [0x6a, 'utf-8'],
]);
const utf8 = 0x6a;

/** WBXML 1.1 to 1.3 (W01). */
const isVersion = (octet: number): boolean => octet >= 1 && octet <= 3;
const writtenVersion = 0x02;

/** "Unknown or missing" is taken for SyncML. */
const unknownPublicId = 0x01;

export function readHeader(input: ByteReader, limits: Limits): Header {
  if (!isVersion(input.byte())) throw new CodecError('the WBXML version is not supported');
  const number = input.integer();
  const index = number === 0 ? input.integer() : undefined;
  const charset = charsets.get(input.integer());
  if (charset === undefined) throw new CodecError('the charset is not supported');
  const length = input.integer();
  if (length > limits.stringTable) throw new LimitError('the string table is too large');
  const stringTable = input.take(length);
  const common = { charset, stringTable };
  if (number === unknownPublicId) return { kind: 'syncml', ...common };
  const id = index === undefined ? publicIdOf(number) : namedPublicId(stringTable, index);
  if (id === undefined) throw new CodecError('the document type is not known');
  return { kind: id.kind, version: id.version, ...common };
}

/** The public identifier in the string table. At the end of the table its NUL may be missing [SP11 11.4.1] (W02). */
function namedPublicId(stringTable: Uint8Array, index: number): PublicId | undefined {
  const end = stringTable.indexOf(0, index);
  const name = stringTable.subarray(index, end < 0 ? stringTable.length : end);
  return publicIdOf(decodeText(name, 'utf-8').trim());
}

/** Is this opaque data a DevInf document of its own (W07)? */
export function isDevInfDocument(bytes: Uint8Array, limits: Limits): boolean {
  if (!isVersion(bytes[0] ?? 0)) return false;
  try {
    return readHeader(new ByteReader(bytes), limits).kind === 'devinf';
  } catch (error) {
    if (error instanceof CodecError) return false;
    throw error;
  }
}

/** Writes a header, without a string table, which some phones cannot read (W10). */
export function writeHeader(output: ByteWriter, kind: Namespace, version: Version): void {
  output.byte(writtenVersion);
  output.integer(publicIdFor(kind, version));
  output.integer(utf8);
  output.integer(0);
}
