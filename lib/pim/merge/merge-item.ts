/**
 * Merge in the device's view: `seen` is what the device got of the item as it was (`base`), `sent` what it sent, both
 * read back. Only their difference is done to the item as it is now: what the device cannot hold is no part of either
 * (D19), and what others changed meanwhile stays (X02).
 */

import { mainOf } from '../formats/icalendar/exceptions.ts';
import { type StoredItem, treeOf } from '../formats/registry.ts';
import { withTrueFlagsIn } from '../time/days.ts';
import type { Component } from '../vobject/model.ts';
import { writeObject } from '../vobject/write.ts';
import { inItsClocks } from './clocks.ts';
import { mergeNote } from './note.ts';
import { mergeComponent } from './parts.ts';
import { scheduleMeaning } from './schedule.ts';
import { withItsExceptions } from './series.ts';
import type { Held, Merging, Winner } from './sides.ts';

export interface Edit {
  /** The item as it is. */
  readonly current: StoredItem;
  /** As it was when the device got it, and what it saw of it; undefined when nobody knows: what either has stays. */
  readonly base: { readonly item: StoredItem; readonly seen: StoredItem } | undefined;
  readonly sent: StoredItem;
  readonly held: Held;
  /** Properties that it holds since a short time and never got. */
  readonly unseen: ReadonlySet<string>;
  readonly winner: Winner;
}

export interface Merged {
  readonly item: StoredItem;
  /** Fields that both changed: of these the winner's stands, and the other's is lost from the item. */
  readonly clashes: number;
}

export function mergeEdit(edit: Edit): Merged {
  const { current, base, sent } = edit;
  const merging: Merging = { ...marks(edit), clashes: 0 };
  const note = mergeNote(edit, merging);
  if (note !== undefined) return note;
  if (current.type !== sent.type || (base !== undefined && base.item.type !== current.type))
    return whole(edit);
  const [now, was, seen, after] = [current, base?.item, base?.seen, sent].map((item) => item && treeOf(item));
  const isKnown = base === undefined || (was !== undefined && seen !== undefined);
  if (now === undefined || after === undefined || !isKnown) return whole(edit);
  const empty: Component = { name: now.name, properties: [], components: [] };
  const sides = inItsClocks({ now, was: was ?? empty, seen: seen ?? empty, sent: after });
  const merged = withFlagsOf(withItsExceptions(mergeComponent(sides, merging), sides), now);
  const dialect = now.name === 'VCARD' ? 'vcard-3.0' : 'icalendar-2.0';
  return { item: { type: current.type, body: writeObject(merged, dialect) }, clashes: merging.clashes };
}

/** Flags of days say what the times say, also where only these were changed. */
function withFlagsOf(merged: Component, now: Component): Component {
  const [before, after] = [now, merged].map((one) => scheduleMeaning(mainOf(one)?.properties ?? []));
  return before === after ? merged : withTrueFlagsIn(merged);
}

/** What a device saw and sent of a calendar, with its times told by the item's clocks; of anything else as it is. */
export function toldAlike(
  item: StoredItem,
  seen: StoredItem,
  sent: StoredItem,
): readonly [seen: StoredItem, sent: StoredItem] {
  const trees = [item, seen, sent].map((one) => (one.type === 'text/calendar' ? treeOf(one) : undefined));
  const [now, shown, told] = trees;
  if (now === undefined || shown === undefined || told === undefined) return [seen, sent];
  const sides = inItsClocks({ now, was: now, seen: shown, sent: told });
  const written = (tree: Component): StoredItem => ({ ...seen, body: writeObject(tree, 'icalendar-2.0') });
  return [written(sides.seen), written(sides.sent)];
}

const marks = ({ winner, held, unseen, base }: Edit) => ({
  winner,
  held,
  unseen,
  union: base === undefined,
});

/** What cannot be looked into is one field. */
function whole({ current, base, sent, winner }: Edit): Merged {
  const same = (one: StoredItem, other: StoredItem) => one.type === other.type && one.body === other.body;
  if (base !== undefined && same(base.item, current)) return { item: sent, clashes: 0 };
  if (same(current, sent) || (base !== undefined && same(base.item, sent)))
    return { item: current, clashes: 0 };
  return { item: winner === 'client' ? sent : current, clashes: 1 };
}
