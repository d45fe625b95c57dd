/** Texts as parts of keys. */
import { createHash } from 'node:crypto';

/** DynamoDB takes 2,048 bytes of partition key and 1,024 of sort key; a longer part is replaced by its hash. */
const MAX_PART = 500;

export const keyPart = (text: string): string => {
  const escaped = text.replace(/[%#]/g, (c) => (c === '#' ? '%23' : '%25'));
  if (Buffer.byteLength(escaped) <= MAX_PART) return escaped;
  return `%h${createHash('sha256').update(text).digest('base64url')}`;
};
export const keyOfParts = (...parts: readonly string[]): string => parts.map(keyPart).join('#');
