/**
 * Merges the item that a device sent into the item of the server.
 *
 * The device got the item in an earlier state (`base`), as far as the device can hold items; `seen` is that view. The
 * device changed its copy and sent it (`sent`). Only the difference between `seen` and `sent` is applied to the item as
 * it is now. So properties that the device cannot hold are kept (D19), and so are changes that others made meanwhile
 * (X02).
 */

import { Content } from '../content.ts';
import { mainOf } from '../formats/icalendar/exceptions.ts';
import { withTrueFlagsIn } from '../time/all-day-flags.ts';
import { withClocksDefined } from '../time/zones/clocks-in-item.ts';
import { type Component, type Property, sameLists, sameProperty } from '../vobject/model.ts';
import { workOnTrees } from '../vobject/tree-work.ts';
import { spend } from '../work/budget.ts';
import { inItsClocks } from './clocks.ts';
import { unlisted } from './listed.ts';
import { mergeNote } from './note.ts';
import { atTimesOfWinner } from './one-schedule.ts';
import { mergeComponent } from './parts.ts';
import { scheduleMeaning } from './schedule.ts';
import { withItsExceptions } from './series.ts';
import type { Edit, Merged, Merging, Sides } from './sides.ts';
import { withoutStandIns, withStandIns } from './stand-ins.ts';
import { inZoneNamed } from './zone-named.ts';

/** Throws OverBudget, within a budget. */
export function mergeEdit(edit: Edit): Merged {
  const { current, base, sent } = edit;
  for (const one of [current, base?.item, sent]) spend(workOnTrees(one?.objects ?? []));
  const merging: Merging = { ...optionsOf(edit), clashes: 0 };
  const note = mergeNote(edit, merging);
  if (note !== undefined) return mergedAs(Content.ofTree(note), edit, merging);
  if (current.type !== sent.type || (base !== undefined && base.item.type !== current.type))
    return whole(edit);
  const [now, was, seen, after] = [current, base?.item, base?.seen, sent].map((item) => item?.tree);
  const isKnown = base === undefined || (was !== undefined && seen !== undefined);
  if (now === undefined || after === undefined || !isKnown) return whole(edit);
  const empty: Component = { name: now.name, properties: [], components: [] };
  const item = base === undefined ? inZoneNamed(now, after) : now;
  const clocked = inItsClocks({ now: item, was: was ?? empty, seen: seen ?? empty, sent: after });
  const aligned = atTimesOfWinner(clocked, merging);
  const sides = aligned ?? clocked;
  const own = mergeSeries(sides, merging);
  const merged = withFlagsOf(withItsExceptions(own, sides, aligned === undefined), sides.now);
  return mergedAs(Content.ofTree(withClocksDefined(merged, now, after), current.type), edit, merging);
}

/** Merges with the dates that the device was shown in place of exceptions and rules. */
function mergeSeries(sides: Sides<Component>, merging: Merging): Component {
  const { sides: plain, withExclusions } = unlisted(sides, merging);
  const merged = withExclusions(mergeComponent(withStandIns(plain, merging), merging));
  return withoutStandIns(merged, plain, merging);
}

/** If the merge changed nothing, the result is the very same Content, so that its hash and keys need not be made again. */
const mergedAs = (item: Content, { current, sent }: Edit, { clashes }: Merging): Merged => ({
  item: [current, sent].find((one) => one.isSame(item)) ?? item,
  clashes,
});

/** Where the merge changed the schedule, the all-day flags are set anew to agree with the times. */
function withFlagsOf(merged: Component, now: Component): Component {
  const [before, after] = [now, merged].map((one) => mainOf(one)?.properties ?? []) as [
    Properties,
    Properties,
  ];
  if (sameLists(before, after, sameProperty) || scheduleMeaning(before) === scheduleMeaning(after))
    return merged;
  return withTrueFlagsIn(merged);
}

type Properties = readonly Property[];

const optionsOf = ({ winner, held, capacities, unseen, base, mayHoldNews = false }: Edit) => ({
  winner,
  held,
  capacities,
  mayHoldNews,
  unseen,
  union: base === undefined,
});

/** An item that cannot be parsed is merged as if it were one field. */
function whole({ current, base, sent, winner }: Edit): Merged {
  if (base?.item.isSame(current)) return { item: sent, clashes: 0 };
  if (current.isSame(sent) || base?.item.isSame(sent)) return { item: current, clashes: 0 };
  return { item: winner === 'client' ? sent : current, clashes: 1 };
}
