/** A change of a device does to an item what the device changed of what it sees, and nothing else (D19). */
import { mergeInView } from '../pim/merge/item.ts';
import type { Ground } from './apply.ts';
import { bodyOf, contentOf, type Ledger, putContent } from './ledger.ts';
import type { Content, Item, ItemVersion } from './records.ts';

/** The item with the change; the sent content itself where there is nothing to merge with. */
export function mergedContent(
  ledger: Ledger,
  { view, datastore }: Ground,
  item: Item,
  content: Content,
): Content {
  const body = item.content && bodyOf(ledger, datastore, item.guid, item.content);
  if (view === undefined || item.content === undefined || body === undefined || content.body === undefined)
    return content;
  const current = { type: item.content.type, body };
  const sent = { type: content.type, body: content.body };
  const { type, body: result } = mergeInView(current, view.seen(current), sent, view.complete);
  return result === body ? item.content : contentOf(type, result);
}

/** Did the device only send back what it sees of the item? */
export const changesNothing = (ledger: Ledger, ground: Ground, item: Item, content: Content): boolean =>
  mergedContent(ledger, ground, item, content).hash === item.content?.hash;

/** Puts the change into the item. */
export function mergeContent(
  ledger: Ledger,
  ground: Ground,
  item: Item,
  content: Content,
  reason: ItemVersion['reason'],
): void {
  const result = mergedContent(ledger, ground, item, content);
  if (result.hash !== item.content?.hash) putContent(ledger, ground, item.guid, result, reason, content.hash);
}
