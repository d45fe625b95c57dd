/** What our writers write, read by others: it must mean what the item means. Kinds of items by dialects. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ALL, type DeviceCapabilities } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import type { Datastore } from '../../client/syncevolution.ts';
import { readItem, writeItem } from '../../kit/items.ts';
import { differenceText, fieldDifferences } from '../differences.ts';
import type { Meaning } from '../meaning/fields.ts';
import { meaningOf } from '../meaning/meaning.ts';
import { PYTHON } from '../needed.ts';
import { EVENTS, TASKS } from './calendars.ts';
import { CARDS } from './cards.ts';
import { NOTES } from './notes.ts';
import { oldMeaning, type ReadComponent } from './old-meaning.ts';
import type { SourceItem } from './source.ts';

export interface Dialect {
  /** Stands in the table of judged differences. */
  readonly name: string;
  readonly datastore: Datastore;
  readonly items: readonly SourceItem[];
  /** The type in which the items come. */
  readonly source: string;
  readonly format: Format;
  /** Read by the script, not by ical.js. */
  readonly isOld?: boolean;
}

/** The dates of a series are listed up to this day where its rule cannot be said. */
const DEVICE: DeviceCapabilities = { ...ALL, datesUntil: '20280331' };
const VCARD = 'text/vcard';
const ICALENDAR = 'text/calendar';
const cards = { datastore: 'contacts', items: CARDS, source: VCARD } as const;
const events = { datastore: 'calendar', items: EVENTS, source: ICALENDAR } as const;
const tasks = { datastore: 'tasks', items: TASKS, source: ICALENDAR } as const;
const NEW_CALENDAR: Format = { type: ICALENDAR, version: '2.0' };
const OLD_CALENDAR: Format = { type: 'text/x-vcalendar', version: '1.0' };

export const DIALECTS: readonly Dialect[] = [
  { name: 'items-contact-2.1', ...cards, format: { type: 'text/x-vcard', version: '2.1' }, isOld: true },
  { name: 'items-contact-3.0', ...cards, format: { type: VCARD, version: '3.0' } },
  { name: 'items-contact-4.0', ...cards, format: { type: VCARD, version: '4.0' } },
  { name: 'items-event-1.0', ...events, format: OLD_CALENDAR, isOld: true },
  { name: 'items-event-2.0', ...events, format: NEW_CALENDAR },
  { name: 'items-task-1.0', ...tasks, format: OLD_CALENDAR, isOld: true },
  { name: 'items-task-2.0', ...tasks, format: NEW_CALENDAR },
  {
    ...{ name: 'items-note-1.1', datastore: 'notes', items: NOTES, source: 'text/plain' },
    ...{ format: { type: 'text/x-vnote', version: '1.1' }, isOld: true },
  },
];

/** Texts of the differences between each item and what the other reader makes of it. Throws when the script does not run. */
export function itemDifferenceTexts({ datastore, items, source, format, isOld }: Dialect): string[] {
  const written = items.map(({ text }) => writeItem(readItem(source, text), format, DEVICE).body);
  const read = isOld ? readByScript(written) : written.map((text) => meaningOf(datastore, text));
  return items.flatMap(({ title, text }, at) => {
    const meaning = read[at];
    if (meaning === undefined) throw new Error('the second reader tells of fewer items than it was given');
    return fieldDifferences(`"${title}"`, meaningOf(datastore, text), meaning).map((one) =>
      differenceText(one, ['item', 'read']),
    );
  });
}

function readByScript(texts: readonly string[]): Meaning[] {
  const script = join(import.meta.dirname, 'second-reader.py');
  const { status, stdout, stderr } = spawnSync(PYTHON, [script], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`the second reader failed:\n${stderr}`);
  return (JSON.parse(stdout) as ReadComponent[]).map(oldMeaning);
}
