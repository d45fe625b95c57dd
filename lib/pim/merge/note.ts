/** Merges notes: the text line by line, the other properties one by one. */
import { firstLine, type Note, noteFrom } from '../formats/note.ts';
import type { Component, Property } from '../vobject/model.ts';
import { mergedLines, uncut, unitedLines } from './lines.ts';
import { mergeComponent } from './parts.ts';
import { textWithinRoom } from './room.ts';
import { type Edit, type Merging, ofWinner, type Sides } from './sides.ts';

/** Undefined where one of the contents is not a note. */
export function mergeNote({ current, base, sent }: Edit, merging: Merging): Note | undefined {
  const [now, after] = [current.note, sent.note];
  const [was, seen] = [base?.item.note, base?.seen.note];
  if (now === undefined || after === undefined) return undefined;
  if (base !== undefined && (was === undefined || seen === undefined)) return undefined;
  const texts = was && seen && { was: was.text, seen: seen.text };
  const text = mergeText({ now: now.text, sent: after.text, ...texts }, merging);
  const shown = seen ?? now;
  const journal = (properties: readonly Property[] = []): Component => ({
    name: 'VJOURNAL',
    properties,
    components: [],
  });
  const rest = mergeComponent(
    {
      now: journal(now.rest),
      was: journal(was?.rest),
      seen: journal(seen?.rest),
      sent: journal(withoutOldTitle(after.rest, shown)),
    },
    merging,
  );
  return { text, rest: rest.properties };
}

/**
 * Outlook was shown the first line as the subject, where the note has no title of its own. A device that changes the line and
 * sends this subject gives the note no title.
 */
function withoutOldTitle(rest: readonly Property[], { text, rest: shown }: Note): readonly Property[] {
  const hasTitle = shown.some(({ name }) => name === 'SUMMARY');
  return hasTitle || firstLine(text) === '' ? rest : noteFrom(text, rest).rest;
}

type Texts = Pick<Sides<string>, 'now' | 'sent'> & Partial<Sides<string>>;

/**
 * Where the common state is unknown, a text that contains all lines of the other is taken. Otherwise the winner's text is
 * taken: two texts are not joined, because nobody wrote such a note.
 */
function mergeText({ now, was, seen, sent: made }: Texts, merging: Merging): string {
  const sent = textWithinRoom(seen ?? now, made, merging);
  if (was === undefined || seen === undefined) {
    if (unitedLines(now, sent) === now) return now;
    return unitedLines(sent, now) === sent ? sent : ofWinner(now, sent, merging);
  }
  const device = was === seen ? sent : uncut(was, seen, sent);
  if (now === was) return device;
  if (device === was || device === now) return now;
  return mergedLines(was, now, device) ?? ofWinner(now, device, merging);
}
