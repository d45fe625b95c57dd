/**
 * The blocking keys of an item, shortened and joined to one text: the match index of a slow sync is searched by them.
 */
import type { Content } from '../../pim/content.ts';
import { listBlockingKeys } from '../../pim/match/blocking.ts';
import { BLOCKING_KEY, CONTENT_KEY, type MatchKeys } from './match-entries.ts';

/** Characters kept of a blocking key. Items that it finds are compared, so a few wrong ones cost little. */
const KEY_LENGTH = BLOCKING_KEY.characters;

const known = new WeakMap<Content, string>();

/**
 * The blocking keys of a content whose text was read, as one text. It is kept, but not the tree from which it is made:
 * the trees of a whole address book fill the memory.
 */
function blockingKeysText(content: Content): string {
  const made =
    known.get(content) ??
    listBlockingKeys(content.forOneLook)
      .map((key) => key.slice(0, KEY_LENGTH))
      .join('');
  known.set(content, made);
  return made;
}

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

/** The part of the content's key that the match index holds. */
export const contentKeyOf = (content: Content): string => content.key.slice(0, CONTENT_KEY.characters);

/** By what the match index finds an item with this content. */
export const matchKeysOf = (content: Content): MatchKeys => ({
  content: contentKeyOf(content),
  blocking: blockingKeysOf(content),
});
