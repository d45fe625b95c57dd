/** Whether a file holds an item of a datastore, before anybody sends it or puts it into the CRM. */

/** What a person calls the item, and the components that make a text one. Any text is a note. */
const ITEMS: { readonly [datastore: string]: { readonly noun: string; readonly components: string[] } } = {
  contacts: { noun: 'contact', components: ['VCARD'] },
  // Some devices keep tasks in their calendar, and appointments in their list of tasks.
  calendar: { noun: 'appointment', components: ['VEVENT', 'VTODO'] },
  tasks: { noun: 'task', components: ['VTODO', 'VEVENT'] },
};

/** What is wrong with the file as an item, as the end of a sentence about it; undefined when nothing is. */
export function itemComplaint(datastore: string, data: Uint8Array): string | undefined {
  const item = ITEMS[datastore];
  if (item === undefined) return undefined;
  const { noun, components } = item;
  const count = outermost(data, components);
  if (count === 0) return `holds no ${noun}: it has no line BEGIN:${components[0]}`;
  return count > 1 && datastore === 'contacts' ? `holds ${count} ${noun}s: give each a file` : undefined;
}

/** How many components there are, without those inside others: a contact may hold its assistant's card. */
function outermost(data: Uint8Array, components: readonly string[]): number {
  // In UTF-16 each letter has a zero beside it; a byte order mark may stand before the first line.
  const text = Buffer.from(data).toString('latin1').replaceAll('\0', '').replace(/^\W+/, '');
  const lines = text.matchAll(
    new RegExp(`^[ \\t]*(BEGIN|END)[ \\t]*:[ \\t]*(?:${components.join('|')})\\s*$`, 'gim'),
  );
  let [count, depth] = [0, 0];
  for (const [, mark = ''] of lines) {
    const begins = mark.toUpperCase() === 'BEGIN';
    if (begins && depth === 0) count += 1;
    depth = Math.max(0, depth + (begins ? 1 : -1));
  }
  return count;
}
