/** Notes: the text by its lines, what else is said of it by its properties. */
import { noteOf, storedNote } from '../formats/registry.ts';
import type { Component, Property } from '../vobject/model.ts';
import { mergedLines, uncut, unitedLines } from './lines.ts';
import type { Edit, Merged } from './merge-item.ts';
import { mergeComponent } from './parts.ts';
import type { Merging, Sides } from './sides.ts';

/** Undefined where one of them is no note. */
export function mergeNote({ current, base, sent }: Edit, merging: Merging): Merged | undefined {
  const [now, after] = [noteOf(current), noteOf(sent)];
  const [was, seen] = [base && noteOf(base.item), base && noteOf(base.seen)];
  if (now === undefined || after === undefined) return undefined;
  if (base !== undefined && (was === undefined || seen === undefined)) return undefined;
  const texts = was && seen && { was: was.text, seen: seen.text };
  const text = mergeText({ now: now.text, sent: after.text, ...texts }, merging);
  const journal = (properties: readonly Property[] = []): Component => ({
    name: 'VJOURNAL',
    properties,
    components: [],
  });
  const rest = mergeComponent(
    { now: journal(now.rest), was: journal(was?.rest), seen: journal(seen?.rest), sent: journal(after.rest) },
    merging,
  );
  return { item: storedNote({ text, rest: rest.properties }), clashes: merging.clashes };
}

type Texts = Pick<Sides<string>, 'now' | 'sent'> & Partial<Sides<string>>;

/** Where nothing is known of the past, one has to be the beginning of the other: two texts in one are nobody's. */
function mergeText({ now, was, seen, sent }: Texts, merging: Merging): string {
  if (was === undefined || seen === undefined) {
    if (unitedLines(now, sent) === now) return now;
    return unitedLines(sent, now) === sent ? sent : whole(now, sent, merging);
  }
  const ours = was === seen ? sent : uncut(was, seen, sent);
  if (now === was) return ours;
  if (ours === was || ours === now) return now;
  return mergedLines(was, now, ours) ?? whole(now, ours, merging);
}

function whole(now: string, ours: string, merging: Merging): string {
  merging.clashes += 1;
  return merging.winner === 'client' ? ours : now;
}
