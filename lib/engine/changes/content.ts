/** The content of an item as the engine keeps it: the canonical text with its hash, its size and its keys. */
import { contentHash, keysOf } from '../../pim/content.ts';
import { BODY_PART } from '../model/limits.ts';
import { marksText } from '../model/marks.ts';
import type { Content } from '../model/records.ts';

/** Content of a canonical body. */
export const contentOf = (type: string, body: string): Content => ({
  type,
  hash: contentHash(type, body),
  size: Buffer.byteLength(body, 'utf8'),
  ...keysOf(type, body),
  ...(isInParts(body) && { marks: marksText({ type, body }) }),
  body,
});

const isInParts = (body: string): boolean => Buffer.byteLength(body, 'utf8') > BODY_PART;
