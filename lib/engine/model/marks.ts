/** Blocking keys of an item (marks), cut short and put in one text: what the match index of a slow sync is searched by. */
import type { StoredItem } from '../../pim/formats/registry.ts';
import { marksOf } from '../../pim/match/blocking.ts';
import type { Content } from './records.ts';

/** Characters of a mark: what it finds is looked at, so a wrong one in a thousand costs little. */
const MARK = 4;

/** Marks of an item in one text. */
export const marksText = (item: StoredItem): string =>
  marksOf(item)
    .map((mark) => mark.slice(0, MARK))
    .join('');

export const marksOfContent = ({ type, body, marks }: Content): string =>
  marks ?? (body === undefined ? '' : marksText({ type, body }));

export const marksIn = (text: string): string[] =>
  Array.from({ length: text.length / MARK }, (_, n) => text.slice(n * MARK, (n + 1) * MARK));
