/** Does a device that sent an item see of it what it sent? What it sees besides is news to it, and is to be told. */

import { type Content, isVFormat } from '../content.ts';
import { linesInText, linesOfNote, significantLines } from '../content-keys.ts';
import { isDispensable } from '../properties/table.ts';
import type { Component, Dialect } from '../vobject/model.ts';
import { unfoldedLine } from '../vobject/write.ts';
import { inItsClocks } from './clocks.ts';
import { type Held, isHeld } from './sides.ts';

export interface Sight {
  /** The item as a change has left it, and what the device sees of that. */
  readonly item: Content;
  readonly seen: Content;
  readonly sent: Content;
  /** What it saw before, where that is known. */
  readonly before: Content | undefined;
  readonly held: Held;
}

export interface Shown {
  /** The device sees just what it sent: it needs nothing. */
  readonly shown: boolean;
  /** It has none of a property that it sees, and is not known to have a word for. */
  readonly lacks: boolean;
}

/**
 * A property that the device may just not know (it lists none), and that it was shown before, is no news to it; neither is
 * what stays here of what it sent and it would not be shown.
 */
export function shownOf({ item, seen, sent, before, held }: Sight): Shown {
  if (seen.isSame(sent)) return { shown: true, lacks: false };
  if (!isVFormat(seen.type) && !isVFormat(sent.type)) return { shown: false, lacks: false };
  const [saw, told] = byItemsClocks(item, seen, sent);
  const [has, sees, holds] = [told, saw, linesOf(item)];
  const known = held === 'all' || before === undefined ? [] : [...linesOf(before)];
  const knew = new Map(known.filter(([, name]) => isDispensable(name)));
  const shown =
    [...has.keys()].every((line) => sees.has(line) || holds.has(line)) &&
    [...sees.keys()].every((line) => has.has(line) || knew.has(line));
  const names = new Set(has.values());
  const lacks = [...sees.values()].some(
    (name) => !names.has(name) && !isDispensable(name) && !isHeld(held, name),
  );
  return { shown, lacks };
}

/** What a device saw and sent; of a calendar with its times told by the item's clocks: another clock is no news. */
function byItemsClocks(item: Content, seen: Content, sent: Content): readonly [saw: Lines, told: Lines] {
  const [now, shown, told] = [item, seen, sent].map(({ type, tree }) =>
    type === 'text/calendar' ? tree : undefined,
  );
  if (now === undefined || shown === undefined || told === undefined) return [linesOf(seen), linesOf(sent)];
  const sides = inItsClocks({ now, was: now, seen: shown, sent: told });
  return [new Map(linesIn(sides.seen)), new Map(linesIn(sides.sent))];
}

/** Each line that counts, and the name of its property. What a group is called says nothing. */
type Lines = ReadonlyMap<string, string>;

function linesOf(content: Content): Lines {
  if (content.tree !== undefined) return new Map(linesIn(content.tree));
  const { type, text } = content;
  const lines = isVFormat(type) ? linesInText(text) : linesOfNote(text);
  return new Map(lines.map((line) => named(line.replace(/^[\w-]+\.(?=[\w-]+[;:])/, ''))));
}

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
