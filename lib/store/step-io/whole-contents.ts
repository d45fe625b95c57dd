/** Contents with their texts, also of those that lie in part rows: for reports on a user's items. */
import { type Read, readKey } from '../../engine/io/facts.ts';
import type { Guid } from '../../engine/model/ids.ts';
import type { Content } from '../../pim/content.ts';
import type { Store } from '../port/port.ts';
import type { InDatastore } from '../rows/keys.ts';
import { answerReads } from './reader.ts';

/** A content of an item: the item's own, or that of a version. */
export interface ContentOf {
  readonly guid: Guid;
  readonly content: Content;
}

/** The contents with their texts, in order; undefined where a part row is gone. */
export async function wholeContents(
  store: Store,
  at: InDatastore,
  contents: readonly ContentOf[],
): Promise<(Content | undefined)[]> {
  const readOf = ({ guid, content: { hash, parts } }: ContentOf): Read => {
    const { user, datastore } = at;
    return { read: 'body', user, datastore, guid, hash, parts };
  };
  const known = new Map<string, unknown>();
  const apart = contents.filter(({ content }) => !content.isWhole);
  await answerReads(store, apart.map(readOf), known);
  return contents.map((one) => {
    if (one.content.isWhole) return one.content;
    const text = known.get(readKey(readOf(one)));
    return typeof text === 'string' ? one.content.withText(text) : undefined;
  });
}
