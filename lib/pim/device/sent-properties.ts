/** Which properties a device has words for, told by what it sends: an empty one is a word, too. */
import type { StoredItem } from '../formats/registry.ts';
import { calendarFromSif } from '../formats/sif/calendar.ts';
import { contactFromSif } from '../formats/sif/contact.ts';
import { isSif } from '../formats/sif/items.ts';
import { parseSif, type SifField } from '../formats/sif/xml.ts';
import { storedNameOf } from '../properties/table.ts';
import type { Component } from '../vobject/model.ts';

/** SIF says by a flag that there is nothing to say. */
const FLAGS: { readonly [field: string]: readonly string[] } = {
  IsRecurring: ['RRULE', 'EXDATE'],
  ReminderSet: ['VALARM'],
  BusyStatus: ['TRANSP', 'X-MICROSOFT-CDO-BUSYSTATUS'],
  Sensitivity: ['CLASS'],
  Importance: ['PRIORITY'],
  Complete: ['COMPLETED', 'PERCENT-COMPLETE', 'STATUS'],
};

/** A word of devices that send a series and its exceptions in one item. */
export const SEVERAL_EVENTS = 'VEVENT+';

/** Names as they are stored, VALARM and RECURRENCE-ID for alarms and exceptions; `data` as it came, `stored` as it was read. */
export function namesSaid(type: string, data: string | Uint8Array, stored: StoredItem): string[] {
  const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1');
  const said = stored.body.match(/^(?:[\w-]+\.)?[\w-]+(?=[;:])/gm) ?? [];
  const names = said
    .map((name) => name.replace(/^.*\./, ''))
    .filter((name) => name !== 'BEGIN' && name !== 'END');
  const parts = stored.body.includes('BEGIN:VALARM') ? ['VALARM'] : [];
  const several = hasSeveralEvents(stored) ? [SEVERAL_EVENTS] : [];
  const others = isSif(type) ? sifNames(text) : emptyNames(text);
  return [...new Set([...names, ...parts, ...several, ...others])].sort();
}

export const hasSeveralEvents = ({ body }: StoredItem): boolean =>
  (body.match(/^BEGIN:(VEVENT|VTODO)\r?$/gm)?.length ?? 0) > 1;

const namesIn = ({ name, properties, components }: Component): string[] => [
  ...(name === 'VALARM' ? [name] : properties.map((one) => one.name)),
  ...components.flatMap(namesIn),
];

function emptyNames(text: string): string[] {
  const names = text.match(/^[\w.-]+(?=(?:;[^:\r\n]*)?:[;, ]*$)/gm) ?? [];
  return names.map((name) => name.toUpperCase().replace(/^.*\./, '')).map(storedNameOf);
}

/** With something in each field, what it would be. */
function sifNames(text: string): string[] {
  try {
    const { root, fields } = parseSif(text);
    if (root === 'note') return NOTE_WORDS;
    const full = fields.map((one): SifField => (one.value === '' ? { ...one, value: '1' } : one));
    const tree = root === 'contact' ? contactFromSif(full) : calendarFromSif({ root, fields: full });
    return [...namesIn(tree), ...fields.flatMap(({ name }) => FLAGS[name] ?? [])];
  } catch {
    return []; // kept as it came
  }
}
const NOTE_WORDS = ['SUMMARY', 'DESCRIPTION', 'CATEGORIES'];
