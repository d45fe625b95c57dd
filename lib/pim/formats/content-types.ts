/** The table of content types. The server offers them in its device information, reads them and writes them [C25, C35]. */
import type { Dialect } from '../vobject/model.ts';

/** The kinds of items. Each datastore holds one kind. */
export type ItemKind = 'contact' | 'event' | 'task' | 'note';

export interface TypeRow {
  readonly type: string;
  readonly version: string;
  readonly kinds: readonly ItemKind[];
  /** Absent for plain text and SIF. */
  readonly dialect?: Dialect;
  /** Raised when items of the type are written otherwise than before, so that devices get all of them once more. */
  readonly form?: number;
}

/** In the order in which they are offered. The first type of a kind is the stored and preferred one. */
export const TYPE_ROWS: readonly TypeRow[] = [
  { type: 'text/vcard', version: '3.0', kinds: ['contact'], dialect: 'vcard-3.0' },
  { type: 'text/x-vcard', version: '2.1', kinds: ['contact'], dialect: 'vcard-2.1' },
  { type: 'text/vcard', version: '4.0', kinds: ['contact'], dialect: 'vcard-4.0' },
  { type: 'text/calendar', version: '2.0', kinds: ['event', 'task'], dialect: 'icalendar-2.0' },
  { type: 'text/x-vcalendar', version: '1.0', kinds: ['event', 'task'], dialect: 'vcalendar-1.0' },
  { type: 'text/plain', version: '1.0', kinds: ['note'] },
  { type: 'text/plain', version: '1.1', kinds: ['note'] },
  { type: 'text/x-vnote', version: '1.1', kinds: ['note'], dialect: 'vnote-1.1' },
  // Outlook clients use two names for their XML.
  ...['text/x-s4j-sif', 'text/x-sif'].flatMap((prefix): TypeRow[] => [
    { type: `${prefix}c`, version: '1.0', kinds: ['contact'], form: 2 },
    { type: `${prefix}e`, version: '1.0', kinds: ['event'], form: 1 },
    { type: `${prefix}t`, version: '1.0', kinds: ['task'], form: 1 },
    { type: `${prefix}n`, version: '1.0', kinds: ['note'], form: 1 },
  ]),
];

export const rowsOf = (kind: ItemKind): TypeRow[] => TYPE_ROWS.filter(({ kinds }) => kinds.includes(kind));

/**
 * The row of a type in a version. If there is none, a row of the same kind with that version, else the first row of the
 * type.
 */
export function rowOf(type: string, version?: string): TypeRow | undefined {
  const ofType = TYPE_ROWS.filter((row) => row.type === type);
  const kind = ofType[0]?.kinds[0];
  return (
    ofType.find((row) => row.version === version) ??
    TYPE_ROWS.find(
      (row) => row.dialect !== undefined && row.version === version && row.kinds.some((one) => one === kind),
    ) ??
    ofType[0]
  );
}

/** A media type without its parameters, in lower case. */
export const plainType = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();
