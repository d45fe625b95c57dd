/** Prepares items for comparison. An item that cannot be parsed is never matched. */
import type { Content } from '../content.ts';
import { unpaid } from '../work/budget.ts';
import { type PreparedContact, prepareContact } from './contact/contact.ts';
import { type PreparedEvent, prepareEvent } from './event/event.ts';
import { type PreparedNote, prepareNote } from './note/note.ts';

export type Prepared = PreparedContact | PreparedEvent | PreparedNote;

const known = new WeakMap<Content, Prepared | 'unreadable'>();

/** Undefined for an item that cannot be parsed. Each content is prepared once, though a step may ask several times. */
export function prepare(content: Content): Prepared | undefined {
  const prepared = known.get(content) ?? unpaid(() => preparedFrom(content)) ?? 'unreadable';
  known.set(content, prepared);
  return prepared === 'unreadable' ? undefined : prepared;
}

/** An item without an id is sent to devices that require one with its GUID: this is the UID that they know it by. */
export function prepareStored(content: Content, guid: string): Prepared | undefined {
  const prepared = prepare(content);
  const isNameless = prepared !== undefined && prepared.kind !== 'note' && prepared.kind !== 'contact';
  return isNameless && !prepared.hasUid ? { ...prepared, uid: guid } : prepared;
}

/** The UID of an appointment or a task; undefined for other items, and where it tells nothing. */
export function scheduledUid(content: Content): string | undefined {
  const prepared = content.type === 'text/calendar' ? prepare(content) : undefined;
  return uidOf(prepared);
}

/** Have both the same UID? Notes have none. */
export const sameUid = (one: Prepared | undefined, other: Prepared | undefined): boolean =>
  uidOf(one) !== undefined && uidOf(one) === uidOf(other);
const uidOf = (of: Prepared | undefined): string | undefined =>
  of === undefined || of.kind === 'note' ? undefined : of.uid;

function preparedFrom({ note, tree }: Content): Prepared | undefined {
  if (note !== undefined) return prepareNote(note.text);
  if (tree === undefined) return undefined;
  return tree.name === 'VCARD' ? prepareContact(tree) : prepareEvent(tree);
}
