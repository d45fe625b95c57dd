/**
 * The content of an item or of a version in its row. A small text lies packed in the row, a large one in part rows of its
 * own (docs/adr/0017).
 */
import { blockingKeysOf } from '../../engine/model/blocking-keys.ts';
import { BODY_IN_ROW, BODY_PART } from '../../engine/model/limits.ts';
import { Content, type StoredContent } from '../../pim/content.ts';
import type { Row } from '../port/port.ts';
import { attributesOf, type Fields, present } from './fields.ts';
import { packBytes, packText, unpackText } from './pack.ts';

/** The content's own attributes, and its text unless that lies in part rows. */
export function contentFields(content: Content | undefined, parts: number): Fields {
  if (content === undefined) return { attributes: {} };
  const { type, hash, size, key, about } = content;
  const own = { type, hash, size, key, about };
  if (parts > 0) return { attributes: { ...own, marks: blockingKeysOf(content), parts } };
  if (!content.isWhole)
    return { attributes: present({ ...own, marks: content.blockingKeys, parts: content.parts }) };
  const packed = packedText(content);
  return { ...packed, attributes: { ...own, ...packed.attributes } };
}

/** How many part rows the text of this content is written to; none if it lies in the row, or was not read. */
export function partsOf(content: Content | undefined): number {
  if (content === undefined || !content.isWhole || content.size <= BODY_IN_ROW) return 0;
  if (content.size > BODY_PART) return Math.ceil(content.size / BODY_PART);
  return packedSize(content) > BODY_IN_ROW ? 1 : 0;
}

/** The packed texts of the part rows, in order. */
export function partBlobs(content: Content): Uint8Array[] {
  const parts = partsOf(content);
  if (parts === 0) return [];
  const { blob } = parts === 1 ? packedText(content) : {};
  if (blob !== undefined) return [blob];
  const bytes = Buffer.from(content.storedText, 'utf8');
  return Array.from({ length: parts }, (_, n) =>
    packBytes(bytes.subarray(n * BODY_PART, (n + 1) * BODY_PART)),
  );
}

/** The packed texts of contents. A text that came from a row goes into the next row as it is packed there. */
const packedTexts = new WeakMap<Content, Fields>();

function packedText(content: Content): Fields {
  const packed = packedTexts.get(content) ?? packText(content.storedText);
  packedTexts.set(content, packed);
  return packed;
}

const packedSize = (content: Content): number => packedText(content).blob?.length ?? content.size;

/** The attributes of a content. The row names its blocking keys `marks`. */
type ContentAttributes = Partial<StoredContent> & { readonly marks?: string };

export function contentIn(row: Row): Content | undefined {
  const { type, hash, size, key, about, parts, marks } = attributesOf<ContentAttributes>(row);
  if (type === undefined) return undefined;
  const own = { type, hash, size, key, about } as StoredContent;
  const { text } = row.attributes;
  if (parts !== undefined || (text === undefined && row.blob === undefined))
    return Content.ofRow({
      ...own,
      ...(marks !== undefined && { blockingKeys: marks }),
      ...(parts !== undefined && { parts }),
    });
  const content = Content.ofRow(own, () => unpackText(row) ?? '');
  packedTexts.set(content, {
    attributes: text === undefined ? {} : { text },
    ...(row.blob && { blob: row.blob }),
  });
  return content;
}
