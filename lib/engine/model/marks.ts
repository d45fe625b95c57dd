/** Blocking keys of an item (marks), cut short and put in one text: what the match index of a slow sync is searched by. */
import type { Content } from '../../pim/content.ts';
import { marksOf } from '../../pim/match/blocking.ts';

/** Characters of a mark: what it finds is looked at, so a wrong one in a thousand costs little. */
const MARK = 4;

/** Those of an item in one text. */
export const marksText = (content: Content): string =>
  marksOf(content)
    .map((mark) => mark.slice(0, MARK))
    .join('');

/** As its row has them; none of a content whose text was not read and whose row has none. */
export const marksOfContent = (content: Content): string =>
  content.marks ?? (content.isWhole ? marksText(content) : '');

export const marksIn = (text: string): string[] =>
  Array.from({ length: text.length / MARK }, (_, n) => text.slice(n * MARK, (n + 1) * MARK));
