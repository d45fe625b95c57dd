/** Texts in rows, deflated if that saves a write unit. */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Attribute, Row } from '../port/port.ts';

/** Bytes of the shortest text that is deflated. A shorter one saves nothing: a write unit is 1 KB. */
const MIN_PACKED = 200;
/** Small windows are fast and enough for a card. */
const OPTIONS = { level: 6, memLevel: 6, windowBits: 13 } as const;

/** Memory that zlib takes at a time: its usual 16 KB cost more than a card. */
const chunkFor = (bytes: number) => ({ chunkSize: Math.min(16_384, Math.max(512, bytes)) });

/** From so many bytes on it is looked whether there are repetitions at all, in samples of so many bytes. */
const LARGE = 16_384;
const SAMPLE = 2_048;

/**
 * How to deflate these bytes. A picture in base64 has no repetitions: to look for them takes as long as all the rest,
 * and saves 1 %.
 */
function optionsFor(bytes: Uint8Array): Parameters<typeof deflateRawSync>[1] {
  const isVaried = (at: number) =>
    deflateRawSync(bytes.subarray(at, at + SAMPLE), OPTIONS).length > 0.7 * SAMPLE;
  if (bytes.length < LARGE || ![0.25, 0.5, 0.75].every((part) => isVaried(Math.floor(part * bytes.length))))
    return OPTIONS;
  return { ...OPTIONS, strategy: constants.Z_HUFFMAN_ONLY };
}

type Packed = { readonly attributes: { readonly [name: string]: Attribute }; readonly blob?: Uint8Array };

/** The text as an attribute `text`, or deflated as the row's blob. */
export function packText(text: string): Packed {
  if (text.length < MIN_PACKED) return { attributes: { text } };
  const bytes = Buffer.from(text, 'utf8');
  const blob = deflateRawSync(bytes, { ...optionsFor(bytes), ...chunkFor(bytes.length) });
  return blob.length < bytes.length ? { attributes: {}, blob } : { attributes: { text } };
}

export function unpackText(row: Pick<Row, 'attributes' | 'blob'>): string | undefined {
  const { text } = row.attributes;
  if (typeof text === 'string') return text;
  return row.blob && inflateRawSync(row.blob, chunkFor(3 * row.blob.length)).toString('utf8');
}

export const packJson = (value: unknown): Uint8Array =>
  deflateRawSync(Buffer.from(JSON.stringify(value)), OPTIONS);
export const unpackJson = (blob: Uint8Array | undefined): unknown =>
  blob === undefined ? undefined : JSON.parse(inflateRawSync(blob).toString('utf8'));

/** Deflates the bytes of a reply or a chunk. */
export const packBytes = (bytes: Uint8Array): Uint8Array => deflateRawSync(bytes, optionsFor(bytes));
export const unpackBytes = (blob: Uint8Array): Uint8Array => inflateRawSync(blob);
