/** Items as they are compared; what cannot be read is like nothing. */
import { noteOf, type StoredItem, treeOf } from '../formats/registry.ts';
import { type PreparedContact, prepareContact } from './contact/contact.ts';
import { type PreparedEvent, prepareEvent } from './event/event.ts';
import { type PreparedNote, prepareNote } from './note/note.ts';

export type Prepared = PreparedContact | PreparedEvent | PreparedNote;

export function prepare(item: StoredItem): Prepared | undefined {
  const note = noteOf(item);
  if (note !== undefined) return prepareNote(note.text);
  const tree = treeOf(item);
  if (tree === undefined) return undefined;
  return tree.name === 'VCARD' ? prepareContact(tree) : prepareEvent(tree);
}
