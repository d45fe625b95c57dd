/**
 * The blocking keys of an item, shortened and joined to one text: the match index of a slow sync is searched by them.
 */
import type { Content } from '../../pim/content.ts';
import { listBlockingKeys } from '../../pim/match/blocking.ts';

/** Characters kept of a blocking key. Items that it finds are compared, so a few wrong ones cost little. */
const KEY_LENGTH = 4;

/** The blocking keys of a content whose text was read, as one text. */
const blockingKeysText = (content: Content): string =>
  listBlockingKeys(content)
    .map((key) => key.slice(0, KEY_LENGTH))
    .join('');

/**
 * The blocking keys from the content's row, else from its text. Empty if the row has none and the text was not read.
 */
export const blockingKeysOf = (content: Content): string =>
  content.blockingKeys ?? (content.isWhole ? blockingKeysText(content) : '');

/** The single keys in such a text. */
export const blockingKeysIn = (text: string): string[] =>
  Array.from({ length: text.length / KEY_LENGTH }, (_, n) =>
    text.slice(n * KEY_LENGTH, (n + 1) * KEY_LENGTH),
  );
