/** Texts in rows, deflated if that saves a write unit. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Attribute, Row } from '../port/port.ts';

/** Bytes of the shortest text that is deflated. A shorter one saves nothing: a write unit is 1 KB. */
const MIN_PACKED = 200;
/** Small windows are fast and enough for a card. */
const OPTIONS = { level: 6, memLevel: 6, windowBits: 13 } as const;

/** Memory that zlib takes at a time: its usual 16 KB cost more than a card. */
const chunkFor = (bytes: number) => ({ chunkSize: Math.min(16_384, Math.max(512, bytes)) });

type Packed = { readonly attributes: { readonly [name: string]: Attribute }; readonly blob?: Uint8Array };

/** The text as an attribute `text`, or deflated as the row's blob. */
export function packText(text: string): Packed {
  if (text.length < MIN_PACKED) return { attributes: { text } };
  const bytes = Buffer.from(text, 'utf8');
  const blob = deflateRawSync(bytes, { ...OPTIONS, ...chunkFor(bytes.length) });
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
export const packBytes = (bytes: Uint8Array): Uint8Array => deflateRawSync(bytes, OPTIONS);
export const unpackBytes = (blob: Uint8Array): Uint8Array => inflateRawSync(blob);
