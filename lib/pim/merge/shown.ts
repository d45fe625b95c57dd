/**
 * After a merge: does the device that sent the item already have the result, as far as it can hold items? If not, the
 * result has to be sent to the device.
 */

import { isVFormat } from '../canonical-text.ts';
import type { Content } from '../content.ts';
import { significantLines } from '../content-keys.ts';
import { isDispensable, isOfRinging, isUsual } from '../properties/table.ts';
import type { Component, Dialect } from '../vobject/model.ts';
import { unfoldedLine } from '../vobject/write.ts';
import { inItsClocks } from './clocks.ts';
import { type Held, isHeld } from './sides.ts';

export interface Sight {
  /** The item after the merge, and the device's view of the item. */
  readonly item: Content;
  readonly seen: Content;
  readonly sent: Content;
  /** The device's view before the merge. Undefined where that is not known. */
  readonly before: Content | undefined;
  readonly held: Held;
}

export interface Shown {
  /** Is the device's view what the device sent? Then nothing has to be sent to it. */
  readonly shown: boolean;
  /** Does the view have a property that the device did not send now, and is not known to hold? */
  readonly lacks: boolean;
}

/**
 * The view and the sent item are compared line by line. Four differences do not count. A line that the device sent may
 * lack in the view if the item holds the line. A dispensable property may lack in the sent item if the device was shown
 * it before and lists no properties: such a device may just not know the property. A line of an alarm that the writer
 * made (formats/icalendar/required.ts) may lack in the sent item, or be the one of before. A line that says what an item
 * without it says may lack on either side.
 */
export function shownOf({ item, seen, sent, before, held }: Sight): Shown {
  if (seen.isSame(sent)) return { shown: true, lacks: false };
  if (!isVFormat(seen.type) && !isVFormat(sent.type)) return { shown: false, lacks: false };
  const [sees, has, holds] = linesInZoneOfItem(item, seen, sent);
  const shownAlarms = [seen, ...(before === undefined ? [] : [before])].flatMap(({ objects }) => objects);
  const ofWriter = new Set(shownAlarms.flatMap(alarmLinesIn).filter((line) => !holds.has(line)));
  const known = held === 'all' || before === undefined ? [] : [...linesOf(before)];
  const knew = new Map(known.filter(([, name]) => isDispensable(name)));
  const isNoNews = (line: string, name: string, others: Lines): boolean =>
    ofWriter.has(line) ||
    (isUsual(name, line.slice(line.indexOf(':') + 1)) && ![...others.values()].includes(name));
  const shown =
    [...has].every(([line, name]) => sees.has(line) || holds.has(line) || isNoNews(line, name, sees)) &&
    [...sees].every(([line, name]) => has.has(line) || knew.has(line) || isNoNews(line, name, has));
  const names = new Set(has.values());
  const lacks = [...sees.values()].some(
    (name) => !names.has(name) && !isDispensable(name) && !isHeld(held, name),
  );
  return { shown, lacks };
}

/**
 * The lines of the view, of the sent item and of the item. In a calendar, all times are converted to the zone of the item
 * first.
 */
function linesInZoneOfItem(
  item: Content,
  seen: Content,
  sent: Content,
): readonly [sees: Lines, has: Lines, holds: Lines] {
  const [now, shown, told] = [item, seen, sent].map(({ type, tree }) =>
    type === 'text/calendar' ? tree : undefined,
  );
  if (now === undefined || shown === undefined || told === undefined)
    return [linesOf(seen), linesOf(sent), linesOf(item)];
  const sides = inItsClocks({ now, was: now, seen: shown, sent: told });
  return [new Map(linesIn(sides.seen)), new Map(linesIn(sides.sent)), new Map(linesIn(sides.now))];
}

/** Each significant line, without its group, and the name of its property. */
type Lines = ReadonlyMap<string, string>;

function linesOf(content: Content): Lines {
  if (content.tree !== undefined) return new Map(linesIn(content.tree));
  return new Map(content.lines.map((line) => named(line.replace(/^[\w-]+\.(?=[\w-]+[;:])/, ''))));
}

/** The lines of alarms, except those that tell when they go off. */
const alarmLinesIn = (part: Component): string[] =>
  part.name === 'VALARM'
    ? linesIn({ ...part, properties: part.properties.filter(({ name }) => !isOfRinging(name)) }).flatMap(
        ([line, name]) => (name === 'BEGIN' || name === 'END' ? [] : [line]),
      )
    : part.components.flatMap(alarmLinesIn);

const named = (line: string): [line: string, name: string] => [line, /^[\w-]*/.exec(line)?.[0] ?? ''];

const linesIn = (tree: Component): [line: string, name: string][] =>
  linesOfPart(tree, tree.name === 'VCARD' ? 'vcard-3.0' : 'icalendar-2.0');

const linesOfPart = (
  { name, properties, components }: Component,
  dialect: Dialect,
): [line: string, name: string][] => [
  [`BEGIN:${name}`, 'BEGIN'],
  ...properties.flatMap(({ group: _, ...one }) =>
    significantLines([unfoldedLine(one, dialect)]).map((line): [string, string] => [line, one.name]),
  ),
  ...components.flatMap((inner) => linesOfPart(inner, dialect)),
  [`END:${name}`, 'END'],
];
